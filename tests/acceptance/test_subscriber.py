"""A correction, a withdrawal and a year's absence, as a subscriber sees them who follows RFC 5005 and RFC 6721.

The subscriber knows nothing of the installation but the address of a feed, and asks its web server.
"""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest
from lxml import etree, html

from syndicator.web import application
from tests.rounds import BASE, Rounds
from tests.upstream import Reply, Upstream, serve

ATOM, TOMBSTONES = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}"
LIMIT = 5
START = datetime(2025, 11, 1, 8, tzinfo=UTC)
SECRET = "The keeper hid the second key under the third stair."


async def ready() -> None:
    return None


@dataclass
class Subscriber:
    """What somebody has read who polls a feed and, where they missed something, its archives."""

    public: Path
    read: dict[str, tuple[str, str]] = field(default_factory=dict)  # by id: when updated, the content
    documents: list[str] = field(default_factory=list)

    def poll(self) -> None:
        """RFC 5005 section 4: newest first, back to the first archive that was read before."""
        address: str | None = "/all/feed.atom"
        seen: set[str] = set()
        while address:
            answer = self.get(address)
            root = etree.fromstring(answer.content)
            self._take(root, seen)
            if address in self.documents:
                break
            if "archive" in address:
                self.documents.append(address)
            before = root.find(f'{ATOM}link[@rel="prev-archive"]')
            address = None if before is None else before.get("href", "").removeprefix(BASE)

    def get(self, address: str) -> httpx.Response:
        """What the web server of the installation answers."""

        async def ask() -> httpx.Response:
            server = httpx.ASGITransport(app=application(self.public, ready, lambda: 300))
            async with httpx.AsyncClient(transport=server, base_url=BASE) as client:
                return await client.get(address)

        return asyncio.run(ask())

    def _take(self, root: etree._Element, seen: set[str]) -> None:
        for entry in root.iter(f"{ATOM}entry"):
            identity = entry.findtext(f"{ATOM}id", "")
            if identity not in seen:
                seen.add(identity)
                self.read[identity] = (entry.findtext(f"{ATOM}updated", ""), entry.findtext(f"{ATOM}content", ""))
        for gone in root.iter(f"{TOMBSTONES}deleted-entry"):
            if gone.get("ref") not in seen:
                self.read.pop(gone.get("ref", ""), None)


@dataclass
class Story:
    """An upstream that publishes an entry a day and shows the newest six, our installation, and a subscriber."""

    rounds: Rounds
    subscriber: Subscriber
    entries: dict[int, str] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)

    def publish(self, *numbers: int) -> None:
        """The upstream publishes `numbers`, and we poll it."""
        self.entries |= {number: f"Text of day {number}." for number in numbers}
        self.poll()

    def poll(self) -> None:
        """We ask the upstream."""
        upstream = self.rounds.upstream
        shown = sorted(self.entries)[-6:]
        upstream.replies["/quay"] = feed(upstream, {n: self.entries[n] for n in shown}, self.gone)
        self.rounds.now += timedelta(days=1)
        assert not self.rounds.once().failed

    def id(self, number: int) -> str:
        """The id of an entry."""
        return self.rounds.upstream.url(f"/{number}")


def feed(upstream: Upstream, entries: dict[int, str], gone: list[int]) -> Reply:
    told = "".join(
        f"<entry><id>{upstream.url(f'/{n}')}</id><title>Day {n}</title>"
        f'<link href="{upstream.url(f"/{n}")}"/><author><name>Ada Quist</name></author>'
        f"<published>{(START + timedelta(days=n)).isoformat()}</published>"
        f"<updated>{(START + timedelta(days=n)).isoformat()}</updated>"
        f'<content type="html">&lt;p&gt;{text}&lt;/p&gt;</content></entry>'
        for n, text in entries.items()
    )
    graves = "".join(f'<at:deleted-entry ref="{upstream.url(f"/{n}")}" when="2025-12-01T00:00:00Z"/>' for n in gone)
    spaces = 'xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"'
    head = f"<id>{upstream.url('/')}</id><title>Quay</title><updated>2025-11-01T00:00:00Z</updated>"
    return Reply(f'<feed {spaces} xml:lang="en">{head}{told}{graves}</feed>'.encode())


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    with serve({}) as upstream:
        rounds = Rounds(upstream, tmp_path, settings='full_text = "never"\n', now=START)
        rounds.environ |= {"SYNDICATOR_PUBLICATIONS__ALL__LIMIT": str(LIMIT)}
        yield Story(rounds, Subscriber(tmp_path / "public"))


