"""Sees to it that entries are made again whose override is new, changed or gone. It must not read files or make
entries: the configuration holds what the files say.
"""

from syndicator.doors import Doors
from syndicator.model import Mistake, Override
from syndicator.pipeline.digest import digest
from syndicator.stages import normalise
from syndicator.store import entries

_NOT_HERE = "no entry has this URL or id"
_NOT_HERE_HINT = "take the id that “syndicator explain URL” shows; an entry that is yet to come is found when it comes"


async def order_overrides(doors: Doors) -> tuple[Mistake, ...]:
    """Mark the entries as out of date whose override is new, changed or gone.

    What names no entry, or one that another file speaks of, is a Mistake. While a file has mistakes in it, nothing
    counts as gone: it may be that file's.
    """
    ordered = await entries.orders(doors.store)
    found = await entries.named(doors.store, [name_of(one.entry) for one in doors.config.overrides])
    ours = {(one.subscription, one.id) for one in await entries.translated(doors.store)}
    wanted: dict[tuple[str, str], Override] = {}
    mistakes: list[Mistake] = []
    for override in doors.config.overrides:
        places = found.get(name_of(override.entry), ())
        if ours.intersection(places):  # made of a file, not of what upstream said
            mistakes.append(_of_ours(override))
            continue
        if not places and not override.withdraw:  # what was withdrawn is not found any more
            mistakes.append(await missing(doors, f"{override.file}: entry = {override.entry}", override.entry))
        taken = {wanted[place].file for place in places if place in wanted}
        mistakes += [_twice(override, other) for other in sorted(taken)]
        wanted |= {place: override for place in places if place not in wanted}
    digests = {place: digest(override) for place, override in wanted.items()}
    changed: dict[tuple[str, str], str | None] = {
        place: made for place, made in digests.items() if ordered.get(place) != made
    }
    if not doors.config.mistakes:
        changed |= dict.fromkeys(ordered.keys() - wanted.keys())
    if changed:
        await entries.order(doors.store, changed)
    return tuple(mistakes)


def _twice(override: Override, other: str) -> Mistake:
    why = f"{other} speaks of the same entry, and only that counts"
    return Mistake(subject=f"{override.file}: entry = {override.entry}", why=why, hint="say it all in one of the two")


def _of_ours(override: Override) -> Mistake:
    why = "that is a translation of yours, and those have no overrides"
    hint = "mend the file in translations/, or take it away"
    return Mistake(subject=f"{override.file}: entry = {override.entry}", why=why, hint=hint)


async def missing(doors: Doors, subject: str, entry: str) -> Mistake:
    """That `entry`, as a file names it in the words `subject`, is no entry that is here."""
    if await entries.taken_down(doors.store, [entry]):
        return Mistake(subject=subject, why="that entry was taken down", hint="take the file away: it does nothing")
    return Mistake(subject=subject, why=_NOT_HERE, hint=_NOT_HERE_HINT)


def name_of(entry: str) -> entries.Name:
    """What an editor calls an entry, and what is the same for every spelling of that where it is an address."""
    return entry, normalise.same_article(entry) if entry.startswith(("http://", "https://")) else None
