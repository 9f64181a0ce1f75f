"""How an entry leaves us, row by row of the design's table (section 6)."""

from typing import Any

import pytest

from syndicator.model import Enclosure, Licence, Person, Source
from syndicator.stages.render.vocabulary import NAMESPACES
from tests.entries import AWKWARD, COMMENT, LICENCE_URL, ORIGINAL_URL, PING, TRANSLATOR, URL, person, stored
from tests.rendered import ATOM, atom_entry, json_entry, links, published, rss_entry, texts


def test_atom_says_author_and_translator() -> None:
    entry = atom_entry(stored())
    assert texts(entry, "a:author/a:name") == ["Vera Lunina"]
    assert texts(entry, "a:author/a:uri") == ["https://vera.example/"]
    assert texts(entry, "a:contributor/a:name") == ["Tom Reed"]
    assert texts(entry, "marcrel:trl") == ["Tom Reed"]


def test_rss_joins_the_authors_because_readers_show_the_first_or_the_last_only() -> None:
    entry = rss_entry(AWKWARD["three-authors"])
    assert texts(entry, "dc:creator") == ["Ana Ruiz, Bo Li, Cem Öz"]
    assert texts(entry, "dc:contributor") == ["Tom Reed"]
    assert texts(entry, "marcrel:trl") == ["Tom Reed"]


def test_json_has_author_for_old_readers_and_authors_for_new_ones() -> None:
    told = json_entry(AWKWARD["three-authors"])
    assert told["author"] == {"name": "Ana Ruiz, Bo Li, Cem Öz"}
    assert [each["name"] for each in told["authors"]] == ["Ana Ruiz", "Bo Li", "Cem Öz"]
    assert json_entry(stored())["author"] == {"name": "Vera Lunina", "url": "https://vera.example/"}


def test_two_translators_are_both_said_everywhere() -> None:
    each = AWKWARD["two-translators"]
    for entry in (atom_entry(each), rss_entry(each)):
        assert texts(entry, "marcrel:trl") == ["Tom Reed", "Uma Rao"]
        assert [c.get("name") for c in entry.findall("syn:credit", ATOM)] == ["Vera Lunina", "Tom Reed", "Uma Rao"]
    assert [c["name"] for c in json_entry(each)["_syndicator"]["credits"]][1:] == ["Tom Reed", "Uma Rao"]


def test_software_is_credited_as_software_and_never_as_a_person() -> None:
    each = AWKWARD["software-translator"]
    for entry in (atom_entry(each), rss_entry(each)):
        assert not entry.findall("a:contributor", ATOM)
        assert not entry.findall("dc:contributor", ATOM)
        assert not entry.findall("marcrel:trl", ATOM)
        assert [c.get("kind") for c in entry.findall("syn:credit", ATOM)] == ["person", "software"]


@pytest.mark.parametrize("read", [atom_entry, rss_entry])
def test_every_credit_is_an_element_with_its_evidence(read: Any) -> None:
    image = person("Ilse Maler", "illustrator", of="image", target="https://lighthouse.example/l.png")
    told = [dict(each.attrib) for each in read(stored(credits=(TRANSLATOR, image))).findall("syn:credit", ATOM)]
    evidence = "content: Translated by Tom Reed"
    assert told == [
        {"role": "translator", "kind": "person", "name": "Tom Reed", "of": "entry", "evidence": evidence},
        {"role": "illustrator", "kind": "person", "name": "Ilse Maler", "of": "image", "target": image.target},
    ]


def test_the_language_stands_on_the_entry() -> None:
    assert atom_entry(stored()).get("{http://www.w3.org/XML/1998/namespace}lang") == "en-GB"
    assert texts(rss_entry(stored()), "dc:language") == ["en-GB"]
    assert json_entry(stored())["language"] == "en-GB"


def test_text_that_runs_from_right_to_left_says_so_once() -> None:
    arabic = "<p>أُضيء المصباح.</p>"
    said = f'<div lang="ar" dir="rtl">{arabic}</div>'
    for text in (arabic, said):
        each = stored(language="ar", direction="rtl", content_html=text)
        assert json_entry(each)["content_html"].startswith(f"{said}<hr>")
    assert 'dir="rtl"' not in json_entry(stored())["content_html"]


def test_there_is_one_alternate_and_it_is_the_upstream_article() -> None:
    assert links(atom_entry(stored()), "alternate") == [{"href": URL, "type": "text/html"}]
    assert texts(rss_entry(stored()), "link") == [URL]
    assert json_entry(stored())["url"] == URL


@pytest.mark.parametrize("url", [None, "javascript:alert(1)"])
def test_what_has_no_address_elsewhere_leads_to_our_page(url: str | None) -> None:
    page = "https://feeds.example.org/english/entries/the-lamp-0123456789.html"
    assert links(atom_entry(stored(url=url)), "alternate") == [{"href": page, "type": "text/html"}]
    assert texts(rss_entry(stored(url=url)), "link") == [page]
    assert json_entry(stored(url=url))["url"] == page


def test_the_original_is_linked_with_its_language() -> None:
    via = [{"href": ORIGINAL_URL, "type": "text/html", "hreflang": "ru", "title": "Mayak"}]
    assert links(atom_entry(stored()), "via") == via == links(rss_entry(stored()), "via", "atom:link")
    assert texts(rss_entry(stored()), "dc:source") == [ORIGINAL_URL]
    assert json_entry(stored())["external_url"] == ORIGINAL_URL


