"""The relay: an original, a translation of it, and three installations in a row, each republishing the one before.

The second follows the first's Atom feed, the third the second's RSS. What the first knew, all know; a changed original
and a take-down reach all, within one poll each.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.installation import Installation, install
from tests.upstream import Reply, Upstream, serve

GERMAN = "Die Glocke läutete über dem Wasser, und niemand am Kai sprach ein Wort. " * 16
ENGLISH = "The bell rang over the water, and nobody on the quay said a word about it. " * 16
SECRET = "Nobody but the keeper knew where the second key was hidden."


def feed(upstream: Upstream, name: str, language: str, *entries: str) -> Reply:
    head = (
        f"<id>{upstream.url(f'/{name}/')}</id><title>{name.title()}</title><updated>2026-11-01T00:00:00Z</updated>"
        f'<link href="{upstream.url(f"/{name}/")}"/>'
        '<link rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/"/>'
    )
    spaces = 'xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"'
    return Reply(f'<feed {spaces} xml:lang="{language}">{head}{"".join(entries)}</feed>'.encode())


def original(upstream: Upstream, words: str = GERMAN, day: int = 1) -> str:
    return (
        f"<entry><id>{upstream.url('/lighthouse/glocke/')}</id><title>Die Nebelglocke</title>"
        f'<link href="{upstream.url("/lighthouse/glocke/")}"/><author><name>Ada Quist</name></author>'
        f"<published>2026-10-01T08:00:00Z</published><updated>2026-10-{day:02}T08:00:00Z</updated>"
        f'<content type="html">&lt;p&gt;{words}&lt;/p&gt;</content></entry>'
    )


def translation(upstream: Upstream) -> str:
    return (
        f"<entry><id>{upstream.url('/quay/?p=7')}</id><title>The fog bell</title>"
        f'<link href="{upstream.url("/quay/bell/")}"/><author><name>Ada Quist</name></author>'
        f'<link rel="via" href="{upstream.url("/lighthouse/glocke/")}" hreflang="de"/>'
        "<published>2026-10-05T08:00:00Z</published><updated>2026-10-05T08:00:00Z</updated>"
        f'<content type="html">&lt;p&gt;{ENGLISH}&lt;/p&gt;&lt;p&gt;{SECRET}&lt;/p&gt;'
        "&lt;p&gt;Translated from the German by Maren Oakes&lt;/p&gt;</content></entry>"
    )


@dataclass
class Relay:
    """The upstream and the installations in the order of the relay, each serving what it publishes."""

    upstream: Upstream
    places: tuple[Installation, ...]

    def round(self) -> None:
        """One poll a hop, from the first on."""
        for number, place in enumerate(self.places):
            names = ("lighthouse", "quay") if number == 0 else ("before",)
            done = place.run("once", *names)
            assert done.returncode == 0, done.stdout + done.stderr
            for kind in ("atom", "rss"):
                self.upstream.replies[f"/hop{number}/all/feed.{kind}"] = Reply(place.read(f"all/feed.{kind}"))

    def told(self, number: int) -> dict[str, Any]:
        """What installation `number` tells of the translation."""
        entries = json.loads(self.places[number].read("all/feed.json"))["items"]
        return next(entry for entry in entries if entry["title"] == "The fog bell")


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Relay]:
    with serve({}) as upstream:
        upstream.replies |= {
            "/lighthouse/feed": feed(upstream, "lighthouse", "de", original(upstream)),
            "/quay/feed": feed(upstream, "quay", "en", translation(upstream)),
        }
        sources = (
            {"lighthouse": upstream.url("/lighthouse/feed"), "quay": upstream.url("/quay/feed")},
            {"before": upstream.url("/hop0/all/feed.atom")},
            {"before": upstream.url("/hop1/all/feed.rss")},
        )
        places = tuple(
            install(tmp_path_factory.mktemp(f"hop{number}"), feeds, terms='full_text = "never"')
            for number, feeds in enumerate(sources)
        )
        yield Relay(upstream, places)


def facts(entry: dict[str, Any]) -> dict[str, Any]:
    """What must be the same at every hop; of the evidence the words as printed."""
    ours = entry["_syndicator"]
    credits = [
        {**credit, "evidence": "; ".join(f"{one['where']}: {one['text']}" for one in credit["evidence"])}
        for credit in ours["credits"]
    ]
    same = {name: entry.get(name) for name in ("id", "url", "external_url", "title", "language", "date_published")}
    terms = {name: ours["licence"][name] for name in ("id", "url", "permits")}
    return {**same, "credits": credits, "provenance": ours["provenance"], "original": ours["original"], **terms}


def test_what_the_first_knew_all_know(relay: Relay) -> None:
    relay.round()
    first = facts(relay.told(0))
    assert {(credit["role"], credit["name"]) for credit in first["credits"]} >= {
        ("author", "Ada Quist"),
        ("translator", "Maren Oakes"),
    }
    assert first["original"]["url"] == relay.upstream.url("/lighthouse/glocke/")
    assert [facts(relay.told(number)) for number in (1, 2)] == [first, first]


def test_the_credit_is_said_once_at_every_hop(relay: Relay) -> None:
    for number in range(3):
        assert relay.told(number)["content_html"].count("Maren Oakes") == 1


def test_a_changed_original_makes_the_translation_stale_at_every_hop(relay: Relay) -> None:
    states = [relay.told(number)["_syndicator"]["translation"]["state"] for number in range(3)]
    assert states == ["current"] * 3
    changed = original(relay.upstream, GERMAN.replace("niemand", "beinahe niemand"), day=20)
    relay.upstream.replies["/lighthouse/feed"] = feed(relay.upstream, "lighthouse", "de", changed)
    relay.round()
    for number in range(3):
        assert relay.told(number)["_syndicator"]["translation"]["state"] == "stale"
        assert "The original has changed" in relay.told(number)["content_html"]


def test_a_withdrawn_translation_is_gone_at_every_hop_within_one_poll_each(relay: Relay) -> None:
    grave = f'<at:deleted-entry ref="{relay.upstream.url("/quay/?p=7")}" when="2026-11-03T00:00:00Z"/>'
    relay.upstream.replies["/quay/feed"] = feed(relay.upstream, "quay", "en", grave)
    relay.round()
    for place in relay.places:
        assert SECRET.encode() not in b"".join(path.read_bytes() for path in place.output.rglob("*") if path.is_file())
        assert SECRET not in stored_text(place.folder / "syndicator.db")


def stored_text(database: Path) -> str:
    """Every entry that the store holds, decoded."""
    from syndicator.model import Entry, ParsedEntry
    from syndicator.store.codec import unpack

    with sqlite3.connect(database) as opened:
        rows = opened.execute("SELECT entry, raw FROM texts").fetchall()
    return "".join(str(unpack(Entry, entry)) + str(unpack(ParsedEntry, raw)) for entry, raw in rows)
