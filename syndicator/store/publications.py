"""What stands in a publication, and the fragments it is stitched from. It must not render."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from syndicator.model import Fragment, Listing, Publication, Response, Stored
from syndicator.store.codec import key, unpack
from syndicator.store.entries.stored import read
from syndicator.store.standing import SHOWN, Place, copies, in_languages
from syndicator.store.statements import among, blocks, insert_into
from syndicator.store.tables import DELETED, SUBSCRIBED, entries, fragments, members, responses
from syndicator.store.tables import publications as table
from syndicator.store.transactions import connection, transaction, unbroken


@unbroken
async def listing(
    engine: AsyncEngine, publication: str, recipe: str, *, archive: int = SUBSCRIBED
) -> tuple[Listing, ...]:
    """The entries of a publication that stand in one of its documents, newest published first, with their fragments.

    A fragment is given only where it was rendered from the entry's present revision with `recipe`.
    """
    here = (members.c.publication == publication, members.c.archive == archive)
    wanted = _LINES.where(*here).order_by(members.c.published.desc(), members.c.key.desc())
    async with connection(engine) as opened:
        return await _lines(opened, publication, recipe, (await opened.execute(wanted)).all())


@unbroken
async def lines(engine: AsyncEngine, publication: str, recipe: str, places: Sequence[Place]) -> tuple[Listing, ...]:
    """`listing` of the members at `places`, in that order; without those that have left."""
    rows: list[Any] = []
    async with connection(engine) as opened:
        for block in blocks(places):
            these = among(members.c.subscription, members.c.key, block)
            rows += await opened.execute(
                _LINES.where(members.c.publication == publication, members.c.archive >= SUBSCRIBED, these)
            )
        order = {place: number for number, place in enumerate(places)}
        rows.sort(key=lambda row: order[row.subscription, row.key])
        return await _lines(opened, publication, recipe, rows)


_LINES = select(*(members.c.subscription, members.c.key, members.c.slug, entries.c.id, entries.c.revision)).join_from(
    members, entries, and_(entries.c.subscription == members.c.subscription, entries.c.key == members.c.key)
)


async def _lines(opened: AsyncConnection, publication: str, recipe: str, rows: Sequence[Any]) -> tuple[Listing, ...]:
    made = await _fragments(opened, publication, recipe, rows)
    return tuple(
        Listing(
            subscription=row.subscription,
            id=row.id,
            revision=row.revision,
            slug=row.slug,
            fragment=made.get((row.subscription, row.key, row.revision)),
        )
        for row in rows
    )


async def _fragments(
    opened: AsyncConnection, publication: str, recipe: str, rows: Sequence[Any]
) -> dict[tuple[str, bytes, int], Fragment]:
    """The fragments of `rows`, by subscription, key and revision."""
    ids = {(row.subscription, row.key): row.id for row in rows}
    found: dict[tuple[str, bytes, int], Fragment] = {}
    for block in blocks(list(ids)):
        fitting = (fragments.c.publication == publication, fragments.c.recipe == recipe)
        these = among(fragments.c.subscription, fragments.c.key, block)
        for row in await opened.execute(select(fragments).where(*fitting, these)):
            named = {"subscription": row.subscription, "id": ids[row.subscription, row.key], "recipe": row.recipe}
            bodies = {"atom": row.atom, "rss": row.rss, "json": row.json}
            made = Fragment(**named, **bodies, revision=row.revision, updated=row.updated)
            found[row.subscription, row.key, row.revision] = made
    return found


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
    these = among(entries.c.subscription, entries.c.key, keys)
    wanted = select(entries.c.subscription, entries.c.key, entries.c.revision).where(these)
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
async def said(
    engine: AsyncEngine, keys: Sequence[tuple[str, str]], *, comments: bool, limit: int
) -> tuple[tuple[Stored, Response], ...]:
    """The newest `limit` responses to the entries `keys` (subscription, id), newest first; `comments` or only pings."""
    wanted = [(subscription, key(identity)) for subscription, identity in keys]
    these = among(responses.c.subscription, responses.c.entry, wanted)
    silent = (DELETED,) if comments else (DELETED, "comment")
    newest = select(responses).where(these, responses.c.kind.not_in(silent))
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
async def shaped(engine: AsyncEngine, publication: str, shape: str | None) -> None:
    """The files of `publication` are made, or ordered to be made, with `shape`; None: with nothing that is known."""
    statement = insert_into(engine.dialect.name, table).values(name=publication, shape=shape)
    async with connection(engine) as opened:
        await opened.execute(statement.on_conflict_do_update(index_elements=[table.c.name], set_={"shape": shape}))


@unbroken
async def copied(engine: AsyncEngine, publication: Publication) -> dict[str, int]:
    """How many entries of each subscription do not appear because they are copies of what another one has."""
    names = tuple(dict.fromkeys(publication.subscriptions))
    here = (entries.c.subscription.in_(names), *SHOWN, *in_languages(publication.languages))
    async with connection(engine) as opened:
        rows = (await opened.execute(select(entries.c.subscription, entries.c.key).where(*here))).all()
        places = [(row.subscription, row.key) for row in rows]
        found = await copies(opened, publication, places)
    return Counter(subscription for subscription, _ in found)


@unbroken
async def shadowed(engine: AsyncEngine, publication: Publication) -> dict[tuple[str, str], int]:
    """How many entries of a subscription do not appear because one listed earlier has the same ids.

    By (the hidden one's subscription, the winner's).
    """
    here = (entries.c.subscription.in_(publication.subscriptions), *SHOWN, *in_languages(publication.languages))
    shared = select(entries.c.key).where(*here).group_by(entries.c.key).having(func.count() > 1)
    wanted = select(entries.c.key, entries.c.subscription).where(*here, entries.c.key.in_(shared))
    async with connection(engine) as opened:
        rows = (await opened.execute(wanted)).all()
    holders: dict[bytes, list[str]] = defaultdict(list)
    for row in rows:
        holders[row.key].append(row.subscription)
    ranked = (sorted(names, key=publication.subscriptions.index) for names in holders.values())
    return Counter((hidden, winner) for winner, *others in ranked for hidden in others)
