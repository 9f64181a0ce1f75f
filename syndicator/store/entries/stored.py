"""Entries with their text and their responses, and how many there are. It must not write."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from syndicator.model import Copy, Entry, Release, Response, Stored
from syndicator.store.codec import key, unpack
from syndicator.store.pictures import copies
from syndicator.store.statements import among, blocks
from syndicator.store.tables import DELETED, responses, texts
from syndicator.store.tables import entries as table
from syndicator.store.transactions import connection, unbroken

Place = tuple[str, bytes]  # subscription, key of the entry's id


@unbroken
async def load(engine: AsyncEngine, keys: Sequence[tuple[str, str]]) -> tuple[Stored, ...]:
    """The entries `keys` (subscription, id) in that order; one that is unknown or withdrawn is left out."""
    places = [(subscription, key(identity)) for subscription, identity in keys]
    async with connection(engine) as opened:
        found = await read(opened, places)
    return tuple(found[place] for place in places if place in found)


async def read(opened: AsyncConnection, places: Sequence[Place]) -> dict[Place, Stored]:
    """`load` on an open connection, by place."""
    found: dict[Place, Stored] = {}
    for block in blocks(list(dict.fromkeys(places))):
        # Entries first: a response that comes in between is then shown with the older revision and rendered again; the
        # other way round it would be missing under the newer one for good.
        rows = (await opened.execute(_TEXTS.where(among(table.c.subscription, table.c.key, block)))).all()
        said = await _responses(opened, block)
        kept = await copies(opened, block)
        for row in rows:
            place = (row.subscription, row.key)
            found[place] = _stored(row, said[place], kept[place])
    return found


_TEXTS = select(
    *(table.c.subscription, table.c.key, table.c.slug, table.c.revision, table.c.first_seen),
    *(table.c.state, table.c.left_out),
    func.coalesce(table.c.reworded, table.c.updated).label("reworded"),
    texts.c.entry,
).join(texts, (texts.c.subscription == table.c.subscription) & (texts.c.key == table.c.key))
_SAID = select(responses).where(responses.c.kind != DELETED).order_by(responses.c.at, responses.c.key)


async def _responses(opened: AsyncConnection, places: Sequence[Place]) -> dict[Place, list[Response]]:
    rows = await opened.execute(_SAID.where(among(responses.c.subscription, responses.c.entry, places)))
    found: dict[Place, list[Response]] = defaultdict(list)
    for row in rows:
        found[row.subscription, row.entry].append(unpack(Response, row.response))
    return found


def _stored(row: Any, said: Sequence[Response], kept: tuple[Copy, ...]) -> Stored:
    return Stored(
        entry=unpack(Entry, row.entry),
        responses=tuple(said),
        slug=row.slug,
        revision=row.revision,
        first_seen=row.first_seen,
        reworded=row.reworded,
        state=row.state,
        left_out=row.left_out,
        copies=kept,
    )


@unbroken
async def find(engine: AsyncEngine, arg: str) -> tuple[Stored, ...]:
    """The entries whose URL is `arg`, else those whose id is. It may read the whole table: 0.1 s for 100,000."""
    places = select(table.c.subscription, table.c.key).order_by(table.c.subscription)
    async with connection(engine) as opened:
        for same in (or_(table.c.url == arg, table.c.link == arg), table.c.key == key(arg)):
            rows = (await opened.execute(places.where(same))).all()
            if rows:
                return tuple((await read(opened, [(row.subscription, row.key) for row in rows])).values())
    return ()


@unbroken
async def counts(engine: AsyncEngine) -> dict[str, dict[str, int]]:
    """How many entries each subscription has in each state ("ready", "queued", "withdrawn")."""
    each = select(table.c.subscription, table.c.state, func.count().label("entries"))
    async with connection(engine) as opened:
        rows = (await opened.execute(each.group_by(table.c.subscription, table.c.state))).all()
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        found[row.subscription][row.state] = row.entries
    return dict(found)


@unbroken
async def left_out(engine: AsyncEngine) -> dict[str, tuple[tuple[str, int], ...]]:
    """Why entries of each subscription are shown in no publication, with how many; the most frequent first."""
    each = select(table.c.subscription, table.c.left_out, func.count().label("entries"))
    living = each.where(table.c.withdrawn_at.is_(None), table.c.left_out != "")
    async with connection(engine) as opened:
        rows = await opened.execute(living.group_by(table.c.subscription, table.c.left_out))
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (-row.entries, row.left_out)):
        found[row.subscription].append((row.left_out, row.entries))
    return {subscription: tuple(counted) for subscription, counted in found.items()}


@unbroken
async def releases(engine: AsyncEngine) -> dict[str, tuple[tuple[Release, int], ...]]:
    """What the gate lets out of each subscription's entries and why, with how many; the most frequent first."""
    each = select(table.c.subscription, table.c.release, table.c.release_why, func.count().label("entries"))
    living = each.where(table.c.withdrawn_at.is_(None))
    async with connection(engine) as opened:
        rows = await opened.execute(living.group_by(table.c.subscription, table.c.release, table.c.release_why))
    found: dict[str, list[tuple[Release, int]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (-row.entries, row.release_why)):
        found[row.subscription].append((Release(scope=row.release, why=row.release_why), row.entries))
    return {subscription: tuple(counted) for subscription, counted in found.items()}
