"""The responses to the project's first case: from its comment feed alone, its page alone, and both together."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from syndicator.chain import Material, derive, parse
from syndicator.model import Derived, Document, FeedHead, ParsedEntry, ParsedFeed, Response, Subscription
from syndicator.stages.responses import read_page_responses, read_responses

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def _document(seed: Path, name: str, url: str) -> Document:
    return Document(body=(seed / name).read_bytes(), url=url)


def _from_feed(seed: Path, url: str) -> tuple[Response, ...]:
    feed = parse(_document(seed, "comments.xml", url + "feed/"))
    assert isinstance(feed, ParsedFeed)
    return read_responses(feed, url)


def _from_page(seed: Path, url: str) -> tuple[Response, ...]:
    return read_page_responses(_document(seed, "page.html", url), url)


def _from_both(seed: Path, url: str) -> tuple[Response, ...]:
    page, comments = _document(seed, "page.html", url), _document(seed, "comments.xml", url + "feed/")
    material = Material(parsed=ParsedEntry(fingerprint="", link=url), id=url, page=page, comments=(comments,))
    (derived,) = derive([material], FeedHead(), Subscription(name="seed", url=url), NOW)
    assert isinstance(derived, Derived)
    return derived.responses


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((shared / "data/seed/expected.json").read_text())
    return told


@pytest.fixture(params=[_from_feed, _from_page, _from_both], ids=["feed", "page", "both"])
def responses(request: pytest.FixtureRequest, shared: Path, expected: dict[str, Any]) -> tuple[Response, ...]:
    read: tuple[Response, ...] = request.param(shared / "data/seed", expected["canonical_url"])
    return read


def test_each_response_is_there_once_in_order_with_its_kind_and_time(
    responses: tuple[Response, ...], expected: dict[str, Any]
) -> None:
    told = [(one["kind"], one.get("author"), datetime.fromisoformat(one["published"])) for one in expected["responses"]]
    assert [(one.kind, one.author, one.published) for one in responses] == told


def test_the_ping_has_title_site_words_and_mark(responses: tuple[Response, ...], expected: dict[str, Any]) -> None:
    ping, told = responses[0], expected["responses"][0]
    assert (ping.title, ping.site, ping.truncated) == (told["title"], told["site"], None)
    assert (ping.content_text, list(ping.marks)) == (told["content_text"], told["marks"])


def test_comments_have_their_paragraphs_and_links(responses: tuple[Response, ...], expected: dict[str, Any]) -> None:
    for comment, told in zip(responses[1:], expected["responses"][1:], strict=True):
        assert len(comment.content_text.split("\n\n")) == told["paragraphs"]
        assert told.get("links_to", "") in comment.content_text


def test_only_the_page_gives_the_address_of_the_pings_source(shared: Path, expected: dict[str, Any]) -> None:
    seed, url, told = shared / "data/seed", expected["canonical_url"], expected["responses"][0]["uri"]
    assert [read(seed, url)[0].uri for read in (_from_feed, _from_page, _from_both)] == [None, told, told]


def test_feed_and_page_say_the_same_words(shared: Path, expected: dict[str, Any]) -> None:
    seed, url = shared / "data/seed", expected["canonical_url"]
    assert [one.content_text for one in _from_feed(seed, url)] == [one.content_text for one in _from_page(seed, url)]
