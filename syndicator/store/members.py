"""The members of a publication: what stands in the document that subscribers poll, what was sealed into which archive,
and what was taken down.

RFC 5005 section 4: the subscription document grows from `limit` to twice that, then the `limit` that changed longest
ago are sealed into an archive that stays as it is. An entry stands in one of them only: one that was materially changed
moves back to the subscription document. What it costs to place an entry does not depend on how many there are. It must
not read texts.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import func, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from syndicator.model import Publication, Tombstone
from syndicator.store import news
from syndicator.store.news import Place
from syndicator.store.pictures import let_go as without_pictures
from syndicator.store.standing import kin, standing
from syndicator.store.statements import among, blocks, insert_into
from syndicator.store.tables import GONE, LEFT, SUBSCRIBED, archives, entries
from syndicator.store.tables import members as table
from syndicator.store.transactions import connection, transaction, unbroken

AT_ONCE = 500


@unbroken
async def settle(engine: AsyncEngine, publication: Publication) -> None:
    """Let those that were told of join or leave `publication`, then seal what is too much for one document."""
    while True:
        async with transaction(engine) as opened:
            told = await news.unplaced(opened, publication.name, AT_ONCE)
            if told:
                places = [*told, *await _kin(opened, publication, [*told])]
                moved = await _place(opened, publication, places)
                await news.place(opened, publication.name, told, moved)
                await without_pictures(opened, places)
            if len(told) < AT_ONCE:
                return await _seal(opened, publication.name, publication.limit)


async def _kin(opened: AsyncConnection, publication: Publication, places: Sequence[Place]) -> frozenset[Place]:
    return await kin(opened, places) if len(publication.subscriptions) > 1 else frozenset()


async def _place(opened: AsyncConnection, publication: Publication, places: Sequence[Place]) -> list[Place]:
    """Write down where `places` stand now; returns those for which that changed."""
    stand = await standing(opened, publication, places)
    known = await _members(opened, publication.name, places)
    before = {place: row for place, row in known.items() if row.archive >= SUBSCRIBED}
    joined = {place: row for place, row in stand.items() if place not in before}
    moved = {place: row for place, row in stand.items() if place in before and before[place].updated != row.updated}
    left = [place for place in before if place not in stand]
    await _let_in(opened, publication.name, joined | moved)
    await _let_go(opened, publication.name, left)
    away = [place for place, row in known.items() if place not in stand and row.archive != GONE]
    buried = await _bury(opened, publication.name, away)
    touched = {before[place].archive for place in (*moved, *left)}
    await _spoil(opened, publication.name, [number for number in touched if number > SUBSCRIBED])
    return list(dict.fromkeys([*joined, *moved, *left, *buried]))


async def _members(opened: AsyncConnection, publication: str, places: Sequence[Place]) -> dict[Place, Any]:
    found: dict[Place, Any] = {}
    for block in blocks(places):
        these = among(table.c.subscription, table.c.key, block)
        rows = await opened.execute(select(table).where(table.c.publication == publication, these))
        found |= {(row.subscription, row.key): row for row in rows}
    return found


async def _let_in(opened: AsyncConnection, publication: str, stand: Mapping[Place, Any]) -> None:
    rows = [
        {
            "publication": publication,
            "subscription": name,
            "key": key,
            "slug": row.slug,
            "published": row.published,
            "updated": row.updated,
            "archive": SUBSCRIBED,
        }
        for (name, key), row in stand.items()
    ]
    if rows:
        await opened.execute(_upsert(opened.dialect.name), rows)


@cache
def _upsert(dialect: str) -> Any:
    statement = insert_into(dialect, table)
    new = {name: statement.excluded[name] for name in ("published", "updated", "archive")}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=new)


async def _let_go(opened: AsyncConnection, publication: str, left: Sequence[Place]) -> None:
    for block in blocks(left):
        these = (table.c.publication == publication, among(table.c.subscription, table.c.key, block))
        await opened.execute(update(table).where(*these).values(archive=LEFT))


async def _bury(opened: AsyncConnection, publication: str, away: Sequence[Place]) -> list[Place]:
    """Those of the members `away` that were taken down since; one that was held back before then, too: subscribers
    have it.
    """
    buried: list[Place] = []
    for block in blocks(away):
        same = among(entries.c.subscription, entries.c.key, block)
        rows = (await opened.execute(select(entries).where(same, entries.c.withdrawn_at.is_not(None)))).all()
        for row in rows:
            here = (table.c.publication == publication, table.c.subscription == row.subscription)
            gone = update(table).where(*here, table.c.key == row.key)
            await opened.execute(gone.values(archive=GONE, gone_at=row.withdrawn_at))
            buried.append((row.subscription, row.key))
    return buried


async def _spoil(opened: AsyncConnection, publication: str, numbers: Sequence[int]) -> None:
    """The archives `numbers` are to be written anew."""
    these = (archives.c.publication == publication, archives.c.number.in_(numbers))
    if numbers:
        await opened.execute(update(archives).where(*these).values(stale=news.token()))


async def _seal(opened: AsyncConnection, publication: str, limit: int) -> None:
    here = (table.c.publication == publication, table.c.archive == SUBSCRIBED)
    count: int = await opened.scalar(select(func.count()).select_from(table).where(*here)) or 0
    full = count // limit - 1
    if full < 1:
        return
    # Not by `published`: the correction of an old entry would be sealed before a subscriber has seen it.
    by_age = (table.c.updated, table.c.published, table.c.key)
    oldest = select(table.c.subscription, table.c.key).where(*here).order_by(*by_age)
    places = [(row.subscription, row.key) for row in await opened.execute(oldest.limit(full * limit))]
    last = select(func.max(archives.c.number)).where(archives.c.publication == publication)
    first: int = (await opened.scalar(last) or 0) + 1
    for number in range(full):
        numbered = {"publication": publication, "number": first + number, "stale": news.token()}
        await opened.execute(insert(archives), numbered)
        for block in blocks(places[number * limit : (number + 1) * limit]):
            these = among(table.c.subscription, table.c.key, block)
            sealed = update(table).where(table.c.publication == publication, these)
            await opened.execute(sealed.values(archive=first + number))


@unbroken
async def fallen(engine: AsyncEngine, publication: str) -> dict[Place, tuple[str, int]]:
    """What was taken down and is written down as standing in `publication` still: the slug, and in which document."""
    same = (entries.c.subscription == table.c.subscription) & (entries.c.key == table.c.key)
    here = (table.c.publication == publication, table.c.archive >= SUBSCRIBED, entries.c.withdrawn_at.is_not(None))
    async with connection(engine) as opened:
        rows = await opened.execute(select(table).join_from(table, entries, same).where(*here))
        return {(row.subscription, row.key): (row.slug, row.archive) for row in rows}


@unbroken
async def bury(engine: AsyncEngine, publication: str, places: Sequence[Place]) -> None:
    """What was taken down at `places` is in no document of `publication` any more."""
    async with transaction(engine) as opened:
        await _bury(opened, publication, places)


@unbroken
async def archived(engine: AsyncEngine, publication: str) -> int:
    """The number of the newest archive; 0 where there is none. They are counted from 1, the oldest."""
    async with connection(engine) as opened:
        last = select(func.max(archives.c.number)).where(archives.c.publication == publication)
        return await opened.scalar(last) or 0


@unbroken
async def stale_archives(engine: AsyncEngine, publication: str, *, limit: int) -> dict[int, int]:
    """At most `limit` archives whose files are to be written, newest first, each with what `written` takes."""
    wanted = select(archives).where(archives.c.publication == publication, archives.c.stale != 0)
    async with connection(engine) as opened:
        rows = await opened.execute(wanted.order_by(archives.c.number.desc()).limit(limit))
        return {row.number: row.stale for row in rows}


@unbroken
async def written(engine: AsyncEngine, publication: str, numbers: Mapping[int, int]) -> None:
    """The files of archives are on the disk, but for what changed meanwhile."""
    if not numbers:
        return
    same = tuple_(archives.c.number, archives.c.stale).in_(list(numbers.items()))
    async with connection(engine) as opened:
        await opened.execute(update(archives).where(archives.c.publication == publication, same).values(stale=0))


@unbroken
async def taken_down(engine: AsyncEngine, publication: str, since: datetime, *, limit: int) -> tuple[Tombstone, ...]:
    """The latest `limit` entries that stood in `publication` and were taken down `since`, the latest first."""
    here = (table.c.publication == publication, table.c.gone_at >= since)
    same = (entries.c.subscription == table.c.subscription) & (entries.c.key == table.c.key)
    wanted = select(entries.c.id, table.c.gone_at).join_from(table, entries, same).where(*here)
    async with connection(engine) as opened:
        rows = await opened.execute(wanted.order_by(table.c.gone_at.desc(), table.c.key).limit(limit))
        return tuple(Tombstone(ref=row.id, when=row.gone_at) for row in rows)


@unbroken
async def standing_slugs(engine: AsyncEngine, publication: str, slugs: Sequence[str]) -> frozenset[str]:
    """Those of `slugs` that are the names of pages of entries that stand."""
    found: set[str] = set()
    async with connection(engine) as opened:
        for block in blocks(slugs):
            these = (table.c.publication == publication, table.c.slug.in_(block), table.c.archive >= SUBSCRIBED)
            found |= set(await opened.scalars(select(table.c.slug).where(*these)))
    return frozenset(found)
