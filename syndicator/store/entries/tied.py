"""The addresses that tie entries to one work: an entry's own, and those that its provenance states.

It must not decide what a tie means: a copy, another language, a changed original.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from syndicator.model import Derived, FeedHead, Followed, ParsedEntry
from syndicator.store.codec import key, unpack
from syndicator.store.entries.known import TRANSLATED
from syndicator.store.standing import AWAY
from syndicator.store.statements import blocks
from syndicator.store.tables import addresses as table
from syndicator.store.tables import entries, subscriptions, texts
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
async def followed(engine: AsyncEngine, addresses: Sequence[str]) -> dict[str, Followed]:
    """What is known of the entries that have one of `addresses` as their own, by address.

    Of several the latest change counts; the rest is that of the one with the shortest way here.
    """
    names = {key(address): address for address in addresses}
    at = func.coalesce(entries.c.reworded, entries.c.updated).label("at")
    place = and_(table.c.subscription == entries.c.subscription, table.c.entry == entries.c.key)
    text = and_(texts.c.subscription == entries.c.subscription, texts.c.key == entries.c.key)
    wanted = (
        select(table.c.address, at, entries.c.language, entries.c.depth, subscriptions.c.head, texts.c.raw)
        .join_from(table, entries, place)
        .join(texts, text)
        .join(subscriptions, subscriptions.c.name == entries.c.subscription)
        .order_by(entries.c.depth, entries.c.first_seen)
    )
    found: dict[str, Followed] = {}
    async with connection(engine) as opened:
        for block in blocks(list(names)):
            living = (table.c.own, table.c.address.in_(block), entries.c.withdrawn_at.is_(None))
            for row in await opened.execute(wanted.where(*living)):
                address = names[row.address]
                known = found.get(address) or _followed(row)
                found[address] = replace(known, reworded=max(known.reworded, row.at))
    return found


def _followed(row: Any) -> Followed:
    publisher = unpack(FeedHead, row.head).title if row.depth < AWAY else ""
    published = unpack(ParsedEntry, row.raw).published
    return Followed(reworded=row.at, language=row.language, published=published, publisher=publisher)


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
