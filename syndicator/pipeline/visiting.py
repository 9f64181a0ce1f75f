"""Asks sites for what is beside feeds, as politely as they wish: sites side by side, what is of one site in turn.

robots.txt is kept, a host is given a pause between two requests. It must not know what is asked for, nor read it.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from syndicator import fetch
from syndicator.doors import Doors
from syndicator.model import Failed, Refused
from syndicator.sandbox import run
from syndicator.stages.robots import Robots, read_robots

AGENT = "syndicator"  # the product token that a robots.txt may name
PATIENCE = 120.0  # seconds that the visits of one poll may take: well within its claim
LONGEST_PAUSE = 60.0  # seconds between two requests; a site that wishes for more is spared altogether
SITES = 8  # asked at a time in one poll: a feed may link to thousands
_KEPT_OUT = "its site's robots.txt keeps it from us"

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Generic[Name]):
    """An address to ask, once for all the `names` that want it, with `pause` seconds since the one before.

    `kept_out` says why it may not be asked, and is empty where it may; `passing`: that may be otherwise soon.
    """

    url: str
    names: Sequence[Name]
    pause: float
    kept_out: str
    passing: bool


async def visit(doors: Doors, urls: Mapping[Name, str], one: Callable[[Visit[Name]], Awaitable[None]]) -> None:
    """Have `one` ask each of `urls`, as far as there is time: what it has not been called for waits."""
    sites: dict[str, dict[Name, str]] = defaultdict(dict)
    for name, url in urls.items():
        sites[urlsplit(url).netloc][name] = url
    give_up_at = asyncio.get_running_loop().time() + PATIENCE
    turns = asyncio.Semaphore(SITES)

    async def in_turn(of_site: Mapping[Name, str]) -> None:
        async with turns:
            with suppress(TimeoutError):  # others may wait for the same host
                async with asyncio.timeout_at(give_up_at):
                    await _of_site(doors, of_site, one)

    await asyncio.gather(*(in_turn(of_site) for of_site in sites.values()))


async def _of_site(doors: Doors, urls: Mapping[Name, str], one: Callable[[Visit[Name]], Awaitable[None]]) -> None:
    linking: dict[str, list[Name]] = defaultdict(list)
    for name, url in urls.items():
        linking[url].append(name)
    rules = await read_rules(doors, list(linking))
    failed = isinstance(rules, Failed)
    pause = max(0.0 if isinstance(rules, Failed) else rules.pause, doors.config.fetch.pause)
    for number, (url, names) in enumerate(linking.items()):
        kept_out = _kept_out(rules, number)
        await one(Visit(url=url, names=names, pause=pause, kept_out=kept_out, passing=failed))


def _kept_out(rules: Robots | Failed, number: int) -> str:
    """Why the `number`-th address may not be asked; empty where it may."""
    if isinstance(rules, Failed):
        return f"its site's robots.txt cannot be read: {rules.why}"
    if rules.pause > LONGEST_PAUSE:
        wish = f"its site wishes {rules.pause:g} seconds between two requests"
        return f"{wish}, and we wait for {LONGEST_PAUSE:g} at most"
    return "" if rules.allowed[number] else _KEPT_OUT


async def read_rules(doors: Doors, urls: Sequence[str]) -> Robots | Failed:
    """What the robots.txt of the site says of `urls`; read in the sandbox, where a file that hangs is a failure."""
    body = await fetch.robots_txt(doors.client, urls[0])
    if isinstance(body, Failed):
        return body
    rules = await run(doors.sandbox, read_robots, body, urls, AGENT)
    return Failed(url=urls[0], reason=rules.reason, why=rules.why) if isinstance(rules, Refused) else rules
