"""What the W3C's feed validator demands beyond the schemas, and readers profit from: each a rule of its own here."""

import re
from dataclasses import replace
from html import escape, unescape
from typing import Any

import feedparser
import pytest
from lxml import etree

from syndicator.model import Document, Enclosure, ParsedFeed, Publication, Release, Response, Source, Stored
from syndicator.stages.parse import parse
from syndicator.stages.relayed import read_relayed
from syndicator.stages.render import site_documents
from syndicator.stages.render.vocabulary import NAMESPACES
from tests.entries import AWKWARD, ENGLISH, NOON, SITE, URL, stored
from tests.rendered import ATOM, atom_entry, json_entry, links, published, rss_entry, texts


def text_of(element: Any) -> str:
    """A text construct as a reader of Atom shows it (RFC 4287 3.1.1)."""
    return str(unescape(element.text) if element.get("type") == "html" else element.text)


# ── titles ───────────────────────────────────────────────────────────────────────────────────────────────────────

UNTITLED = {
    "its first words": (stored(title="", content_html="<p>Fog at <b>noon</b>.</p>"), "Fog at noon."),
    "cut at a word": (stored(title="", content_html=f"<p>{'buoy ' * 30}</p>"), "buoy " * 11 + "buoy…"),
    "one endless word": (stored(title="", content_html=f"<p>{'x' * 99}</p>"), "x" * 59 + "…"),
    "what the gate withholds is not quoted": (stored(title="", release=Release(scope="link", why="")), "Lighthouse"),
    "without words its source": (AWKWARD["nothing-known"], "lighthouse"),
}


@pytest.mark.parametrize(("each", "title"), UNTITLED.values(), ids=UNTITLED)
def test_an_entry_without_a_title_gets_its_first_words_in_atom_only(each: Stored, title: str) -> None:
    entry = atom_entry(each)
    assert texts(entry, "a:title") == [title]
    assert entry.find("syn:untitled", ATOM) is not None
    assert rss_entry(each).find("title") is None
    assert "title" not in json_entry(each)


def test_who_republishes_from_us_is_told_that_there_is_no_title() -> None:
    for title in ("", "The lamp"):
        document = Document(url="https://feeds.example.org/", body=published(stored(title=title))["english/feed.atom"])
        feed = parse(document)
        assert isinstance(feed, ParsedFeed)
        told = read_relayed(feed.entries[0])
        assert told is not None
        assert told.untitled is (title == "")


LIKE_MARKUP = re.compile("<[a-z/]|&\\S+;")
AMBIGUOUS = ["<b>Bold</b> words", "What is <blink>?", "R&amp;D", "AT&T", "1 < 2 & 3 > 2", "1&1", "&#0", "plain"]


@pytest.mark.parametrize("title", AMBIGUOUS)
def test_no_reader_takes_a_title_for_markup(title: str) -> None:
    each = stored(title=title, categories=(title,), rights=title, source=Source(title=title, url=URL))
    entry = atom_entry(each)
    for path in ("a:title", "a:rights", "a:source/a:title"):
        assert text_of(entry.find(path, ATOM)) == title
    assert (entry.find("a:title", ATOM).get("type") == "html") == ("<" in title or "&" in title)
    rss = feedparser.parse(published(each)["english/feed.rss"], sanitize_html=False).entries[0]
    html = rss.title_detail.type == "text/html"
    assert (unescape(rss.title) if html else rss.title) == title
    said = rss_entry(each)
    assert {said.findtext(name, namespaces=ATOM) for name in ("title", "category", "source", "dc:rights")} == {
        escape(title, quote=False) if LIKE_MARKUP.search(title) else title
    }


def test_plain_elements_of_rss_write_their_signs_as_the_profile_of_rss_wants() -> None:
    document = published(stored(title="<b>Bold</b> & 1&1", categories=("R&D",)))["english/feed.rss"]
    assert b"<title>&#x26;lt;b&gt;" not in document
    assert b"<category>R&#x26;D</category>" in document
    plain = re.findall(rb"<(?:title|category|source|dc:\w+)[^>]*>([^<]*)<", document)
    assert not [text for text in plain if b"&amp;" in text or b"&lt;" in text]


# ── contents ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_rss_has_a_description_before_its_content() -> None:
    encoded = f"{{{NAMESPACES['content']}}}encoded"
    both = [child.tag for child in rss_entry(stored()) if child.tag in ("description", encoded)]
    assert both == ["description", encoded]
    alone = rss_entry(stored(summary_html=""))
    assert alone.find(encoded) is None
    assert "syndicator-credit" in alone.findtext("description")


def test_nothing_is_blank() -> None:
    for each in AWKWARD.values():
        atom, rss = atom_entry(each), rss_entry(each)
        blank = [child.tag for child in (*atom.iter(), *rss.iter()) if not (child.text or len(child) or child.attrib)]
        assert set(blank) <= {f"{{{NAMESPACES['syn']}}}untitled"}


@pytest.mark.parametrize(
    ("told", "shown"), [("\x91Hi\x92 \x96 \x85", "‘Hi’ – …"), ("a\x81\x7f\x9db", "ab"), ("a\ufdd0\U0001fffeb", "ab")]
)
def test_control_characters_become_what_they_were_meant_to_be(told: str, shown: str) -> None:
    each = stored(title=told, content_html=f"<p>{told}</p>")
    assert texts(atom_entry(each), "a:title") == [shown]
    assert json_entry(each)["content_html"].startswith(f"<p>{shown}</p>")


# ── addresses and the source ─────────────────────────────────────────────────────────────────────────────────────


