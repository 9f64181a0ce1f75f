"""The documents of a publication from what the store holds: its feeds, archives, its people, and its entries' pages.

Only entries that have no fitting fragment are rendered. It must not write files, nor decide what stands where.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Any

from syndicator import chain
from syndicator.doors import Doors
from syndicator.hops import each
from syndicator.log import logger
from syndicator.model import EntryPage, Fragment, Listing, Publication, Refused, Tombstone
from syndicator.sandbox import run
from syndicator.stages import render
from syndicator.store import entries, members, people, publications
from syndicator.store.codec import key
from syndicator.store.news import News, Place
from syndicator.store.tables import GONE, SUBSCRIBED

TOLD_FOR = timedelta(days=366)  # a take-down: who was away for a year hears of it
MOST_TOLD = 5_000  # take-downs in a feed, 100 bytes each: as many as an installation of ours reads


@dataclass(slots=True)
class Files:
    """What is to be written, by path, and which paths are to go then."""

    bodies: dict[str, bytes] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)


async def with_templates(
    doors: Doors, make: Callable[..., dict[str, bytes]], *arguments: Any, **named: Any
) -> dict[str, bytes]:
    """What `make` of `stages.render` makes; in the sandbox where an editor's templates are used, one of which may never
    come to an end. Raises ValueError where one is at fault.
    """
    if not doors.config.templates:
        return make(*arguments, **named)
    work = partial(chain.with_templates, make, *arguments, **named)
    made = await run(doors.sandbox, work, deadline=doors.config.sandbox.patience)
    if isinstance(made, Refused):
        why = made.why if made.reason == chain.TEMPLATE else f"templates: {made.why}"
        raise ValueError(why)  # noqa: TRY004 — of the template, not of an argument
    return made


async def subscribed(doors: Doors, publication: Publication) -> tuple[Listing, ...]:
    """What stands in the documents that subscribers poll, with its fragments: the newest entries, which most documents
    that change have in them.
    """
    lines = await publications.listing(doors.store, publication.name, recipe(doors, publication))
    return await _rendered(doors, publication, lines)


async def feeds(doors: Doors, publication: Publication, lines: Sequence[Listing]) -> dict[str, bytes]:
    """What subscribers poll, and the publication's page; `lines` as `subscribed` gives them."""
    name, store = publication.name, doors.store
    fragments = _fragments(lines)
    keys = [(one.subscription, one.id) for one in fragments]
    return await with_templates(
        doors,
        render.documents,
        publication,
        doors.config.site,
        fragments,
        await publications.said(store, keys, comments=publication.comments, limit=publication.limit),
        await publications.since(store, name, doors.now()),
        await _tombstones(doors, publication, frozenset(one.id for one in fragments)),
        _paths(lines),
        doors.config.templates,
        archives=await members.archived(store, name),
    )


async def archives(doors: Doors, publication: Publication, numbers: Iterable[int]) -> dict[str, bytes]:
    """The archive documents `numbers`, with their pages."""
    files: dict[str, bytes] = {}
    for number in numbers:
        since = await publications.since(doors.store, publication.name, doors.now())
        lines = await publications.listing(doors.store, publication.name, recipe(doors, publication), archive=number)
        lines = await _rendered(doors, publication, lines)
        known = (number, _fragments(lines), since, _paths(lines), doors.config.templates)
        files |= await with_templates(doors, render.archive_documents, publication, doors.config.site, *known)
    return files


async def entry_pages(doors: Doors, publication: Publication, told: Sequence[News]) -> Files:
    """The pages of the entries in `told` that stand, notices for those that were taken down, and what has to go.

    Who is credited with them is written down; `person_pages` has their pages.
    """
    files = Files()
    here = [one for one in told if _stands(one)]
    away = [one for one in told if not _stands(one)]
    made = await _made(doors, publication, here)
    for one in made.values():
        files.bodies |= one.files
    files.gone += [f"{path}.gone" for one in made.values() for path in one.files]
    await _leave(doors, publication, away, files)
    found = {one.place: made[one.id].people for one in here if one.id in made} | {one.place: () for one in away}
    await people.credit(doors.store, publication.name, found)
    return files


def _stands(one: News) -> bool:
    return one.archive is not None and one.archive >= SUBSCRIBED


