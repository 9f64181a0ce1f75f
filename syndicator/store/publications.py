"""What stands in a publication, and the fragments it is stitched from. It must not render."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, literal, select, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from syndicator.model import Fragment, Listing, Publication, Response, Stored
from syndicator.store.codec import key, unpack
from syndicator.store.entries.stored import read
from syndicator.store.statements import insert_into
from syndicator.store.tables import entries, fragments, responses
from syndicator.store.tables import publications as table
from syndicator.store.transactions import connection, transaction, unbroken


@unbroken
async def listing(engine: AsyncEngine, publication: Publication, recipe: str) -> tuple[Listing, ...]:
    """The entries that stand in `publication`, newest published first, at most its limit, with their fragments.

    An id that several of its subscriptions have stands once, for the first of them. A fragment is given only where it
    was rendered from the entry's present revision with `recipe`.
    """
    names = list(dict.fromkeys(publication.subscriptions))
    if not names:
        return ()
    newest = [_newest(names[:place], name, publication.limit) for place, name in enumerate(names)]
    top = union_all(*(select(one.subquery()) for one in newest)).subquery("top")
    fitting = and_(
        fragments.c.publication == publication.name,
        fragments.c.subscription == top.c.subscription,
        fragments.c.key == top.c.key,
        fragments.c.revision == top.c.revision,
        fragments.c.recipe == recipe,
    )
    made = (fragments.c.updated, fragments.c.atom, fragments.c.rss, fragments.c.json)
    lines = select(top.c.subscription, top.c.id, top.c.revision, *made).outerjoin_from(top, fragments, fitting)
    order = (top.c.published.desc(), top.c.key.desc())
    async with connection(engine) as opened:
        rows = await opened.execute(lines.order_by(*order).limit(publication.limit))
    return tuple(_line(row, recipe) for row in rows)


def _newest(before: Sequence[str], name: str, limit: int) -> Select[Any]:
    """The newest of one subscription, read off `entries_listing`, without ids that one of `before` has."""
    columns = (entries.c.subscription, entries.c.key, entries.c.id, entries.c.revision, entries.c.published)
    wanted = select(*columns).where(entries.c.subscription == name, entries.c.state == "ready")
    if before:
        other = entries.alias()
        same = select(literal(1)).where(other.c.subscription.in_(before), other.c.key == entries.c.key)
        wanted = wanted.where(~same.where(other.c.state == "ready").exists())
    return wanted.order_by(entries.c.published.desc(), entries.c.key.desc()).limit(limit)


def _line(row: Any, recipe: str) -> Listing:
    fragment = None
    if row.atom is not None:
        named = {"subscription": row.subscription, "id": row.id, "revision": row.revision, "recipe": recipe}
        fragment = Fragment(**named, updated=row.updated, atom=row.atom, rss=row.rss, json=row.json)
    return Listing(subscription=row.subscription, id=row.id, revision=row.revision, fragment=fragment)


@unbroken
async def keep(engine: AsyncEngine, publication: str, made: Sequence[Fragment]) -> None:
    """Keep rendered fragments, but none whose entry has changed or was withdrawn since it was read."""
    if not made:
        return
    async with transaction(engine) as opened:
        present = await _revisions(opened, made)
        rows = [_row(publication, one) for one in made if present.get((one.subscription, key(one.id))) == one.revision]
        if rows:
            await opened.execute(_upsert(engine.dialect.name), rows)


async def _revisions(opened: AsyncConnection, made: Sequence[Fragment]) -> dict[tuple[str, bytes], int]:
    """Revisions of the entries of `made`; locked, lest one be withdrawn before its fragment is written (PostgreSQL)."""
    keys = [(fragment.subscription, key(fragment.id)) for fragment in made]
    this = tuple_(entries.c.subscription, entries.c.key)
    wanted = select(entries.c.subscription, entries.c.key, entries.c.revision).where(this.in_(keys))
    rows = await opened.execute(wanted.where(entries.c.withdrawn_at.is_(None)).with_for_update(read=True))
    return {(row.subscription, row.key): row.revision for row in rows}


def _row(publication: str, made: Fragment) -> dict[str, object]:
    bodies = {"atom": made.atom, "rss": made.rss, "json": made.json}
    origin = {"publication": publication, "subscription": made.subscription, "key": key(made.id)}
    return origin | bodies | {"revision": made.revision, "recipe": made.recipe, "updated": made.updated}


@cache
def _upsert(dialect: str) -> Any:
    statement = insert_into(dialect, fragments)
    names = ("revision", "recipe", "updated", "atom", "rss", "json")
    return statement.on_conflict_do_update(
        index_elements=list(fragments.primary_key), set_={name: statement.excluded[name] for name in names}
    )


@unbroken
async def pings(
    engine: AsyncEngine, keys: Sequence[tuple[str, str]], *, limit: int
) -> tuple[tuple[Stored, Response], ...]:
    """The newest `limit` responses to the entries `keys` (subscription, id) that are no comments, newest first."""
    wanted = [(subscription, key(identity)) for subscription, identity in keys]
    this = tuple_(responses.c.subscription, responses.c.entry)
    newest = select(responses).where(this.in_(wanted), responses.c.kind != "comment")
    async with connection(engine) as opened:
        rows = (await opened.execute(newest.order_by(responses.c.at.desc(), responses.c.key).limit(limit))).all()
        stored = await read(opened, [(row.subscription, row.entry) for row in rows])
    found = ((stored.get((row.subscription, row.entry)), unpack(Response, row.response)) for row in rows)
    return tuple((entry, response) for entry, response in found if entry is not None)


@unbroken
async def since(engine: AsyncEngine, publication: str, now: datetime) -> datetime:
    """When `publication` was first made: `now` at the first call."""
    async with connection(engine) as opened:
        known: datetime | None = await opened.scalar(select(table.c.since).where(table.c.name == publication))
    if known is not None:
        return known
    first = insert_into(engine.dialect.name, table).values(name=publication, since=now)
    kept = first.on_conflict_do_update(
        index_elements=[table.c.name], set_={"since": now}, where=table.c.since.is_(None)
    )
    async with transaction(engine) as opened:
        await opened.execute(kept)
        made: datetime = await opened.scalar(select(table.c.since).where(table.c.name == publication)) or now
    return made


@unbroken
async def shapes(engine: AsyncEngine) -> dict[str, str]:
    """For each publication the shape (a digest of its configuration) that its files were last made with."""
    async with connection(engine) as opened:
        rows = await opened.execute(select(table.c.name, table.c.shape).where(table.c.shape.is_not(None)))
    return {row.name: row.shape for row in rows}


@unbroken
async def shaped(engine: AsyncEngine, publication: str, shape: str) -> None:
    """The files of `publication` are on the disk, made with `shape`."""
    statement = insert_into(engine.dialect.name, table).values(name=publication, shape=shape)
    async with connection(engine) as opened:
        await opened.execute(statement.on_conflict_do_update(index_elements=[table.c.name], set_={"shape": shape}))
