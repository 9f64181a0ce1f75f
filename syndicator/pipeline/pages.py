"""Fetches the pages of entries whose feed does not bring the whole text. 401 and 403 are answers.

It must not read a page.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from syndicator import chain, fetch
from syndicator.doors import Doors
from syndicator.model import Note, Page, Subscription, Validators
from syndicator.pipeline.visiting import Visit, visit
from syndicator.stages import article, looking
from syndicator.stages.relayed import read_relayed
from syndicator.store import pages

MOST = 100  # pages of one poll

Material = chain.Material
Name = TypeVar("Name", bound=Hashable)


async def with_pages(
    doors: Doors, subscription: Subscription, materials: Sequence[Material]
) -> tuple[list[Material], dict[str, Page], tuple[Note, ...]]:
    """`materials` with the pages that they need, and those pages by the entry's id.

    Materials whose page had no time any more are left out, with a Note each: the next poll brings them.
    """
    wanted = [one for one in materials if one.parsed.link and _wanted(one, subscription)]
    kept = await pages.load(doors.store, subscription.name, [one.id for one in wanted])
    kept = {name: replace(page, needed=True, looks=0) for name, page in kept.items()}
    found = await asked(doors, {one.id: str(one.parsed.link) for one in wanted[:MOST]}, kept)
    late = {one.id for one in wanted if one.id not in found}
    notes = tuple(
        Note(code="entry-not-tried", text=f"{one.parsed.link}: its page is read with the next poll, to spare the site")
        for one in wanted
        if one.id in late
    )
    return [with_page(one, found.get(one.id)) for one in materials if one.id not in late], found, notes


def with_page(material: Material, page: Page | None) -> Material:
    """`material` with the page that was kept for it, or with a Note that says why there is none."""
    if page is None or page.document is not None or not page.needed:
        return replace(material, page=page.document if page else None)
    return replace(material, notes=(*material.notes, Note(code="page-not-read", text=page.why)))


def _wanted(material: Material, subscription: Subscription) -> bool:
    """What an installation of ours passes on is as whole as its publisher lets it be."""
    if subscription.full_text == "auto":
        return article.is_cut(material.parsed) and read_relayed(material.parsed) is None
    return subscription.full_text == "always"


async def asked(doors: Doors, urls: Mapping[Name, str], kept: Mapping[Name, Page]) -> dict[Name, Page]:
    """The pages at `urls` by the same names, as far as there was time; `kept` are the pages as they were, by name."""
    found: dict[Name, Page] = {}

    async def look(at: Visit[Name]) -> None:
        if at.kept_out:
            why = f"the page was not read: {at.kept_out}"
            for name in at.names:
                found[name] = looking.unread(kept.get(name), why, doors.now(), passing=at.passing)
            return
        known = {looking.known(kept.get(name)) for name in at.names}
        validators = known.pop() if len(known) == 1 else Validators()  # 304 must mean the same to all of them
        answer = await fetch.get(doors.client, at.url, validators=validators, accept=fetch.PAGE_TYPES, pause=at.pause)
        found.update((name, looking.looked(answer, at.url, kept.get(name), doors.now())) for name in at.names)

    await visit(doors, urls, look)
    return found
