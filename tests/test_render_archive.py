"""Archives: what left the subscription document is found by who follows the links (RFC 5005 section 4), and stays.

A feed reader follows those of the documents, a visitor those of the pages beside them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from syndicator.model import Document, Fragment, Publication, Stored
from syndicator.stages import parse, render
from syndicator.stages.render import generator
from syndicator.stages.render.entries import leaves
from syndicator.stages.render.headings import heading
from syndicator.stages.render.pages import OURS, explained
from tests.entries import AWKWARD, ENGLISH, NOON, SITE, stored
from tests.rendered import ATOM, SINCE, links, texts

BASE = "https://feeds.example.org/english"
ATOM_TYPE = "application/atom+xml"
TWO = [stored(id="urn:x:1"), stored(id="urn:x:2", updated=NOON + timedelta(days=4))]


def fragments(*entries: Stored) -> tuple[Fragment, ...]:
    return render.fragments(entries, ENGLISH, SITE)


def archive(number: int, *entries: Stored) -> bytes:
    made = render.archive_documents(ENGLISH, SITE, number, fragments(*entries), SINCE)
    assert list(made) == [f"english/archive/{number}.atom", f"english/archive/{number}.html"]
    return made[f"english/archive/{number}.atom"]


def page(number: int, *entries: Stored, publication: Publication = ENGLISH, templates: Mapping[str, str] = OURS) -> Any:
    """The page of an archive of `entries`, each of which has a page."""
    pages = {each.entry.id: render.page_path(each.slug) for each in entries}
    known = (publication, SITE, number, render.fragments(entries, publication, SITE), SINCE, pages, templates)
    return html.document_fromstring(render.archive_documents(*known)[f"{publication.name}/archive/{number}.html"])


def ways(root: Any, part: str = ".//main/p") -> dict[str, str]:
    """Where the links of a part lead, by what they say."""
    return {each.text_content(): each.get("href") for each in root.findall(f"{part}//a")}


def root_of(document: bytes) -> Any:
    return etree.fromstring(document)


def documents(archives: int, *entries: Stored) -> dict[str, bytes]:
    return render.documents(ENGLISH, SITE, fragments(*entries), [], SINCE, archives=archives)


def test_an_archive_says_that_it_is_one_and_of_which_feed() -> None:
    root = root_of(archive(3, *TWO))
    assert root.find("fh:archive", ATOM) is not None
    assert texts(root, "a:id") == [f"{BASE}/feed.atom"]
    assert texts(root, "a:entry/a:id") == ["urn:x:1", "urn:x:2"]
    assert links(root, "self") == [{"type": ATOM_TYPE, "href": f"{BASE}/archive/3.atom"}]
    assert links(root, "current") == [{"type": ATOM_TYPE, "href": f"{BASE}/feed.atom"}]


@pytest.mark.parametrize(
    ("number", "before"), [(1, []), (2, [f"{BASE}/archive/1.atom"]), (12, [f"{BASE}/archive/11.atom"])]
)
def test_an_archive_leads_to_the_one_before_it_and_never_to_the_next(number: int, before: list[str]) -> None:
    root = root_of(archive(number, *TWO))
    assert [link["href"] for link in links(root, "prev-archive")] == before
    assert links(root, "next-archive") == []


def test_an_archive_names_no_hub_because_nothing_new_ever_comes_in_it() -> None:
    assert links(root_of(archive(1, *TWO)), "hub") == []


@pytest.mark.parametrize(
    ("entries", "updated"), [(TWO, "2026-05-07T12:00:00+00:00"), ([], "2026-01-01T00:00:00+00:00")]
)
def test_an_archive_is_as_old_as_its_newest_entry_else_as_its_publication(
    entries: Sequence[Stored], updated: str
) -> None:
    assert texts(root_of(archive(1, *entries)), "a:updated") == [updated]


def test_an_archive_of_the_same_entries_is_the_same_bytes() -> None:
    assert archive(1, *TWO) == archive(1, *TWO)


@pytest.mark.parametrize("entries", [pytest.param([*AWKWARD.values()], id="all"), pytest.param([], id="none")])
def test_a_stitched_archive_is_the_bytes_of_a_full_render(entries: Sequence[Stored]) -> None:
    updated = max((each.entry.updated for each in entries), default=SINCE)
    current = ("current", ATOM_TYPE, f"{BASE}/feed.atom")
    top = heading(ENGLISH, SITE, "archive/1.atom", updated)
    top = replace(top, related=(current,), hubs=(), archive=True)
    whole = generator.atom_bytes(generator.feed_of(top, [leaves(each, ENGLISH, SITE) for each in entries]))
    assert archive(1, *entries) == explained(whole, "../feed.css")


def test_the_feed_leads_to_the_newest_archive_only_where_there_is_one() -> None:
    with_archives, without = (root_of(documents(number, *TWO)["english/feed.atom"]) for number in (7, 0))
    assert [link["href"] for link in links(with_archives, "prev-archive")] == [f"{BASE}/archive/7.atom"]
    assert links(without, "prev-archive") == []
    assert with_archives.find("fh:archive", ATOM) is None


def test_a_visitor_finds_the_older_entries_though_nothing_new_stands() -> None:
    for entries in (TWO, []):
        index = html.document_fromstring(documents(7, *entries)["english/index.html"])
        assert ways(index)["Older entries"] == "archive/7.html"
        assert "Newest entries" not in ways(index)
        assert "Nothing has been published" not in index.text_content()
    assert b"Older entries" not in documents(0, *TWO)["english/index.html"]


@pytest.mark.parametrize(("number", "older"), [(1, None), (2, "1.html"), (12, "11.html")])
@pytest.mark.parametrize("entries", [TWO, []], ids=["some", "none left"])
def test_the_page_of_an_archive_leads_to_the_one_before_it_and_to_the_newest_and_never_to_the_next(
    number: int, older: str | None, entries: Sequence[Stored]
) -> None:
    root = page(number, *entries)
    assert ways(root).get("Older entries") == older
    assert ways(root)["Newest entries"] == "../index.html"
    assert f"{number + 1}.html" not in [each.get("href") for each in root.iter("a")]
    assert "Nothing has been published" not in root.text_content()


def test_the_page_of_an_archive_lists_its_entries_as_the_publications_page_does() -> None:
    pages = {each.entry.id: render.page_path(each.slug) for each in TWO}
    made = render.documents(ENGLISH, SITE, fragments(*TWO), [], SINCE, (), pages)["english/index.html"]
    lists = [root.find(".//main/ol") for root in (html.document_fromstring(made), page(3, *TWO))]
    told, same = (etree.tostring(each).decode() for each in lists)
    assert 'href="entries/the-lamp-0123456789.html"' in told
    assert same == told.replace('href="entries/', 'href="../entries/').replace('href="people/', 'href="../people/')


@pytest.mark.parametrize(
    ("language", "number", "title", "days"),
    [
        ("en", 3, "Older entries (3) — Translated for you", "May 3, 2026 – June 2, 2026"),
        ("de", 12, "Ältere Beiträge (12) — Translated for you", "3. Mai 2026 – 2. Juni 2026"),
    ],
)
def test_the_page_of_an_archive_has_a_title_of_its_own_and_says_of_which_days_it_is(
    language: str, number: int, title: str, days: str
) -> None:
    later = stored(id="urn:x:2", published=NOON + timedelta(days=30))
    root = page(number, later, TWO[0], publication=replace(ENGLISH, language=language))
    assert (root.get("lang"), root.findtext(".//title"), root.findtext(".//h2")) == (language, title, days)
    assert ways(root, ".//header") == {SITE.title: "../../index.html", ENGLISH.title: "../index.html"}


def test_an_archive_of_one_day_names_it_once() -> None:
    assert page(1, *TWO).findtext(".//h2") == "May 3, 2026"


def test_the_page_of_an_archive_offers_the_feeds_first_and_then_its_own_document() -> None:
    offered = [each.get("href") for each in page(3, *TWO).findall(".//head/link[@rel='alternate']")]
    assert offered == ["../feed.atom", "../feed.rss", "../feed.json", "3.atom"]


def test_an_editors_template_of_the_publications_page_makes_those_of_its_archives_too() -> None:
    theirs = '{% extends "ours/publication.html" %}{% block footer %}<p>By kind permission.</p>{% endblock %}'
    root = page(2, *TWO, templates={"publication.html": theirs})
    assert "By kind permission." in root.text_content()
    assert len(root.findall(".//main//li")) == 2


def test_an_archive_of_fifty_entries_is_a_page_of_less_than_50_kilobytes() -> None:
    entries = [stored(id=f"urn:x:{number}") for number in range(50)]
    pages = {each.entry.id: render.page_path(each.slug) for each in entries}
    made = render.archive_documents(ENGLISH, SITE, 1, fragments(*entries), SINCE, pages)
    assert len(made["english/archive/1.html"]) < 50_000


def test_our_parser_reads_an_archive_as_any_feed() -> None:
    read = parse.parse(Document(url=f"{BASE}/archive/2.atom", body=archive(2, *TWO)))
    assert [each.raw_id for each in read.entries] == ["urn:x:1", "urn:x:2"]


def test_every_stitched_document_is_valid_by_the_schema_of_rfc_4287(shared: Path) -> None:
    schema = etree.RelaxNG(etree.parse(shared / "data/schema/atom.rng"))
    made = fragments(*AWKWARD.values())
    people = {person.slug: person for each in AWKWARD.values() for person in render.people_of(each.entry)}
    feeds = [
        document
        for person in people.values()
        for path, document in render.person_documents(ENGLISH, SITE, person, made, {}).items()
        if path.endswith(".atom")
    ]
    assert feeds
    for document in (archive(2, *AWKWARD.values()), archive(1), documents(2)["english/feed.atom"], *feeds):
        assert schema.validate(etree.fromstring(document, etree.XMLParser(huge_tree=True))), schema.error_log
