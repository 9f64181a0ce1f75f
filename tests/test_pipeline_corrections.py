"""What upstream changes of an entry, over rounds: when `updated` moves, and when a correction is told."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from tests.rounds import BASE, Rounds
from tests.test_pipeline_works import ENGLISH, atom, entry, via
from tests.upstream import Reply, serve

ASKED = "SYNDICATOR_PUBLICATIONS__ALL__CORRECTIONS"
NOTE = "Corrected on November "
CHANGED = ENGLISH.replace("nobody", "somebody")


@pytest.fixture
def quay(tmp_path: Path) -> Iterator[Rounds]:
    """A publication that tells corrections, of an upstream that it has polled once, on November 2."""
    with serve({}) as upstream:
        upstream.replies["/quay"] = atom(upstream, entry(upstream, "/bell/"))
        rounds = Rounds(upstream, tmp_path, settings='full_text = "never"')
        rounds.environ[ASKED] = "true"
        rounds.once()
        yield rounds


def bell(quay: Rounds, words: str = ENGLISH, *, updated: int = 1, more: str = "") -> Reply:
    """The feed with an entry of November 1 that upstream says it changed on another day."""
    told = entry(quay.upstream, "/bell/", words, more=more)
    return atom(quay.upstream, told.replace("<updated>2026-11-01", f"<updated>2026-11-{updated:02}"))


def polled_again(quay: Rounds, reply: Reply | None = None) -> Any:
    """The entry as it is published after a poll a day later that brings `reply`."""
    quay.upstream.replies["/quay"] = reply or quay.upstream.replies["/quay"]
    quay.now += timedelta(days=1)
    quay.once()
    (one,) = feedparser.parse(quay.published("all/feed.atom")).entries
    return one


def when(shown: Any) -> datetime:
    return datetime.fromisoformat(shown.updated)


def text(shown: Any) -> str:
    return str(shown.content[0].value)


def test_a_correction_is_told_with_its_day_in_every_format(quay: Rounds) -> None:
    shown = polled_again(quay, bell(quay, CHANGED, updated=3))
    assert "somebody" in text(shown)
    assert when(shown).day == 3
    for file in ("feed.atom", "feed.rss", "feed.json"):
        assert quay.published(f"all/{file}").count(f"{NOTE}3, 2026.".encode()) == 1


def test_a_correction_that_upstream_does_not_date_has_the_day_on_which_we_heard_of_it(quay: Rounds) -> None:
    shown = polled_again(quay, bell(quay, CHANGED))
    assert when(shown) == quay.now
    assert f"{NOTE}3, 2026." in text(shown)


LAID_OUT = {
    "the same once more": (ENGLISH, 1, ""),
    "a later date alone": (ENGLISH, 3, ""),
    "white space": (ENGLISH.replace(", ", ",\n   "), 3, ""),
    "line ends around paragraphs": (f"\n{ENGLISH}\n", 3, ""),
    "an entity for a sign": (ENGLISH.replace("and", "&amp;#97;nd"), 3, ""),
    "the number of comments": (ENGLISH, 3, '<total xmlns="http://purl.org/syndication/thread/1.0">7</total>'),
}


@pytest.mark.parametrize(("words", "updated", "more"), LAID_OUT.values(), ids=LAID_OUT)
def test_what_changes_nothing_for_a_reader_moves_nothing(quay: Rounds, words: str, updated: int, more: str) -> None:
    before = quay.find("/bell/")
    shown = polled_again(quay, bell(quay, words, updated=updated, more=more))
    assert when(shown) == before.entry.updated
    assert NOTE not in text(shown)
    assert quay.find("/bell/").reworded == before.reworded


def test_another_credit_is_news_but_no_change_of_the_words(quay: Rounds) -> None:
    renamed = entry(quay.upstream, "/bell/").replace("Ada Quist", "Ada Quist-Moor")
    shown = polled_again(quay, atom(quay.upstream, renamed))
    assert when(shown) == quay.now
    assert NOTE not in text(shown)


def test_what_we_mend_ourselves_is_no_correction(quay: Rounds) -> None:
    (quay.folder / "overrides").mkdir()
    words = f'entry = "{quay.upstream.url("/bell/")}"\nwhy = "her letter"\ntitle = "The bell"\n'
    (quay.folder / "overrides/bell.toml").write_text(words)
    quay.settings += '\nlicence = "CC-BY-4.0"'
    shown = polled_again(quay)
    assert (shown.title, NOTE in text(shown)) == ("The bell", False)


def test_a_clock_ahead_of_ours_is_no_correction(tmp_path: Path) -> None:
    with serve({}) as upstream:
        upstream.replies["/quay"] = atom(upstream, entry(upstream, "/bell/", day=3))
        rounds = Rounds(upstream, tmp_path, settings='full_text = "never"')
        rounds.environ[ASKED] = "true"
        rounds.once()
        assert NOTE.encode() not in rounds.published("all/feed.atom")


def test_a_publication_tells_corrections_only_where_it_is_asked_to_and_from_then_on(quay: Rounds) -> None:
    quay.environ[ASKED] = "false"
    reply = bell(quay, CHANGED, updated=3)
    told = polled_again(quay, reply)
    assert NOTE not in text(told)
    quay.environ[ASKED] = "true"
    again = polled_again(quay)
    assert f"{NOTE}3, 2026." in text(again)
    assert again.updated == told.updated


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
def test_down_the_relay_a_correction_is_told_once_in_the_words_of_each(quay: Rounds, tmp_path: Path, kind: str) -> None:
    below = Rounds(quay.upstream, tmp_path / "below", names=("ours",), settings='full_text = "never"')
    below.environ = {"SYNDICATOR_SITE__BASE_URL": f"{BASE}:81", ASKED: "true"}
    below.environ["SYNDICATOR_PUBLICATIONS__ALL__LANGUAGE"] = "de"
    below.folder.mkdir()

    def relayed() -> str:
        below.upstream.replies["/ours"] = Reply(quay.published(f"all/feed.{kind}"))
        below.now = quay.now + timedelta(hours=1)
        below.once()
        (one,) = feedparser.parse(below.published("all/feed.atom")).entries
        return text(one)

    assert "Korrigiert" not in relayed()
    quay.environ["SYNDICATOR_PUBLICATIONS__ALL__LANGUAGE"] = "fr"
    polled_again(quay)
    assert "Korrigiert" not in relayed(), "another language of our own words changes none of upstream's"
    polled_again(quay, bell(quay, CHANGED, updated=4))
    told = relayed()
    assert (told.count("Korrigiert am 4. November 2026."), "Correction" in told) == (1, False)


def test_a_translation_in_a_feed_is_corrected_as_any_text(quay: Rounds) -> None:
    from_german = via(quay.upstream, "/glocke/", "de")
    polled_again(quay, bell(quay, more=from_german))
    shown = polled_again(quay, bell(quay, CHANGED, more=from_german))
    assert f"{NOTE}4, 2026." in text(shown)
