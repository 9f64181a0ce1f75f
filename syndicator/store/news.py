"""Which entries a publication has to look at again: told in the transaction that changes them, kept until their files
are on the disk.

What is told is cheap to find whatever else the publication holds. This module must not decide what becomes of an entry.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from secrets import randbits
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, delete, false, literal, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from syndicator.model import Errand
from syndicator.store.statements import among, blocks, insert_into
from syndicator.store.tables import archives, entries, members, people
from syndicator.store.tables import news as table
from syndicator.store.transactions import connection, transaction, unbroken

Place = tuple[str, bytes]  # subscription, key of the entry's id


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """An entry whose page is to be made or taken away. `archive` is None where it never stood in the publication."""

    place: Place
    id: str
    slug: str
    archive: int | None
    token: int


async def tell(opened: AsyncConnection, errands: Iterable[Errand], places: Iterable[Place]) -> None:
    """Within the transaction that changes the entries `places`: whoever republishes has to look at them."""
    targets = [errand.target for errand in errands if errand.kind == "republish"]
    for block in blocks(list(dict.fromkeys(places)) if targets else []):
        known = select(entries.c.subscription, entries.c.key).where(among(entries.c.subscription, entries.c.key, block))
        rows = [
            {"publication": target, "subscription": row.subscription, "key": row.key, "token": token(), "placed": False}
            for row in (await opened.execute(known)).all()
            for target in targets
        ]
        if rows:
            await opened.execute(_upsert(opened.dialect.name), rows)


def token() -> int:
    """A number that no other telling has: exact in JSON too."""
    return randbits(52) + 1


@cache
def _upsert(dialect: str) -> Any:
    return _afresh(insert_into(dialect, table))


def _afresh(statement: Any) -> Any:
    new = {name: statement.excluded[name] for name in ("token", "placed")}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=new)


@unbroken
async def tell_all(engine: AsyncEngine, publication: str, subscriptions: Sequence[str]) -> None:
    """Everything is to be looked at again: what `subscriptions` have, what stands already, and every archive."""
    this = token()
    named = [literal(publication), table.c.subscription, table.c.key, literal(this, BigInteger), false()]
    async with transaction(engine) as opened:
        for block in blocks(tuple(dict.fromkeys(subscriptions))):
            of_them = select(named[0], entries.c.subscription, entries.c.key, named[3], false())
            await opened.execute(_insert_from(opened.dialect.name, of_them.where(entries.c.subscription.in_(block))))
        standing = select(named[0], members.c.subscription, members.c.key, named[3], false())
        await opened.execute(_insert_from(opened.dialect.name, standing.where(members.c.publication == publication)))
        await opened.execute(update(archives).where(archives.c.publication == publication).values(stale=this))


def _insert_from(dialect: str, chosen: Any) -> Any:
    return _afresh(insert_into(dialect, table).from_select([column.name for column in table.c], chosen))


async def unplaced(opened: AsyncConnection, publication: str, limit: int) -> dict[Place, int]:
    """At most `limit` of the entries whose membership is to be settled, with their tokens."""
    wanted = select(table).where(table.c.publication == publication, table.c.placed.is_(False)).limit(limit)
    return {(row.subscription, row.key): row.token for row in await opened.execute(wanted)}


async def place(opened: AsyncConnection, publication: str, told: dict[Place, int], others: Iterable[Place]) -> None:
    """The membership of `told` is settled, but where more was told meanwhile, and that of `others` with it: their
    pages are to be made.
    """
    for block in blocks([(*one, number) for one, number in told.items()]):
        these = (table.c.publication == publication, _told(block))
        await opened.execute(update(table).where(*these).values(placed=True))
    rows = [
        {"publication": publication, "subscription": name, "key": key, "token": token(), "placed": True}
        for name, key in dict.fromkeys(others)
        if (name, key) not in told
    ]
    if rows:
        await opened.execute(insert_into(opened.dialect.name, table).on_conflict_do_nothing(), rows)


@unbroken
async def placed(engine: AsyncEngine, publication: str, *, limit: int) -> tuple[News, ...]:
    """At most `limit` entries whose pages are to be made or taken away."""
    same = and_(entries.c.subscription == table.c.subscription, entries.c.key == table.c.key)
    here = and_(
        members.c.publication == table.c.publication,
        members.c.subscription == table.c.subscription,
        members.c.key == table.c.key,
    )
    columns = (table.c.subscription, table.c.key, table.c.token, entries.c.id, entries.c.slug, members.c.archive)
    wanted = select(*columns).join_from(table, entries, same).outerjoin(members, here)
    async with connection(engine) as opened:
        rows = await opened.execute(
            wanted.where(table.c.publication == publication, table.c.placed.is_(True)).limit(limit)
        )
        return tuple(
            News(place=(row.subscription, row.key), id=row.id, slug=row.slug, archive=row.archive, token=row.token)
            for row in rows
        )


@unbroken
async def done(engine: AsyncEngine, publication: str, looked_at: Sequence[News]) -> None:
    """The files of `looked_at` are on the disk; what was told again meanwhile stays."""
    async with transaction(engine) as opened:
        for block in blocks([(*one.place, one.token) for one in looked_at]):
            these = (table.c.publication == publication, table.c.placed, _told(block))
            await opened.execute(delete(table).where(*these))


def _told(block: Sequence[tuple[str, bytes, int]]) -> ColumnElement[bool]:
    """That a row is one of these tellings: what was told again since has another token."""
    here = among(table.c.subscription, table.c.key, [(name, key) for name, key, _ in block])
    return and_(here, tuple_(table.c.subscription, table.c.key, table.c.token).in_(block))


@unbroken
async def any_left(engine: AsyncEngine, publication: str) -> bool:
    """Whether there is more to look at, or an archive or somebody's page to write."""
    told = select(table.c.key).where(table.c.publication == publication).limit(1)
    stale = select(archives.c.number).where(archives.c.publication == publication, archives.c.stale != 0).limit(1)
    persons = select(people.c.slug).where(people.c.publication == publication).limit(1)
    async with connection(engine) as opened:
        return any([(await opened.execute(one)).first() is not None for one in (told, stale, persons)])
