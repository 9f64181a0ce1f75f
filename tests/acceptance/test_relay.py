"""The relay: an original, a translation of it, and three installations in a row, each republishing the one before.

The first follows both by Atom, the second the first by Atom, the third the second by RSS alone. What the first knew,
all know; a changed original and a take-down reach all, within one poll each. The tests are one story, in order.
"""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from syndicator.web import application
from tests.acceptance.installation import Installation, install
from tests.acceptance.test_subscriber import bytes_of, ready
from tests.upstream import Reply, Upstream, serve

GERMAN = "Die Glocke läutete über dem Wasser, und niemand am Kai sprach ein Wort. " * 16
HIDDEN = "Den zweiten Schlüssel kannte nur die Wärterin."
ENGLISH = "The bell rang over the water, and nobody on the quay said a word about it. " * 16
SECRET = "Nobody but the keeper knew where the second key was hidden."
ORIGINAL, TRANSLATION = "Die Nebelglocke", "The fog bell"
STARTED = datetime.now(UTC)  # the installations have no other clock
LIMIT = 2  # of entries in a feed before the oldest are sealed into an archive


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
        f"<entry><id>{upstream.url('/lighthouse/glocke/')}</id><title>{ORIGINAL}</title>"
        f'<link href="{upstream.url("/lighthouse/glocke/")}"/><author><name>Ada Quist</name></author>'
        f"<published>2026-10-01T08:00:00Z</published><updated>2026-10-{day:02}T08:00:00Z</updated>"
        f'<content type="html">&lt;p&gt;{words}&lt;/p&gt;&lt;p&gt;{HIDDEN}&lt;/p&gt;</content></entry>'
    )


def translation(upstream: Upstream) -> str:
    return (
        f"<entry><id>{upstream.url('/quay/?p=7')}</id><title>{TRANSLATION}</title>"
        f'<link href="{upstream.url("/quay/bell/")}"/>'
        f"<author><name>Ada Quist</name><uri>{upstream.url('/people/ada/')}</uri></author>"
        f'<link rel="via" href="{upstream.url("/lighthouse/glocke/")}" hreflang="de"/>'
        "<published>2026-10-05T08:00:00Z</published><updated>2026-10-05T08:00:00Z</updated>"
        f'<content type="html">&lt;p&gt;{ENGLISH}&lt;/p&gt;&lt;p&gt;{SECRET}&lt;/p&gt;'
        f'&lt;figure&gt;&lt;img src="{upstream.url("/bell.png")}"/&gt;'
        "&lt;figcaption&gt;The bell. Drawing by Lotte Brakel.&lt;/figcaption&gt;&lt;/figure&gt;"
        "&lt;p&gt;Translated from the German by Maren Oakes and Tom Fenwright&lt;/p&gt;</content></entry>"
    )


def others(upstream: Upstream, *days: int) -> str:
    """Entries that come after, and push those that changed before them into an archive."""
    dates = {day: (STARTED + timedelta(hours=1, minutes=day)).isoformat() for day in days}
    return "".join(
        f"<entry><id>{upstream.url(f'/quay/?p={day}')}</id><title>Day {day}</title>"
        f'<link href="{upstream.url(f"/quay/{day}/")}"/><author><name>Emeka Lund</name></author>'
        f"<published>{dates[day]}</published><updated>{dates[day]}</updated>"
        f'<content type="html">&lt;p&gt;What the quay saw on day {day}.&lt;/p&gt;</content></entry>'
        for day in days
    )


def grave(upstream: Upstream, path: str) -> str:
    """That a publisher has taken an entry down (RFC 6721)."""
    return f'<at:deleted-entry ref="{upstream.url(path)}" when="2026-11-03T00:00:00Z"/>'


@dataclass
class Relay:
    """The upstream and the installations in the order of the relay, each serving what it publishes."""

    upstream: Upstream
    places: tuple[Installation, ...]

    def says(self, name: str, *entries: str) -> None:
        """What the feed of `name` says from now on."""
        language = {"lighthouse": "de", "quay": "en"}[name]
        self.upstream.replies[f"/{name}/feed"] = feed(self.upstream, name, language, *entries)

    def round(self) -> None:
        """One poll a hop, from the first on."""
        for number, place in enumerate(self.places):
            self.poll(place, *(("lighthouse", "quay") if number == 0 else ("before",)))
            for kind in ("atom", "rss", "json"):
                self.upstream.replies[f"/hop{number}/all/feed.{kind}"] = Reply(place.read(f"all/feed.{kind}"))

    def poll(self, place: Installation, *names: str) -> None:
        """Poll `names` of one place and publish."""
        done = place.run("once", *names, SYNDICATOR_PUBLICATIONS__ALL__LIMIT=str(LIMIT))
        assert done.returncode == 0, done.stdout + done.stderr

    def told(self, title: str = TRANSLATION) -> list[dict[str, Any]]:
        """What the installations, from the first on, tell of an entry in their feeds."""
        return [told(place, title) for place in self.places]


def told(place: Installation, title: str) -> dict[str, Any]:
    entries = json.loads(place.read("all/feed.json"))["items"]
    return next(entry for entry in entries if entry["title"] == title)


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Relay]:
    with serve({}) as upstream:
        sources = (
            {"lighthouse": upstream.url("/lighthouse/feed"), "quay": upstream.url("/quay/feed")},
            {"before": upstream.url("/hop0/all/feed.atom")},
            {"before": upstream.url("/hop1/all/feed.rss")},
        )
        places = tuple(
            install(tmp_path_factory.mktemp(f"hop{number}"), feeds, terms='full_text = "never"')
            for number, feeds in enumerate(sources)
        )
        relay = Relay(upstream, places)
        relay.says("lighthouse", original(upstream))
        relay.says("quay", translation(upstream))
        yield relay


