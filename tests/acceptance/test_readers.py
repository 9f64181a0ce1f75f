"""Real feed readers subscribe: each shows what docs/reference/what-readers-show.md says, and nothing disturbs them.

The demo is run as a newcomer runs it.
"""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.request import urlopen

import pytest

from syndicator.model import Release, Stored, Terms, Tombstone, Translation
from syndicator.stages import render
from tests.acceptance.installation import free_port
from tests.acceptance.readers import READERS, Program, Shown
from tests.entries import AWKWARD, ENGLISH, NOON, SITE, stored
from tests.upstream import Reply, Upstream, serve

PAGE = (Path(__file__).resolve().parents[2] / "docs/reference/what-readers-show.md").read_text(encoding="utf-8")
HEAD, _, *LINES = re.findall(r"^\|(.+)\|$", PAGE.partition("## ")[0], re.MULTILINE)
COLUMNS = [name.strip() for name in HEAD.split("|")]
TABLE = [dict(zip(COLUMNS, (cell.strip() for cell in line.split("|")), strict=True)) for line in LINES]
CASES = [(name, kind) for name, (_, kinds) in READERS.items() for kind in kinds]
FORMATS = {"atom": "Atom", "rss": "RSS", "json": "JSON Feed"}
TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}

FERRY, LISTENING, BELL = (
    *("A timetable for the last ferry", "Instructions for listening to a harbour"),
    "Why we ring the fog bell again",
)
FACTS = {
    "author": (FERRY, "Jolanda Wiek"),
    "translator": (FERRY, "Ilse Brandvold", "Tom Fenwright"),
    "original": (FERRY, "/lighthouse/letzte-faehre/"),
    "licence": (LISTENING, "(?i)by-nd"),
}
RESPONSES = {"page": ".*/last-ferry/#comments", "feed": ".*/last-ferry/feed/", "number": "1"}


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
    for fact in (demo.feed, BELL, "The editors of leuchtfeuer.example", "Maren Oakes", "/lighthouse/nebelglocke/"):
        assert fact in demo.printed
    assert "Traceback" not in demo.printed


def test_the_index_page_leads_a_feed_reader_to_the_feeds(demo: Demo) -> None:
    with urlopen(f"{demo.base}/") as answer:
        page = answer.read().decode()
    links = re.findall(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)"', page)
    assert len(links) == 2


# ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_a_reader_shows_what_the_page_says(name: str, kind: str, demo: Demo, tmp_path: Path, program: Program) -> None:
    read, _ = READERS[name]
    shown = read(f"{demo.base}/english/feed.{kind}", tmp_path, program)
    seen = {fact: where(shown[title], *patterns) for fact, (title, *patterns) in FACTS.items()}
    seen["responses"] = answers(shown[FERRY])
    assert "Translated by Maren Oakes" in re.sub("<[^>]+>", "", shown[BELL].text)
    assert seen == {fact: row(name, kind)[fact] for fact in seen}


def test_the_translator_is_visible_in_every_reader() -> None:
    assert {each["reader"]: each["translator"] for each in TABLE if "block" not in each["translator"]} == {}


def row(name: str, kind: str) -> dict[str, str]:
    """What the page says of a reader and a format."""
    (found,) = (each for each in TABLE if each["reader"].startswith(name) and each["feed"] == FORMATS[kind])
    return found


def where(shown: Shown, *patterns: str) -> str:
    """Where a reader shows all of `patterns`: in fields of its own, in the credit block, or nowhere ("–")."""
    block = shown.text[shown.text.find("Written by") :]
    fields = all(any(re.search(pattern, field) for field in shown.fields) for pattern in patterns)
    said = all(re.search(pattern, block) for pattern in patterns)
    return ", ".join(name for name, found in (("field", fields), ("block", said)) if found) or "–"


def answers(shown: Shown) -> str:
    found = (name for name, pattern in RESPONSES.items() if any(re.fullmatch(pattern, each) for each in shown.fields))
    return ", ".join(found) or "–"


# ── what might disturb ───────────────────────────────────────────────────────────────────────────────────────────

LONG = "<p>The lamp was lit, nobody had asked for it, and the ships came in all the same.</p>" * 9
FOOTER = '<p><a href="https://lighthouse.example/join">Join us.</a></p>'
TERMS = Terms(credit_line="First in the Lighthouse", credit_position="end", footer=FOOTER)
ARABIC = "<p>أُضيء المصباح.</p><p>ولم يطلبه أحد.</p>"
STALE = Translation(from_language="ru", to_language="en", state="stale")
AUTHORS = ("Ana Ruiz", "Bo Li", "Cem Öz")
ODD: dict[str, tuple[Stored, str]] = {
    "المصباح": (stored(language="ar", direction="rtl", content_html=ARABIC), 'dir="rtl"'),
    "Two": (AWKWARD["two-translators"], "Uma Rao"),
    "Three": (AWKWARD["three-authors"], "Bo Li"),
    "Stale": (stored(translation=STALE), "The original has changed since"),
    "Excerpt": (stored(release=Release(scope="excerpt", why="a test")), "Read the whole text"),
    "Withheld": (stored(release=Release(scope="link", why="a test")), "Read the whole text"),
    "Partner": (stored(content_html=LONG, terms=TERMS), "Join us."),
}
"""Entries by title, each with what must be seen in its text."""


@pytest.fixture(scope="module")
def odd() -> Iterator[Upstream]:
    """A feed of odd entries, with a stylesheet, an archive, and entries that were taken down."""
    entries = [
        replace(each, entry=replace(each.entry, id=f"urn:x:{number}", title=title))
        for number, (title, (each, _)) in enumerate(ODD.items())
    ]
    gone = [Tombstone(ref="urn:x:gone", when=NOON), Tombstone(ref="urn:x:gone-too", when=NOON)]
    made = render.fragments(entries, ENGLISH, SITE)
    files = render.documents(ENGLISH, SITE, made, (), NOON, gone, archives=1)
    feeds = {kind: f"english/feed.{kind}" for kind in FORMATS}
    with serve({f"/{path}": Reply(files[path], type=TYPES[kind]) for kind, path in feeds.items()}) as upstream:
        yield upstream


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_tombstones_archives_and_odd_entries_disturb_no_reader(
    name: str, kind: str, odd: Upstream, tmp_path: Path, program: Program
) -> None:
    read, _ = READERS[name]
    shown = read(odd.url(f"/english/feed.{kind}"), tmp_path, program)
    assert [*sorted(shown)] == [*sorted(ODD)]
    assert {title for title, (_, words) in ODD.items() if words not in shown[title].text} == set()
    assert {title for title, each in shown.items() if "Tom Reed" not in each.text} == set()
    assert several(shown["Three"]) == row(name, kind)["several authors"]
    assert not [request.path for request in odd.requests if "archive" in request.path or ".css" in request.path]


def several(shown: Shown) -> str:
    """Which of an entry's authors stand in the reader's own fields."""
    found = tuple(name for name in AUTHORS if any(name in field for field in shown.fields))
    return {AUTHORS: "all", AUTHORS[:1]: "first", AUTHORS[-1:]: "last", (): "–"}[found]
