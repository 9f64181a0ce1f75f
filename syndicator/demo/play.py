"""Plays the demo: the sample network on loopback, the real daemon following it, what was published, and the relay.

It must not take a shortcut: what it shows is read from the published JSON feeds.
"""

import asyncio
import json
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from syndicator import config as configuration_file
from syndicator.config import Config
from syndicator.daemon import serve
from syndicator.demo import configuration
from syndicator.demo.relay import play_relay
from syndicator.demo.server import open_network
from syndicator.store import open_store, outbox, subscriptions

Say = Callable[[str], None]

PATIENCE = 60
LISTENING_FIRST = 8080


async def play(port: int | None, say: Say) -> None:
    """Run the demo at `port` (None: 8080, or a free one) until SIGTERM or Ctrl-C; `say` prints a line.

    Raises UsageError when the port is taken.
    """
    with TemporaryDirectory(prefix="syndicator-demo-") as folder:
        async with open_network() as origin:
            path = Path(folder) / "syndicator.toml"
            path.write_text(configuration(origin, Path(folder), port or _free_port()), encoding="utf-8")
            config = configuration_file.load(path, {})
            say(f"An invented network of three small sites is running at {origin}/")
            say("The daemon follows their feeds …")
            showing: list[asyncio.Task[None]] = []

            def show() -> None:
                showing.append(asyncio.create_task(_show(config, Path(folder), say)))
                showing[0].add_done_callback(partial(_complain, say))

            try:
                await serve(config, {}, started=show)
            finally:
                for task in showing:
                    task.cancel()


def _complain(say: Say, showing: asyncio.Task[None]) -> None:
    if not showing.cancelled() and (error := showing.exception()):
        say(f"cannot show what was published: {error}")


def _free_port() -> int:
    for wanted in (LISTENING_FIRST, 0):
        with socket.socket() as trial:
            try:
                trial.bind(("127.0.0.1", wanted))
            except OSError:
                continue
            return int(trial.getsockname()[1])
    return LISTENING_FIRST


async def _show(config: Config, folder: Path, say: Say) -> None:
    await _show_once_published(config, say)
    (folder / "relay").mkdir()
    await play_relay(folder / "relay", say)
    say("\nStop with Ctrl-C.")


async def _show_once_published(config: Config, say: Say) -> None:
    feeds = {name: config.output / name / "feed.json" for name in config.publications}
    async with open_store(config.store_url) as store:
        for _ in range(PATIENCE * 5):
            states = await subscriptions.states(store)
            polled = bool(states) and all(state.last_polled_at for state in states)
            if polled and not await outbox.pending(store) and all(feed.exists() for feed in feeds.values()):
                break
            await asyncio.sleep(0.2)
    for publication in config.publications.values():
        feed = json.loads(feeds[publication.name].read_bytes())
        say(f"\n{publication.title} ({len(feed['items'])} entries)")
        for entry in feed["items"]:
            _tell(entry, say)
    base = config.site.base_url
    say(f"\nOpen {base}/ in a browser, or subscribe in a feed reader:")
    for name in config.publications:
        say(f"  {base}/{name}/feed.atom")


def _tell(entry: dict[str, Any], say: Say) -> None:
    ours = entry.get("_syndicator", {})
    credits = ours.get("credits", [])
    say(f"  {entry.get('title', '(untitled)')}")
    for role in ("author", "translator"):
        names = ", ".join(credit["name"] for credit in credits if credit["role"] == role)
        if names:
            say(f"    {role + ':':12}{names}")
    if entry.get("external_url"):
        say(f"    {'original:':12}{entry['external_url']}")
    licence = ours.get("licence") or {}
    say(f"    {'licence:':12}{licence.get('id') or licence.get('url') or 'none stated'}")
