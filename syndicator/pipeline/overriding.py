"""Sees to it that entries are made again whose override is new, changed or gone. It must not read files or make
entries: the configuration holds what the files say.
"""

from hashlib import sha256

from syndicator.doors import Doors
from syndicator.model import (
    Mistake,
    Override,
)
from syndicator.stages import normalise
from syndicator.store import entries

_NOT_HERE = "no entry has this URL or id"
_NOT_HERE_HINT = "take the id that “syndicator explain URL” shows; an entry that is yet to come is found when it comes"


async def order_overrides(doors: Doors) -> tuple[Mistake, ...]:
    """Mark the entries as out of date whose override is new, changed or gone; what names no entry is a Mistake."""
    ordered = await entries.orders(doors.store)
    found = await entries.named(doors.store, [name_of(one.entry) for one in doors.config.overrides])
    wanted: dict[tuple[str, str], str] = {}
    for override in doors.config.overrides:
        for place in found.get(name_of(override.entry), ()):
            wanted.setdefault(place, _digest(override))
    changed = {place: wanted.get(place) for place in {*ordered, *wanted} if ordered.get(place) != wanted.get(place)}
    if changed:
        await entries.order(doors.store, changed)
    return tuple(
        missing(f"{one.file}: entry = {one.entry}")
        for one in doors.config.overrides
        if name_of(one.entry) not in found and not one.withdraw  # what was withdrawn is not found any more
    )


def missing(subject: str) -> Mistake:
    """That `subject`, a file's words, names no entry that is here."""
    return Mistake(subject=subject, why=_NOT_HERE, hint=_NOT_HERE_HINT)


def name_of(entry: str) -> entries.Name:
    """What an editor calls an entry, and what is the same for every spelling of that where it is an address."""
    return entry, normalise.same_article(entry) if entry.startswith(("http://", "https://")) else None


def _digest(override: Override) -> str:
    return sha256(repr(override).encode()).hexdigest()[:16]
