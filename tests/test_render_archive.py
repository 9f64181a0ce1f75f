"""Archives: what left the subscription document is found by who follows the links (RFC 5005 section 4), and stays."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from syndicator.model import Document, Fragment, Stored
from syndicator.stages import parse, render
from syndicator.stages.render import generator
from syndicator.stages.render.entries import leaves
from syndicator.stages.render.headings import heading
from syndicator.stages.render.pages import explained
from tests.entries import AWKWARD, ENGLISH, NOON, SITE, stored
from tests.rendered import ATOM, SINCE, links, texts

BASE = "https://feeds.example.org/english"
ATOM_TYPE = "application/atom+xml"
TWO = [stored(id="urn:x:1"), stored(id="urn:x:2", updated=NOON + timedelta(days=4))]


def fragments(*entries: Stored) -> tuple[Fragment, ...]:
    return render.fragments(entries, ENGLISH, SITE)


def archive(number: int, *entries: Stored) -> bytes:
    ((path, made),) = render.archive_documents(ENGLISH, SITE, number, fragments(*entries), SINCE).items()
    assert path == f"english/archive/{number}.atom"
    return made


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
        page = html.document_fromstring(documents(7, *entries)["english/index.html"])
        (older,) = [each for each in page.findall(".//main//a") if each.text_content() == "Older entries"]
        assert (older.get("href"), older.get("type")) == ("archive/7.atom", ATOM_TYPE)
        assert "Nothing has been published" not in page.text_content()
    assert b"Older entries" not in documents(0, *TWO)["english/index.html"]


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