def facts(entry: dict[str, Any]) -> dict[str, Any]:
    """What must be the same at every hop; of the evidence the words as printed."""
    ours = entry["_syndicator"]
    credits = [
        {**credit, "evidence": "; ".join(f"{one['where']}: {one['text']}" for one in credit["evidence"])}
        for credit in ours["credits"]
    ]
    named = ("id", "url", "external_url", "title", "language", "date_published", "date_modified", "authors")
    same = {name: entry.get(name) for name in named}
    told = {name: ours[name] for name in ("provenance", "original", "licence", "translation")}
    return {**same, "credits": credits, **told}


def test_what_the_first_knew_all_know(relay: Relay) -> None:
    relay.round()
    first, *rest = map(facts, relay.told())
    at = relay.upstream.url
    said = {
        (credit["role"], credit["kind"], credit["name"], credit["uri"], credit["of"]) for credit in first["credits"]
    }
    assert said == {
        ("author", "person", "Ada Quist", at("/people/ada/"), "entry"),
        ("translator", "person", "Maren Oakes", None, "entry"),
        ("translator", "person", "Tom Fenwright", None, "entry"),
        ("illustrator", "person", "Lotte Brakel", None, "image"),
        ("publisher", "organisation", "Quay", at("/quay/"), "hop"),
    }
    assert first["original"]["url"] == at("/lighthouse/glocke/")
    assert first["licence"]["id"] == "CC-BY-SA-4.0"
    assert [(hop["role"], hop["url"]) for hop in first["provenance"]] == [
        ("original", at("/lighthouse/glocke/")),
        ("translation", at("/quay/bell/")),
    ]
    assert rest == [first, first]


def test_of_the_original_too(relay: Relay) -> None:
    first, *rest = map(facts, relay.told(ORIGINAL))
    assert rest == [first, first]


def test_who_follows_by_json_feed_knows_as_much(relay: Relay, tmp_path: Path) -> None:
    place = install(tmp_path, {"before": relay.upstream.url("/hop1/all/feed.json")}, terms='full_text = "never"')
    relay.poll(place, "before")
    for title in (ORIGINAL, TRANSLATION):
        assert facts(told(place, title)) == facts(relay.told(title)[0])


def test_the_credit_is_said_once_at_every_hop(relay: Relay) -> None:
    assert [entry["content_html"].count("Maren Oakes") for entry in relay.told()] == [1, 1, 1]


def test_a_changed_original_makes_the_translation_stale_at_every_hop(relay: Relay) -> None:
    assert states(relay) == ["current"] * 3
    relay.says("lighthouse", original(relay.upstream, GERMAN.replace("niemand", "beinahe niemand"), day=20))
    relay.round()
    assert states(relay) == ["stale"] * 3
    for changed, stale in zip(relay.told(ORIGINAL), relay.told(), strict=True):
        assert "beinahe niemand" in changed["content_html"]
        assert "The original has changed" in stale["content_html"]


def states(relay: Relay) -> list[str]:
    return [entry["_syndicator"]["translation"]["state"] for entry in relay.told()]


def test_the_older_entries_are_sealed_into_an_archive_at_every_hop(relay: Relay) -> None:
    relay.says("quay", others(relay.upstream, 21, 22, 23), translation(relay.upstream))
    relay.round()
    for place in relay.places:
        archive = place.read("all/archive/1.atom").decode()
        assert HIDDEN in archive
        assert SECRET in archive


def test_a_withdrawn_original_is_gone_at_every_hop_within_one_poll_each(relay: Relay) -> None:
    pages = [page_of(place, HIDDEN) for place in relay.places]
    relay.says("lighthouse", grave(relay.upstream, "/lighthouse/glocke/"))
    relay.round()
    for place, page in zip(relay.places, pages, strict=True):
        kept = bytes_of(place.folder)
        assert HIDDEN.encode() not in kept
        assert b"niemand am Kai" not in kept
        assert status(place, page) == 410


def test_its_translation_is_its_own_publishers_to_withdraw_and_stands_with_its_credit(relay: Relay) -> None:
    for place in relay.places:
        page = page_of(place, SECRET)
        assert status(place, page) == 200
        words = place.read(page.removeprefix("/")).decode()
        for word in ("Ada Quist", "Maren Oakes", relay.upstream.url("/lighthouse/glocke/"), "The original has changed"):
            assert word in words


def test_a_withdrawn_translation_is_gone_at_every_hop_within_one_poll_each(relay: Relay) -> None:
    pages = [page_of(place, SECRET) for place in relay.places]
    relay.says("quay", others(relay.upstream, 21, 22, 23), grave(relay.upstream, "/quay/?p=7"))
    relay.round()
    for place, page in zip(relay.places, pages, strict=True):
        assert SECRET.encode() not in bytes_of(place.folder)
        assert status(place, page) == 410


def page_of(place: Installation, words: str) -> str:
    """The address of the entry's page in which `words` stand."""
    (page,) = [path for path in place.output.rglob("entries/*.html") if words in path.read_text("utf-8")]
    return f"/{page.relative_to(place.output)}"


def status(place: Installation, address: str) -> int:
    """What the installation's web server answers."""

    async def ask() -> int:
        server = httpx.ASGITransport(app=application(place.output, ready, lambda: 300))
        async with httpx.AsyncClient(transport=server, base_url="http://relay.example") as client:
            return (await client.get(address)).status_code

    return asyncio.run(ask())
