"""The responses to entries, and when their comment feeds are due.

A response that was stored is dropped only when its origin deleted it; it must not decide whether that is so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from syndicator.model import Errand, Response
from syndicator.store.codec import key, pack, unpack
from syndicator.store.entries.withdrawing import forget_older_versions
from syndicator.store.living import living
from syndicator.store.news import tell
from syndicator.store.outbox import owe
from syndicator.store.statements import insert_into
from syndicator.store.tables import DELETED, entries, responses, subscriptions
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
    *,
    deleted: Sequence[str] = (),
) -> None:
    """Save what a comment feed said, and when to ask it `again` (None: never); of the responses `deleted` only the ids
    are kept.

    `errands` are owed only if it said anything new.
    """
    place = (entries.c.subscription == due.subscription, entries.c.key == key(due.id))
    async with transaction(engine) as opened:
        await opened.execute(update(entries).where(*place).values(responses_due=again))
        changed = await upsert(opened, due.subscription, {due.id: found}, now)
        silenced = await _silence(opened, due, deleted)
        if changed or silenced:
            await tell(opened, errands, [(due.subscription, key(due.id))])
            await owe(opened, errands, now)
    if silenced:
        await forget_older_versions(engine)


@unbroken
async def heard(engine: AsyncEngine, due: Due) -> tuple[tuple[Response, ...], tuple[str, ...]]:
    """The responses that are known of an entry, and the ids of those that were deleted at their origin."""
    place = (responses.c.subscription == due.subscription, responses.c.entry == key(due.id))
    async with connection(engine) as opened:
        rows = (await opened.execute(select(responses.c.kind, responses.c.response).where(*place))).all()
    said = [(row.kind, unpack(Response, row.response)) for row in rows]
    known = tuple(one for kind, one in said if kind != DELETED)
    return known, tuple(one.id for kind, one in said if kind == DELETED)


async def _silence(opened: AsyncConnection, due: Due, ids: Sequence[str]) -> bool:
    """Leave nothing of the responses `ids` but their ids, and count up the revision of their entry."""
    entry = key(due.id)
    this = (responses.c.subscription == due.subscription, responses.c.entry == entry, responses.c.kind != DELETED)
    silenced = 0
    for identity in ids:
        nothing = {"kind": DELETED, "response": pack(Response(id=identity, kind="comment"))}
        gone = update(responses).where(*this, responses.c.key == key(identity)).values(nothing)
        silenced += (await opened.execute(gone)).rowcount
    if silenced:
        these = (entries.c.subscription == due.subscription, entries.c.key == entry)
        await opened.execute(update(entries).where(*these).values(revision=entries.c.revision + 1))
    return silenced > 0


async def upsert(
    opened: AsyncConnection, subscription: str, found: dict[str, Sequence[Response]], now: datetime
) -> frozenset[bytes]:
    """Write responses by entry id, and count up the revision of each entry whose responses changed.

    Returns the keys of those entries. What is said of a withdrawn one is left out.
    """
    here = await living(opened, subscription, [key(identity) for identity, said in found.items() if said])
    rows = [_row(subscription, identity, one, now) for identity, said in found.items() for one in said]
    distinct = list({(row["entry"], row["key"]): row for row in rows if row["entry"] in here}.values())
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
