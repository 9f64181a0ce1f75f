"""An entry whose page is gone is taken down, and nothing else is: rounds over days, with the clock set by hand."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest

from syndicator import pipeline
from syndicator.doors import Doors
from syndicator.store import entries
from tests import test_pipeline_listen as harbour
from tests.rounds import Rounds
from tests.test_pipeline_pages import feed, page, times_asked
from tests.upstream import Reply, serve

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GONE, MISSING, BROKEN = Reply(b"", 410), Reply(b"", 404), Reply(b"", 503)


@pytest.fixture
def quay(tmp_path: Path) -> Iterator[Rounds]:
    """Two summaries whose pages were read; then the feed speaks of the second alone."""
    with serve({"/bell/1/": page(), "/bell/2/": page()}) as upstream:
        rounds = Rounds(upstream, tmp_path)
        upstream.replies["/quay"] = feed(upstream, numbers=(1, 2))
        rounds.once()
        upstream.replies["/quay"] = feed(upstream, numbers=(2,))
        yield rounds


def answered(quay: Rounds, reply: Reply, *, after: timedelta) -> None:
    """A round `after` the one before, with `reply` for the first page."""
    quay.upstream.replies["/bell/1/"] = reply
    quay.now += after
    quay.once()


def states(quay: Rounds, of: str = "quay") -> dict[str, int]:
    async def count(doors: Doors) -> dict[str, int]:
        return (await entries.counts(doors.store))[of]

    return quay.doing(count)


def titles(quay: Rounds) -> list[str]:
    return sorted(one.title for one in feedparser.parse(quay.published("all/feed.atom")).entries)


def test_an_entry_whose_page_is_gone_twice_a_day_apart_is_taken_down(quay: Rounds) -> None:
    answered(quay, GONE, after=DAY)
    assert titles(quay) == ["Bell 1", "Bell 2"]
    answered(quay, GONE, after=DAY)
    assert states(quay) == {"ready": 1, "withdrawn": 1}
    assert titles(quay) == ["Bell 2"]
    assert b"deleted-entry" in quay.published("all/feed.atom")


def test_twice_within_a_day_is_not_twice(quay: Rounds) -> None:
    answered(quay, GONE, after=DAY)
    answered(quay, GONE, after=HOUR)
    answered(quay, GONE, after=20 * HOUR)
    assert (states(quay), times_asked(quay)) == ({"ready": 2}, 2)


@pytest.mark.parametrize(
    "between",
    [pytest.param(page(), id="304"), pytest.param(Reply(page().body + b" ", type="text/html"), id="200")],
)
def test_a_page_that_came_back_in_between_was_not_taken_down(quay: Rounds, between: Reply) -> None:
    answered(quay, GONE, after=DAY)
    answered(quay, between, after=DAY)
    answered(quay, GONE, after=64 * DAY)
    assert states(quay) == {"ready": 2}
    answered(quay, GONE, after=DAY)
    assert states(quay) == {"ready": 1, "withdrawn": 1}


@pytest.mark.parametrize("reply", [MISSING, BROKEN, Reply(b"", 403)])
def test_a_page_that_does_not_answer_is_not_taken_down_however_often(quay: Rounds, reply: Reply) -> None:
    for _ in range(5):
        answered(quay, reply, after=5 * DAY)
    assert (states(quay), titles(quay)) == ({"ready": 2}, ["Bell 1", "Bell 2"])
    assert quay.find("/bell/1/").entry.content_html.count("<p>") == 12


def test_leaving_the_feed_takes_nothing_down(quay: Rounds) -> None:
    answered(quay, page(), after=90 * DAY)
    assert titles(quay) == ["Bell 1", "Bell 2"]


def test_what_was_taken_down_does_not_come_back_with_its_feed(quay: Rounds) -> None:
    answered(quay, GONE, after=DAY)
    answered(quay, GONE, after=DAY)
    quay.upstream.replies["/quay"] = feed(quay.upstream, "The bell again.", numbers=(1, 2))
    answered(quay, page(), after=HOUR)
    assert (states(quay), titles(quay)) == ({"ready": 1, "withdrawn": 1}, ["Bell 2"])


def test_what_its_feed_still_brings_is_taken_down_all_the_same(quay: Rounds) -> None:
    quay.upstream.replies["/quay"] = feed(quay.upstream, numbers=(1, 2))
    answered(quay, GONE, after=DAY)
    quay.upstream.replies["/quay"] = feed(quay.upstream, "The bell again.", numbers=(1, 2))
    answered(quay, GONE, after=DAY)
    assert titles(quay) == ["Bell 2"]


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Rounds]:
    """Nothing but the first bell: no other entry has its words."""
    with serve({"/bell/1/": page()}) as upstream:
        upstream.replies["/quay"] = feed(upstream)
        rounds = Rounds(upstream, tmp_path)
        rounds.once()
        yield rounds


def kept(quay: Rounds) -> list[bytes]:
    """Some of the stored bytes of the first bell: of its text, its page, its fragments."""
    identity = quay.find("/bell/1/").entry.id
    of_it = "(SELECT key FROM entries WHERE id = ?)"
    columns = (("texts", "entry", "key"), ("texts", "raw", "key"), ("pages", "body", "entry"))
    columns += tuple(("fragments", kind, "key") for kind in ("atom", "rss", "json"))
    opened = sqlite3.connect(quay.folder / "syndicator.db")
    queries = [f"SELECT {value} FROM {table} WHERE {place} = {of_it}" for table, value, place in columns]
    found = [row[0] for query in queries for row in opened.execute(query, (identity,))]
    opened.close()
    return [value[len(value) // 2 :][:40] for value in found]


def test_nothing_of_it_is_left_in_any_file_of_the_database(alone: Rounds) -> None:
    quay, pieces = alone, kept(alone)
    assert len(pieces) >= 6
    assert all(piece in (quay.folder / "syndicator.db").read_bytes() for piece in pieces)
    answered(quay, GONE, after=DAY)
    quay.now += DAY

    async def story(doors: Doors) -> list[bytes]:
        await entries.counts(doors.store)  # an open database has its journal beside it
        await pipeline.once(doors, quay.names)
        files = sorted(quay.folder.glob("syndicator.db*"))
        assert len(files) > 1
        return [file.read_bytes() for file in files]

    files = quay.doing(story)
    assert not [piece for piece in pieces if any(piece in file for file in files)]


def test_the_editors_translation_of_it_goes_with_it_at_once(quay: Rounds) -> None:
    words = f"---\nof: {quay.upstream.url('/bell/1/')}\nlanguage: de\ntitle: Die Glocke\ntranslator: Ida Brandt\n---\n"
    (quay.folder / "translations").mkdir()
    (quay.folder / "translations/glocke.md").write_text(f"{words}\nSie läutete.\n")
    quay.once()
    assert titles(quay) == ["Bell 1", "Bell 2", "Die Glocke"]
    answered(quay, GONE, after=DAY)
    answered(quay, GONE, after=DAY)
    assert titles(quay) == ["Bell 2"]


def test_a_page_that_changed_makes_its_entry_again_though_the_feed_is_silent(quay: Rounds) -> None:
    changed = Reply(page().body.replace(b"Maren Oakes", b"Maren Oakes and Jo Lind"), type="text/html")
    answered(quay, changed, after=DAY)
    translators = [one.agent.name for one in quay.find("/bell/1/").entry.credits if one.role == "translator"]
    assert translators == ["Maren Oakes", "Jo Lind"]


def test_a_page_that_stays_the_same_is_asked_for_ever_more_seldom_and_conditionally(quay: Rounds) -> None:
    before = quay.find("/bell/1/")
    for _ in range(20):
        answered(quay, page(), after=DAY)
    asked = quay.upstream.asked("/bell/1/")
    assert len(asked) == 1 + 4  # after 1, 3, 7 and 15 days
    assert all("If-None-Match" in request.headers for request in asked[1:])
    assert quay.find("/bell/1/").revision == before.revision


def test_the_front_page_in_its_place_leaves_the_text_as_it_was(quay: Rounds) -> None:
    quay.upstream.replies["/"] = Reply(b"<p>Welcome to the Quay.</p>" * 9, type="text/html")
    answered(quay, Reply(status=302, headers={"Location": "/"}), after=DAY)
    assert quay.find("/bell/1/").entry.content_html.count("<p>") == 12


PAYWALL = b"<html lang=en><title>Bell</title><body><article><h1>Bell</h1><p>%s</p></article></body></html>"


@pytest.mark.parametrize("words", [b"Subscribe to read on. " * 9, b""], ids=["a paywall", "nothing"])
def test_a_page_that_lost_most_of_its_text_leaves_the_text_as_it_was(quay: Rounds, words: bytes) -> None:
    answered(quay, Reply(PAYWALL % words, type="text/html"), after=DAY)
    answered(quay, Reply(PAYWALL % words, type="text/html"), after=2 * DAY)
    assert quay.find("/bell/1/").entry.content_html.count("<p>") == 12


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[Rounds]:
    """An entry that is whole in its feed and has a comment feed."""
    with serve({"/bell/": page()}) as upstream:
        upstream.replies |= {"/quay": harbour.feed(upstream), "/bell/feed/": harbour.comments(upstream)}
        rounds = Rounds(upstream, tmp_path)
        rounds.once()
        yield rounds


def test_a_comment_feed_that_is_gone_has_the_page_asked_which_alone_can_tell(heard: Rounds) -> None:
    heard.upstream.replies["/bell/feed/"] = GONE
    heard.now += 2 * HOUR
    heard.once()
    assert times_asked(heard, "/bell/feed/") == 2
    for _ in range(3):
        heard.once()
        heard.now += 2 * HOUR
    assert (times_asked(heard, "/bell/"), times_asked(heard, "/bell/feed/")) == (1, 2)
    assert states(heard) == {"ready": 1}
    assert harbour.WORDS.strip() in heard.find("/bell/").entry.content_html


def test_an_entry_that_is_whole_in_its_feed_goes_when_its_comment_feed_and_its_page_are_gone(heard: Rounds) -> None:
    heard.upstream.replies |= {"/bell/feed/": GONE, "/bell/": GONE}
    heard.now += 2 * HOUR
    for _ in range(2):
        heard.once()
    assert states(heard) == {"ready": 1}
    heard.now += DAY
    heard.once()
    assert states(heard) == {"withdrawn": 1}


def test_no_page_is_asked_for_where_the_editor_forbids_it(heard: Rounds) -> None:
    heard.settings = 'full_text = "never"'
    heard.upstream.replies |= {"/bell/feed/": GONE, "/bell/": GONE}
    for _ in range(3):
        heard.now += DAY
        heard.once()
    assert (states(heard), times_asked(heard, "/bell/")) == ({"ready": 1}, 0)


def test_a_feed_that_claims_anothers_entry_takes_down_nothing_but_its_own(tmp_path: Path) -> None:
    with serve({"/bell/1/": page()}) as upstream:
        upstream.replies |= {"/quay": feed(upstream), "/mole": feed(upstream)}
        rounds = Rounds(upstream, tmp_path, names=("quay", "mole"))
        rounds.once()
        ref, space = upstream.url("/bell/1/"), "http://purl.org/atompub/tombstones/1.0"
        tomb = f'<at:deleted-entry xmlns:at="{space}" ref="{ref}" when="2026-11-02T09:00:00Z"/></channel>'
        empty = feed(upstream, numbers=())
        upstream.replies["/mole"] = Reply(empty.body.replace(b"</channel>", tomb.encode()))
        rounds.now += HOUR
        rounds.once()
        assert (states(rounds), states(rounds, "mole")) == ({"ready": 1}, {"withdrawn": 1})
