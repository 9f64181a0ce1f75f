"""One poll of one subscription: fetch, parse, derive, decide, save. It must not publish: it leaves errands for that."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from random import random

from syndicator import chain, fetch
from syndicator.doors import Doors
from syndicator.hops import each
from syndicator.model import (
    Answer,
    Changes,
    Derived,
    Failed,
    FeedHead,
    Fetched,
    Gone,
    Known,
    Note,
    NotModified,
    ParsedEntry,
    ParsedFeed,
    Poll,
    Refused,
    Rhythm,
    Subscription,
    SubscriptionState,
    Tombstone,
    Validators,
)
from syndicator.pipeline.report import Report, brought, quiet
from syndicator.pipeline.republish import republishing
from syndicator.sandbox import run
from syndicator.stages import decide, schedule
from syndicator.store import entries, subscriptions


async def refresh(doors: Doors, state: SubscriptionState) -> Report:
    """Poll one claimed subscription and save what it brought.

    Raises Superseded when another worker claimed it meanwhile, StoreError when the database cannot be used.
    """
    salt = settings_of(doors, doors.config.subscriptions[state.name])
    if state.settings == salt:
        return await _ask(doors, state)
    anew = await _rederive(doors, state, salt)
    report = await _ask(doors, replace(state, settings=salt, validators=Validators(), body_hash=None))
    return replace(report, why=f"{report.why}; {anew} made anew under the changed settings") if anew else report


async def _ask(doors: Doors, state: SubscriptionState) -> Report:
    answer = await fetch.get(doors.client, state.url, validators=state.validators)
    if isinstance(answer, Fetched) and answer.body_hash != state.body_hash:
        return await _take_in(doors, state, answer)
    return await _rest(doors, state, answer)


def settings_of(doors: Doors, subscription: Subscription) -> str:
    """A digest of all that shapes an entry besides its bytes: the subscription's settings, the chain, the
    transforms.
    """
    permission = subscription.permission
    expired = permission is not None and permission.until is not None and permission.until < doors.now()
    shaping = (
        subscription.language,
        subscription.licence,
        permission,
        expired,
        subscription.full_text,
        chain.CHAIN_VERSION,
        doors.config.plugins,
    )
    return sha256(repr(shaping).encode()).hexdigest()[:16]


async def _rest(doors: Doors, state: SubscriptionState, answer: Answer | Refused) -> Report:
    """Record a poll that brought no entries: 304, the same bytes again, gone, failed or refused."""
    now = doors.now()
    poll = _next(doors, state, answer, state.head.rhythm, now)
    await subscriptions.record(doors.store, _after(state, answer, now), poll, now)
    return quiet(state.name, answer, poll.at)


async def _take_in(doors: Doors, state: SubscriptionState, answer: Fetched) -> Report:
    known = await entries.fingerprints(doors.store, state.name)
    parse = partial(chain.parse, known=known, salt=state.settings)
    feed = await run(doors.sandbox, parse, answer.document)
    if isinstance(feed, Refused) and feed.reason == "too-slow":  # a large honest feed needs more than one hop's time
        feed = await run(doors.sandbox, parse, answer.document, deadline=doors.config.sandbox.patience)
    if isinstance(feed, Refused):
        return await _rest(doors, state, feed)
    changes = await _changes(doors, state, feed)
    now = doors.now()
    poll = _next(doors, state, answer, feed.head.rhythm, now)
    after = replace(_after(state, answer, now), head=feed.head, notes=feed.notes + changes.notes)
    untried = any(note.code == "entry-not-tried" for note in changes.notes)
    if untried or not (answer.complete and feed.complete):  # the next poll must bring the rest
        after = replace(after, validators=Validators(), body_hash=None)
    await _save(doors, after, poll, changes, seen=feed.fingerprints)
    return brought(state.name, changes, after.notes, poll.at)


async def _save(
    doors: Doors, state: SubscriptionState, poll: Poll | None, changes: Changes, *, seen: Sequence[str] = ()
) -> None:
    now = doors.now()
    material = changes.new or changes.changed or changes.touched or changes.withdrawn
    listened_to = [derived.entry for derived in changes.new + changes.changed if derived.entry.comments_feed]
    await entries.save(
        doors.store,
        state,
        poll,
        changes,
        republishing(doors, state.name) if material else (),
        now,
        seen=seen,
        responses_due={entry.id: now for entry in listened_to},
        queued=doors.config.subscriptions[state.name].publish == "review",
    )


async def _changes(doors: Doors, state: SubscriptionState, feed: ParsedFeed) -> Changes:
    named = [ParsedEntry(fingerprint="", raw_id=tomb.ref, link=tomb.ref) for tomb in feed.tombstones]
    known = await entries.lookup(doors.store, state.name, (*feed.entries, *named))
    identified = decide.identify(feed.entries, known, state.first_url, present=frozenset(feed.fingerprints))
    materials = [
        chain.Material(parsed=parsed, id=identity, first_seen=before.first_seen if before else None)
        for identity, parsed, before in identified
    ]
    return await _decided(doors, state.name, materials, feed.head, known, feed.tombstones)


async def _rederive(doors: Doors, state: SubscriptionState, salt: str) -> int:
    """Derive again, without the network, every stored entry that was made under other settings or an older chain.

    Returns how many there were.
    """
    count = 0
    while stale := await entries.outdated(doors.store, state.name, salt, limit=200):
        materials = [chain.Material(parsed=s.parsed, id=s.known.id, first_seen=s.known.first_seen) for s in stale]
        known = [s.known for s in stale]
        changes = await _decided(doors, state.name, materials, state.head, known, ())
        await _save(doors, replace(state, settings=salt), None, changes)
        await entries.mark_current(doors.store, state.name, [k.id for k in known], salt)
        count += len(known)
    return count


async def _decided(
    doors: Doors,
    name: str,
    materials: Sequence[chain.Material],
    head: FeedHead,
    known: Sequence[Known],
    tombstones: Sequence[Tombstone],
) -> Changes:
    """Derive in the sandbox and compare with what is known; an entry that cannot be derived becomes a Note."""
    subscription, now = doors.config.subscriptions[name], doors.now()
    outcomes = await each(
        doors.sandbox, doors.config.sandbox, chain.derive, materials, head, subscription, now, doors.transforms
    )
    derived = [outcome for outcome in outcomes if isinstance(outcome, Derived)]
    changes = decide.decide(derived, known, tombstones, now)
    refused = tuple(
        Note(code=f"entry-{outcome.reason}", text=f"{material.parsed.link or material.id}: {outcome.why}")
        for material, outcome in zip(materials, outcomes, strict=True)
        if isinstance(outcome, Refused)
    )
    return replace(changes, notes=changes.notes + refused)


def _next(doors: Doors, state: SubscriptionState, answer: Answer | Refused, rhythm: Rhythm, now: datetime) -> Poll:
    every = doors.config.subscriptions[state.name].every
    spread = random()  # noqa: S311 - it spreads polls over time and guards nothing
    return schedule.next_poll(answer, state=state, rhythm=rhythm, every=every, now=now, spread=spread)


def _after(state: SubscriptionState, answer: Answer | Refused, now: datetime) -> SubscriptionState:
    """The subscription's state once `answer` has come; a refused document keeps no validators, to be read again."""
    state = replace(state, last_polled_at=now)
    match answer:
        case Fetched() | NotModified():
            url, validators = answer.moved_to or state.url, answer.validators
            body_hash = answer.body_hash if isinstance(answer, Fetched) else state.body_hash
            said = "200" if isinstance(answer, Fetched) else "304"
            state = replace(state, url=url, validators=validators, body_hash=body_hash, last_answer=said)
            return replace(state, failures=0, last_error="", retired_at=None)
        case Gone():
            return replace(state, retired_at=now, last_answer="410", last_error="the publisher took the feed down")
        case Failed():
            said = str(answer.status or answer.reason)
            return replace(state, failures=state.failures + 1, last_answer=said, last_error=answer.why)
        case Refused():
            failures, said = state.failures + 1, answer.reason
            return replace(state, failures=failures, last_answer=said, last_error=answer.why)
