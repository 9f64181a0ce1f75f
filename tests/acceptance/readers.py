"""Feed readers that people and programs use, run as they are: each is told the address of a feed, in an empty folder.

What it shows is read from its own cache, database or output, by the entries' titles. `program` finds a program of the
distribution. Nothing is asked beyond loopback, but npm's registry for what it installs.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import feedparser

from tests.conftest import unavailable

SCRIPT = Path(__file__).with_name("readers.mjs")
PACKAGES = ("rss-parser@3.13.0", "@mozilla/readability@0.6.0", "linkedom@0.18.15")
TEXTS = {"title", "content", "content:encoded", "summary", "contentSnippet", "content:encodedSnippet"}
LIFEREA_SHOWS = ("author", "creator", "via", "commentFeedUri", "realSourceTitle")
"""What its window shows of an entry's metadata (xslt/item.xml); contributors and licences are kept and not shown."""
LIFEREA_LIST = """<opml version="1.0"><head><title>All</title></head><body>
<outline title="One" text="One" type="rss" id="onefeed" xmlUrl="{feed}" updateInterval="60"/></body></opml>"""

Program = Callable[..., str]
Reader = Callable[[str, Path, Program], dict[str, "Shown"]]


@dataclass(frozen=True)
class Shown:
    """What a reader shows or hands on of an entry: the values of its own fields, and the text."""

    fields: tuple[str, ...]
    text: str


def newsboat(feed: str, folder: Path, program: Program) -> dict[str, Shown]:
    (folder / "urls").write_text(f"{feed}\n")
    (folder / "config").write_text("")
    files = ["-u", folder / "urls", "-c", folder / "cache.db", "-C", folder / "config"]
    environ = {"HOME": str(folder), "LANG": "C.UTF-8"}
    subprocess.run([program("newsboat"), *files, "-x", "reload"], check=True, timeout=60, env=environ)
    rows = _rows(folder / "cache.db", "SELECT title, content, author, url FROM rss_item")
    return {title: Shown(fields, text) for title, text, *fields in rows}


def liferea(feed: str, folder: Path, program: Program) -> dict[str, Shown]:
    lists, data = folder / "config/liferea", folder / "data/liferea/liferea.db"
    lists.mkdir(parents=True)
    (lists / "feedlist.opml").write_text(LIFEREA_LIST.format(feed=feed))
    screen = [program("xvfb-run", "xvfb xauth"), "--auto-servernum"]
    bus = [program("dbus-run-session", "dbus-daemon"), "--"]
    environ = {
        **{
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "LANG": "C.UTF-8",
            "GSETTINGS_BACKEND": "memory",
        },
        **{f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "DATA", "CACHE")},
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # it wants what a container does not give
    }
    log = (folder / "log").open("w")
    process = subprocess.Popen(
        [*screen, *bus, program("liferea")], env=environ, stdout=log, stderr=log, start_new_session=True
    )
    try:
        return dict(_once_settled(lambda: _of_liferea(data)))
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(15)
        log.close()


def sfeed(feed: str, folder: Path, program: Program) -> dict[str, Shown]:
    """Its lines are fields between tabs: sfeed(5)."""
    body = urlopen(feed, timeout=10).read()
    made = subprocess.run([program("sfeed"), feed], input=body, capture_output=True, check=True, timeout=60)
    lines = [line.split("\t") for line in made.stdout.decode().splitlines()]
    return {line[1]: Shown((line[2], *line[5:]), line[3]) for line in lines}


def reader(feed: str, folder: Path, program: Program) -> dict[str, Shown]:
    from reader import make_reader

    with make_reader(str(folder / "reader.db")) as mine:
        mine.add_feed(feed)
        mine.update_feed(feed)
        return {each.title: Shown(_values(each), each.get_content().value) for each in mine.get_entries()}


def rss_parser(feed: str, folder: Path, program: Program) -> dict[str, Shown]:
    items: list[dict[str, Any]] = json.loads(_node(folder, program, "rss-parser", feed))
    return {
        each["title"]: Shown(tuple(_leaves(_without_texts(each))), each.get("content:encoded") or each["content"])
        for each in items
    }


