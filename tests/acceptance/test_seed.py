"""The project's first case, end to end: a real translated article with its comment feed, followed and republished.

The site is served on loopback: its own address in the documents, and in what is expected of them, becomes the server's.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree, html

from tests.acceptance.installation import Installation, install
from tests.upstream import Reply, Upstream, serve

SITE = "https://www.rs21.org.uk"
ARTICLE = "/2015/09/18/why-russia-backs-assad-a-view-from-russias-anti-imperialist-left/"


@dataclass(frozen=True)
class Republished:
    place: Installation
    upstream: Upstream
    expected: dict[str, Any]
    output: str


@pytest.fixture(scope="module")
def seed(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Republished]:
    """The seed's feed and comment feed on loopback, after one `syndicator once`."""
    with serve({}) as upstream:

        def moved(name: str) -> bytes:
            return (shared / "data/seed" / name).read_bytes().replace(SITE.encode(), upstream.origin.encode())

        upstream.replies |= {"/feed/": Reply(moved("feed.xml")), f"{ARTICLE}feed/": Reply(moved("comments.xml"))}
        place = install(tmp_path_factory.mktemp("seed"), {"rs21": upstream.url("/feed/")})
        done = place.run("once")
        assert done.returncode == 0, done.stdout + done.stderr
        yield Republished(place, upstream, json.loads(moved("expected.json")), done.stdout)


@pytest.fixture(scope="module")
def atom(seed: Republished) -> Any:
    return feedparser.parse(seed.place.read("all/feed.atom"))


@pytest.fixture(scope="module")
def jsonfeed(seed: Republished) -> Any:
    return json.loads(seed.place.read("all/feed.json"))


def test_title_address_language_and_date_arrive(atom: Any, seed: Republished) -> None:
    entry, expected = atom.entries[0], seed.expected
    assert entry.title == expected["title"]
    assert entry.link == expected["canonical_url"]
    assert entry.title_detail.language == expected["language"]
    assert datetime.fromisoformat(entry.published) == datetime.fromisoformat(expected["published"])


def test_the_author_is_who_wrote_it_and_not_the_site_that_printed_it(atom: Any) -> None:
    assert [author.name for author in atom.entries[0].authors] == ["The editors of openleft.ru"]


def test_the_translator_is_credited_in_all_three_feeds(atom: Any, jsonfeed: Any, seed: Republished) -> None:
    assert [person.name for person in atom.entries[0].contributors] == ["Nick Evans"]
    rss = seed.place.read("all/feed.rss").decode()
    assert "<dc:contributor>Nick Evans</dc:contributor>" in rss
    translators = [c["name"] for c in jsonfeed["items"][0]["_syndicator"]["credits"] if c["role"] == "translator"]
    assert translators == ["Nick Evans"]


def test_every_atom_document_is_valid(seed: Republished, shared: Path) -> None:
    schema = etree.RelaxNG(etree.parse(shared / "data/schema/atom.rng"))
    published = sorted(seed.place.output.rglob("*.atom"))
    assert {path.parent.name for path in published} == {"all", "entries", "people"}
    assert [path for path in published if not schema.validate(etree.parse(path))] == []


def test_every_expected_credit_arrives_and_no_other(jsonfeed: Any, seed: Republished) -> None:
    facts = ("role", "kind", "name", "of")
    arrived = {tuple(credit[fact] for fact in facts) for credit in jsonfeed["items"][0]["_syndicator"]["credits"]}
    assert arrived == {tuple(credit[fact] for fact in facts) for credit in seed.expected["credits"]}


def test_the_original_is_linked(atom: Any, jsonfeed: Any, seed: Republished) -> None:
    via = [link for link in atom.entries[0].links if link.rel == "via"]
    assert [(link.href, link.hreflang) for link in via] == [("http://openleft.ru/?p=6854", "ru")]
    assert jsonfeed["items"][0]["external_url"] == seed.expected["original"]["url"]


def test_the_hops_arrive_in_order(jsonfeed: Any, seed: Republished) -> None:
    hops = jsonfeed["items"][0]["_syndicator"]["provenance"]
    arrived = [{k: v.replace("+00:00", "Z") for k, v in hop.items() if v} for hop in hops]
    assert arrived == seed.expected["provenance"]


def test_the_ten_paragraphs_arrive_character_for_character(jsonfeed: Any, seed: Republished) -> None:
    paragraphs = [_spaced(p.text_content()) for p in _content(jsonfeed).iter("p")]
    expected = [_spaced(text) for text in seed.expected["body_text"]]
    assert [text for text in paragraphs if text in expected] == expected


def test_the_caption_is_said_once(jsonfeed: Any, seed: Republished) -> None:
    assert _spaced(_content(jsonfeed).text_content()).count(seed.expected["images"][0]["caption"]) == 1


def test_the_credit_line_is_said_once(jsonfeed: Any) -> None:
    text = _spaced(_content(jsonfeed).text_content())
    assert text.count("Nick Evans") == 1


def test_bracketed_interpolations_are_kept(jsonfeed: Any, seed: Republished) -> None:
    text = _spaced(_content(jsonfeed).text_content())
    assert [part for part in seed.expected["editorial_interpolations_kept"] if part not in text] == []


def test_footers_forms_and_tracking_are_gone(jsonfeed: Any, seed: Republished) -> None:
    markup = jsonfeed["items"][0]["content_html"]
    unwanted = seed.expected["absent_from_body"] + seed.expected["tracking_parameters_removed"]
    assert [part for part in unwanted if part in markup] == []


def test_the_pingback_is_told_from_the_two_comments(seed: Republished) -> None:
    pings = feedparser.parse(seed.place.read("all/responses.atom")).entries
    expected = next(response for response in seed.expected["responses"] if response["kind"] == "pingback")
    assert len(pings) == seed.expected["responses_total"]["pings"]
    assert expected["title"] in pings[0].title
    assert "pingback" in [tag.term for tag in pings[0].tags]


def test_names_and_words_of_commenters_do_not_leave_the_house(seed: Republished) -> None:
    everything = b"".join(path.read_bytes() for path in seed.place.output.rglob("*") if path.is_file())
    assert b"My enemies enemy" not in everything
    assert b"J R" not in everything


def test_asked_again_the_server_answers_304_and_nothing_is_written(seed: Republished) -> None:
    before = _snapshot(seed.place.output)
    again = seed.place.run("once", "rs21")
    first, *_, last = seed.upstream.asked("/feed/")
    assert again.returncode == 0
    assert "not modified (304)" in again.stdout
    assert "If-None-Match" in last.headers
    assert "If-None-Match" not in first.headers
    assert _snapshot(seed.place.output) == before


def _content(jsonfeed: Any) -> html.HtmlElement:
    return html.fragment_fromstring(jsonfeed["items"][0]["content_html"], create_parent="div")


def _spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _snapshot(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(p): (p.read_bytes(), p.stat().st_mtime_ns, p.stat().st_ino) for p in files}