def test_a_year_of_absence_loses_nothing(story: Story) -> None:
    story.publish(1, 2)
    story.subscriber.poll()
    for first in range(3, 60, 3):
        story.publish(first, first + 1, first + 2)
    story.subscriber.poll()
    assert {story.id(number) for number in range(1, 60)} == set(story.subscriber.read)
    assert len(story.subscriber.documents) == 10
    story.publish(60)
    story.subscriber.poll()
    assert story.id(60) in story.subscriber.read
    assert story.subscriber.documents[10:] == ["/all/archive/11.atom"]


def test_a_correction_of_an_archived_entry_reaches_who_has_read_it(story: Story) -> None:
    for first in range(1, 13, 3):
        story.publish(first, first + 1, first + 2)
    story.subscriber.poll()
    before = story.subscriber.read[story.id(7)]
    story.entries[7] = "Text of day 7, which was wrong before."
    story.poll()
    story.subscriber.poll()
    when, text = story.subscriber.read[story.id(7)]
    assert "which was wrong before" in text
    assert when > before[0]
    places = [
        path.name for path in (story.rounds.folder / "public" / "all").rglob("*.atom") if b"day 7" in path.read_bytes()
    ]
    assert [name for name in places if name[0] != "7"] == ["feed.atom"]


def test_a_withdrawal_reaches_who_has_read_it_and_leaves_no_byte(story: Story) -> None:
    story.publish(1, 2, 3)
    story.entries[2] = SECRET
    story.poll()
    for first in range(4, 13, 3):
        story.publish(first, first + 1, first + 2)
    story.subscriber.poll()
    assert SECRET in story.subscriber.read[story.id(2)][1]
    (page,) = [path for path in (story.rounds.folder / "public").rglob("*.html") if SECRET in path.read_text()]
    address = f"/{page.relative_to(story.rounds.folder / 'public')}"
    story.gone.append(2)
    story.poll()
    story.subscriber.poll()
    assert story.id(2) not in story.subscriber.read
    assert bytes_of(story.rounds.folder).count(b"second key") == 0
    assert story.subscriber.get(address).status_code == 410
    assert story.subscriber.get(address.replace(".html", ".atom")).status_code == 410


def test_a_visitor_reaches_every_entry_from_the_publications_page_and_none_that_was_withdrawn(story: Story) -> None:
    for first in range(1, 28, 3):
        story.publish(first, first + 1, first + 2)
    public = story.rounds.folder / "public/all"
    before = {path: path.stat().st_mtime_ns for path in public.glob("archive/*")}
    assert visited(story) == {f"Day {number}" for number in range(1, 28)}
    (held,) = [path.stem for path in public.glob("archive/*.html") if "Day 2<" in path.read_text()]
    story.gone += [2, 26]
    story.poll()
    assert visited(story) == {f"Day {number}" for number in range(1, 28)} - {"Day 2", "Day 26"}
    assert bytes_of(public).count(b"Day 2<") == 0
    written = {path.name for path, when in before.items() if path.stat().st_mtime_ns != when}
    assert written == {f"{held}.{kind}{copy}" for kind in ("atom", "html") for copy in ("", ".br", ".gz")}


def visited(story: Story) -> set[str]:
    """The titles that lead to a page for who follows the link to older entries to its end."""
    address, titles = "/all/index.html", set()
    while address:
        root = html.document_fromstring(story.subscriber.get(address).content)
        for link in root.findall(".//main/ol//h3/a"):
            assert story.subscriber.get(urljoin(address, link.get("href", ""))).status_code == 200
            titles.add(link.text_content())
        older = [each.get("href", "") for each in root.iter("a") if each.text_content() == "Older entries"]
        address = urljoin(address, older[0]) if older else ""
    return titles


def test_what_leaves_the_upstreams_window_stays(story: Story) -> None:
    story.publish(1)
    story.publish(*range(2, 12))
    story.subscriber.poll()
    assert story.id(1) in story.subscriber.read


def bytes_of(folder: Path) -> bytes:
    """Every file of an installation, compressed copies unpacked, and the database with what its rows hold."""
    import gzip
    import sqlite3
    import zlib

    import brotli

    unpack = {".gz": gzip.decompress, ".br": brotli.decompress}
    files = [path for path in folder.rglob("*") if path.is_file()]
    found = [unpack.get(path.suffix, bytes)(path.read_bytes()) for path in files]
    with closing(sqlite3.connect(folder / "syndicator.db")) as opened:
        tables = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        values = [value for table in tables for row in opened.execute(f"SELECT * FROM {table}") for value in row]
    packed = [value for value in values if isinstance(value, bytes)]
    return b"\n".join([*found, *packed, *(zlib.decompress(value) for value in packed if value.startswith(b"x\x01"))])
