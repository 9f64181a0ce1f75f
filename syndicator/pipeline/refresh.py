"""One poll of one subscription: fetch, parse, fetch pages, derive, decide, save. It must not publish: it leaves errands
for that.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from random import random

from syndicator import chain, fetch
from syndicator.doors import Doors
from syndicator.model import (
    Answer,
    Changes,
    Failed,
    Fetched,
    Gone,
    Known,
    NotModified,
    Page,
    ParsedEntry,
    ParsedFeed,
    Poll,
    Refused,
    Rhythm,
    SubscriptionState,
    Validators,
)
from syndicator.pipeline.deriving import decided, override_of, save, settings_of
from syndicator.pipeline.pages import with_pages
from syndicator.pipeline.remake import remake
from syndicator.pipeline.report import Report, brought, quiet
from syndicator.sandbox import run
from syndicator.stages import decide, schedule
from syndicator.store import entries, subscriptions


async def refresh(doors: Doors, state: SubscriptionState) -> Report:
    """Poll one claimed subscription and save what it brought.

    Raises Superseded when another worker claimed it meanwhile, StoreError when the database cannot be used.
    """
    salt = settings_of(doors, doors.config.subscriptions[state.name])
    if state.settings in ("", salt):  # never polled: there is nothing yet to make anew
        return await _ask(doors, replace(state, settings=salt))
    anew = await remake(doors, state)
    report = await _ask(doors, replace(state, settings=salt))
    return replace(report, why=f"{report.why}; {anew} made anew under the changed settings") if anew else report


async def _ask(doors: Doors, state: SubscriptionState) -> Report:
    answer = await fetch.get(doors.client, state.url, validators=state.validators)
    if isinstance(answer, Fetched) and answer.body_hash != state.body_hash:
        return await _take_in(doors, state, answer)
    return await _rest(doors, state, answer)


async def _rest(doors: Doors, state: SubscriptionState, answer: Answer | Refused) -> Report:
    """Record a poll that brought no entries: 304, the same bytes again, gone, failed or refused."""
    now = doors.now()
    poll = _next(doors, state, answer, state.head.rhythm, now)
    await subscriptions.record(doors.store, _after(state, answer, now), poll, now)
    return quiet(state.name, answer, poll.at)


async def _take_in(doors: Doors, state: SubscriptionState, answer: Fetched) -> Report:
    known = await entries.fingerprints(doors.store, state.name)
    parse = partial(chain.parse, known=known, salt=str(chain.CHAIN_VERSION))
    feed = await run(doors.sandbox, parse, answer.document)
    if isinstance(feed, Refused) and feed.reason == "too-slow":  # a large honest feed needs more than one hop's time
        feed = await run(doors.sandbox, parse, answer.document, deadline=doors.config.sandbox.patience)
    if isinstance(feed, Refused):
        return await _rest(doors, state, feed)
    changes, pages = await _changes(doors, state, feed)
    now = doors.now()
    poll = _next(doors, state, answer, feed.head.rhythm, now)
    after = replace(_after(state, answer, now), head=feed.head, notes=feed.notes + changes.notes)
    untried = any(note.code == "entry-not-tried" for note in changes.notes)
    if untried or not (answer.complete and feed.complete):  # the next poll must bring the rest
        after = replace(after, validators=Validators(), body_hash=None)
    await save(doors, after, poll, changes, seen=feed.fingerprints, pages=pages, asked_at=now)
    return brought(state.name, changes, after.notes, poll.at)


async def _changes(doors: Doors, state: SubscriptionState, feed: ParsedFeed) -> tuple[Changes, dict[str, Page]]:
    """What the feed changes, and the pages that were fetched to know it."""
    named = [ParsedEntry(fingerprint="", raw_id=tomb.ref, link=tomb.ref) for tomb in feed.tombstones]
    theirs = await _without_our_own(doors, feed.entries)
    known = await entries.lookup(doors.store, state.name, (*theirs, *named))
    identified = decide.identify(theirs, known, state.first_url, present=frozenset(feed.fingerprints))
    subscription = doors.config.subscriptions[state.name]
    materials, pages, notes = await with_pages(
        doors, subscription, [_material(doors, identity, parsed, before) for identity, parsed, before in identified]
    )
    changes = await decided(doors, state.name, materials, feed.head, known, feed.tombstones)
    return replace(changes, notes=notes + changes.notes), pages


async def _without_our_own(doors: Doors, parsed: Sequence[ParsedEntry]) -> list[ParsedEntry]:
    """Without the translations that were made here, which a partner who follows us brings back under their ids."""
    ours = {one.id for one in await entries.translated(doors.store)} if doors.config.translations else set()
    return [one for one in parsed if one.raw_id not in ours]


def _material(doors: Doors, identity: str, parsed: ParsedEntry, before: Known | None) -> chain.Material:
    return chain.Material(
        parsed=parsed,
        id=identity,
        dated=before.published if before else None,
        override=override_of(doors.config.overrides, identity, parsed),
    )


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
