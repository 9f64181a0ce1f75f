"""The index pages and the list of publications: what a visitor finds, and what a feed reader finds for them."""

import re
from typing import Any

import pytest
from lxml import etree, html

from syndicator.model import Publication, Site, Subscription
from syndicator.stages import render
from syndicator.stages.opml import Outline, read_opml
from tests.entries import AWKWARD, ENGLISH, NOON, SITE, stored

ARABIC = Publication(name="arabic", title="مترجم لك", subscriptions=("lighthouse",), language="ar")


def page(publications: tuple[Publication, ...] = (ENGLISH, ARABIC), site: Site = SITE) -> Any:
    return html.document_fromstring(render.site_documents(site, publications)["index.html"])


def publication_page(publication: Publication, *names: str) -> Any:
    made = render.fragments([AWKWARD[name] for name in names], publication, SITE)
    return html.document_fromstring(
        render.documents(publication, SITE, made, [], NOON)[f"{publication.name}/index.html"]
    )


def addresses(root: Any, path: str) -> list[str]:
    return [str(each.get("href")) for each in root.findall(path)]


def test_a_feed_reader_finds_every_feed_of_the_site() -> None:
    found = [(each.get("type"), each.get("href")) for each in page().findall(".//head/link[@rel='alternate']")]
    assert found[:3] == [
        ("application/atom+xml", "english/feed.atom"),
        ("application/rss+xml", "english/feed.rss"),
        ("application/feed+json", "english/feed.json"),
    ]
    assert len(found) == 6


def test_a_visitor_finds_each_publication_with_its_subscribe_links() -> None:
    root = page()
    assert [each.text_content() for each in root.findall(".//h2")] == ["Translated for you", "مترجم لك"]
    assert {"english/feed.atom", "english/feed.rss", "english/feed.json", "publications.opml"} <= {
        *addresses(root, ".//a")
    }
    assert "A feed brings new articles" in root.text_content()


@pytest.mark.parametrize(
    ("publications", "expected"),
    [((ARABIC,), ("ar", "rtl")), ((ENGLISH,), ("en", "ltr")), ((ENGLISH, ARABIC), ("en", "ltr")), ((), ("en", "ltr"))],
)
def test_the_root_page_speaks_the_language_its_publications_share(
    publications: tuple[Publication, ...], expected: tuple[str, str]
) -> None:
    root = page(publications)
    assert (root.get("lang"), root.get("dir")) == expected


def test_a_publications_page_lists_its_entries_with_their_credit() -> None:
    (entry,) = publication_page(ENGLISH, "plain").findall(".//li")
    told = " ".join(entry.text_content().split())
    assert told == (
        "The lamp 2026-05-03 Written by Vera Lunina · Translated by Tom Reed · Original: Mayak · Licence: CC-BY-SA-4.0"
    )
    assert entry.find(".//h3").get("lang") == "en-GB"


def test_a_publication_without_entries_says_so() -> None:
    assert "Nothing has been published here yet." in publication_page(ENGLISH).text_content()


def test_the_arabic_page_runs_from_right_to_left() -> None:
    root = publication_page(ARABIC, "arabic")
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
    assert "الترجمة: Tom Reed" in root.text_content()


def test_pages_need_nothing_from_elsewhere_and_no_script() -> None:
    """So that a Content-Security-Policy of "default-src 'self'" holds: no script, no style attribute, one own sheet."""
    for root in (page(), publication_page(ENGLISH, *AWKWARD)):
        assert not root.findall(".//script")
        assert not [each for each in root.iter() if each.get("style") or each.get("src") or each.get("onclick")]
        assert addresses(root, ".//link[@rel='stylesheet']") in (["style.css"], ["../style.css"])
    assert b"url(" not in render.site_documents(SITE, ())["style.css"]


def test_no_text_of_others_becomes_markup() -> None:
    title = '<script>"&'
    site, publication = (
        Site(base_url="https://x.example", title=title),
        Publication(name="p", title=title, subscriptions=()),
    )
    made = render.site_documents(site, [publication])["index.html"].decode()
    assert "<script" not in made
    assert not re.search(
        "<(script|b>|/entry)", html.tostring(publication_page(ENGLISH, "markup-in-plain-text")).decode()
    )


def test_publications_opml_is_read_back() -> None:
    made = render.site_documents(SITE, [ENGLISH, ARABIC])["publications.opml"]
    base = "https://feeds.example.org"
    assert read_opml(made) == tuple(
        Outline(title=each.title, url=f"{base}/{each.name}/feed.atom", site_url=f"{base}/{each.name}/index.html")
        for each in (ENGLISH, ARABIC)
    )
    assert etree.fromstring(made).get("version") == "2.0"


def test_subscriptions_leave_as_opml_and_are_read_back() -> None:
    followed = [Subscription(name="lighthouse", url="https://lighthouse.example/feed?a=1&b=2")]
    assert read_opml(render.subscriptions_opml(SITE, followed)) == (
        Outline(title="lighthouse", url="https://lighthouse.example/feed?a=1&b=2"),
    )


def test_the_same_publications_give_the_same_bytes() -> None:
    assert render.site_documents(SITE, [ENGLISH]) == render.site_documents(SITE, [ENGLISH])


def test_control_characters_in_a_title_harm_nothing() -> None:
    site = Site(base_url="https://x.example", title="A\x00B")
    odd = Publication(name="odd", title="C\x01\ud800D", subscriptions=())
    assert html.document_fromstring(render.site_documents(site, [odd])["index.html"]).findtext(".//h1") == "AB"
    made = render.documents(odd, site, render.fragments([stored()], odd, site), [], NOON)
    assert etree.fromstring(made["odd/feed.atom"]).findtext("{*}title") == "CD"
