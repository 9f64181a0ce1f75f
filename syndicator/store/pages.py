"""The pages that were fetched for entries, whole, so that an entry can be made again without the network.

It must not fetch. A page goes with its entry: what withdraws one deletes the other.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from syndicator.model import Page
from syndicator.store.codec import LEVEL, key, pack, unpack
from syndicator.store.living import living
from syndicator.store.statements import blocks, insert_into
from syndicator.store.tables import entries, subscriptions
from syndicator.store.tables import pages as table
from syndicator.store.transactions import connection, transaction, unbroken


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePage:
    """An entry whose page is to be asked for again: it could not be read, or may have changed since, or be gone."""

    subscription: str
    id: str
    url: str
    page: Page


@unbroken
async def load(engine: AsyncEngine, subscription: str, ids: Sequence[str]) -> dict[str, Page]:
    """The pages kept for the entries `ids`, by id; entries without one are left out."""
    names = {key(identity): identity for identity in ids}
    found: dict[str, Page] = {}
    async with connection(engine) as opened:
        for block in blocks(list(names)):
            wanted = select(table).where(table.c.subscription == subscription, table.c.entry.in_(block))
            found |= {names[row.entry]: _page(row) for row in await opened.execute(wanted)}
    return found


@unbroken
async def due(engine: AsyncEngine, now: datetime, *, limit: int) -> tuple[DuePage, ...]:
    """At most `limit` pages to ask for again, the longest waiting first; of configured subscriptions only."""
    place = (table.c.subscription == entries.c.subscription) & (table.c.entry == entries.c.key)
    wanted = select(table, entries.c.id, entries.c.url).join_from(table, entries, place)
    followed = wanted.join(subscriptions, subscriptions.c.name == table.c.subscription).where(
        subscriptions.c.configured
    )
    waiting = followed.where(table.c.due <= now, entries.c.url.is_not(None)).order_by(table.c.due, table.c.entry)
    async with connection(engine) as opened:
        rows = (await opened.execute(waiting.limit(limit))).all()
    return tuple(DuePage(subscription=row.subscription, id=row.id, url=row.url, page=_page(row)) for row in rows)


@unbroken
async def unread(engine: AsyncEngine) -> dict[str, int]:
    """How many entries of each subscription are made without the page that they need, since it could not be read."""
    living = entries.c.withdrawn_at.is_(None) & table.c.body.is_(None)  # one that is not needed has an empty body
    place = (table.c.subscription == entries.c.subscription) & (table.c.entry == entries.c.key)
    wanted = select(table.c.subscription, func.count().label("entries")).join_from(table, entries, place).where(living)
    async with connection(engine) as opened:
        rows = await opened.execute(wanted.group_by(table.c.subscription))
    return {row.subscription: row.entries for row in rows}


@unbroken
async def save(engine: AsyncEngine, subscription: str, identity: str, page: Page, *, same: bool = False) -> None:
    """Keep `page` of an entry; where it has a document, not the `same` as before, the entry is out of date from now on.

    Nothing is kept for an entry that was withdrawn while its page was fetched.
    """
    ours = (table.c.subscription == subscription, table.c.entry == key(identity))
    theirs = (entries.c.subscription == subscription, entries.c.key == key(identity), entries.c.withdrawn_at.is_(None))
    async with transaction(engine) as opened:
        if same:  # its body, some hundred kilobytes, need not be written again
            row = _row(subscription, identity, page)
            await opened.execute(update(table).where(*ours).values(page=row["page"], due=row["due"]))
            return
        await write(opened, subscription, {identity: page})
        if page.document:
            await opened.execute(update(entries).where(*theirs).values(settings=""))


@unbroken
async def look_soon(engine: AsyncEngine, subscription: str, identity: str, now: datetime) -> None:
    """Ask for the page of an entry, kept or not, with the next round: something says that it may be gone."""
    unread = _row(subscription, identity, Page(document=None, needed=False, due=now))
    async with transaction(engine) as opened:
        if await living(opened, subscription, [key(identity)]):
            statement = insert_into(opened.dialect.name, table).values(unread)
            keys = list(table.primary_key)
            await opened.execute(statement.on_conflict_do_update(index_elements=keys, set_={"due": now}))


async def write(opened: AsyncConnection, subscription: str, pages: Mapping[str, Page]) -> None:
    """Keep `pages` by the id of their entry, within a transaction; those of withdrawn ones are left out."""
    if not pages:
        return
    rows = [_row(subscription, identity, page) for identity, page in pages.items()]
    here = await living(opened, subscription, [key(identity) for identity in pages])
    kept = [row for row in rows if row["entry"] in here]
    if kept:
        await opened.execute(_upsert(opened.dialect.name), kept)


def _row(subscription: str, identity: str, page: Page) -> dict[str, object]:
    body = page.document.body if page.document else None if page.needed else b""
    without = replace(page, document=replace(page.document, body=b"") if page.document else None)
    return {
        "subscription": subscription,
        "entry": key(identity),
        "page": pack(without),
        "body": None if body is None else zlib.compress(body, LEVEL),
        "due": page.due,
    }


def _page(row: Any) -> Page:
    page = replace(unpack(Page, row.page), due=row.due)
    if page.document is None or row.body is None:
        return page
    return replace(page, document=replace(page.document, body=zlib.decompress(row.body)))


@cache
def _upsert(dialect: str) -> Any:
    statement = insert_into(dialect, table)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={name: statement.excluded[name] for name in ("page", "body", "due")},
    )
