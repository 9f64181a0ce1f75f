"""Entries of one work, over rounds of polling: translations and their originals, copies, our own text come back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from syndicator import pipeline
from syndicator.doors import Doors
from syndicator.model import Stored
from syndicator.pipeline import deriving
from tests.rounds import BASE, Rounds
from tests.upstream import Reply, Upstream, serve

WORDS = "Die Glocke läutete über dem Wasser, und niemand am Kai sprach ein Wort. " * 16
ENGLISH = "The bell rang over the water, and nobody on the quay said a word about it. " * 16


def atom(upstream: Upstream, *entries: str, more: str = "") -> Reply:
    head = f"<id>{upstream.url('/')}</id><title>Harbour</title><updated>2026-11-01T00:00:00Z</updated>{more}"
    return Reply(f'<feed xmlns="http://www.w3.org/2005/Atom">{head}{"".join(entries)}</feed>'.encode())


def entry(
    upstream: Upstream, path: str, words: str = ENGLISH, *, language: str = "en", day: int = 1, more: str = ""
) -> str:
    url = upstream.url(path)
    when = f"2026-11-{day:02}T08:00:00Z"
    return (
        f'<entry xml:lang="{language}"><id>{url}</id><title>Bell</title><link href="{url}"/><updated>{when}</updated>'
        f"<published>{when}</published><author><name>Ada Quist</name></author>{more}"
        f'<content type="html">&lt;p&gt;{words}&lt;/p&gt;</content></entry>'
    )


def via(upstream: Upstream, path: str, language: str) -> str:
    return f'<link rel="via" href="{upstream.url(path)}" hreflang="{language}"/>'


def bell(upstream: Upstream, path: str = "/bell/", words: str = ENGLISH, *, day: int = 2, more: str = "") -> str:
    """A print of the English translation."""
    original = via(upstream, "/glocke/", "de")
    return entry(upstream, path, f"{words}&lt;/p&gt;&lt;p&gt;Translated by Maren Oakes", day=day, more=more or original)


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[Rounds]:
    """Lighthouse publishes in German, Quay its English translation."""
    with serve({}) as upstream:
        upstream.replies["/lighthouse"] = atom(upstream, entry(upstream, "/glocke/", WORDS, language="de"))
        upstream.replies["/quay"] = atom(upstream, bell(upstream))
        yield Rounds(upstream, tmp_path, names=("quay",), settings='full_text = "never"')


def state(stored: Stored) -> str:
    assert stored.entry.translation
    return stored.entry.translation.state


def test_a_translation_is_current_once_its_original_is_followed_and_stale_once_that_changes(harbour: Rounds) -> None:
    harbour.once()
    assert state(harbour.find("/bell/")) == "unknown"
    harbour.names = ("quay", "lighthouse")
    harbour.once()
    assert state(harbour.find("/bell/")) == "current"
    changed = entry(harbour.upstream, "/glocke/", WORDS.replace("Wort", "einziges Wort"), language="de", day=3)
    harbour.upstream.replies["/lighthouse"] = atom(harbour.upstream, changed)
    harbour.now += timedelta(days=2)
    harbour.once()
    assert state(harbour.find("/bell/")) == "stale"
    assert b"stale" in harbour.published("all/feed.atom")


def test_a_followed_original_lends_its_name_and_day(harbour: Rounds) -> None:
    harbour.names = ("quay", "lighthouse")
    harbour.once()
    first = harbour.find("/bell/").entry.provenance[0]
    assert (first.role, first.publisher, first.date) == ("original", "Harbour", datetime(2026, 11, 1, 8, tzinfo=UTC))
    assert b"Harbour</bdi>" in harbour.published("all/feed.json")


def test_an_original_that_comes_while_its_translation_is_made_is_known_to_it(
    harbour: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = deriving.entries.save
    harbour.names = ("quay", "lighthouse")

    async def overtaken(doors: Doors) -> None:
        await pipeline.sync(doors)
        (quay,), (lighthouse,) = [await pipeline.claim(doors, 1, [name]) for name in harbour.names]

        async def after_the_original(*values: Any, **named: Any) -> None:
            monkeypatch.setattr(deriving.entries, "save", save)
            await pipeline.poll(doors, lighthouse)
            await save(*values, **named)

        monkeypatch.setattr(deriving.entries, "save", after_the_original)
        await pipeline.poll(doors, quay)
        await pipeline.settle(doors)

    harbour.doing(overtaken)
    assert state(harbour.find("/bell/")) == "current"


def test_a_later_version_of_the_translation_is_current_again(harbour: Rounds) -> None:
    harbour.names = ("quay", "lighthouse")
    harbour.once()
    harbour.now += timedelta(days=9)
    upstream = harbour.upstream
    upstream.replies["/lighthouse"] = atom(upstream, entry(upstream, "/glocke/", WORDS + "!", language="de", day=3))
    harbour.once()
    upstream.replies["/quay"] = atom(upstream, bell(upstream, words=ENGLISH + "!", day=4))
    harbour.once()
    assert state(harbour.find("/bell/")) == "current"


def test_what_we_mend_of_an_original_makes_no_translation_stale(harbour: Rounds) -> None:
    harbour.names = ("quay", "lighthouse")
    harbour.once()
    harbour.now += timedelta(days=9)
    (harbour.folder / "overrides").mkdir()
    words = f'entry = "{harbour.upstream.url("/glocke/")}"\nwhy = "her letter"\nauthor = ["Ida Brandt"]\n'
    (harbour.folder / "overrides/bell.toml").write_text(words)
    harbour.once()
    author = harbour.find("/glocke/").entry.credits[0].agent.name
    assert (author, state(harbour.find("/bell/"))) == ("Ida Brandt", "current")


def test_a_copy_that_names_where_it_comes_from_is_not_shown_beside_it(harbour: Rounds) -> None:
    upstream = harbour.upstream
    from_quay = via(upstream, "/bell/", "en")
    upstream.replies["/mole"] = atom(upstream, bell(upstream, "/mole/bell/", day=5, more=from_quay))
    harbour.names = ("mole", "quay")
    harbour.once()
    shown = feedparser.parse(harbour.published("all/feed.atom")).entries
    assert [one.link for one in shown] == [upstream.url("/bell/")]


def test_two_prints_of_one_translation_are_one_work_though_neither_names_the_other(harbour: Rounds) -> None:
    upstream = harbour.upstream
    upstream.replies["/mole"] = atom(upstream, bell(upstream, "/mole/bell/", day=5))
    harbour.names = ("quay", "mole")
    harbour.once()
    shown = feedparser.parse(harbour.published("all/feed.atom")).entries
    assert [one.link for one in shown] == [upstream.url("/bell/")]


def test_our_own_text_that_a_partner_brings_back_is_not_shown_again(harbour: Rounds) -> None:
    upstream = harbour.upstream
    source = f"<source><id>{BASE}/all/feed.atom</id><title>Ours</title><updated>2026-11-01T00:00:00Z</updated></source>"
    upstream.replies["/mole"] = atom(upstream, entry(upstream, "/mole/bell/", day=5, more=source))
    harbour.names = ("mole",)
    harbour.once()
    assert feedparser.parse(harbour.published("all/feed.atom")).entries == []