def reading_mode(feed: str, folder: Path, program: Program) -> dict[str, Shown]:
    """Readability.js, which is Firefox's reader view and what Liferea puts every text through."""
    told = library(feed, folder, program)
    texts = json.loads(_node(folder, program, "readability", stdin=json.dumps([each.text for each in told.values()])))
    return {title: Shown((), text) for title, text in zip(told, texts, strict=True)}


def library(feed: str, folder: Path, program: Program) -> dict[str, Shown]:
    """feedparser, which many programs read with; a description alone is a summary to it."""
    entries = feedparser.parse(feed).entries
    texts = [each.content[0].value if "content" in each else each.summary for each in entries]
    return {
        each.title: Shown(tuple(_leaves(_without_texts(each))), text) for each, text in zip(entries, texts, strict=True)
    }


READERS: dict[str, tuple[Reader, tuple[str, ...]]] = {
    "newsboat": (newsboat, ("atom", "rss")),
    "Liferea": (liferea, ("atom", "rss")),
    "sfeed": (sfeed, ("atom", "rss")),
    "reader": (reader, ("atom", "rss", "json")),
    "rss-parser": (rss_parser, ("atom", "rss")),
    "feedparser": (library, ("atom", "rss")),
    "reading mode": (reading_mode, ("atom",)),
}
"""Each with the formats that it reads."""


def _of_liferea(database: Path) -> dict[str, Shown]:
    if not database.exists():
        return {}
    rows = _rows(database, "SELECT item_id, title, description, source FROM items WHERE comment = 0")
    marks = ", ".join("?" * len(LIFEREA_SHOWS))
    told = _rows(database, f"SELECT item_id, value FROM metadata WHERE key IN ({marks})", *LIFEREA_SHOWS)
    return {
        title: Shown((source or "", *(value for item, value in told if item == number)), text)
        for number, title, text, source in rows
    }


def _once_settled(look: Callable[[], dict[str, Shown]], seconds: float = 45) -> dict[str, Shown]:
    """What `look` sees once that is something and has not changed for a second."""
    end, seen, since = time.monotonic() + seconds, {}, time.monotonic()
    while time.monotonic() < end:
        time.sleep(0.1)
        if (now := look()) != seen:
            seen, since = now, time.monotonic()
        elif seen and time.monotonic() - since > 1:
            return seen
    raise AssertionError("the reader never showed an entry that stayed")


def _rows(database: Path, query: str, *values: str) -> list[Any]:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)
    try:
        return connection.execute(query, values).fetchall()
    except sqlite3.OperationalError:  # its tables are not there yet
        return []
    finally:
        connection.close()


def _node(folder: Path, program: Program, *words: str, stdin: str = "") -> str:
    """What readers.mjs prints; its packages are installed once, beside the folders of all tests."""
    home = folder.parent / "npm"
    if not (home / SCRIPT.name).exists():
        quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
        command = [program("npm"), "install", "--prefix", home, *quiet, *PACKAGES]
        done = subprocess.run(command, capture_output=True, timeout=120, check=False)
        if done.returncode:
            unavailable(f"npm cannot install {' '.join(PACKAGES)}")
        shutil.copy(SCRIPT, home)
    command = [program("node", "nodejs"), home / SCRIPT.name, *words]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=True, timeout=60).stdout


def _without_texts(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name.removesuffix("_detail") not in TEXTS}


def _values(told: Any) -> tuple[str, ...]:
    """The fields that an entry of `reader` has beside its texts."""
    return (told.link or "", *(person.name for person in told.authors), told.source.title if told.source else "")


def _leaves(told: Any) -> Iterator[str]:
    if isinstance(told, dict):
        told = [*told.values()]
    if isinstance(told, list | tuple):
        for each in told:
            yield from _leaves(each)
    elif isinstance(told, str):
        yield told
