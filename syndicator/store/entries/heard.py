"""The responses to entries, and when their comment feeds are due. A response that was stored is never dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from syndicator.model import Errand, Response
from syndicator.store.codec import key, pack
from syndicator.store.outbox import owe
from syndicator.store.statements import insert_into
from syndicator.store.tables import entries, responses, subscriptions
from syndicator.store.transactions import connection, transaction, unbroken


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An entry whose comment feed is to be asked: `url` is the entry's own."""

    subscription: str
    id: str
    url: str | None
    published: datetime
    comments_feed: str


@unbroken
async def responses_due(engine: AsyncEngine, now: datetime, *, limit: int) -> tuple[Due, ...]:
    """At most `limit` entries whose comment feed is due, the longest waiting first; of withdrawn ones none is, nor of
    subscriptions that are not configured.
    """
    columns = (entries.c.subscription, entries.c.id, entries.c.url, entries.c.published, entries.c.comments_feed)
    waiting = (entries.c.responses_due <= now, entries.c.withdrawn_at.is_(None), entries.c.comments_feed.is_not(None))
    followed = select(*columns).join_from(entries, subscriptions, subscriptions.c.name == entries.c.subscription)
    wanted = followed.where(*waiting, subscriptions.c.configured).order_by(entries.c.responses_due, entries.c.key)
    async with connection(engine) as opened:
        rows = (await opened.execute(wanted.limit(limit))).mappings().all()
    return tuple(Due(**row) for row in rows)


@unbroken
async def save_responses(
    engine: AsyncEngine,
    due: Due,
    found: Sequence[Response],
    again: datetime | None,
    errands: Sequence[Errand],
    now: datetime,
) -> None:
    """Save what a comment feed said, and when to ask it `again` (None: never).

    `errands` are owed only if it said anything new.
    """
    place = (entries.c.subscription == due.subscription, entries.c.key == key(due.id))
    async with transaction(engine) as opened:
        await opened.execute(update(entries).where(*place).values(responses_due=again))
        if await upsert(opened, due.subscription, {due.id: found}, now):
            await owe(opened, errands, now)


async def upsert(
    opened: AsyncConnection, subscription: str, found: dict[str, Sequence[Response]], now: datetime
) -> frozenset[bytes]:
    """Write responses by entry id, and count up the revision of each entry whose responses changed.

    Returns the keys of those entries.
    """
    rows = [_row(subscription, identity, one, now) for identity, said in found.items() for one in said]
    distinct = list({(row["entry"], row["key"]): row for row in rows}.values())
    if not distinct:
        return frozenset()
    changed = frozenset(await opened.scalars(_upsert(opened.dialect.name), distinct))
    if changed:
        these = (entries.c.subscription == subscription, entries.c.key.in_(changed))
        await opened.execute(update(entries).where(*these).values(revision=entries.c.revision + 1))
    return changed


def _row(subscription: str, identity: str, response: Response, now: datetime) -> dict[str, object]:
    return {
        "subscription": subscription,
        "entry": key(identity),
        "key": key(response.id),
        "kind": response.kind,
        "at": response.published or now,
        "response": pack(response),
    }


@cache
def _upsert(dialect: str) -> Any:
    statement = insert_into(dialect, responses)
    new = statement.excluded
    changed = statement.on_conflict_do_update(
        index_elements=list(responses.primary_key),
        set_={"kind": new.kind, "response": new.response},
        where=responses.c.response != new.response,
    )
    return changed.returning(responses.c.entry)
