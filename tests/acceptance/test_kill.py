"""The daemon is killed at random moments while it ingests: nothing is lost, nothing doubled, no reader sees a torn
file.
"""

import os
import random
import signal
import threading
import time
from collections import Counter
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

from lxml import etree

from tests.acceptance.installation import Installation, install
from tests.samples import rss
from tests.upstream import Reply, serve

FEEDS = 40
ENTRIES = 12
KILLS = 20


def test_twenty_kills_while_forty_feeds_come_in_lose_and_double_nothing(tmp_path: Path) -> None:
    dice = random.Random(os.environ.get("SYNDICATOR_TEST_SEED", "kills"))
    with serve({}) as upstream:
        feeds = {f"feed-{n}": upstream.url(f"/{n}.xml") for n in range(FEEDS)}
        for n in range(FEEDS):
            upstream.replies[f"/{n}.xml"] = Reply(rss(upstream.origin, range(ENTRIES), feed=n, size=2_000))
        place = install(tmp_path, feeds)
        subscriber = Subscriber(place)
        with subscriber:
            for _ in range(KILLS):
                with place.daemon() as process:
                    time.sleep(dice.uniform(0.3, 2.0))
                    process.send_signal(signal.SIGKILL)
                    process.wait(10)
            with place.daemon():
                ids = [entry.id for entry in place.wait_for_entries(FEEDS * ENTRIES, seconds=90)]
    assert Counter(ids).most_common(1)[0][1] == 1, "an entry stands twice"
    assert len(ids) == FEEDS * ENTRIES
    assert subscriber.torn == []
    assert subscriber.reads > 0


class Subscriber:
    """Reads the publication's files all the time, over HTTP and from the folder, and keeps what was not well-formed."""

    def __init__(self, place: Installation) -> None:
        self.place, self.reads, self.torn = place, 0, list[str]()
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.follow)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.done.set()
        self.thread.join()

    def follow(self) -> None:
        while not self.done.wait(0.02):
            for name in ("feed.atom", "feed.rss"):
                self.look(name, self.from_folder(name))
                self.look(name, self.from_server(name))

    def look(self, name: str, body: bytes | None) -> None:
        if body is None:
            return
        self.reads += 1
        try:
            etree.fromstring(body, etree.XMLParser(huge_tree=True))
        except etree.XMLSyntaxError as error:
            self.torn.append(f"{name}: {error}")

    def from_folder(self, name: str) -> bytes | None:
        try:
            return (self.place.output / "all" / name).read_bytes()
        except FileNotFoundError:
            return None

    def from_server(self, name: str) -> bytes | None:
        try:
            with urlopen(f"http://127.0.0.1:{self.place.port}/all/{name}", timeout=5) as answer:
                return answer.read() if answer.status == 200 else None
        except (OSError, HTTPException):  # the daemon was killed while it answered: the reader asks again
            return None