async def person_pages(doors: Doors, publication: Publication, slugs: Iterable[str], held: Sequence[Listing]) -> Files:
    """The pages and feeds of the people `slugs`; those of somebody who is not credited any more have to go.

    `held` is what need not be read again.
    """
    files, at_hand = Files(), {(line.subscription, key(line.id)): line for line in held}
    for slug in slugs:
        hands = await people.hands(doors.store, publication.name, slug, limit=publication.limit)
        lines = await _lines(doors, publication, list(hands), at_hand)
        made: dict[str, bytes] = {}
        if hands:
            who = next(iter(hands.values()))
            known = (doors.config.site, who, _fragments(lines), _paths(lines), doors.config.templates)
            made = await with_templates(doors, render.person_documents, publication, *known)
        files.bodies |= made
        files.gone += [path for path in render.person_paths(publication, slug) if path not in made]
    return files


def recipe(doors: Doors, publication: Publication) -> str:
    """What a fragment that can be used was rendered with."""
    return render.recipe(publication, doors.config.site)


async def _lines(
    doors: Doors, publication: Publication, places: Sequence[Place], at_hand: Mapping[Place, Listing]
) -> list[Listing]:
    """What stands at `places`, in that order, with its fragments."""
    absent = [place for place in places if place not in at_hand]
    read = await publications.lines(doors.store, publication.name, recipe(doors, publication), absent) if absent else ()
    others = {(line.subscription, key(line.id)): line for line in await _rendered(doors, publication, read)}
    return [line for place in places if (line := at_hand.get(place) or others.get(place))]


def _paths(lines: Sequence[Listing]) -> dict[str, str]:
    return {line.id: render.page_path(line.slug) for line in lines}


async def _tombstones(doors: Doors, publication: Publication, standing: frozenset[str]) -> list[Tombstone]:
    since = doors.now() - TOLD_FOR
    buried = await members.taken_down(doors.store, publication.name, since, limit=MOST_TOLD)
    return [one for one in buried if one.ref not in standing]


async def _leave(doors: Doors, publication: Publication, away: Sequence[News], files: Files) -> None:
    """Another subscription's entry may stand at the same address: what that has is left to it."""
    if not away:
        return
    taken = await members.standing_slugs(doors.store, publication.name, [one.slug for one in away])
    for one in away:
        if one.slug not in taken:
            given = (publication, doors.config.site, one.slug, doors.config.templates)
            notices = await with_templates(doors, render.gone_documents, *given)
            files.gone += [path.removesuffix(".gone") for path in notices]
            files.bodies |= notices if one.archive == GONE else {}


async def _made(doors: Doors, publication: Publication, told: Sequence[News]) -> dict[str, EntryPage]:
    """The pages of `told`, by the entry's id; one that cannot be made is logged, and stays as it was.

    Raises ValueError where one of the editor's templates is at fault.
    """
    if not told:
        return {}
    stored = await entries.load(doors.store, [(one.place[0], one.id) for one in told])
    given = (publication, doors.config.site, doors.config.templates)
    outcomes = await each(doors.sandbox, doors.config.sandbox, chain.pages, stored, *given)
    for one, outcome in zip(stored, outcomes, strict=True):
        if isinstance(outcome, Refused) and outcome.reason == chain.TEMPLATE:
            raise ValueError(outcome.why)
        if isinstance(outcome, Refused):
            why = {"publication": publication.name, "entry": one.entry.id, "why": outcome.why}
            logger().warning("page of an entry not made", **why)
    return {one.id: one for one in outcomes if isinstance(one, EntryPage)}


def _fragments(lines: Sequence[Listing]) -> list[Fragment]:
    return [line.fragment for line in lines if line.fragment is not None]


async def _rendered(doors: Doors, publication: Publication, lines: Sequence[Listing]) -> tuple[Listing, ...]:
    """`lines` with the fragments that were missing, which are kept; one that cannot be rendered is logged."""
    missing = [(line.subscription, line.id) for line in lines if line.fragment is None]
    made: dict[tuple[str, str], Fragment] = {}
    if missing:
        stored = await entries.load(doors.store, missing)  # without those withdrawn meanwhile
        outcomes = await each(doors.sandbox, doors.config.sandbox, chain.render, stored, publication, doors.config.site)
        for one, outcome in zip(stored, outcomes, strict=True):
            if isinstance(outcome, Fragment):
                made[one.entry.subscription, one.entry.id] = outcome
            else:
                why = outcome.why
                logger().warning("entry not rendered", publication=publication.name, entry=one.entry.id, why=why)
        await publications.keep(doors.store, publication.name, list(made.values()))
    return tuple(
        line if line.fragment else replace(line, fragment=made.get((line.subscription, line.id))) for line in lines
    )
