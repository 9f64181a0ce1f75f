"""The addresses that tie entries to one work: an entry's own, and those that its provenance states.

It must not decide what a tie means: a copy, another language, a changed original.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from syndicator.model import Derived
from syndicator.store.codec import key
from syndicator.store.entries.known import TRANSLATED
from syndicator.store.statements import blocks
from syndicator.store.tables import addresses as table
from syndicator.store.tables import entries
from syndicator.store.transactions import connection, unbroken


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """An entry of the same work: `url` its own, `language` as it was read."""

    subscription: str
    id: str
    url: str | None
    language: str | None
    left_out: str


async def tie(opened: AsyncConnection, subscription: str, derived: Sequence[Derived]) -> None:
    """Write down the addresses of `derived` in place of those known."""
    for block in blocks([key(one.entry.id) for one in derived]):
        await opened.execute(delete(table).where(table.c.subscription == subscription, table.c.entry.in_(block)))
    rows = [
        {"subscription": subscription, "entry": key(one.entry.id), "address": key(address), "own": own}
        for one in derived
        for own, addresses in ((True, one.ties.own), (False, one.ties.stated))
        for address in addresses
    ]
    if rows:
        await opened.execute(insert(table), rows)


async def stir(opened: AsyncConnection, derived: Sequence[Derived]) -> None:
    """Mark as out of date the entries that name one of `derived`: their translations, of which more is known now."""
    this = tuple_(entries.c.subscription, entries.c.key)
    for block in blocks([key(address) for one in derived for address in one.ties.own]):
        naming = (table.c.address.in_(block), table.c.own.is_(False))
        named = this.in_(select(table.c.subscription, table.c.entry).where(*naming))
        by_index = entries.c.key.in_(select(table.c.entry).where(*naming))  # SQLite has none for the pair
        marked = update(entries).where(by_index, named, entries.c.settings.not_in(("", TRANSLATED)))
        await opened.execute(marked.values(settings=""))


@unbroken
async def reworded(engine: AsyncEngine, addresses: Sequence[str]) -> dict[str, datetime]:
    """When upstream last changed the words of entries that have one of `addresses` as their own, by address; the latest
    of several.
    """
    names = {key(address): address for address in addresses}
    place = and_(table.c.subscription == entries.c.subscription, table.c.entry == entries.c.key)
    found: dict[str, datetime] = {}
    async with connection(engine) as opened:
        for block in blocks(list(names)):
            wanted = select(
                table.c.address, func.max(func.coalesce(entries.c.reworded, entries.c.updated)).label("at")
            ).join_from(table, entries, place)
            living = wanted.where(table.c.own, table.c.address.in_(block), entries.c.withdrawn_at.is_(None))
            rows = await opened.execute(living.group_by(table.c.address))
            found |= {names[row.address]: row.at for row in rows}
    return found


@unbroken
async def relatives(engine: AsyncEngine, subscription: str, identity: str) -> tuple[Relative, ...]:
    """The other entries that share an address with this one, withdrawn ones not."""
    mine = and_(table.c.subscription == subscription, table.c.entry == key(identity))
    shared = select(table.c.address).where(mine)
    others = select(table.c.subscription, table.c.entry).where(table.c.address.in_(shared)).distinct()
    this: ColumnElement[bool] = tuple_(entries.c.subscription, entries.c.key).in_(others)
    wanted = select(entries).where(this, entries.c.withdrawn_at.is_(None)).order_by(entries.c.published, entries.c.key)
    async with connection(engine) as opened:
        rows = (await opened.execute(wanted)).all()
    return tuple(
        Relative(
            subscription=row.subscription,
            id=row.id,
            url=row.url,
            language=row.language,
            left_out=row.left_out,
        )
        for row in rows
        if (row.subscription, row.id) != (subscription, identity)
    )
