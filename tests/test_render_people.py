"""People: who of an entry has a page, what it lists, a translator's feed, and names that lead there."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from lxml import etree, html

from syndicator.model import Agent, Credit, Credited, Document, Fragment, Stored
from syndicator.stages import parse, render
from tests.entries import AUTHOR, ENGLISH, NOON, PUBLISHER, SITE, TRANSLATOR, URL, entry, person, stored
from tests.rendered import links, texts
from tests.test_render_pages import ARABIC

TOM = "tom-reed-33f390ca69"
TOMS_ADDRESS = "https://tom.example/reed"
BASE = "https://feeds.example.org/english"


def at_home(name: str, uri: str, role: str = "author") -> Credit:
    return Credit(role=role, agent=Agent(kind="person", name=name, uri=uri))


OTHER = stored(id="urn:x:2", title="A harbour", credits=(AUTHOR, person("Ana Vela", "translator")))
OWN = stored(id="urn:x:3", title="A keeper's note", credits=(at_home("TOM  Reed", TOMS_ADDRESS),))


def person_of(name: str, *roles: str) -> Credited:
    (found,) = render.people_of(entry(credits=(person(name),)))
    return replace(found, roles=roles)


def fragments(*entries: Stored) -> tuple[Fragment, ...]:
    return render.fragments(entries, ENGLISH, SITE)


PAGES = {stored().entry.id: "entries/the-lamp-0123456789.html", "urn:x:3": "entries/note.html"}


def made(*entries: Stored, name: str = "Tom Reed", publication: Any = ENGLISH) -> dict[str, bytes]:
    return render.person_documents(publication, SITE, person_of(name), fragments(*entries), PAGES)


def page(*entries: Stored, name: str = "Tom Reed", publication: Any = ENGLISH) -> Any:
    (document,) = [body for path, body in made(*entries, name=name, publication=publication).items() if "html" in path]
    return html.document_fromstring(document)


@pytest.mark.parametrize(
    ("case", "credits", "expected"),
    [
        ("author and translator", (AUTHOR, TRANSLATOR), [("Vera Lunina", ("author",)), ("Tom Reed", ("translator",))]),
        (
            "one person, two roles",
            (person("Ana Vela"), person("Ana Vela", "translator")),
            [("Ana Vela", ("author", "translator"))],
        ),
        (
            "one person, two spellings",
            (person("ANA VELA"), person("Ana  Vela", "editor")),
            [("ANA VELA", ("author", "editor"))],
        ),
        ("one person twice", (person("Ana Vela"), person("Ana Vela")), [("Ana Vela", ("author",))]),
        ("a publisher", (PUBLISHER, replace(AUTHOR, role="publisher")), []),
        ("an organisation", (Credit(role="author", agent=Agent(kind="organisation", name="The Quay")),), []),
        ("a program", (Credit(role="translator", agent=Agent(kind="software", name="Engine")),), []),
        ("of a picture", (replace(AUTHOR, of="image", target=URL),), []),
        ("at a hop", (replace(TRANSLATOR, of="hop", target=URL),), []),
        ("no name", (person(" "),), []),
        ("a role that we have no word for", (person("Ana Vela", "letterer"),), [("Ana Vela", ("letterer",))]),
        ("nobody", (), []),
    ],
)
def test_people_have_a_page_by_what_they_did_to_the_entry_itself(
    case: str, credits: tuple[Credit, ...], expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    found = render.people_of(entry(credits=credits))
    assert [(each.name, each.roles) for each in found] == expected, case


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tom Reed", "TOM \n reed"),
        ("Zoë Müller", "Zoe\u0308 Mu\u0308ller"),
        ("Anna Strauß", "ANNA STRAUSS"),
        ("Ольга", "ОЛЬГА"),
        ("Tom\x00 Reed", "Tom Reed"),
    ],
)
def test_one_name_is_one_person_however_it_is_spelt(one: str, other: str) -> None:
    assert person_of(one).slug == person_of(other).slug


@pytest.mark.parametrize(
    ("one", "other"), [("Ольга", "Игорь"), ("Tom Reed", "Tom Reeds"), ("Zoë", "Zoe"), ("李", "王")]
)
def test_other_names_are_other_people(one: str, other: str) -> None:
    assert person_of(one).slug != person_of(other).slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Tom Reed", TOM),
        ("Zoë O’Hara-Quinn", "zoe-ohara-quinn-1216aa38af"),
        ("𝐀da Reed", "ada-reed-569b0a6d56"),
        ("ليلى", "48e53687a5"),
        ("../../etc/passwd", "etc-passwd-3754d6cb3a"),
        ("a" * 300, "a" * 60 + "-9835fa6bf4"),
    ],
)
def test_a_persons_files_are_named_by_the_name_in_ascii_and_a_number(name: str, slug: str) -> None:
    found = person_of(name).slug
    assert found == slug
    assert render.person_paths(ENGLISH, found) == (f"english/people/{found}.html", f"english/people/{found}.atom")


def test_a_translator_has_a_page_and_a_feed_and_an_author_a_page() -> None:
    assert [*made(stored(), OTHER, OWN)] == [f"english/people/{TOM}.html", f"english/people/{TOM}.atom"]
    assert [*made(OWN)] == [f"english/people/{TOM}.html"]


def test_who_has_no_entry_left_has_no_page() -> None:
    assert made(OTHER) == made() == {}


def test_a_persons_page_lists_what_they_had_a_hand_in_and_where_they_are_at_home() -> None:
    root = page(stored(), OTHER, OWN)
    assert root.findtext(".//h1/bdi") == "Tom Reed"
    assert [each.text_content() for each in root.findall(".//h3")] == ["The lamp", "A keeper's note"]
    assert [each.get("href") for each in root.findall(".//h3/a")] == [
        "../entries/the-lamp-0123456789.html",
        "../entries/note.html",
    ]
    card = root.find(".//*[@class='h-card']")
    assert [(each.get("href"), each.text_content()) for each in card.findall(".//a")] == [(TOMS_ADDRESS, "tom.example")]
    (subscribe,) = root.findall(".//p[@class='subscribe']/a")
    assert (subscribe.get("href"), subscribe.text_content()) == (f"{TOM}.atom", "Translated by Tom Reed")
    (found,) = root.findall(".//link[@rel='alternate']")
    assert found.get("href") == f"{TOM}.atom"


def test_the_page_of_who_translates_nothing_offers_no_feed() -> None:
    root = page(OWN)
    assert root.find(".//p[@class='subscribe']") is None
    assert root.find(".//link[@rel='alternate']") is None


def test_a_persons_page_leads_to_the_others_and_not_to_itself() -> None:
    (lamp, *_) = page(stored()).findall(".//li/p")
    told = {each.text_content(): each.get("href") for each in lamp.findall(".//a")}
    assert told["Vera Lunina"] == f"../people/{person_of('Vera Lunina').slug}.html"
    assert "Tom Reed" in lamp.text_content()
    assert "Tom Reed" not in told


def test_a_persons_page_speaks_the_language_of_its_publication() -> None:
    root = page(stored(), publication=ARABIC)
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
    assert "الترجمة: Tom Reed" in root.text_content()


def test_a_translators_feed_has_what_they_translated_as_the_publications_feed_has_it() -> None:
    root = etree.fromstring(made(OWN, stored(), OTHER)[f"english/people/{TOM}.atom"])
    address = f"{BASE}/people/{TOM}"
    assert texts(root, "{*}id") == [f"{address}.atom"] == [link["href"] for link in links(root, "self")]
    assert texts(root, "{*}title") == ["Translated by Tom Reed — Translated for you"]
    assert texts(root, "{*}updated") == [(NOON + timedelta(hours=1)).isoformat()]
    assert [link["href"] for link in links(root, "alternate")] == [f"{address}.html"]
    assert texts(root, "{*}entry/{*}id") == [stored().entry.id]
    assert links(root, "hub") == []


def test_a_translators_feed_keeps_the_bytes_of_the_fragments_and_explains_itself() -> None:
    document = made(stored())[f"english/people/{TOM}.atom"]
    (fragment,) = fragments(stored())
    assert fragment.atom in document
    assert b'<?xml-stylesheet type="text/css" href="../feed.css"?>' in document


def test_a_translators_feed_is_read_by_our_parser() -> None:
    read = parse.parse(Document(url=f"{BASE}/people/{TOM}.atom", body=made(stored())[f"english/people/{TOM}.atom"]))
    assert [(each.raw_id, each.title.value) for each in read.entries] == [(stored().entry.id, "The lamp")]


def test_names_on_an_entrys_page_lead_to_people_and_the_credit_block_to_their_own_addresses() -> None:
    root = html.document_fromstring(render.entry_page(stored(), ENGLISH, SITE))
    byline = {each.text_content(): each.get("href") for each in root.findall(".//*[@class='byline']//a")}
    assert byline["Tom Reed"] == f"../people/{TOM}.html"
    assert byline["Vera Lunina"] == f"../people/{person_of('Vera Lunina').slug}.html"
    block = {each.text_content(): each.get("href") for each in root.findall(".//*[@class='syndicator-credit']//a")}
    assert block["Vera Lunina"] == "https://vera.example/"
    assert root.find(".//*[@class='p-author h-card']/data").get("value") == "https://vera.example/"


def test_names_in_an_index_lead_to_people_where_the_entry_has_a_page() -> None:
    feeds = render.documents(ENGLISH, SITE, fragments(stored(), OTHER), [], NOON, pages=PAGES)
    first, second = html.document_fromstring(feeds["english/index.html"]).findall(".//li")
    assert f"people/{TOM}.html" in [each.get("href") for each in first.findall(".//a")]
    assert [each.get("href") for each in second.findall("p//a")][:1] == ["https://vera.example/"]


def test_a_name_of_somebody_else_leads_where_it_led() -> None:
    quay = Credit(role="translator", agent=Agent(kind="organisation", name="Quay", uri="https://quay.example/"))
    root = html.document_fromstring(render.entry_page(stored(credits=(AUTHOR, quay)), ENGLISH, SITE))
    byline = {each.text_content(): each.get("href") for each in root.findall(".//*[@class='byline']//a")}
    assert byline["Quay"] == "https://quay.example/"


def test_no_name_becomes_markup() -> None:
    hostile = '"><script>alert(1)</script>'
    each = stored(credits=(at_home(hostile, "javascript:alert(1)", "translator"),))
    told = [*made(each, name=hostile).values(), render.entry_page(each, ENGLISH, SITE)]
    assert len(told) == 3
    for document in told:
        assert b"<script>alert" not in document
        assert b'href="javascript' not in document


def test_an_editor_replaces_a_block_of_a_persons_page() -> None:
    theirs = {"person.html": '{% extends "ours/person.html" %}{% block main %}<p>{{ heading }}!</p>{% endblock %}'}
    found = render.person_documents(ENGLISH, SITE, person_of("Tom Reed"), fragments(stored()), PAGES, theirs)
    assert b"<p>Tom Reed!</p>" in found[f"english/people/{TOM}.html"]
    assert render.template_mistakes(theirs) == ()


def test_a_page_of_fifty_entries_stays_under_50_kilobytes() -> None:
    entries = [stored(id=f"urn:x:{number}") for number in range(50)]
    assert len(made(*entries)[f"english/people/{TOM}.html"]) < 50_000
