"""The documents of a publication: valid whatever is in them, stitched from kept fragments, responses beside."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from syndicator.model import Fragment, Response, Stored
from syndicator.stages import render
from syndicator.stages.render import generator, headings
from syndicator.stages.render.entries import leaves
from syndicator.stages.render.pages import explained
from tests.entries import (
    AUTHOR,
    AWKWARD,
    COMMENT,
    ENGLISH,
    NOON,
    PING,
    SITE,
    URL,
    stored,
)
from tests.rendered import ATOM, SINCE, atom_entry, json_entry, links, published, rss_entry, texts

# ── valid, whatever is in it ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="session")
def schema(shared: Path) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(shared / "data/schema/atom.rng"))


CASES = [pytest.param([each], id=name) for name, each in AWKWARD.items()]


@pytest.mark.parametrize("entries", [*CASES, pytest.param([], id="empty"), pytest.param([*AWKWARD.values()], id="all")])
def test_every_atom_document_is_valid_by_the_schema_of_rfc_4287(
    entries: Sequence[Stored], schema: etree.RelaxNG
) -> None:
    made = published(*entries)
    for name in ("english/feed.atom", "english/responses.atom"):
        document = etree.fromstring(made[name], etree.XMLParser(huge_tree=True))
        assert schema.validate(document), schema.error_log


@pytest.mark.parametrize("each", [pytest.param(each, id=name) for name, each in AWKWARD.items()])
def test_every_entry_has_an_author_or_its_source_has_one_and_a_link_or_content(each: Stored) -> None:
    """RFC 4287 4.1.2, which the schema cannot say."""
    entry = atom_entry(each)
    assert entry.findall("a:author", ATOM) or entry.findall("a:source/a:author", ATOM)
    assert entry.find("a:content", ATOM) is not None
    assert entry[-1].tag == "{http://www.w3.org/2005/Atom}source", "some readers mis-show entries whose source is first"


CLEAN = [pytest.param(each, id=name) for name, each in AWKWARD.items() if name != "control-characters"]


@pytest.mark.parametrize("each", CLEAN)
def test_a_feed_reader_gets_id_title_and_people_as_they_were_put_in(each: Stored) -> None:
    made = published(each)
    entry = each.entry
    names = [credit.agent.name for credit in entry.credits if (credit.role, credit.of) == ("author", "entry")]
    atom, rss = (feedparser.parse(made[f"english/feed.{kind}"], sanitize_html=False) for kind in ("atom", "rss"))
    assert not atom.bozo
    assert not rss.bozo
    assert atom.entries[0].id == rss.entries[0].id == entry.id
    if entry.title:
        assert _read(atom.entries[0]) == _read(rss.entries[0]) == entry.title
    assert [each.name for each in atom.entries[0].get("authors", [])] == names
    assert [each.name for each in rss.entries[0].get("authors", [])] == ([", ".join(names)] if names else [])


def _read(entry: feedparser.FeedParserDict) -> str:
    """The title as a reader shows it."""
    return str(unescape(entry.title) if entry.title_detail.type == "text/html" else entry.title)


def test_what_xml_forbids_is_taken_out_of_every_format() -> None:
    each = AWKWARD["control-characters"]
    entry, told = atom_entry(each), json_entry(each)
    assert texts(entry, "a:title") == ["Lamp "] == [told["title"]]
    assert texts(entry, "a:id") == ["urn:x:bell"] == texts(rss_entry(each), "guid")
    assert told["content_html"].startswith("<p>ab</p>")
    assert render.fragment(each, ENGLISH, SITE).id == each.entry.id, "the store finds its entry again"


def test_plain_text_stays_plain_text() -> None:
    each = AWKWARD["markup-in-plain-text"]
    title = '<b>bold</b> & "quoted" ]]> </entry></item>'
    assert [unescape(text) for text in texts(atom_entry(each), "a:title")] == [title]
    assert [unescape(text) for text in texts(rss_entry(each), "title")] == [title]
    assert json_entry(each)["title"] == title
    assert "<script" not in json_entry(each)["content_html"]


def test_an_address_that_no_reader_should_follow_is_no_link_in_any_format() -> None:
    made = published(AWKWARD["addresses-of-javascript"])
    for name in ("english/feed.atom", "english/feed.rss", "english/responses.atom"):
        names = {
            name for each in etree.fromstring(made[name]).iter() for name, value in each.items() if "javas" in value
        }
        assert names <= {"uri", "url"}, "only syn:credit and syn:hop, which no reader follows, may keep it"
        assert b"href=" + b'"javascript' not in made[name].replace(b"&quot;", b'"')
    assert b'href="javascript' not in made["english/index.html"]
    assert b'href=\\"javascript' not in made["english/feed.json"]
    assert "url" not in json.loads(made["english/feed.json"])["items"][0]["author"]


# ── documents ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("entries", [*CASES, pytest.param([*AWKWARD.values()], id="all"), pytest.param([], id="none")])
def test_stitched_fragments_are_the_bytes_of_a_full_render(entries: Sequence[Stored]) -> None:
    made = published(*entries)
    updated = max((each.entry.updated for each in entries), default=SINCE)
    leaving = [leaves(each, ENGLISH, SITE) for each in entries]
    atom = generator.feed_of(headings.heading(ENGLISH, SITE, "feed.atom", updated), leaving)
    rss = generator.feed_of(headings.heading(ENGLISH, SITE, "feed.rss", updated), leaving)
    assert made["english/feed.atom"] == explained(generator.atom_bytes(atom), "feed.css")
    assert made["english/feed.rss"] == explained(generator.rss_bytes(rss), "feed.css")


def test_rendering_together_or_alone_gives_the_same_fragments() -> None:
    together = render.fragments([*AWKWARD.values()], ENGLISH, SITE)
    assert together == tuple(render.fragment(each, ENGLISH, SITE) for each in AWKWARD.values())


def test_the_same_input_gives_the_same_bytes() -> None:
    assert published(stored((PING,))) == published(stored((PING,)))


def test_a_fragment_names_its_entry_and_what_it_was_made_with() -> None:
    made = render.fragment(stored(), ENGLISH, SITE)
    facts = (made.subscription, made.id, made.revision, made.updated, made.recipe)
    expected = ("lighthouse", "https://lighthouse.example/?p=7", 4, NOON + timedelta(hours=1))
    assert facts == (*expected, render.recipe(ENGLISH, SITE))


def test_the_recipe_changes_with_the_language_of_the_publication_and_not_with_its_title() -> None:
    assert render.recipe(ENGLISH, SITE) != render.recipe(replace(ENGLISH, language="de"), SITE)
    assert render.recipe(ENGLISH, SITE) == render.recipe(replace(ENGLISH, title="Other"), SITE)


def test_updated_is_the_newest_entrys_else_when_the_publication_was_made() -> None:
    late = stored(updated=NOON + timedelta(days=2))
    for entries, expected in (((stored(), late), "2026-05-05T12:00:00+00:00"), ((), "2026-01-01T00:00:00+00:00")):
        root = etree.fromstring(published(*entries)["english/feed.atom"])
        assert texts(root, "a:updated") == [expected]


def test_a_feed_says_its_id_addresses_hubs_and_language() -> None:
    made = published(stored())
    root = etree.fromstring(made["english/feed.atom"])
    base = "https://feeds.example.org/english"
    assert texts(root, "a:id") == [f"{base}/feed.atom"]
    assert links(root, "self") == [{"href": f"{base}/feed.atom", "type": "application/atom+xml"}]
    assert links(root, "hub") == [{"href": "https://hub.example.org/"}]
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    channel = etree.fromstring(made["english/feed.rss"]).find("channel")
    assert texts(channel, "link") == [f"{base}/index.html"]
    assert links(channel, "self", "atom:link") == [{"href": f"{base}/feed.rss", "type": "application/rss+xml"}]
    assert links(channel, "hub", "atom:link") == [{"href": "https://hub.example.org/"}]
    told = json.loads(made["english/feed.json"])
    assert (told["version"], told["feed_url"]) == ("https://jsonfeed.org/version/1.1", f"{base}/feed.json")
    assert told["hubs"] == [{"type": "WebSub", "url": "https://hub.example.org/"}]


def test_namespaces_are_declared_once_on_the_root() -> None:
    made = published(*AWKWARD.values())
    for name in ("english/feed.atom", "english/feed.rss"):
        assert made[name].count(b"xmlns:syn=") == 1
        assert b"ns0" not in made[name]


# ── responses ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_pings_are_published_with_site_title_and_link() -> None:
    made = published(stored((PING, COMMENT)))
    (entry,) = etree.fromstring(made["english/responses.atom"]).findall("a:entry", ATOM)
    assert texts(entry, "a:title") == ["An answer to the lamp"]
    assert texts(entry, "a:author/a:name") == ["The Buoy"]
    assert links(entry, "alternate") == [{"href": "https://buoy.example/answer"}]
    assert entry.find("a:category", ATOM).get("term") == "pingback"
    assert entry.findtext("a:id", namespaces=ATOM).startswith("urn:uuid:")
    to = entry.find("thr:in-reply-to", ATOM)
    assert dict(to.attrib) == {"ref": "https://lighthouse.example/?p=7", "href": URL, "type": "text/html"}


def test_who_commented_and_what_stays_at_its_origin() -> None:
    told = b"".join(published(stored((PING, COMMENT))).values())
    for private in (b"Private Pat", b"My private words", b"Secret Author"):
        assert private not in told


def test_pings_come_newest_first_and_keep_their_ids() -> None:
    later = replace(PING, id="c9", title="Later", published=NOON + timedelta(days=5))
    undated = Response(id="c0", kind="webmention")
    ids = []
    for pings in ((PING, later, undated), (undated, later, PING)):
        root = etree.fromstring(published(stored(pings))["english/responses.atom"])
        assert texts(root, "a:entry/a:title") == ["Later", "An answer to the lamp", "webmention"]
        assert texts(root, "a:updated") == ["2026-05-08T12:00:00+00:00"]
        ids.append(texts(root, "a:entry/a:id"))
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 3


def test_fragments_of_one_publication_are_not_mixed_up_by_an_awkward_neighbour() -> None:
    neighbours = [AWKWARD["markup-in-plain-text"], stored(), AWKWARD["nothing-known"], AWKWARD["control-characters"]]
    made: tuple[Fragment, ...] = render.fragments(neighbours, ENGLISH, SITE)
    assert all(each.atom.startswith(b"<entry") and each.atom.endswith(b"</entry>") for each in made)
    assert [json.loads(each.json)["id"] in each.rss.decode() for each in made] == [True] * 4
    assert AUTHOR.agent.name.encode() in made[1].atom
