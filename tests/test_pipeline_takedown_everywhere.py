"""What is taken down is gone wherever it stood, however it came there, and everybody who has it is told."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from syndicator import pipeline
from syndicator.doors import Doors
from syndicator.model import Errand
from syndicator.pipeline import republish
from syndicator.pipeline.taking_down import take_down
from syndicator.store import entries
from tests.acceptance.test_subscriber import bytes_of
from tests.rounds import Rounds
from tests.upstream import Reply, Upstream, serve

DAY = timedelta(days=1)
START = datetime(2026, 10, 1, tzinfo=UTC)
SECRET = "The keeper hid the second key under the third stair."


def entry(upstream: Upstream, number: int, words: str = "", author: str = "Ada Quist") -> str:
    """An entry that came out `number` hours after START."""
    url, date = upstream.url(f"/{number}"), (START + timedelta(hours=number)).isoformat()
    return (
        f'<entry><id>{url}</id><title>Day {number}</title><link href="{url}"/><author><name>{author}</name></author>'
        f"<published>{date}</published><updated>{date}</updated>"
        f'<content type="html">&lt;p&gt;{words or f"Text of day {number}."}&lt;/p&gt;</content></entry>'
    )


def grave(upstream: Upstream, number: int) -> str:
    """That the entry was taken down (RFC 6721)."""
    return f'<at:deleted-entry ref="{upstream.url(f"/{number}")}" when="2026-11-03T09:00:00Z"/>'


def feed(upstream: Upstream, *told: str) -> Reply:
    """An Atom feed of `told`."""
    spaces = 'xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"'
    head = f"<id>{upstream.url('/')}</id><title>Quay</title><updated>2026-11-01T00:00:00Z</updated>"
    return Reply(f'<feed {spaces} xml:lang="en">{head}{"".join(told)}</feed>'.encode())


@pytest.fixture
def quay(tmp_path: Path) -> Iterator[Rounds]:
    """Two entries of the quay, the first one with the SECRET, published."""
    with serve({}) as upstream:
        rounds = Rounds(upstream, tmp_path, settings='full_text = "never"\n')
        upstream.replies["/quay"] = feed(upstream, entry(upstream, 1, SECRET), entry(upstream, 2))
        rounds.once()
        yield rounds


def titles(rounds: Rounds) -> list[str]:
    return sorted(one.title for one in feedparser.parse(rounds.published("all/feed.atom")).entries)


def withdraw(rounds: Rounds, *numbers: int) -> None:
    """What `syndicator withdraw` does, and the next tick of a daemon."""
    places = [("quay", rounds.upstream.url(f"/{number}")) for number in numbers]

    async def story(doors: Doors) -> None:
        await take_down(doors.store, doors.config, places, doors.now())
        await pipeline.settle(doors, at_once=True)

    rounds.doing(story)


def hold(rounds: Rounds, number: int) -> None:
    async def story(doors: Doors) -> None:
        owed = [Errand(kind="republish", target="all")]
        await entries.move(doors.store, [("quay", rounds.upstream.url(f"/{number}"))], "held", owed, doors.now())
        await pipeline.settle(doors, at_once=True)

    rounds.doing(story)


def secret(folder: Path) -> list[str]:
    """The files in which the SECRET stands."""
    found = (path for path in folder.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes())
    return sorted(str(path.relative_to(folder)) for path in found)


def test_who_holds_an_entry_back_first_and_then_takes_it_down_has_told_subscribers_all_the_same(quay: Rounds) -> None:
    hold(quay, 1)
    assert b"deleted-entry" not in quay.published("all/feed.atom")
    assert list((quay.folder / "public/all/entries").glob("day-1-*")) == []
    withdraw(quay, 1)
    assert quay.upstream.url("/1").encode() in quay.published("all/feed.atom")
    notices = [path.suffixes for path in (quay.folder / "public/all/entries").glob("day-1-*")]
    assert sorted(notices) == [[".atom", ".gone"], [".html", ".gone"]]


def test_however_many_go_at_once_subscribers_hear_of_each_for_a_year(quay: Rounds) -> None:
    quay.environ["SYNDICATOR_PUBLICATIONS__ALL__LIMIT"] = "2"
    numbers = range(1, 9)
    quay.upstream.replies["/quay"] = feed(quay.upstream, *(entry(quay.upstream, number) for number in numbers))
    quay.once()
    withdraw(quay, *numbers)
    assert told(quay) == {quay.upstream.url(f"/{number}") for number in numbers}
    quay.now += 365 * DAY
    quay.upstream.replies["/quay"] = feed(quay.upstream, entry(quay.upstream, 9))
    quay.once()
    assert len(told(quay)) == len(numbers)
    quay.now += 2 * DAY
    withdraw(quay, 9)
    assert told(quay) == {quay.upstream.url("/9")}


def test_nothing_is_kept_of_who_wrote_it(quay: Rounds) -> None:
    quay.upstream.replies["/quay"] = feed(quay.upstream, entry(quay.upstream, 3, author="Wilhelmina Zebrowski"))
    quay.once()
    assert list((quay.folder / "public/all/people").glob("wilhelmina-*"))
    withdraw(quay, 3)
    assert list((quay.folder / "public/all/people").glob("wilhelmina-*")) == []
    assert b"zebrowski" not in bytes_of(quay.folder).lower()


def test_everybody_has_a_page_at_once_however_many_they_are(quay: Rounds) -> None:
    many = [entry(quay.upstream, number, author=f"Ada the {number}th") for number in range(10, 160)]
    quay.upstream.replies["/quay"] = feed(quay.upstream, *many)
    quay.once()
    assert len(list((quay.folder / "public/all/people").glob("ada-the-*.html"))) == len(many)


OLD = """[publications.old]
title = "Old"
subscriptions = ["quay"]
limit = 1
"""


def test_a_publication_that_is_configured_no_more_loses_the_documents_that_have_it(quay: Rounds) -> None:
    quay.settings += OLD
    quay.upstream.replies["/quay"] = feed(quay.upstream, *(entry(quay.upstream, number) for number in (2, 3, 4)))
    quay.once()
    quay.settings = quay.settings.removesuffix(OLD)
    quay.once()
    before = files(quay, "old")
    assert any(SECRET.encode() in quay.published(f"old/{name}") for name in before)
    withdraw(quay, 1)
    assert secret(quay.folder) == []
    left = files(quay, "old")
    assert (
        {*(f"archive/{number}.{kind}" for number in (2, 3) for kind in ("atom", "html")), "feed.css"} <= left < before
    )
    assert {name for name in before - left if name.startswith(("archive", "feed"))} == {
        *("feed.atom", "feed.rss", "feed.json", "archive/1.atom", "archive/1.html")
    }
    quay.settings += OLD
    quay.once()
    assert secret(quay.folder) == []
    assert files(quay, "old") >= {name for name in before if "day-1-" not in name}
    assert quay.upstream.url("/1").encode() in quay.published("old/feed.atom")


def files(rounds: Rounds, publication: str) -> set[str]:
    """The published files of a publication, but for compressed copies."""
    folder = rounds.folder / "public" / publication
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".gz", ".br"))
    return {str(path.relative_to(folder)) for path in found}


def test_what_another_process_had_read_before_is_not_written_after_the_take_down(
    quay: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`once` beside a daemon: each reads the store, makes the files and writes them, which takes seconds."""
    write, reached, free = republish._write, asyncio.Event(), asyncio.Event()

    async def late(*arguments: Any) -> tuple[str, ...]:
        monkeypatch.setattr(republish, "_write", write)
        reached.set()
        await free.wait()
        return await write(*arguments)

    async def story(doors: Doors) -> None:
        monkeypatch.setattr(republish, "_write", late)
        place, owed = ("quay", quay.upstream.url("/1")), [Errand(kind="republish", target="all")]
        await entries.move(doors.store, [place], "ready", owed, doors.now())
        slow = asyncio.create_task(pipeline.settle(doors, at_once=True))
        await reached.wait()
        await take_down(doors.store, doors.config, [place], doors.now())
        quick = asyncio.create_task(pipeline.settle(doors, at_once=True))
        await asyncio.wait([quick], timeout=1)
        free.set()
        await asyncio.gather(slow, quick)

    quay.doing(story)
    assert secret(quay.folder) == []


def told(rounds: Rounds) -> set[str]:
    """The entries that the feed says were taken down."""
    root = etree.fromstring(rounds.published("all/feed.atom"))
    return {one.get("ref", "") for one in root.iter("{http://purl.org/atompub/tombstones/1.0}deleted-entry")}
