"""Plays the relay: three installations in a row, each republishing the one before, told in a dozen lines.

The first follows the sample network, the second the first by Atom, the third the second by RSS alone. What is shown is
read from what they published. It must not take a shortcut: each is an installation of its own, polls and serves.
"""

import json
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from gzip import decompress
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from syndicator import config as configuration_file
from syndicator import pipeline, web
from syndicator.demo import hop_configuration
from syndicator.demo.server import Served, document, open_network, serving
from syndicator.doors import Doors, open_doors, utc_now

TRANSLATION = "Der Kran, der Gedichte hebt"
FEED = "/tidewater/feed/"
BEFORE, AFTER = b"Since September it has mostly lifted poems.", b"Since October it has lifted nothing but poems."
ID = "https://tidewater.example/?p=231"
GRAVE = '<deleted-entry xmlns="http://purl.org/atompub/tombstones/1.0" ref="{ref}" when="{when}"/>'
WORDS = "a poem ought to survive a bit of wind"  # of the original's text

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One installation of the relay, and the address that it is served at."""

    doors: Doors
    origin: str

    async def poll(self) -> None:
        """One poll of all that it follows, and what follows from that."""
        await pipeline.once(self.doors, [*self.doors.config.subscriptions])

    def told(self, title: str) -> dict[str, Any]:
        """What its JSON Feed tells of the entry with that title."""
        feed = json.loads((self.doors.config.output / "relay" / "feed.json").read_bytes())
        return next(entry for entry in feed["items"] if entry["title"] == title)

    def holds(self, words: str) -> bool:
        """Whether `words` stand in any file that it serves."""
        return any(words.encode() in _bytes(path) for path in self.doors.config.output.rglob("*") if path.is_file())


async def play_relay(folder: Path, say: Say) -> None:
    """Run the relay in `folder`, an absolute path of an empty folder; `say` prints a line."""
    network: dict[str, Served] = {}
    async with open_network(network) as origin, _hops(folder, origin) as hops:
        say("\nThree installations in a row: 1 follows Tidewater and Mole, 2 follows 1 by Atom, 3 follows 2 by RSS.")
        await _poll(hops)
        _compare(hops, say)
        feed = network[FEED].body
        network[FEED] = document(feed.replace(BEFORE, AFTER), network[FEED].type)
        await _poll(hops)
        states = (hop.told(TRANSLATION)["_syndicator"]["translation"]["state"] for hop in hops)
        say(f"  The original is changed, each polls once, and the translation is … {_each(states)}")
        network[FEED] = document(_withdrawn(feed), network[FEED].type)
        await _poll(hops)
        found = ("still there" if hop.holds(WORDS) else "gone" for hop in hops)
        say(f"  The original is withdrawn, each polls once, and its text is … {_each(found)}")


def _withdrawn(feed: bytes) -> bytes:
    """The feed with a tombstone (RFC 6721) in the place of the original."""
    head, *entries = feed.split(b"<item>")
    kept = [entry for entry in entries if ID.encode() not in entry]
    grave = GRAVE.format(ref=ID, when=utc_now().isoformat())
    return b"<item>".join([head + grave.encode(), *kept])


async def _poll(hops: Iterable[Hop]) -> None:
    for hop in hops:
        await hop.poll()


def _compare(hops: list[Hop], say: Say) -> None:
    first, *_, last = (hop.told(TRANSLATION) for hop in hops)
    ours = last["_syndicator"]
    say(f"What 3 tells of “{TRANSLATION}”:")
    for credit in ours["credits"]:
        say(f"    {credit['role'] + ':':13}{credit['name']}")
    for hop in ours["provenance"]:
        say(f"    {hop['role'] + ':':13}{hop['url']}")
    say(f"    {'licence:':13}{ours['licence']['id']}")
    same = _facts(first) == _facts(last)
    say(f"  Every credit, the licence, the original and the hops are {'' if same else 'NOT '}what 1 knew.")


def _facts(entry: dict[str, Any]) -> list[Any]:
    """What no hop may lose. Feeds carry evidence as "where: words", so that is compared."""
    ours = entry["_syndicator"]
    evidence = ["; ".join(f"{said['where']}: {said['text']}" for said in one["evidence"]) for one in ours["credits"]]
    credits = [{**one, "evidence": told} for one, told in zip(ours["credits"], evidence, strict=True)]
    return [credits, ours["provenance"], ours["original"], ours["licence"], entry["id"], entry.get("language")]


def _each(words: Iterable[str]) -> str:
    return ", ".join(f"at {number}: {word}" for number, word in enumerate(words, 1))


def _bytes(path: Path) -> bytes:
    return decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


@asynccontextmanager
async def _hops(folder: Path, network: str) -> AsyncIterator[list[Hop]]:
    async with AsyncExitStack() as stack:
        hops: list[Hop] = []
        follows = {"tidewater": f"{network}{FEED}", "mole": f"{network}/mole/feed/"}
        for number, kind in enumerate(("atom", "rss", ""), 1):
            hop = await stack.enter_async_context(_hop(folder / str(number), number, follows))
            hops.append(hop)
            follows = {"before": f"{hop.origin}/relay/feed.{kind}"}
        yield hops


@asynccontextmanager
async def _hop(folder: Path, number: int, follows: dict[str, str]) -> AsyncIterator[Hop]:
    """An installation in `folder`, served by our own web server."""

    def made(origin: str) -> Starlette:
        folder.mkdir()
        (folder / "syndicator.toml").write_text(hop_configuration(origin, folder, number, follows), encoding="utf-8")
        return web.application(folder / "public", _ready, lambda: 60)

    async with serving(made) as origin, _opened(folder) as doors:
        yield Hop(doors=doors, origin=origin)


def _opened(folder: Path) -> AbstractAsyncContextManager[Doors]:
    return open_doors(configuration_file.load(folder / "syndicator.toml", {}))


async def _ready() -> None:
    return None
