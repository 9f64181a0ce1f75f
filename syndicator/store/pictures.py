"""The pictures that we are to keep copies of: whose they are, which were fetched, when to ask for the others again.

A picture goes with its entry: what withdraws one, or shows it nowhere any more, lets the others go. It must not fetch.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from syndicator.model import Copy
from syndicator.store.codec import key
from syndicator.store.living import living
from syndicator.store.outbox import owe
from syndicator.store.picture_files import REMOVE, WRITE, bring, hold, loosen, spoil
from syndicator.store.standing import SHOWN, Place
from syndicator.store.statements import among, blocks, insert_into
from syndicator.store.tables import EPOCH, SUBSCRIBED, entries, members, news, picture_files, subscriptions
from syndicator.store.tables import pictures as table
from syndicator.store.transactions import connection, transaction, unbroken

FOLDER = "pictures"


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePicture:
    """A picture of the entry at `place` that is to be fetched at `at`."""

    place: Place
    key: bytes
    at: str
    attempts: int


@unbroken
async def due(engine: AsyncEngine, now: datetime, *, limit: int) -> tuple[DuePicture, ...]:
    """At most `limit` pictures to fetch, the longest waiting first; of entries only that some publication shows, or is
    about to.
    """
    of_entry = and_(entries.c.subscription == table.c.subscription, entries.c.key == table.c.entry)
    followed = and_(subscriptions.c.name == table.c.subscription, subscriptions.c.configured)
    waiting = (table.c.due <= now, *SHOWN, _stands())
    wanted = select(table).join_from(table, entries, of_entry).join(subscriptions, followed).where(*waiting)
    async with connection(engine) as opened:
        rows = (await opened.execute(wanted.order_by(table.c.due, table.c.entry, table.c.key).limit(limit))).all()
    return tuple(
        DuePicture(place=(row.subscription, row.entry), key=row.key, at=row.at, attempts=row.attempts) for row in rows
    )


@unbroken
async def keep(engine: AsyncEngine, picture: DuePicture, file: str, body: bytes, now: datetime) -> None:
    """`body` is what the picture is; `file` the name that its bytes have. It is written by whoever carries out the
    errand that this leaves, and shown then.

    Nothing is kept for an entry that was withdrawn, or has other pictures by now.
    """
    async with transaction(engine) as opened:
        if not await living(opened, picture.place[0], [picture.place[1]]):
            return
        before = (await opened.execute(select(table.c.file).where(_this(picture)))).first()
        if before is None:
            return
        await hold(opened, [name for name in (before.file, file) if name])
        kept = {"file": file, "shown": False, "attempts": 0, "due": None, "why": ""}
        same = table.c.file.is_not_distinct_from(before.file)
        if not (await opened.execute(update(table).where(_this(picture), same).values(kept))).rowcount:
            return
        await bring(opened, file, body)
        freed = await loosen(opened, [before.file]) if before.file else False
        await owe(opened, [WRITE, REMOVE] if freed else [WRITE], now)


@unbroken
async def put_off(engine: AsyncEngine, picture: DuePicture, why: str, again: datetime | None) -> None:
    """The picture was not fetched; it is asked for `again` then, or, with None, once its entry changes."""
    async with connection(engine) as opened:
        later = {"attempts": picture.attempts + 1, "due": again, "why": why}
        await opened.execute(update(table).where(_this(picture)).values(later))


@unbroken
async def wait(engine: AsyncEngine, waiting: Sequence[DuePicture], until: datetime) -> None:
    """There was no time for `waiting`: others go first."""
    async with transaction(engine) as opened:
        for picture in waiting:
            await opened.execute(update(table).where(_this(picture), table.c.due.is_not(None)).values(due=until))


@unbroken
async def missing(engine: AsyncEngine) -> dict[str, int]:
    """How many pictures of each subscription's entries stand as links, because they could not be fetched."""
    counted = select(table.c.subscription, func.count().label("pictures")).where(_uncopied())
    async with connection(engine) as opened:
        rows = await opened.execute(counted.group_by(table.c.subscription))
    return {row.subscription: row.pictures for row in rows}


@unbroken
async def uncopied(engine: AsyncEngine, subscription: str, identity: str) -> tuple[tuple[str, str], ...]:
    """The pictures of an entry that stand as links, each with why."""
    these = (table.c.subscription == subscription, table.c.entry == key(identity), _uncopied())
    async with connection(engine) as opened:
        rows = await opened.execute(select(table.c.url, table.c.why).where(*these).order_by(table.c.key))
    return tuple((row.url, row.why) for row in rows)


def _uncopied() -> ColumnElement[bool]:
    return and_(table.c.file.is_(None), table.c.attempts > 0)