def test_an_address_in_rss_is_a_uri_where_atom_and_json_may_say_the_iri() -> None:
    iri, uri = "https://маяк.example/лампа?q=ё#к", "https://xn--80aue1f.example/%D0%BB%D0%B0%D0%BC%D0%BF%D0%B0"
    rss = rss_entry(stored(url=iri, comments_url=iri, comments_feed=iri, source=Source(self_url=iri)))
    for path in ("link", "comments", "wfw:commentRss"):
        assert texts(rss, path) == [f"{uri}?q=%D1%91#%D0%BA"]
    assert rss.find("source").get("url").startswith(uri)
    assert links(atom_entry(stored(url=iri)), "alternate") == [{"href": iri, "type": "text/html"}]
    assert json_entry(stored(url=iri))["url"] == iri


SOURCES = {
    "its own": (Source(id="tag:mayak.example,2020:f", self_url="https://mayak.example/f"), "tag:mayak.example,2020:f"),
    "no IRI": (Source(id="/f?x=1", self_url="https://mayak.example/f"), "https://mayak.example/f"),
    "no tag": (Source(id="tag:mayak.example,20:f", url="https://mayak.example/"), "https://mayak.example/"),
    "a host alone": (Source(id="https://mayak.example"), "https://mayak.example/"),
    "in capitals": (Source(id="HTTPS://Mayak.Example/Feed?A=%7E"), "https://mayak.example/Feed?A=%7E"),
    "a query alone": (Source(url="https://mayak.example?f"), "https://mayak.example/?f"),
    "nothing": (Source(), "https://lighthouse.example/"),
    "no address that can be one": (Source(id="insert id", url="https://["), "https://lighthouse.example/"),
}


@pytest.mark.parametrize(("source", "id_"), SOURCES.values(), ids=SOURCES)
def test_the_source_has_an_id_a_title_and_a_time(source: Source, id_: str) -> None:
    made = atom_entry(stored(source=source)).find("a:source", ATOM)
    assert texts(made, "a:id") == [id_]
    assert all(texts(made, "a:title"))
    assert texts(made, "a:updated") == ["2026-05-03T13:00:00+00:00"], "it changed at the latest with this entry"


def test_the_site_that_stands_for_the_source_is_in_normal_form() -> None:
    made = atom_entry(stored(source=Source(), url="HTTP://Mayak.TEST/lampa")).find("a:source", ATOM)
    assert texts(made, "a:id") == ["http://mayak.test/"]


def test_without_any_address_the_source_is_named_by_its_subscription() -> None:
    for url in (None, "javascript:alert(1)", "https://["):
        made = atom_entry(stored(source=Source(), url=url)).find("a:source", ATOM)
        assert texts(made, "a:id")[0].startswith("urn:uuid:")


def test_atom_declares_no_second_prefix_for_its_own_namespace() -> None:
    made = published(stored())
    assert b"xmlns:atom=" not in made["english/feed.atom"]
    assert made["english/feed.rss"].count(b"xmlns:atom=") == 1


MEDIA_TYPES = {
    "audio/ogg": "audio/ogg",
    "application/atom+xml; charset=utf-8": "application/atom+xml; charset=utf-8",
    "": None,
    "mp3": None,
    "audio/": None,
    "x[0]/y^z w": None,
}


@pytest.mark.parametrize(("stated", "kind"), MEDIA_TYPES.items())
def test_what_is_no_media_type_is_not_passed_on_as_one(stated: str, kind: str | None) -> None:
    each = stored(enclosures=(Enclosure(url=URL, type=stated),))
    assert [link.get("type") for link in links(atom_entry(each), "enclosure")] == [kind]
    otherwise = kind or "application/octet-stream"
    assert rss_entry(each).find("enclosure").get("type") == otherwise
    assert json_entry(each)["attachments"][0]["mime_type"] == otherwise


# ── other documents ──────────────────────────────────────────────────────────────────────────────────────────────


def test_titles_of_feeds_and_of_responses_are_no_markup_either() -> None:
    ping = Response(id="1", kind="pingback", site="A & <b>B</b>", uri="https://b.example/", published=NOON)
    publication = Publication(name="english", title="R&amp;D <b>x</b>", subscriptions=("lighthouse",))
    for name in ("feed.atom", "responses.atom"):
        made = published(stored((ping,)), publication=publication)[f"english/{name}"]
        read = feedparser.parse(made, sanitize_html=False)
        assert read.feed.title_detail.type == "text/html"
        assert "R&amp;D <b>x</b>" in unescape(read.feed.title)
    assert unescape(read.entries[0].title) == "A & <b>B</b>" == unescape(read.entries[0].content[0].value)


def test_a_channels_title_and_description_are_no_markup_either() -> None:
    site = replace(SITE, title="Salt & <b>Rope</b>")
    publication = replace(ENGLISH, title="R&amp;D <b>x</b>")
    document = published(stored(), publication=publication, site=site)["english/feed.rss"]
    channel = feedparser.parse(document, sanitize_html=False).feed
    assert unescape(channel.title) == "R&amp;D <b>x</b>"
    assert unescape(channel.subtitle) == "R&amp;D <b>x</b> — Salt & <b>Rope</b>"
    head = document.partition(b"<item>")[0]
    assert b"&amp;" not in head, "as the profile of RSS wants"
    assert b"&lt;" not in head


@pytest.mark.parametrize("title", AMBIGUOUS)
def test_opml_may_hold_html_so_what_looks_like_it_is_escaped(title: str) -> None:
    site, publication = replace(SITE, title=title), replace(ENGLISH, title=title)
    root = etree.fromstring(site_documents(site, [publication])["publications.opml"])
    outline = root.find("body/outline")
    shown = {root.findtext("head/title"), outline.get("text"), outline.get("title")}
    assert shown == {escape(title, quote=False) if LIKE_MARKUP.search(title) else title}