def test_the_source_tells_of_the_upstream_feed() -> None:
    source = atom_entry(stored()).find("a:source", ATOM)
    assert texts(source, "a:id") == ["https://lighthouse.example/feed"]
    assert texts(source, "a:title") == ["Lighthouse"]
    assert links(source, "alternate") == [{"href": "https://lighthouse.example/"}]
    assert links(source, "self") == [{"href": "https://lighthouse.example/feed.atom"}]
    assert links(source, "license") == [{"href": LICENCE_URL}]
    assert texts(source, "a:rights") == ["Share alike"]
    assert texts(source, "a:updated") == ["2026-05-03T12:00:00+00:00"]
    assert rss_entry(stored()).find("source").attrib == {"url": "https://lighthouse.example/feed.atom"}
    assert json_entry(stored())["_syndicator"]["source"]["id"] == "https://lighthouse.example/feed"


def test_without_an_author_the_source_gets_the_upstreams_title_as_one() -> None:
    assert texts(atom_entry(AWKWARD["no-author"]), "a:source/a:author/a:name") == ["Lighthouse"]
    assert texts(atom_entry(stored()), "a:source/a:author/a:name") == []
    own = stored(source=Source(title="Lighthouse", authors=(Person(name="The crew", email="crew@lighthouse.example"),)))
    assert texts(atom_entry(own), "a:source/a:author/a:name") == ["The crew"]
    assert b"crew@" not in published(own)["english/feed.atom"]


@pytest.mark.parametrize("read", [atom_entry, rss_entry])
def test_hops_come_in_order(read: Any) -> None:
    assert [dict(hop.attrib) for hop in read(stored()).findall("syn:hop", ATOM)] == [
        {
            "role": "original",
            "url": ORIGINAL_URL,
            "publisher": "Mayak",
            "language": "ru",
            "date": "2026-04-24T12:00:00+00:00",
        },
        {
            "role": "translation",
            "url": URL,
            "publisher": "Lighthouse",
            "language": "en-GB",
            "date": "2026-05-03T12:00:00+00:00",
        },
    ]


def test_an_original_that_no_hop_tells_of_is_the_first_hop() -> None:
    told = [hop.get("publisher") for hop in rss_entry(stored(provenance=())).findall("syn:hop", ATOM)]
    assert told == ["Mayak"]


def test_the_licence_is_said_in_each_formats_own_words() -> None:
    assert links(atom_entry(stored()), "license") == [{"href": LICENCE_URL}]
    assert texts(atom_entry(stored()), "a:rights") == ["CC-BY-SA-4.0"]
    assert texts(rss_entry(stored()), "creativeCommons:license") == [LICENCE_URL]
    assert texts(rss_entry(stored()), "dc:rights") == ["CC-BY-SA-4.0"]
    assert json_entry(stored())["_syndicator"]["licence"]["id"] == "CC-BY-SA-4.0"
    other = stored(licence=Licence(id="GFDL-1.3", url="https://licence.example/gfdl"))
    assert texts(rss_entry(other), "creativeCommons:license") == [], "that element is for Creative Commons"


@pytest.mark.parametrize("read", [atom_entry, rss_entry])
def test_the_state_of_the_translation_is_said(read: Any) -> None:
    told = dict(read(stored()).find("syn:translation", ATOM).attrib)
    assert told == {"from": "ru", "to": "en-GB", "state": "current", "source-updated": "2026-05-03T12:00:00+00:00"}


def test_responses_are_counted_and_linked() -> None:
    each = stored((PING, COMMENT))
    facts = {"{http://purl.org/syndication/thread/1.0}count": "3"}
    page, feed = links(atom_entry(each), "replies")
    assert page.items() >= {"href": f"{URL}#comments", "type": "text/html", **facts}.items()
    assert feed["href"] == f"{URL}/feed/atom/"
    assert feed["{http://purl.org/syndication/thread/1.0}updated"] == "2026-05-04T12:00:00+00:00"
    assert texts(rss_entry(each), "slash:comments") == ["3"]
    assert texts(rss_entry(each), "wfw:commentRss") == [f"{URL}/feed/atom/"]
    assert json_entry(each)["_syndicator"]["responses"]["count"] == 3


def test_no_count_is_made_up() -> None:
    each = stored(comments_count=None)
    assert texts(rss_entry(each), "slash:comments") == []
    assert json_entry(each)["_syndicator"]["responses"]["count"] is None
    assert texts(rss_entry(stored((PING, COMMENT), comments_count=None)), "slash:comments") == ["2"]


def test_enclosures_go_out_with_length_and_type() -> None:
    facts = {"length": "4096", "type": "audio/mpeg"}
    assert links(atom_entry(stored()), "enclosure") == [{"href": "https://lighthouse.example/lamp.mp3", **facts}]
    assert dict(rss_entry(stored()).find("enclosure").attrib) == {"url": "https://lighthouse.example/lamp.mp3", **facts}
    bare = stored(enclosures=(Enclosure(url="https://lighthouse.example/x"),))
    assert dict(rss_entry(bare).find("enclosure").attrib).keys() == {"url", "length", "type"}, "RSS requires all three"


def test_rss_keeps_summary_and_content_apart() -> None:
    content = NAMESPACES["content"]
    entry = rss_entry(stored())
    assert texts(entry, "description") == ["<p>A keeper counts the ships.</p>"]
    assert "syndicator-credit" in entry.findtext(f"{{{content}}}encoded")
    bare = rss_entry(stored(summary_html=""))
    assert "syndicator-credit" in bare.findtext("description"), "W3C: content:encoded stands behind a description"
    assert bare.find(f"{{{content}}}encoded") is None
