"""Real feed readers subscribe to the demo: author, translator and the original's link reach the person who reads.

The demo is run as a newcomer runs it; what a reader stored is read from its own cache.
"""

import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import feedparser
import pytest

from tests.acceptance.installation import free_port

TITLE = "Why we ring the fog bell again"
AUTHOR = "The editors of leuchtfeuer.example"
TRANSLATOR = "Maren Oakes"
ORIGINAL = "/lighthouse/nebelglocke/"


@dataclass(frozen=True)
class Demo:
    """The demo's address, and what it printed until its feeds were there."""

    base: str
    printed: str

    @property
    def feed(self) -> str:
        return f"{self.base}/english/feed.atom"


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    port = free_port()
    command = [sys.executable, "-u", "-m", "syndicator", "demo", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    late = threading.Timer(120, process.kill)
    late.start()
    assert process.stdout
    printed = ""
    for line in process.stdout:
        printed += line
        if "Stop with Ctrl-C" in line:
            break
    yield Demo(f"http://127.0.0.1:{port}", printed)
    process.terminate()
    process.wait(15)
    late.cancel()
    process.stdout.close()


def test_the_demo_prints_its_address_and_the_credits(demo: Demo) -> None:
    for fact in (demo.feed, TITLE, AUTHOR, TRANSLATOR, ORIGINAL):
        assert fact in demo.printed
    assert "Traceback" not in demo.printed


def test_the_index_page_leads_a_feed_reader_to_the_feeds(demo: Demo) -> None:
    with urlopen(f"{demo.base}/") as answer:
        page = answer.read().decode()
    links = re.findall(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)"', page)
    assert len(links) == 2


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_feedparser_shows_author_translator_and_original(demo: Demo, kind: str) -> None:
    entry = _entry(feedparser.parse(f"{demo.base}/english/feed.{kind}").entries)
    text = entry.content[0].value
    assert AUTHOR in entry.author
    assert TRANSLATOR in [person.name for person in entry.contributors]
    assert any(link.rel == "via" and link.href.endswith(ORIGINAL) for link in entry.links)
    assert AUTHOR in text
    assert TRANSLATOR in text
    assert ORIGINAL in text


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_newsboat_shows_author_translator_and_original(
    demo: Demo, kind: str, tmp_path: Path, program: Callable[[str], str]
) -> None:
    (tmp_path / "urls").write_text(f"{demo.base}/english/feed.{kind}\n")
    (tmp_path / "config").write_text("")
    files = ["-u", str(tmp_path / "urls"), "-c", str(tmp_path / "cache.db"), "-C", str(tmp_path / "config")]
    environ = {"HOME": str(tmp_path), "LANG": "C.UTF-8"}
    subprocess.run([program("newsboat"), *files, "-x", "reload"], check=True, timeout=60, env=environ)
    with sqlite3.connect(tmp_path / "cache.db") as cache:
        rows = cache.execute("SELECT author, content FROM rss_item WHERE title = ?", (TITLE,)).fetchall()
    cache.close()
    ((author, content),) = rows
    assert AUTHOR in author
    assert TRANSLATOR in content
    assert ORIGINAL in content


def _entry(entries: list[Any]) -> Any:
    return next(entry for entry in entries if entry.title == TITLE)
