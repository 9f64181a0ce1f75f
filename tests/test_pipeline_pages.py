"""Pages of entries whose feed brings only summaries: fetched politely, kept, asked for again when they failed."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syndicator import config, pipeline
from syndicator.doors import Doors, open_doors
from syndicator.model import Stored
from syndicator.store import entries
from tests.acceptance.installation import install
from tests.upstream import Reply, Upstream, serve

SUMMARY = "The harbour office opened the old fog signal house for one day."
LONG = "The keeper wound the clockwork, and for the first time in thirty years the bell rang over the water. "


def feed(upstream: Upstream, summary: str = SUMMARY, numbers: tuple[int, ...] = (1,)) -> Reply:
    entries = "".join(
        f"<item><title>Bell {n}</title><link>{upstream.url(f'/bell/{n}/')}</link><guid>bell-{n}</guid>"
        f"<pubDate>Mon, 02 Nov 2026 08:0{n}:00 GMT</pubDate><description>{summary}</description></item>"
        for n in numbers
    )
    head = f"<title>The Quay</title><link>{upstream.url('/')}</link><description/><language>en</language>"
    return Reply(f'<rss version="2.0"><channel>{head}{entries}</channel></rss>'.encode())


def page() -> Reply:
    paragraphs = "".join(f"<p>{number}. {LONG}</p>" for number in range(12))
    body = (
        f"<article><h1>Bell</h1><div class='entry-content'>{paragraphs}<p>Translated by Maren Oakes</p></div></article>"
    )
    return Reply(f"<html lang=en><head><title>Bell</title></head><body>{body}</body></html>".encode(), type="text/html")


@dataclass
class Quay:
    """A site with a feed of summaries, an installation that follows it, and a clock that can be put forward."""

    upstream: Upstream
    folder: Path
    now: datetime = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    settings: str = ""

    def once(self, *then: Callable[[Doors], object]) -> Stored:
        """One round; the entry for the first bell as it is then stored."""
        terms = f'permission = "letter"\n{self.settings}'
        place = install(self.folder, {"quay": self.upstream.url("/feed")}, terms=terms)
        settings = config.load(place.folder / "syndicator.toml", {"SYNDICATOR_SITE__BASE_URL": "http://quay.test"})
        hasty = replace(settings, fetch=replace(settings.fetch, pause=0.0))

        async def story() -> Stored:
            async with open_doors(hasty, lambda: self.now) as doors:
                await pipeline.once(doors, ["quay"])
                (found,) = await entries.find(doors.store, self.upstream.url("/bell/1/"))
                return found

        return asyncio.run(story())

    def asked(self, path: str = "/bell/1/") -> int:
        return len(self.upstream.asked(path))


@pytest.fixture
def quay(tmp_path: Path) -> Iterator[Quay]:
    with serve({"/bell/1/": page(), "/bell/2/": page()}) as upstream:
        upstream.replies["/feed"] = feed(upstream)
        yield Quay(upstream, tmp_path)


def codes(stored: Stored) -> list[str]:
    return [note.code for note in stored.entry.notes]


def translators(stored: Stored) -> list[str]:
    return [credit.agent.name for credit in stored.entry.credits if credit.role == "translator"]


def test_the_whole_text_and_its_credit_come_from_the_page_of_a_summary(quay: Quay) -> None:
    stored = quay.once()
    assert stored.entry.content_html.count("<p>") == 12
    assert translators(stored) == ["Maren Oakes"]
    assert SUMMARY in stored.entry.summary_html
    assert quay.asked("/robots.txt") == 1


@pytest.mark.parametrize(
    ("settings", "summary", "asked"),
    [
        pytest.param('full_text = "auto"', SUMMARY, 1, id="auto: a summary has its page read"),
        pytest.param('full_text = "auto"', LONG * 20, 0, id="auto: a whole text has not"),
        pytest.param('full_text = "auto"', LONG * 20 + "[…]", 1, id="auto: a text that was cut has"),
        pytest.param('full_text = "always"', LONG * 20, 1, id="always"),
        pytest.param('full_text = "never"', SUMMARY, 0, id="never"),
    ],
)
def test_full_text_says_which_pages_are_read(quay: Quay, settings: str, summary: str, asked: int) -> None:
    quay.settings = settings
    quay.upstream.replies["/feed"] = feed(quay.upstream, summary)
    quay.once()
    assert quay.asked() == asked


def test_a_page_that_robots_txt_keeps_from_us_is_not_asked_for_and_the_summary_stands(quay: Quay) -> None:
    quay.upstream.replies["/robots.txt"] = Reply(b"User-agent: syndicator\nDisallow: /bell/\n", type="text/plain")
    stored = quay.once()
    assert (quay.asked(), codes(stored)) == (0, ["page-not-read"])
    assert SUMMARY in stored.entry.content_html


def test_a_robots_txt_that_cannot_be_read_forbids_for_now(quay: Quay) -> None:
    quay.upstream.replies["/robots.txt"] = Reply(b"", 503)
    assert (codes(quay.once()), quay.asked()) == (["page-not-read"], 0)
    del quay.upstream.replies["/robots.txt"]
    quay.now += timedelta(hours=2)
    assert codes(quay.once()) == []


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_page_that_is_refused_is_not_asked_for_again(quay: Quay, status: int) -> None:
    quay.upstream.replies["/bell/1/"] = Reply(b"", status)
    quay.once()
    for _ in range(3):
        quay.now += timedelta(hours=20)
        quay.once()
    assert quay.asked() == 1


def test_a_page_that_failed_comes_later_and_its_entry_is_made_again(quay: Quay) -> None:
    quay.upstream.replies["/bell/1/"] = Reply(b"", 503)
    before = quay.once()
    quay.upstream.replies["/bell/1/"] = page()
    unchanged = quay.once()
    quay.now += timedelta(hours=2)
    after = quay.once()
    assert (codes(before), codes(unchanged), codes(after)) == (["page-not-read"], ["page-not-read"], [])
    assert translators(after) == ["Maren Oakes"]
    assert after.entry.updated > before.entry.updated


def test_a_page_is_tried_five_times(quay: Quay) -> None:
    quay.upstream.replies["/bell/1/"] = Reply(b"", 503)
    for _ in range(9):
        quay.once()
        quay.now += timedelta(hours=30)
    assert quay.asked() == 5


def test_a_changed_entry_has_its_page_asked_for_with_the_validators_that_it_gave(quay: Quay) -> None:
    quay.once()
    quay.upstream.replies["/feed"] = feed(quay.upstream, f"{SUMMARY} Corrected.")
    stored = quay.once()
    assert "If-None-Match" in quay.upstream.asked("/bell/1/")[1].headers
    assert stored.entry.content_html.count("<p>") == 12


def test_other_settings_make_the_entry_again_from_the_page_that_was_kept(quay: Quay) -> None:
    quay.once()
    quay.settings = 'language = "en-GB"\nlicence = "CC-BY-4.0"'
    quay.upstream.replies["/feed"] = Reply(b"", 500)
    stored = quay.once()
    assert quay.asked() == 1
    assert stored.entry.licence.id == "CC-BY-4.0"
    assert stored.entry.content_html.count("<p>") == 12
