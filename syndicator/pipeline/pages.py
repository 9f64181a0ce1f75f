"""Fetches the pages of entries whose feed does not bring the whole text, as politely as their sites ask.

robots.txt is kept, a host is given a pause between two pages, 401 and 403 are answers. It must not read a page.
"""

import asyncio
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar
from urllib.parse import urlsplit

from syndicator import chain, fetch
from syndicator.doors import Doors
from syndicator.model import Failed, Note, Page, Refused, Subscription, Validators
from syndicator.sandbox import run
from syndicator.stages import article, looking
from syndicator.stages.relayed import read_relayed
from syndicator.stages.robots import Robots, read_robots
from syndicator.store import pages

AGENT = "syndicator"  # the product token that a robots.txt may name
PATIENCE = 120.0  # seconds that the pages of one poll may take: well within its claim
LONGEST_PAUSE = 60.0  # seconds between two pages; a site that wishes for more is spared altogether
MOST = 100  # pages of one poll
SITES = 8  # asked at a time in one poll: a feed may link to thousands
_KEPT_OUT = "the page was not read: its site's robots.txt keeps it from us"

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
    """The pages at `urls` by the same names, as far as there was time; sites side by side, the pages of one in turn.

    `kept` are the pages as they were, by name.
    """
    sites: dict[str, dict[Name, str]] = defaultdict(dict)
    for name, url in urls.items():
        sites[urlsplit(url).netloc][name] = url
    give_up_at = asyncio.get_running_loop().time() + PATIENCE
    turns = asyncio.Semaphore(SITES)
    found: dict[Name, Page] = {}

    async def in_turn(of_site: Mapping[Name, str]) -> None:
        async with turns:
            with suppress(TimeoutError):  # others may wait for the same host
                async with asyncio.timeout_at(give_up_at):
                    await _of_site(doors, of_site, kept, found)

    await asyncio.gather(*(in_turn(of_site) for of_site in sites.values()))
    return found


async def _of_site(doors: Doors, urls: Mapping[Name, str], kept: Mapping[Name, Page], found: dict[Name, Page]) -> None:
    """Put the pages of one site into `found` as they come; one that several entries link to is asked for once."""
    linking: dict[str, list[Name]] = defaultdict(list)
    for name, url in urls.items():
        linking[url].append(name)
    rules = await read_rules(doors, list(linking))
    pause = max(0.0 if isinstance(rules, Failed) else rules.pause, doors.config.fetch.pause)
    for number, (url, names) in enumerate(linking.items()):
        why = _kept_out(rules, number)
        if why:
            passing = isinstance(rules, Failed)
            found |= {name: looking.unread(kept.get(name), why, doors.now(), passing=passing) for name in names}
        else:
            known = {looking.known(kept.get(name)) for name in names}
            validators = known.pop() if len(known) == 1 else Validators()  # 304 must mean the same to all of them
            answer = await fetch.get(doors.client, url, validators=validators, accept=fetch.PAGE_TYPES, pause=pause)
            found |= {name: looking.looked(answer, url, kept.get(name), doors.now()) for name in names}


def _kept_out(rules: Robots | Failed, number: int) -> str:
    """Why the `number`-th page may not be asked for; empty where it may."""
    if isinstance(rules, Failed):
        return f"its site's robots.txt cannot be read, so the page is not asked for: {rules.why}"
    if rules.pause > LONGEST_PAUSE:
        wish = f"its site wishes {rules.pause:g} seconds between two pages"
        return f"the page was not read: {wish}, and we wait for {LONGEST_PAUSE:g} at most"
    return "" if rules.allowed[number] else _KEPT_OUT


async def read_rules(doors: Doors, urls: Sequence[str]) -> Robots | Failed:
    """What the robots.txt of the site says of `urls`; read in the sandbox, where a file that hangs is a failure."""
    body = await fetch.robots_txt(doors.client, urls[0])
    if isinstance(body, Failed):
        return body
    rules = await run(doors.sandbox, read_robots, body, urls, AGENT)
    return Failed(url=urls[0], reason=rules.reason, why=rules.why) if isinstance(rules, Refused) else rules
