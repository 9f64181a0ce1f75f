"""What parsing takes from a feed, fact by fact, on invented feeds of each format."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syndicator.model import (
    Document,
    Enclosure,
    Extension,
    Link,
    ParsedEntry,
    ParsedFeed,
    Person,
    Refused,
    Source,
    Text,
    Tombstone,
)
from syndicator.stages.parse import parse

CORPUS = Path(__file__).parent / "corpus" / "parse"


def read(name: str, url: str) -> ParsedFeed:
    feed = parse(Document(body=(CORPUS / name).read_bytes(), url=url))
    assert isinstance(feed, ParsedFeed)
    return feed


BULLETIN = read("bulletin.rss", "https://cdn.example/x/feed.xml")
LANTERN = read("lantern.atom", "https://cdn.example/x/feed.xml")
MEADOW = read("meadow.json", "https://meadow.example/feed.json")
COMMONS = read("commons.rdf", "https://commons.example/rdf")
FERRY, SECOND, BARE = BULLETIN.entries
UN, ZWEI = LANTERN.entries
CLOVER, SAME, AGAIN = MEADOW.entries
(COMMON,) = COMMONS.entries
RSS, ATOM = "https://harbour.example/en/", "https://lantern.example/a/"


HEADS = [
    (BULLETIN, "format", "rss20"),
    (BULLETIN, "title", "Harbour Bulletin"),
    (BULLETIN, "subtitle", "Tides & letters"),
    (BULLETIN, "url", "https://harbour.example/"),
    (BULLETIN, "self_url", "https://harbour.example/feed/"),
    (BULLETIN, "hubs", ("https://hub.example/", "https://hub2.example/")),
    (BULLETIN, "language", "en-GB"),
    (BULLETIN, "rights", "© the harbour collective"),
    (BULLETIN, "licences", ("https://creativecommons.org/licenses/by-sa/4.0/",)),
    (BULLETIN, "authors", (Person(name="The Desk", email="desk@harbour.example"),)),
    (BULLETIN, "icon", "https://harbour.example/icon.png"),
    (BULLETIN, "updated", datetime(2026, 11, 10, 10, tzinfo=UTC)),
    (LANTERN, "format", "atom10"),
    (LANTERN, "id", "urn:example:lantern"),
    (LANTERN, "title", "Lantern daily"),
    (LANTERN, "subtitle", "Light & shade"),
    (LANTERN, "url", "https://lantern.example/"),
    (LANTERN, "language", "de"),
    (LANTERN, "icon", "https://lantern.example/favicon.png"),
    (LANTERN, "authors", (Person(name="The Lantern", uri="https://lantern.example/about"),)),
    (MEADOW, "format", "json11"),
    (MEADOW, "url", "https://meadow.example/"),
    (MEADOW, "hubs", ("https://hub.example/",)),
    (MEADOW, "icon", "https://meadow.example/icon.png"),
    (MEADOW, "extensions", (Extension(name="_note", text='{"a":1}'),)),
    (COMMONS, "format", "rss10"),
    (COMMONS, "id", "https://commons.example/rdf"),
    (COMMONS, "language", "es"),
]


@pytest.mark.parametrize(
    ("feed", "field", "expected"), HEADS, ids=[f"{feed.head.format}-{field}" for feed, field, _ in HEADS]
)
def test_a_head_says_what_the_feed_says_of_itself(feed: ParsedFeed, field: str, expected: object) -> None:
    assert getattr(feed.head, field) == expected


def test_a_rhythm_has_every_hour_and_day_and_24_is_midnight() -> None:
    rhythm = BULLETIN.head.rhythm
    assert (rhythm.interval, rhythm.skip_hours, rhythm.skip_days) == (timedelta(minutes=90), (0, 1), (5, 6))


def test_a_rhythm_without_ttl_comes_from_the_update_period_divided_by_its_frequency() -> None:
    assert COMMONS.head.rhythm.interval == timedelta(hours=6)


ENTRIES = [
    (FERRY, "raw_id", "harbour-1"),
    (FERRY, "link", RSS + "ferry?a=1&b=2"),
    (FERRY, "published", datetime(2026, 11, 10, 8, tzinfo=UTC)),
    (FERRY, "authors", (Person(name="Ada Marsh", email="ada@harbour.example"), Person(name="Ben Orloff"))),
    (FERRY, "contributors", (Person(name="Cem Yildiz"), Person(name="Dora Lind"))),
    (FERRY, "categories", ("Sea", "Fog")),
    (FERRY, "summary", Text(value="How a ferry got lost.", html=True, base=RSS, language="en-GB")),
    (FERRY, "comments_url", "https://harbour.example/ferry#comments"),
    (FERRY, "comments_feed", "https://harbour.example/ferry/feed"),
    (FERRY, "comments_count", 7),
    (FERRY, "language", "en-GB"),
    (FERRY, "base", RSS),
    (FERRY, "licences", ("https://creativecommons.org/licenses/by-nd/4.0/",)),
    (FERRY, "source", Source(title="Origin Weekly", self_url="https://origin.example/rss")),
    (
        FERRY,
        "enclosures",
        (
            Enclosure(url="https://harbour.example/ferry.mp3", type="audio/mpeg", length=1234),
            Enclosure(url="https://harbour.example/fog.mp3", type="audio/mpeg"),
        ),
    ),
    (SECOND, "link", "https://harbour.example/second"),
    (SECOND, "published", None),
    (SECOND, "licences", ()),
    (BARE, "raw_id", None),
    (BARE, "link", None),
    (BARE, "title", None),
    (BARE, "content", None),
    (UN, "raw_id", "urn:example:1"),
    (UN, "link", ATOM + "b/one"),
    (UN, "title", Text(value="a < b", html=False, base=ATOM + "b/", language="fr")),
    (UN, "updated", datetime(2026, 11, 11, 8, tzinfo=UTC)),
    (UN, "published", datetime(2026, 11, 10, 9, tzinfo=UTC)),
    (UN, "categories", ("Label one", "t2")),
    (UN, "licences", ("https://creativecommons.org/licenses/by/4.0/",)),
    (UN, "comments_feed", ATOM + "b/one/replies"),
    (UN, "comments_url", ATOM + "b/one#replies"),
    (UN, "comments_count", 5),
    (UN, "in_reply_to", "urn:example:0"),
    (UN, "enclosures", (Enclosure(url=ATOM + "b/one.ogg", type="audio/ogg", length=99),)),
    (UN, "contributors", (Person(name="Kai Lund"), Person(name="Lea Moss"))),
    (ZWEI, "language", "de"),
    (ZWEI, "authors", ()),
    (ZWEI, "content", None),
    (CLOVER, "raw_id", "17"),
    (CLOVER, "link", "https://meadow.example/17"),
    (CLOVER, "title", Text(value="Clover ", base="https://meadow.example/feed.json", language="en")),
    (CLOVER, "authors", (Person(name="Nora Vik", uri="https://nora.example/"),)),
    (CLOVER, "published", datetime(2026, 11, 10, 8, tzinfo=UTC)),
    (CLOVER, "updated", None),
    (CLOVER, "categories", ("plants",)),
    (CLOVER, "enclosures", (Enclosure(url="https://meadow.example/17.mp3", type="audio/mpeg", length=10),)),
    (SAME, "link", None),
    (SAME, "authors", (Person(name="Pia Ahl"),)),
    (SAME, "language", "sv"),
    (COMMON, "raw_id", "https://commons.example/1"),
    (COMMON, "updated", datetime(2026, 11, 10, 10, tzinfo=UTC)),
    (COMMON, "authors", (Person(name="Rosa Vidal"),)),
    (COMMON, "rights", "CC BY-SA 4.0"),
    (
        COMMON,
        "extensions",
        (Extension(name="{http://purl.org/dc/elements/1.1/}source", text="https://origin.example/1"),),
    ),
]


@pytest.mark.parametrize(
    ("entry", "field", "expected"), ENTRIES, ids=[f"{entry.raw_id}-{field}" for entry, field, _ in ENTRIES]
)
def test_an_entry_says_what_upstream_says(entry: ParsedEntry, field: str, expected: object) -> None:
    assert getattr(entry, field) == expected


def test_an_escaped_rss_title_is_markup() -> None:
    assert FERRY.title == Text(value="The ferry &amp; the fog", html=True, base=RSS, language="en-GB")


def test_relative_links_in_markup_stay_and_the_base_says_what_they_are_relative_to() -> None:
    assert FERRY.content == Text(
        value='<p>It was&nbsp;grey. <a href="../map">Map</a></p>', html=True, base=RSS, language="en-GB"
    )


def test_a_description_alone_is_the_summary_and_there_is_no_content() -> None:
    assert BARE.summary is not None
    assert BARE.summary.value == "<p>No title, no id, no link.</p>"


def test_inline_xhtml_becomes_html_without_its_div_and_with_its_languages() -> None:
    assert UN.content is not None
    assert UN.content.value == 'One &lt; two<br><p></p>three <em lang="en">four</em>'
    assert (UN.content.html, UN.content.base, UN.content.language) == (True, ATOM + "b/", "fr")


def test_every_atom_link_is_kept_in_order_with_its_attributes_and_scripts_are_not() -> None:
    assert [(link.rel, link.href.removeprefix(ATOM), link.hreflang) for link in UN.links] == [
        ("alternate", "b/one.pdf", None),
        ("alternate", "b/one", "fr"),
        ("alternate", "b/second-alternate", None),
        ("via", "https://origin.example/one", "en"),
        ("license", "https://creativecommons.org/licenses/by/4.0/", None),
        ("replies", "b/one/replies", None),
        ("replies", "b/one#replies", None),
        ("enclosure", "b/one.ogg", None),
    ]


def test_atom_authors_keep_name_address_and_page_apart() -> None:
    assert UN.authors == (
        Person(name="Ines Roth", email="ines@lantern.example"),
        Person(name="Jon Pike", uri=ATOM + "b/jon"),
    )


def test_the_source_of_a_copied_entry_is_kept_whole() -> None:
    assert UN.source == Source(
        id="urn:example:origin",
        title="Origin",
        url="https://origin.example/",
        self_url="https://origin.example/feed",
        authors=(Person(name="Mo Vance"),),
        rights="CC BY",
        updated=datetime(2026, 10, 1, tzinfo=UTC),
    )


def test_every_tombstone_is_kept() -> None:
    assert LANTERN.tombstones == (
        Tombstone(ref="urn:example:gone-1", when=datetime(2026, 11, 1, tzinfo=UTC)),
        Tombstone(ref="urn:example:gone-2"),
    )


def test_foreign_elements_are_kept_in_order_nested_ones_after_their_parents() -> None:
    names = [(e.name.rpartition("}")[2], dict(e.attributes), e.text) for e in FERRY.extensions]
    assert names == [
        ("description", {}, "A picture of a ferry"),
        ("person", {"role": "guest", "href": "https://eve.example/"}, "Eve Strand"),
        ("person", {"role": "host"}, "Finn Berg"),
        ("trl", {}, "Gina Holt"),
        ("credit", {"role": "translator", "name": "Gina Holt"}, ""),
        ("credit", {"role": "editor", "name": "Hal Ude"}, ""),
        ("evidence", {"rule": "line"}, "edited by Hal Ude"),
        ("b", {}, "Hal"),
    ]


def test_out_of_line_content_is_noted_as_an_extension() -> None:
    expected = {"type": "image/png", "src": "https://lantern.example/2.png"}
    assert [(e.name, dict(e.attributes)) for e in ZWEI.extensions] == [
        ("{http://www.w3.org/2005/Atom}content", expected)
    ]


def test_json_feed_prefers_html_and_keeps_text_as_text() -> None:
    assert (CLOVER.content, SAME.content) == (
        Text(value="<p>Green</p>", html=True, base="https://meadow.example/feed.json", language="en"),
        Text(value="first <b>", base="https://meadow.example/feed.json", language="sv"),
    )


def test_json_feeds_external_url_is_a_via_link_and_our_own_member_an_extension() -> None:
    assert Link(href="https://origin.example/17", rel="via") in CLOVER.links
    text = '{"credits":[{"role":"translator","name":"Olof Ek"}]}'
    assert CLOVER.extensions == (Extension(name="_syndicator", text=text),)


def test_equal_ids_in_one_document_are_said_to_be_duplicates_and_lose_no_entry() -> None:
    assert [entry.duplicate for entry in MEADOW.entries] == [False, True, True]
    assert AGAIN.content is not None
    assert AGAIN.content.value == "second"


def test_an_item_that_is_no_object_is_left_out_with_a_note() -> None:
    assert [note.code for note in MEADOW.notes] == ["no-entry"]


def test_an_entry_that_stands_alone_is_a_feed_of_one() -> None:
    body = b'<entry xmlns="http://www.w3.org/2005/Atom"><id>urn:x</id><title>Alone</title></entry>'
    feed = parse(Document(body=body, url="https://a.example/"))
    assert isinstance(feed, ParsedFeed)
    assert [(e.raw_id, e.title and e.title.value) for e in feed.entries] == [("urn:x", "Alone")]


@pytest.mark.parametrize(
    "body", [b"", b"x", b"<", b"{", b"<a", b"</a>", b"<!--", b"&", b"<?xml", b"<!DOCTYPE", b"\x00", b"\xff\xfe"]
)
def test_a_tiny_document_is_refused(body: bytes) -> None:
    assert isinstance(parse(Document(body=body, url="")), Refused)
