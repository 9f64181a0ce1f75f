"""Fetches the pages of entries whose feed does not bring the whole text, as politely as their sites ask.

robots.txt is kept, a host is given a pause between two pages, 401 and 403 are answers. It must not read a page.
"""

import asyncio
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar
from urllib.parse import urlsplit

from syndicator import chain, fetch
from syndicator.doors import Doors
from syndicator.model import Document, Failed, Fetched, Gone, Note, NotModified, Page, Refused, Subscription, Validators
from syndicator.sandbox import run
from syndicator.stages import article
from syndicator.stages.relayed import read_relayed
from syndicator.stages.robots import Robots, read_robots
from syndicator.store import pages

AGENT = "syndicator"  # the product token that a robots.txt may name
PATIENCE = 120.0  # seconds that the pages of one poll may take: well within its claim
LONGEST_PAUSE = 60.0  # seconds between two pages; a site that wishes for more is spared altogether
LARGEST = 5_000_000  # bytes of a page; of two hundred real ones none has one million
MOST = 100  # pages of one poll
SITES = 8  # asked at a time in one poll: a feed may link to thousands
AT_ONCE = 20
ATTEMPTS = 5
_KEPT_OUT = "the page was not read: its site's robots.txt keeps it from us"
_MARKUP = ("", "text/html", "application/xhtml+xml", "application/xml", "text/xml")

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
    found = await _asked(doors, {one.id: str(one.parsed.link) for one in wanted[:MOST]}, kept)
    late = {one.id for one in wanted if one.id not in found}
    notes = tuple(
        Note(code="entry-not-tried", text=f"{one.parsed.link}: its page is read with the next poll, to spare the site")
        for one in wanted
        if one.id in late
    )
    return [with_page(one, found.get(one.id)) for one in materials if one.id not in late], found, notes


def with_page(material: Material, page: Page | None) -> Material:
    """`material` with the page that was kept for it, or with a Note that says why there is none."""
    if page is None or page.document is not None:
        return replace(material, page=page.document if page else None)
    return replace(material, notes=(*material.notes, Note(code="page-not-read", text=page.why)))


async def ask_again(doors: Doors) -> None:
    """Ask for the pages whose time has come; those that come now make their entries out of date."""
    waiting = await pages.due(doors.store, doors.now(), limit=AT_ONCE)
    ours = doors.config.subscriptions
    due = {(one.subscription, one.id): one for one in waiting if one.subscription in ours}
    wanted = {place: one for place, one in due.items() if ours[one.subscription].full_text != "never"}
    kept = {place: one.page for place, one in due.items()}
    found = await _asked(doors, {place: one.url for place, one in wanted.items()}, kept)
    found |= {place: replace(kept[place], due=None) for place in due.keys() - wanted.keys()}
    for (subscription, identity), page in found.items():
        await pages.save(doors.store, subscription, identity, page)


def _wanted(material: Material, subscription: Subscription) -> bool:
    """What an installation of ours passes on is as whole as its publisher lets it be."""
    if subscription.full_text == "auto":
        return article.is_cut(material.parsed) and read_relayed(material.parsed) is None
    return subscription.full_text == "always"


async def _asked(doors: Doors, urls: Mapping[Name, str], kept: Mapping[Name, Page]) -> dict[Name, Page]:
    """The pages at `urls` by the same names, as far as there was time; sites side by side, the pages of one in turn."""
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
            found |= {name: _unread(kept.get(name), why, doors.now(), passing=passing) for name in names}
        else:
            page = await _one(doors, url, kept.get(names[0]), pause)
            found |= dict.fromkeys(names, page)


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


async def _one(doors: Doors, url: str, before: Page | None, pause: float) -> Page:
    known = before.validators if before and before.document else Validators()
    answer = await fetch.get(doors.client, url, validators=known, accept=fetch.PAGE_TYPES, pause=pause)
    match answer:
        case Fetched(complete=True) if unfit := _unfit(answer.document):
            return _unread(before, f"the page was not read: {unfit}", doors.now(), passing=False)
        case Fetched(complete=True):
            return Page(document=answer.document, validators=answer.validators)
        case NotModified() if before:
            return Page(document=before.document, validators=answer.validators)
        case Failed():
            passing = answer.status is None or answer.status == 429 or answer.status >= 500
            return _unread(before, f"the page was not read: {answer.why}", doors.now(), passing=passing)
        case Gone():
            return _unread(before, f"the page was not read: {url} answered 410 (Gone)", doors.now(), passing=False)
    return _unread(before, f"the page was not read: {url} was cut short", doors.now(), passing=True)


def _unfit(document: Document) -> str:
    """Why a document is no page that can be read; empty where it is one."""
    if len(document.body) > LARGEST:
        return f"it is larger than {LARGEST / 1e6:g} MB"
    kind = (document.content_type or "").lower()
    return "" if kind in _MARKUP else f"it is no web page ({kind})"


def _unread(before: Page | None, why: str, now: datetime, *, passing: bool) -> Page:
    """No page, or the one from before, and when to ask again: after 1, 2, 4, 8 hours, where that may help."""
    attempts = before.attempts + 1 if before else 1
    due = now + timedelta(hours=2 ** (attempts - 1)) if passing and attempts < ATTEMPTS else None
    kept = before or Page(document=None)
    return replace(kept, why=why, attempts=attempts, due=due)
