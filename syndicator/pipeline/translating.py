"""Makes the editor's translations entries of their own, beside the entries that they were made from.

It must not read the files: the configuration holds what they say.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256

from syndicator import chain
from syndicator.doors import Doors
from syndicator.model import (
    Changes,
    Derived,
    Known,
    Mistake,
    Note,
    ParsedEntry,
    Refused,
    Release,
    Stored,
    SubscriptionState,
    TranslationFile,
)
from syndicator.pipeline.deriving import settings_of
from syndicator.pipeline.overriding import missing, name_of
from syndicator.pipeline.remake import LEASE
from syndicator.pipeline.republish import republishing
from syndicator.sandbox import run
from syndicator.stages import decide, licence, normalise, works
from syndicator.store import entries, subscriptions

FILE_GONE = "its file was taken away"
ORIGINAL_GONE = "what it was made from was taken down"


async def translate_changed(doors: Doors) -> tuple[bool, tuple[Mistake, ...]]:
    """Make the translations again whose file or original has changed, and leave out those whose file is gone.

    False where a subscription was busy: then call it again. A file that names no entry is a Mistake.
    """
    found = await entries.named(doors.store, [name_of(one.of) for one in doors.config.translations])
    made = {one.raw_id: one for one in await entries.translated(doors.store)}
    at_rest = True
    mistakes: list[Mistake] = []
    for file in doors.config.translations:
        before = made.pop(_raw_id(file), None)
        place = _first(doors, found.get(name_of(file.of), ()))
        if place is not None:
            at_rest &= await _translate(doors, file, place, before)
        elif before is not None:
            await _withdraw(doors, before)
        else:
            mistakes.append(missing(f"{file.file}: of = {file.of}"))
    for gone in made.values():
        if gone.left_out != FILE_GONE and not doors.config.mistakes:  # a file with a mistake is not gone
            owed = republishing(doors, gone.subscription)
            await entries.leave_out(doors.store, gone.subscription, gone.id, FILE_GONE, owed, doors.now())
    return at_rest, tuple(mistakes)


def _raw_id(file: TranslationFile) -> str:
    return f"translations/{file.file}"


def _first(doors: Doors, places: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """Of the entries that a file may mean, the one of the subscription that is configured first."""
    order = list(doors.config.subscriptions)
    ours = [place for place in places if place[0] in order]
    return min(ours, key=lambda place: order.index(place[0]), default=None)


async def _translate(
    doors: Doors, file: TranslationFile, place: tuple[str, str], before: entries.Translated | None
) -> bool:
    """Make one translation, where anything it is made of has changed; False where its subscription was busy."""
    (original,) = await entries.load(doors.store, [place]) or (None,)
    if original is None:
        return True
    fingerprint = _fingerprint(doors, file, original)
    if before is not None and before.fingerprint == fingerprint and not before.left_out:
        return True
    claimed = await subscriptions.claim(doors.store, doors.now(), limit=1, lease=LEASE, names=[place[0]])
    try:
        for state in claimed:
            await _save(doors, state, file, original, fingerprint)
    finally:
        await subscriptions.give_back(doors.store, claimed)
    return bool(claimed)


def _fingerprint(doors: Doors, file: TranslationFile, original: Stored) -> str:
    """A digest of all that shapes the translation: its file, its original, what may be done with that."""
    subscription = doors.config.subscriptions[original.entry.subscription]
    shaping = (
        file.digest,
        original.entry,
        original.reworded,
        settings_of(doors, subscription),
        doors.config.site.title,
    )
    return sha256(repr(shaping).encode()).hexdigest()[:16]


async def _save(
    doors: Doors, state: SubscriptionState, file: TranslationFile, original: Stored, fingerprint: str
) -> None:
    parsed = ParsedEntry(fingerprint=fingerprint, raw_id=_raw_id(file))
    known = await entries.lookup(doors.store, state.name, [parsed])
    outcome = await _derived(doors, file, original, parsed, known)
    if isinstance(outcome, Refused):
        notes = (*state.notes, Note(code="translation-refused", text=f"{file.file}: {outcome.why}"))
        changes, state = Changes(notes=notes), replace(state, notes=notes)
    else:
        changes = decide.decide([outcome], known, (), doors.now())
    owed = republishing(doors, state.name)
    await entries.save(doors.store, state, None, changes, owed, doors.now(), settings=entries.TRANSLATED)


async def _derived(
    doors: Doors, file: TranslationFile, original: Stored, parsed: ParsedEntry, known: Sequence[Known]
) -> Derived | Refused:
    now = doors.now()
    permission = doors.config.subscriptions[original.entry.subscription].permission
    may = licence.may_translate(original.entry.licence, permission, now)
    release = Release(scope="whole" if may.granted else "link", why=may.why)
    first_seen = min((one.first_seen for one in known), default=now)
    publisher = doors.config.site.title
    changed = original.reworded or original.entry.updated
    ours = partial(chain.translate, release=release, publisher=publisher, first_seen=first_seen)
    translate = partial(ours, original_changed=changed)
    entry = await run(doors.sandbox, translate, original.entry, file)
    if isinstance(entry, Refused):
        return entry
    same = [one.id for one in known if not one.withdrawn]
    entry = replace(entry, id=same[0]) if same else entry
    return Derived(parsed=parsed, entry=entry, ties=works.ties(entry, normalise.article_keys))


async def _withdraw(doors: Doors, before: entries.Translated) -> None:
    """The original was taken down, and with it what was made from it."""
    claimed = await subscriptions.claim(doors.store, doors.now(), limit=1, lease=LEASE, names=[before.subscription])
    try:
        for state in claimed:
            changes = Changes(withdrawn=(before.id,))
            await entries.save(doors.store, state, None, changes, republishing(doors, state.name), doors.now())
    finally:
        await subscriptions.give_back(doors.store, claimed)
