"""The stages in order: one entry from bytes to what we say of it. First an invented relay, then the real one."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml.html import fragment_fromstring

from syndicator.chain import Material, derive, parse
from syndicator.model import Derived, Document, FeedHead, ParsedEntry, Permission, Refused, Source, Subscription, Text
from syndicator.stages.normalise import body_text, same_article, standfirst

CORPUS = Path(__file__).parent / "corpus"
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
LANTERN = Subscription(name="lantern", url="https://lantern.example/feed/")


def document(path: Path, url: str) -> Document:
    return Document(body=path.read_bytes(), url=url)


def derived(feed: Path, comments: Path, subscription: Subscription) -> Derived:
    parsed = parse(document(feed, subscription.url))
    material = Material(parsed=parsed.entries[0], id="urn:x", comments=(document(comments, subscription.url),))
    return derive([material], parsed.head, subscription, NOW)[0]


def text_of(markup: str) -> str:
    return body_text(fragment_fromstring(markup, create_parent="div"))


@pytest.fixture(scope="module")
def relay() -> Derived:
    return derived(CORPUS / "relay_feed.xml", CORPUS / "relay_comments.xml", LANTERN)


def test_an_entry_carries_its_people_and_its_origin(relay):
    people = {credit.role: credit.agent.name for credit in relay.entry.credits}
    assert people == {
        "author": "The editors of fjordlos.example",
        "translator": "Ada Brook",
        "illustrator": "the volunteers of Quay Nine",
        "publisher": "Lantern Weekly",
    }
    assert [(hop.role, hop.publisher, hop.language) for hop in relay.entry.provenance] == [
        ("original", "fjordlos.example", "no"),
        ("translation", "Lantern Weekly", "en-GB"),
    ]
    assert (relay.entry.translation.from_language, relay.entry.translation.state) == ("no", "unknown")


def test_the_credit_line_is_lifted_from_the_content(relay):
    assert "Translated by" not in relay.entry.content_html
    assert relay.entry.untouched_html == ""


def test_the_credit_line_stays_where_the_licence_forbids_changes():
    terms = replace(LANTERN, permission=None, licence="CC-BY-ND-4.0")
    entry = derived(CORPUS / "relay_feed.xml", CORPUS / "relay_comments.xml", terms).entry
    assert entry.release.scope == "untouched"
    assert "Translated by Ada Brook." in entry.untouched_html


def test_the_address_is_without_tracking_and_the_title_is_text(relay):
    assert relay.entry.url == "https://lantern.example/2024/03/05/why-the-ferries-stopped/"
    assert relay.entry.title == "Why the ferries stopped: a view from the far shore’s pilots"


def test_the_responses_come_with_the_entry(relay):
    assert [(response.kind, response.author, response.site) for response in relay.responses] == [
        ("pingback", None, "Harbour Notebook"),
        ("comment", "Mo", None),
    ]
    assert relay.entry.comments_count == 2


def test_nothing_stated_is_an_excerpt_and_a_permission_is_the_whole(relay):
    assert relay.entry.release.scope == "excerpt"
    letter = replace(LANTERN, permission=Permission(sentence="letter"))
    assert derived(CORPUS / "relay_feed.xml", CORPUS / "relay_comments.xml", letter).entry.release.scope == "whole"


def simple(**fields) -> Material:
    return Material(parsed=ParsedEntry(fingerprint="f", **fields), id="urn:x")


def test_a_summary_stands_in_for_missing_content():
    entry = derive([simple(summary=Text(value="A & B"))], FeedHead(), LANTERN, NOW)[0].entry
    assert (entry.content_html, entry.summary_html) == ("<p>A &amp; B</p>", "<p>A &amp; B</p>")


def test_an_empty_entry_is_an_entry():
    entry = derive([simple()], FeedHead(), LANTERN, NOW)[0].entry
    assert (entry.title, entry.content_html, entry.url, entry.published) == ("", "", None, NOW)


def test_entries_that_nobody_dates_keep_the_feeds_order_and_the_date_they_got():
    materials = [simple(position=position) for position in range(3)]
    dates = [one.entry.published for one in derive(materials, FeedHead(), LANTERN, NOW)]
    assert dates == sorted(set(dates), reverse=True)
    assert dates[0] == NOW
    later = [replace(one, dated=date) for one, date in zip(reversed(materials), dates, strict=True)]
    again = derive(later, FeedHead(), LANTERN, NOW + timedelta(days=1))
    assert [(one.entry.published, one.entry.updated) for one in again] == [(date, date) for date in dates]


@pytest.mark.parametrize("own", [None, Source(title="Elsewhere", updated=datetime(9999, 12, 31, tzinfo=UTC))])
def test_a_source_did_not_change_when_it_cannot_have(own):
    head = FeedHead(updated=datetime(103, 12, 13, tzinfo=UTC))
    assert derive([simple(source=own)], head, LANTERN, NOW)[0].entry.source.updated is None
    head = FeedHead(updated=NOW - timedelta(days=1))
    assert derive([simple()], head, LANTERN, NOW)[0].entry.source.updated == head.updated


def test_language_is_the_entrys_else_the_feeds_else_the_settings():
    settings, head = replace(LANTERN, language="sv"), FeedHead(language="en_gb")
    said = [derive([simple(language=own)], head, settings, NOW)[0].entry for own in ("ar", None)]
    assert [(entry.language, entry.direction) for entry in said] == [("ar", "rtl"), ("en-GB", "ltr")]
    assert derive([simple()], FeedHead(), settings, NOW)[0].entry.language == "sv"


def test_one_bad_entry_is_refused_in_its_place_and_touches_no_other():
    def fussy(entry):
        if entry.title == "bad":
            raise ValueError(entry.title)
        return replace(entry, title=entry.title.upper())

    materials = [simple(title=Text(value=title)) for title in ("a", "bad", "c")]
    first, second, third = derive(materials, FeedHead(), LANTERN, NOW, [fussy])
    assert (first.entry.title, third.entry.title) == ("A", "C")
    assert isinstance(second, Refused)
    assert "ValueError: bad" in second.why


def test_an_unreadable_comment_feed_is_a_note():
    material = replace(simple(), comments=(Document(body=b"<html>no feed", url="https://lantern.example/c"),))
    entry = derive([material], FeedHead(), LANTERN, NOW)[0].entry
    assert [note.code for note in entry.notes] == ["comments-unread"]


def test_the_source_has_an_author_where_the_feed_has_none():
    entry = derive([simple()], FeedHead(title="Lantern", self_url="https://lantern.example/feed/"), LANTERN, NOW)[
        0
    ].entry
    assert (entry.source.id, entry.source.authors[0].name) == ("https://lantern.example/feed/", "Lantern")


# ── the real case ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def expected(shared) -> dict:
    return json.loads((shared / "data/seed/expected.json").read_text())


@pytest.fixture(scope="module")
def seed(shared) -> Derived:
    folder = shared / "data/seed"
    subscription = Subscription(name="rs21", url="https://www.rs21.org.uk/feed/")
    return derived(folder / "feed.xml", folder / "comments.xml", subscription)


def rfc3339(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_seed_title_address_language_and_date(seed, expected):
    entry = seed.entry
    said = {
        "title": entry.title,
        "canonical_url": entry.url,
        "language": entry.language,
        "published": rfc3339(entry.published),
    }
    assert said == {key: expected[key] for key in said}
    ours = {same_article(url) for url in expected["same_article_urls"] if "?p=" not in url}
    assert ours == {same_article(entry.url)}


def test_seed_credits_are_exactly_those_expected(seed, expected):
    said = [(credit.role, credit.agent.kind, credit.agent.name, credit.of) for credit in seed.entry.credits]
    assert said == [(credit["role"], credit["kind"], credit["name"], credit["of"]) for credit in expected["credits"]]
    uris = [credit.agent.uri for credit in seed.entry.credits]
    assert uris == [credit.get("uri") for credit in expected["credits"]]
    assert all(credit.evidence for credit in seed.entry.credits)


def test_seed_original_and_provenance(seed, expected):
    original = seed.entry.original
    assert {"url": original.url, "site": original.site, "language": original.language} == expected["original"]
    hops = [
        {"role": hop.role, "url": hop.url, "publisher": hop.publisher, "language": hop.language}
        | ({"date": rfc3339(hop.date)} if hop.date else {})
        for hop in seed.entry.provenance
    ]
    assert hops == expected["provenance"]


def test_seed_text_is_the_ten_paragraphs_character_for_character(seed, expected):
    paragraphs = text_of(seed.entry.content_html).replace("\xa0", " ").split("\n\n")
    assert paragraphs == [paragraph.replace("\xa0", " ") for paragraph in expected["body_text"]]
    assert standfirst(fragment_fromstring(seed.entry.content_html, create_parent="div")) == expected["standfirst"]


def test_seed_content_says_nothing_twice_and_nothing_of_the_feeds(seed, expected):
    content = seed.entry.content_html
    assert "Translated by" not in content
    assert not [words for words in expected["absent_from_body"] if words in content]
    assert not [name for name in expected["tracking_parameters_removed"] if name in content]
    assert not [
        words
        for words in expected["editorial_interpolations_kept"]
        if words not in text_of(content).replace("\xa0", " ")
    ]
    image = expected["images"][0]
    assert [(image.src, image.caption) for image in seed.entry.images] == [(image["src"], image["caption"])]
    assert len(re.findall(re.escape(image["caption"]), content)) == image["caption_printed"]


def test_seed_responses(seed, expected):
    ping, *comments = seed.responses
    told, *others = expected["responses"]
    assert (ping.kind, ping.title, ping.site, rfc3339(ping.published)) == tuple(
        told[key] for key in ("kind", "title", "site", "published")
    )
    assert (ping.content_text, list(ping.marks), ping.truncated) == (told["content_text"], told["marks"], None)
    said = [(one.kind, one.author, rfc3339(one.published), one.content_text.count("\n\n") + 1) for one in comments]
    assert said == [(one["kind"], one["author"], one["published"], one["paragraphs"]) for one in others]


def test_seed_licence(seed, expected):
    assert (seed.entry.licence.id, list(seed.entry.licence.permits)) == (
        expected["licence"]["id"],
        expected["licence"]["permits"],
    )
