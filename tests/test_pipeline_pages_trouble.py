"""Pages that are slow, odd or hostile: their entries still come, and their sites are spared."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from syndicator.doors import Doors
from syndicator.fetch import robots_txt
from syndicator.pipeline import visiting
from tests.rounds import Rounds
from tests.test_pipeline_pages import SUMMARY, codes, feed, page, times_asked
from tests.upstream import Reply, Upstream, serve


@pytest.fixture
def quay(tmp_path: Path) -> Iterator[Rounds]:
    with serve({"/bell/1/": page(), "/bell/2/": page()}) as upstream:
        upstream.replies["/quay"] = feed(upstream)
        yield Rounds(upstream, tmp_path)


def linking(upstream: Upstream, *links: str) -> Reply:
    """A feed of summaries with these links."""
    entries = "".join(
        f"<item><title>Bell {n}</title><link>{link}</link><guid>bell-{n}</guid>"
        f"<pubDate>Mon, 02 Nov 2026 08:0{n}:00 GMT</pubDate><description>{SUMMARY}</description></item>"
        for n, link in enumerate(links)
    )
    head = f"<title>The Quay</title><link>{upstream.url('/')}</link><description/><language>en</language>"
    return Reply(f'<rss version="2.0"><channel>{head}{entries}</channel></rss>'.encode())


def test_a_page_that_several_entries_link_to_is_asked_for_once(quay: Rounds) -> None:
    quay.upstream.replies["/quay"] = linking(quay.upstream, *(quay.upstream.url("/bell/1/") for _ in range(5)))
    (report,) = quay.once().reports
    assert (report.new, times_asked(quay)) == (5, 1)


@pytest.mark.parametrize(
    "link",
    [
        pytest.param("http://[bell/", id="no address"),
        pytest.param("http://bell.example:port/", id="an impossible port"),
        pytest.param("mailto:desk@quay.example", id="a letter"),
        pytest.param("magnet:?xt=urn:btih:00", id="another scheme"),
    ],
)
def test_a_link_that_leads_nowhere_costs_no_entry(quay: Rounds, link: str) -> None:
    quay.upstream.replies["/quay"] = linking(quay.upstream, link, quay.upstream.url("/bell/1/"))
    (report,) = quay.once().reports
    assert (report.outcome, report.new) == ("changed", 2)


def test_a_site_that_wishes_a_pause_of_an_hour_is_spared_and_its_entries_stand_as_summaries(quay: Rounds) -> None:
    quay.upstream.replies["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 3600\n", type="text/plain")
    quay.once()
    stored = quay.find("/bell/1/")
    assert (times_asked(quay), codes(stored)) == (0, ["page-not-read"])
    assert SUMMARY in stored.entry.content_html


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply(b"%PDF-1.7 " + b"bell " * 900, type="application/pdf"), id="no web page"),
        pytest.param(Reply(b"<p>bell" * 900_000, type="text/html"), id="six megabytes"),
        pytest.param(Reply(b"<p>bell rang</p>" * 300_000, type="text/html"), id="one that is slow to read"),
    ],
)
def test_a_page_that_is_of_no_use_costs_no_entry(quay: Rounds, reply: Reply) -> None:
    quay.upstream.replies["/bell/1/"] = reply
    quay.once()
    stored = quay.find("/bell/1/")
    assert codes(stored) == ["page-not-read"]
    assert SUMMARY in stored.entry.content_html


def test_a_page_that_never_ends_does_not_hold_its_poll(quay: Rounds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visiting, "PATIENCE", 0.5)
    held = Event()
    quay.upstream.replies["/quay"] = feed(quay.upstream, numbers=(1, 2))
    quay.upstream.replies["/bell/1/"] = replace(page(), hold=held)
    try:
        (report,) = quay.once().reports
    finally:
        held.set()
    assert [note.code for note in report.notes if note.code == "entry-not-tried"] == ["entry-not-tried"] * 2
    assert quay.once().reports[0].new == 2


def test_a_page_that_is_not_wanted_any_more_is_not_asked_for_again(quay: Rounds) -> None:
    quay.upstream.replies["/bell/1/"] = Reply(b"", 503)
    quay.once()
    quay.settings = 'full_text = "never"'
    quay.now = quay.now.replace(hour=20)
    quay.once()
    assert times_asked(quay) == 1


def test_of_many_sites_only_the_latest_rules_are_kept_in_memory(quay: Rounds) -> None:
    sites = [f"http://127.0.0.{n}:9/robots.txt" for n in range(1, 250)]

    async def story(doors: Doors) -> int:
        doors.client.robots.update(dict.fromkeys(sites, (0.0, b"")))
        await robots_txt(doors.client, quay.upstream.url("/bell/1/"))
        assert next(reversed(doors.client.robots)) == quay.upstream.url("/robots.txt")
        return len(doors.client.robots)

    assert quay.doing(story) == 200
