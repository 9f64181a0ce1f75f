"""The files that our copies of pictures are: which are to be written, which stand, which are to go.

A body is here until it is on the disk, so that one step alone writes and deletes, and a kill costs nothing: what was
fetched is written later, what nobody needs is deleted later. Equal pictures of several entries are one file. Whoever
locks several rows (PostgreSQL) takes entries first, then files, then pictures. This module must not know why a picture
is wanted.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from syndicator.model import Errand
from syndicator.store.news import Place, tell, token
from syndicator.store.outbox import owe
from syndicator.store.statements import among, blocks, insert_into
from syndicator.store.tables import COMING, HERE, LOOSE, SUBSCRIBED, archives, entries, members, pictures
from syndicator.store.tables import picture_files as table
from syndicator.store.transactions import connection, transaction, unbroken

WRITE, REMOVE = Errand(kind="pictures", target="write"), Errand(kind="pictures", target="remove")


@unbroken
async def coming(engine: AsyncEngine) -> tuple[str, bytes] | None:
    """The name and the bytes of a file that is to be written; None where there is none."""
    async with connection(engine) as opened:
        row = (await opened.execute(select(table.c.file, table.c.body).where(table.c.state == COMING).limit(1))).first()
    return (row.file, row.body) if row else None


@unbroken
async def written(engine: AsyncEngine, file: str, now: datetime) -> None:
    """`file` is on the disk: the entries that have its picture show it from now on."""
    this = table.c.file == file
    async with transaction(engine) as opened:
        await _hold_entries(opened, [file])
        await opened.execute(update(table).where(this, table.c.state == COMING).values(state=HERE, body=None))
        waiting = update(pictures).where(pictures.c.file == file, pictures.c.shown.is_(False)).values(shown=True)
        rows = await opened.execute(waiting.returning(pictures.c.subscription, pictures.c.entry))
        await touch(opened, [(row.subscription, row.entry) for row in rows], now)


@unbroken
async def loose(engine: AsyncEngine, *, limit: int) -> tuple[str, ...]:
    """At most `limit` files that nobody needs any more."""
    async with connection(engine) as opened:
        return tuple(await opened.scalars(select(table.c.file).where(table.c.state == LOOSE).limit(limit)))


@unbroken
async def removed(engine: AsyncEngine, names: Sequence[str], now: datetime) -> None:
    """The files `names` are deleted; a picture that somebody found again meanwhile is fetched once more."""
    async with transaction(engine) as opened:
        for block in blocks(names):
            await _hold_entries(opened, block)
            gone = delete(table).where(table.c.file.in_(block), table.c.state == LOOSE).returning(table.c.file)
            deleted = set(await opened.scalars(gone))
            await _miss(opened, [name for name in block if name not in deleted], now)


@unbroken
async def standing(engine: AsyncEngine) -> tuple[str, ...]:
    """Every file that should be on the disk."""
    async with connection(engine) as opened:
        return tuple(await opened.scalars(select(table.c.file).where(table.c.state == HERE)))


@unbroken
async def missed(engine: AsyncEngine, names: Sequence[str], now: datetime) -> None:
    """The files `names` are not on the disk, whoever deleted them: their pictures are fetched once more."""
    async with transaction(engine) as opened:
        for block in blocks(names):
            await _miss(opened, block, now)


async def _miss(opened: AsyncConnection, names: Sequence[str], now: datetime) -> None:
    await _hold_entries(opened, names)
    await opened.execute(delete(table).where(table.c.file.in_(names), table.c.state != COMING))
    theirs = update(pictures).where(pictures.c.file.in_(names), pictures.c.shown.is_(True))
    again = theirs.values(file=None, shown=False, attempts=0, due=now)
    rows = await opened.execute(again.returning(pictures.c.subscription, pictures.c.entry))
    await touch(opened, [(row.subscription, row.entry) for row in rows], now)


async def _hold_entries(opened: AsyncConnection, names: Sequence[str]) -> None:
    theirs = select(pictures.c.subscription, pictures.c.entry).where(pictures.c.file.in_(names))
    places = [(row.subscription, row.entry) for row in await opened.execute(theirs)]
    for block in blocks(places):
        these = select(entries.c.key).where(among(entries.c.subscription, entries.c.key, block))
        await opened.execute(these.order_by(entries.c.subscription, entries.c.key).with_for_update(key_share=True))


# ── within a transaction ─────────────────────────────────────────────────────────────────────────────────────────


async def bring(opened: AsyncConnection, file: str, body: bytes) -> None:
    """`body` is to be written as `file`, though that may stand there already."""
    row = {"file": file, "size": len(body), "state": COMING, "body": body}
    await opened.execute(_upsert(opened.dialect.name), row)


@cache
def _upsert(dialect: str) -> Any:
    statement = insert_into(dialect, table)
    new = {"state": statement.excluded.state, "body": statement.excluded.body}
    return statement.on_conflict_do_update(index_elements=[table.c.file], set_=new)


async def hold(opened: AsyncConnection, names: Sequence[str]) -> None:
    """Keep others from finding that nobody, or somebody, needs the files `names`, to the end of the transaction."""
    for block in blocks(sorted(set(names))):
        held = select(table.c.file).where(table.c.file.in_(block)).order_by(table.c.file)
        await opened.execute(held.with_for_update())


async def loosen(opened: AsyncConnection, names: Sequence[str]) -> bool:
    """Whether some of `names`, which are held, are of no picture any more: those are to be deleted."""
    found = 0
    for block in blocks(sorted(set(names))):
        needed = select(pictures.c.file).where(pictures.c.file == table.c.file).exists()
        freed = update(table).where(table.c.file.in_(block), ~needed).values(state=LOOSE, body=None)
        found += (await opened.execute(freed)).rowcount
    return found > 0


async def touch(opened: AsyncConnection, places: Sequence[Place], now: datetime) -> None:
    """What entries show has changed: they are rendered anew, and what they stand in is written anew."""
    for block in blocks(list(dict.fromkeys(places))):
        these = among(entries.c.subscription, entries.c.key, block)
        await opened.execute(update(entries).where(these).values(revision=entries.c.revision + 1))
        here = (among(members.c.subscription, members.c.key, block), members.c.archive >= SUBSCRIBED)
        showing = await opened.scalars(select(members.c.publication).where(*here).distinct())
        errands = [Errand(kind="republish", target=publication) for publication in showing]
        await tell(opened, errands, block)
        await owe(opened, errands, now)
        await spoil(opened, block)


async def spoil(opened: AsyncConnection, places: Sequence[Place]) -> None:
    """The archives that `places` were sealed into are written anew: pictures of a partner's come and go there too."""
    these = among(members.c.subscription, members.c.key, places)
    sealed = select(members.c.publication, members.c.archive).where(these, members.c.archive > SUBSCRIBED).distinct()
    for row in (await opened.execute(sealed)).all():
        this = (archives.c.publication == row.publication, archives.c.number == row.archive)
        await opened.execute(update(archives).where(*this).values(stale=token()))
