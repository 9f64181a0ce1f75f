"""Makes the editor's translations entries of their own, beside the entries that they were made from.

It must not read the files: the configuration holds what they say.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from syndicator import chain
from syndicator.doors import Doors
from syndicator.errors import Superseded
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
from syndicator.pipeline.digest import digest
from syndicator.pipeline.overriding import missing, name_of
from syndicator.pipeline.remake import held
from syndicator.pipeline.republish import republishing
from syndicator.sandbox import run
from syndicator.stages import decide, licence, normalise, works
from syndicator.stages.translating import translation_id
from syndicator.store import entries

FILE_GONE = "its file was taken away"
ORIGINAL_GONE = "what it was made from is not here"


async def translate_changed(doors: Doors) -> tuple[bool, tuple[Mistake, ...]]:
    """Make the translations again whose file or original has changed, and leave out those whose file is gone.

    False where a subscription was busy: then call it again. A file that names no entry is a Mistake.
    """
    found = await entries.named(doors.store, [name_of(one.of) for one in doors.config.translations])
    made = {one.raw_id: one for one in await entries.translated(doors.store)}
    at_rest = True
    mistakes: list[Mistake] = []
    for file in doors.config.translations:
        before = made.pop(raw_id(file), None)
        place = _first(doors, found.get(name_of(file.of), ()))
        if place is not None and before is None and await _is_withdrawn(doors, file, place):
            mistakes.append(_withdrawn(file))
        elif place is not None:
            at_rest &= await _translate(doors, file, place, before)
        elif before is not None and await _taken_down(doors, file, before):
            await _withdraw(doors, before)
        else:
            mistakes.append(await missing(doors, f"{file.file}: of = {file.of}", file.of))
            await _leave_out(doors, before, ORIGINAL_GONE)
    for gone in made.values():
        if not doors.config.mistakes:  # a file with a mistake is not gone
            await _leave_out(doors, gone, FILE_GONE)
    return at_rest, tuple(mistakes)


async def _is_withdrawn(doors: Doors, file: TranslationFile, place: tuple[str, str]) -> bool:
    """Whether what `file` would become was taken down before: it does not come back under its name."""
    return await entries.taken_down(doors.store, [translation_id(place[1], file)])


def _withdrawn(file: TranslationFile) -> Mistake:
    why = "what was made of it was taken down, and does not come back"
    hint = "take the file away; to publish it again after all, give it another name"
    return Mistake(subject=f"translations/{file.file}", why=why, hint=hint)


async def _leave_out(doors: Doors, before: entries.Translated | None, why: str) -> None:
    """Show a translation no more for now: it comes back with its file, or with the right name in that."""
    if before is not None and before.left_out != why:
        owed = republishing(doors, before.subscription)
        await entries.leave_out(doors.store, before.subscription, before.id, why, owed, doors.now())


async def _taken_down(doors: Doors, file: TranslationFile, before: entries.Translated) -> bool:
    """Whether the original is not here because it was withdrawn: by its name in the file, or its address."""
    names = [file.of]
    for one in await entries.load(doors.store, [(before.subscription, before.id)]):
        names += [one.entry.original.url] if one.entry.original and one.entry.original.url else []
    return await entries.taken_down(doors.store, names)


def raw_id(file: TranslationFile) -> str:
    """What the entry that `file` becomes has as its raw id: it names the file."""
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
    identity = before.id if before else translation_id(original.entry.id, file)
    async with held(doors, place[0]) as claimed:
        try:
            for state in claimed:
                await _save(doors, state, file, original, identity, fingerprint)
        except Superseded:
            return False
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
    return digest(shaping)


async def _save(
    doors: Doors, state: SubscriptionState, file: TranslationFile, original: Stored, identity: str, fingerprint: str
) -> None:
    known = await entries.lookup(doors.store, state.name, [ParsedEntry(fingerprint="", raw_id=identity)])
    known = tuple(one for one in known if one.id == identity)  # a feed may state any raw id
    if any(one.withdrawn for one in known):
        return
    parsed = ParsedEntry(fingerprint=fingerprint, raw_id=raw_id(file))
    outcome = await _derived(doors, file, original, parsed, known)
    if isinstance(outcome, Refused):
        note = Note(code="translation-refused", text=f"{file.file}: {outcome.why}")
        state = replace(state, notes=(*(one for one in state.notes if one != note), note))
        await entries.save(doors.store, state, None, Changes(), (), doors.now())
        return
    outcome = replace(outcome, entry=replace(outcome.entry, id=identity))
    changes, owed = decide.decide([outcome], known, (), doors.now()), republishing(doors, state.name)
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
    pictures = await run(doors.sandbox, chain.pictures_of, entry)
    if isinstance(pictures, Refused):
        return pictures
    # Where it is shown as a link, its address is the original's, not its own.
    ties = works.ties(replace(entry, url=None), normalise.article_keys)
    return Derived(parsed=parsed, entry=entry, ties=ties, pictures=pictures)


async def _withdraw(doors: Doors, before: entries.Translated) -> None:
    """The original was taken down, and with it what was made from it."""
    async with held(doors, before.subscription) as claimed:
        for state in claimed:
            changes = Changes(withdrawn=(before.id,))
            await entries.save(doors.store, state, None, changes, republishing(doors, state.name), doors.now())
