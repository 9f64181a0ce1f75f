"""Pages of entries whose feed brings only summaries: fetched politely, kept, asked for again when they failed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from syndicator.model import Stored
from tests.rounds import Rounds
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


@pytest.fixture
def quay(tmp_path: Path) -> Iterator[Rounds]:
    with serve({"/bell/1/": page(), "/bell/2/": page()}) as upstream:
        upstream.replies["/quay"] = feed(upstream)
        yield Rounds(upstream, tmp_path)


def once(quay: Rounds) -> Stored:
    """One round; the entry for the first bell as it is then stored."""
    quay.once()
    return quay.find("/bell/1/")


def times_asked(quay: Rounds, path: str = "/bell/1/") -> int:
    return len(quay.upstream.asked(path))


def codes(stored: Stored) -> list[str]:
    return [note.code for note in stored.entry.notes]


def translators(stored: Stored) -> list[str]:
    return [credit.agent.name for credit in stored.entry.credits if credit.role == "translator"]


def test_the_whole_text_and_its_credit_come_from_the_page_of_a_summary(quay: Rounds) -> None:
    stored = once(quay)
    assert stored.entry.content_html.count("<p>") == 12
    assert translators(stored) == ["Maren Oakes"]
    assert SUMMARY in stored.entry.summary_html
    assert times_asked(quay, "/robots.txt") == 1


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
def test_full_text_says_which_pages_are_read(quay: Rounds, settings: str, summary: str, asked: int) -> None:
    quay.settings = settings
    quay.upstream.replies["/quay"] = feed(quay.upstream, summary)
    once(quay)
    assert times_asked(quay) == asked


def test_a_page_that_robots_txt_keeps_from_us_is_not_asked_for_and_the_summary_stands(quay: Rounds) -> None:
    quay.upstream.replies["/robots.txt"] = Reply(b"User-agent: syndicator\nDisallow: /bell/\n", type="text/plain")
    stored = once(quay)
    assert (times_asked(quay), codes(stored)) == (0, ["page-not-read"])
    assert SUMMARY in stored.entry.content_html


def test_a_robots_txt_that_cannot_be_read_forbids_for_now(quay: Rounds) -> None:
    quay.upstream.replies["/robots.txt"] = Reply(b"", 503)
    assert (codes(once(quay)), times_asked(quay)) == (["page-not-read"], 0)
    del quay.upstream.replies["/robots.txt"]
    quay.now += timedelta(hours=2)
    assert codes(once(quay)) == []


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_page_that_is_refused_is_not_asked_for_again(quay: Rounds, status: int) -> None:
    quay.upstream.replies["/bell/1/"] = Reply(b"", status)
    once(quay)
    for _ in range(3):
        quay.now += timedelta(hours=20)
        once(quay)
    assert times_asked(quay) == 1


def test_a_page_that_failed_comes_later_and_its_entry_is_made_again(quay: Rounds) -> None:
    quay.upstream.replies["/bell/1/"] = Reply(b"", 503)
    before = once(quay)
    quay.upstream.replies["/bell/1/"] = page()
    unchanged = once(quay)
    quay.now += timedelta(hours=2)
    after = once(quay)
    assert (codes(before), codes(unchanged), codes(after)) == (["page-not-read"], ["page-not-read"], [])
    assert translators(after) == ["Maren Oakes"]
    assert after.entry.updated > before.entry.updated


def test_a_page_is_tried_five_times(quay: Rounds) -> None:
    quay.upstream.replies["/bell/1/"] = Reply(b"", 503)
    for _ in range(9):
        once(quay)
        quay.now += timedelta(hours=30)
    assert times_asked(quay) == 5


def test_a_changed_entry_has_its_page_asked_for_with_the_validators_that_it_gave(quay: Rounds) -> None:
    once(quay)
    quay.upstream.replies["/quay"] = feed(quay.upstream, f"{SUMMARY} Corrected.")
    stored = once(quay)
    assert "If-None-Match" in quay.upstream.asked("/bell/1/")[1].headers
    assert stored.entry.content_html.count("<p>") == 12


def test_other_settings_make_the_entry_again_from_the_page_that_was_kept(quay: Rounds) -> None:
    once(quay)
    quay.settings = 'language = "en-GB"\nlicence = "CC-BY-4.0"'
    quay.upstream.replies["/quay"] = Reply(b"", 500)
    stored = once(quay)
    assert times_asked(quay) == 1
    assert stored.entry.licence.id == "CC-BY-4.0"
    assert stored.entry.content_html.count("<p>") == 12
