"""The one transaction that saves a poll: entries, responses, tombstones, the subscription's state, errands."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import and_, bindparam, case, func, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from syndicator.model import Changes, Derived, Errand, Page, Poll, SubscriptionState
from syndicator.model.slug import slug
from syndicator.store import outbox
from syndicator.store.codec import encode, key, pack, squeeze
from syndicator.store.entries.heard import upsert
from syndicator.store.entries.known import MARKED
from syndicator.store.entries.tied import stir, tie
from syndicator.store.entries.withdrawing import forget_older_versions, withdraw_in
from syndicator.store.news import tell
from syndicator.store.pages import write as write_pages
from syndicator.store.pictures import want
from syndicator.store.standing import kin
from syndicator.store.statements import blocks, insert_into
from syndicator.store.subscriptions import write_down
from syndicator.store.tables import Moment, texts
from syndicator.store.tables import entries as table
from syndicator.store.transactions import transaction, unbroken


@unbroken
async def save(
    engine: AsyncEngine,
    state: SubscriptionState,
    poll: Poll | None,
    changes: Changes,
    errands: Sequence[Errand],
    now: datetime,
    *,
    seen: Sequence[str] = (),
    pages: Mapping[str, Page] | None = None,
    responses_due: Mapping[str, datetime | None] | None = None,
    queued: bool = False,
    settings: str | None = None,
) -> None:
    """Save a poll in one transaction: `changes`, `state` as `subscriptions.record` does, and `errands` owed.

    `seen` are the fingerprints of all entries of the document. By id, `pages` are those fetched, `responses_due` says
    when an entry's comment feed is to be asked, None for never. New entries are "queued" for the editor, else "ready".
    A withdrawn entry stays withdrawn. `settings` are those of the entries, where not the subscription's. Without `poll`
    the claim is kept. Raises Superseded when the claim was lost; nothing is written then.
    """
    derived = {one.entry.id: one for one in changes.new + changes.changed + changes.touched}
    async with transaction(engine) as opened:
        await write_down(opened, state, poll, now)  # first: it fences, and on PostgreSQL locks the row against a claim
        touched = await _touched(opened, state.name, list(derived), changes)
        await _write(opened, state, list(derived.values()), now, "queued" if queued else "ready", settings)
        await write_pages(opened, state.name, {name: page for name, page in (pages or {}).items() if name in derived})
        await stir(opened, changes.new + changes.changed)
        await upsert(opened, state.name, {identity: one.responses for identity, one in derived.items()}, now)
        await withdraw_in(opened, state.name, changes.withdrawn, now)
        await _see(opened, state.name, seen, now)
        await _await_responses(opened, state.name, responses_due or {})
        await tell(opened, errands, touched)
        await outbox.owe(opened, errands, now)
    if changes.withdrawn:
        await forget_older_versions(engine)


async def _touched(
    opened: AsyncConnection, subscription: str, derived: Sequence[str], changes: Changes
) -> list[tuple[str, bytes]]:
    """The entries that are saved, and those that share an id or an address with one that is about to lose its own."""
    losing = [*(one.entry.id for one in changes.changed + changes.touched), *changes.withdrawn]
    relatives = await kin(opened, [(subscription, key(identity)) for identity in losing])
    return [*((subscription, key(identity)) for identity in (*derived, *changes.withdrawn)), *relatives]


async def _write(
    opened: AsyncConnection,
    state: SubscriptionState,
    derived: Sequence[Derived],
    now: datetime,
    first_state: str,
    settings: str | None,
) -> None:
    """Upsert entries, then the texts of those that were really changed."""
    if not derived:
        return
    encoded = {key(one.entry.id): encode(one.entry) for one in derived}
    shaping = state.settings if settings is None else settings
    rows = [_row(state.name, one, encoded[key(one.entry.id)], now, first_state, shaping) for one in derived]
    dialect = opened.dialect.name
    changed = frozenset(await opened.scalars(_upsert_entry(dialect), rows))
    bodies = [
        {"subscription": state.name, "key": place, "entry": squeeze(encoded[place]), "raw": pack(one.parsed)}
        for one in derived
        if (place := key(one.entry.id)) in changed
    ]
    if bodies:
        await opened.execute(_upsert_text(dialect), bodies)
    await tie(opened, state.name, [one for one in derived if key(one.entry.id) in changed])
    wanted = {place: one.pictures for one in derived if (place := key(one.entry.id)) in changed}
    await want(opened, state.name, wanted, now)


def _row(
    subscription: str, derived: Derived, encoded: bytes, now: datetime, first_state: str, settings: str
) -> dict[str, object]:
    parsed, entry = derived.parsed, derived.entry
    return {
        "subscription": subscription,
        "key": key(entry.id),
        "id": entry.id,
        "raw_id": parsed.raw_id,
        "raw_key": key(parsed.raw_id) if parsed.raw_id else None,
        "link": parsed.link,
        "link_key": key(parsed.link) if parsed.link else None,
        "url": entry.url,
        "slug": slug(entry.title, entry.id),  # kept from the first save on
        "state": first_state,
        "revision": 1,
        "fingerprint": parsed.fingerprint,
        "settings": settings,
        "digest": derived.digest,
        "content_key": sha256(encoded).digest(),
        "release": entry.release.scope,
        "release_why": entry.release.why,
        "language": entry.language,
        "left_out": derived.left_out,
        "depth": derived.ties.depth,
        "words": derived.words,
        "reworded": min(entry.updated, now),  # a clock ahead of ours must not look like a change since
        "published": entry.published,
        "updated": entry.updated,
        "first_seen": now,
        "last_seen": now,
        "comments_feed": entry.comments_feed,
    }


_FIXED = frozenset(
    {"subscription", "key", "id", "slug", "state", "first_seen", "revision", "withdrawn_at", "responses_due"}
)


@cache
def _upsert_entry(dialect: str) -> Any:
    """Insert, or update what differs; returns the keys of rows inserted or updated. A tombstone is left alone."""
    statement = insert_into(dialect, table)
    new = statement.excluded
    differs = table.c.content_key != new.content_key
    moved = or_(
        differs,
        table.c.fingerprint != new.fingerprint,
        table.c.settings != new.settings,
        table.c.left_out != new.left_out,
    )
    values: dict[str, Any] = {column.name: new[column.name] for column in table.c if column.name not in _FIXED}
    # What was marked while this was made is made again.
    values["settings"] = case((table.c.settings == MARKED, MARKED), else_=new.settings)
    otherwise = func.coalesce(table.c.reworded, table.c.updated)
    values["reworded"] = case((and_(table.c.words != "", table.c.words != new.words), new.updated), else_=otherwise)
    upserted = statement.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_=values | {"revision": table.c.revision + case((differs, 1), else_=0)},
        where=and_(table.c.withdrawn_at.is_(None), moved),
    )
    return upserted.returning(table.c.key)


@cache
def _upsert_text(dialect: str) -> Any:
    statement = insert_into(dialect, texts)
    new = {"entry": statement.excluded.entry, "raw": statement.excluded.raw}
    return statement.on_conflict_do_update(index_elements=list(texts.primary_key), set_=new)


async def _see(opened: AsyncConnection, subscription: str, seen: Sequence[str], now: datetime) -> None:
    for block in blocks(seen):
        await opened.execute(_SEEN, {"this": subscription, "fingerprints": block, "at": now})


_SEEN = (
    update(table)
    .where(
        table.c.subscription == bindparam("this"), table.c.fingerprint.in_(bindparam("fingerprints", expanding=True))
    )
    .values(last_seen=bindparam("at", type_=Moment))
)
_AWAIT = (
    update(table)
    .where(table.c.subscription == bindparam("this"), table.c.key == bindparam("place"), table.c.withdrawn_at.is_(None))
    .values(responses_due=bindparam("at", type_=Moment))
)


async def _await_responses(opened: AsyncConnection, subscription: str, due: Mapping[str, datetime | None]) -> None:
    if due:
        rows = [{"this": subscription, "place": key(identity), "at": at} for identity, at in due.items()]
        await opened.execute(_AWAIT, rows)