# ── within a transaction ─────────────────────────────────────────────────────────────────────────────────────────


async def want(
    opened: AsyncConnection, subscription: str, wanted: Mapping[bytes, Sequence[Copy]], now: datetime
) -> None:
    """From now on the entries (by key) of `subscription` have the pictures `wanted`, and no others.

    What could not be fetched before is asked for again.
    """
    places = [(subscription, entry) for entry in wanted]
    pairs = {(entry, key(one.url)): one for entry, pictures in wanted.items() for one in pictures}
    known = await _of(opened, places)
    unwanted = [row for row in known if (row.entry, row.key) not in pairs]
    if not (pairs or unwanted):
        return
    here = await living(opened, subscription, list(wanted))
    await _drop(opened, unwanted, now)
    rows = [_row(subscription, entry, one, now) for (entry, _), one in pairs.items() if entry in here]
    if rows:
        await opened.execute(_upsert(opened.dialect.name), rows)
    for block in blocks(places):
        await spoil(opened, block)


async def let_go(opened: AsyncConnection, places: Sequence[Place], *, for_good: bool = False) -> bool:
    """Let the copies of the entries' pictures go where no publication shows those any more, or `for_good`: then nothing
    is left of them. Whether files have to be deleted.
    """
    held = await _of(opened, places, None if for_good else ~_stands())
    names = [row.file for row in held if row.file]
    await hold(opened, names)
    for block in blocks([(row.subscription, row.entry) for row in held]):
        these = among(table.c.subscription, table.c.entry, block)
        again = {"file": None, "shown": False, "attempts": 0, "due": EPOCH, "why": ""}
        done = delete(table).where(these) if for_good else update(table).where(these).values(again)
        await opened.execute(done)
    return await loosen(opened, names)


async def copies(opened: AsyncConnection, places: Sequence[Place]) -> dict[Place, tuple[Copy, ...]]:
    """The copies on the disk of the pictures of the entries at `places`, which are one block."""
    columns = (table.c.subscription, table.c.entry, table.c.url, table.c.file, picture_files.c.size)
    kept = select(*columns).join(picture_files, picture_files.c.file == table.c.file).where(table.c.shown)
    rows = await opened.execute(kept.where(among(table.c.subscription, table.c.entry, places)).order_by(table.c.key))
    found: dict[Place, tuple[Copy, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.subscription, row.entry] += (Copy(url=row.url, at=f"{FOLDER}/{row.file}", size=row.size),)
    return found


async def _of(opened: AsyncConnection, places: Sequence[Place], *conditions: Any) -> list[Any]:
    found: list[Any] = []
    for block in blocks(places):
        these = (among(table.c.subscription, table.c.entry, block), *(one for one in conditions if one is not None))
        found += await opened.execute(select(table).where(*these))
    return found


async def _drop(opened: AsyncConnection, rows: Sequence[Any], now: datetime) -> None:
    names = [row.file for row in rows if row.file]
    await hold(opened, names)
    for row in rows:
        this = (table.c.subscription == row.subscription, table.c.entry == row.entry, table.c.key == row.key)
        await opened.execute(delete(table).where(*this))
    if await loosen(opened, names):
        await owe(opened, [REMOVE], now)


def _row(subscription: str, entry: bytes, one: Copy, now: datetime) -> dict[str, object]:
    named = {"subscription": subscription, "entry": entry, "key": key(one.url), "url": one.url, "at": one.at}
    return named | {"file": None, "shown": False, "attempts": 0, "due": now, "why": ""}


@cache
def _upsert(dialect: str) -> Any:
    """A copy that is here stays, unless it is to be fetched elsewhere: then until the other one came."""
    statement = insert_into(dialect, table)
    new = statement.excluded
    stays = and_(table.c.file.is_not(None), table.c.at == new.at)
    values = {"at": new.at, "attempts": 0, "due": case((stays, table.c.due), else_=new.due)}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=values)


def _this(picture: DuePicture) -> ColumnElement[bool]:
    place = and_(table.c.subscription == picture.place[0], table.c.entry == picture.place[1])
    return and_(place, table.c.key == picture.key, table.c.at == picture.at)


def _stands() -> ColumnElement[bool]:
    """That a publication shows the entry, or has yet to see whether it does."""
    here = and_(members.c.subscription == table.c.subscription, members.c.key == table.c.entry)
    told = and_(news.c.subscription == table.c.subscription, news.c.key == table.c.entry)
    return or_(
        select(members.c.key).where(here, members.c.archive >= SUBSCRIBED).exists(),
        select(news.c.key).where(told, news.c.placed.is_(False)).exists(),
    )
