"""From materials to changes: derived in the sandbox, set beside the works they belong to, compared with what is known.

It must not fetch, and saves only through the store's one transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from syndicator import chain
from syndicator.doors import Doors
from syndicator.hops import BATCH, UNTRIED, each
from syndicator.model import (
    Changes,
    Derived,
    Entry,
    FeedHead,
    Known,
    Note,
    Override,
    Page,
    ParsedEntry,
    Poll,
    Refused,
    Subscription,
    SubscriptionState,
    Tombstone,
)
from syndicator.pipeline.digest import digest
from syndicator.pipeline.republish import republishing
from syndicator.stages import decide, normalise, works
from syndicator.store import entries
from syndicator.store.standing import AWAY

PAGES_A_HOP = 10


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
        subscription.keep,
        subscription.drop,
        subscription.terms,
        doors.config.site.base_url,
        chain.CHAIN_VERSION,
        doors.config.plugins,
    )
    return digest(shaping)


def override_of(overrides: Sequence[Override], identity: str, parsed: ParsedEntry) -> Override | None:
    """The editor's word on an entry, by its id or any spelling of its address; the first of several files."""
    if not overrides:
        return None
    names = {identity, parsed.raw_id, *normalise.article_keys([identity, parsed.raw_id, parsed.link])}
    return next((one for one in overrides if one.entry in names or normalise.same_article(one.entry) in names), None)


async def decided(
    doors: Doors,
    name: str,
    materials: Sequence[chain.Material],
    head: FeedHead,
    known: Sequence[Known],
    tombstones: Sequence[Tombstone] = (),
) -> Changes:
    """What `materials` change; an entry that cannot be derived becomes a Note, one that the editor withdraws goes."""
    subscription, now = doors.config.subscriptions[name], doors.now()
    size = PAGES_A_HOP if any(material.page for material in materials) else BATCH
    settings = (head, subscription, now, doors.transforms, doors.config.site.base_url)
    outcomes = await each(doors.sandbox, doors.config.sandbox, chain.derive, materials, *settings, size=size)
    outcomes = await _without_bad_pages(doors, materials, outcomes, *settings)
    derived = await _beside_originals(doors, [_unheard(one) for one in outcomes if isinstance(one, Derived)])
    site = normalise.same_article(subscription.url)
    derived = [replace(one, ties=works.at_home(one.ties, site, away=AWAY)) for one in derived]
    changes = decide.decide(derived, known, tombstones, now)
    refused = tuple(
        Note(code=f"entry-{outcome.reason}", text=f"{material.parsed.link or material.id}: {outcome.why}")
        for material, outcome in zip(materials, outcomes, strict=True)
        if isinstance(outcome, Refused)
    )
    withdrawn = dict.fromkeys((*changes.withdrawn, *_withdrawn_by_hand(materials, known)))
    return replace(changes, withdrawn=tuple(withdrawn), notes=changes.notes + refused)


async def _without_bad_pages(
    doors: Doors, materials: Sequence[chain.Material], outcomes: Sequence[Derived | Refused], *settings: Any
) -> tuple[Derived | Refused, ...]:
    """`outcomes`, but what a page kept from being derived is made of what the feed says, with a Note."""
    bare = {
        number: replace(material, page=None, notes=(*material.notes, _not_read(outcome)))
        for number, (material, outcome) in enumerate(zip(materials, outcomes, strict=True))
        if material.page and isinstance(outcome, Refused) and outcome.reason != UNTRIED.reason
    }
    told = await each(doors.sandbox, doors.config.sandbox, chain.derive, tuple(bare.values()), *settings)
    instead = dict(zip(bare, told, strict=True))
    return tuple(instead.get(number, outcome) for number, outcome in enumerate(outcomes))


def _not_read(refused: Refused) -> Note:
    return Note(code="page-not-read", text=f"the page was not read: {refused.why}")


def _unheard(one: Derived) -> Derived:
    """Where an entry has a comment feed, its page's responses are read with that (`listen`), so that each is known
    once.
    """
    return replace(one, responses=()) if one.entry.comments_feed else one


def _withdrawn_by_hand(materials: Sequence[chain.Material], known: Sequence[Known]) -> list[str]:
    gone = {one.id for one in known if one.withdrawn}
    return [one.id for one in materials if one.override and one.override.withdraw and one.id not in gone]


async def _beside_originals(doors: Doors, derived: Sequence[Derived]) -> list[Derived]:
    """Translations of what we follow know what that is called, and whether it has changed since."""
    addresses = {id(one): address for one in derived if (address := _original(one.entry))}
    if not addresses:
        return list(derived)
    known = await entries.followed(doors.store, list(addresses.values()))
    return [replace(one, entry=works.beside(one.entry, known.get(addresses.get(id(one), "")))) for one in derived]


def _original(entry: Entry) -> str | None:
    if entry.translation is None or entry.original is None or entry.original.url is None:
        return None
    return normalise.same_article(entry.original.url)


async def save(
    doors: Doors,
    state: SubscriptionState,
    poll: Poll | None,
    changes: Changes,
    *,
    seen: Sequence[str] = (),
    pages: Mapping[str, Page] | None = None,
    asked_at: datetime | None = None,
    settings: str | None = None,
) -> None:
    """Save what a poll or a second derivation changed, with the errands to republish that follow from it.

    `asked_at` is when the comment feeds of new and changed entries are first due; None leaves them as they were.
    `settings` are those of the entries, where not the subscription's.
    """
    material = changes.new or changes.changed or changes.touched or changes.withdrawn
    listened_to = [derived.entry for derived in changes.new + changes.changed if derived.entry.comments_feed]
    await entries.save(
        doors.store,
        state,
        poll,
        changes,
        republishing(doors, state.name) if material else (),
        doors.now(),
        seen=seen,
        pages=pages,
        responses_due={entry.id: asked_at for entry in listened_to} if asked_at else None,
        queued=doors.config.subscriptions[state.name].publish == "review",
        settings=settings,
    )
    await _make_overtaken_again(doors, state.name, changes.new)


async def _make_overtaken_again(doors: Doors, name: str, new: Sequence[Derived]) -> None:
    """An original that was saved while its translation was made found nothing yet that it could mark."""
    judged = await _beside_originals(doors, new)
    overtaken = [one.entry.id for one, again in zip(new, judged, strict=True) if again.entry != one.entry]
    if overtaken:
        await entries.mark_outdated(doors.store, name, overtaken)
