"""The credit that every subscriber sees, in the language of the publication."""

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from babel.messages.pofile import read_po

from syndicator.model import Agent, Credit, Hop, Licence, Original, Release, Source, Translation
from syndicator.stages.render.credit_block import credit_block
from syndicator.stages.render.phrases import CATALOGUES, languages, phrases_for
from tests.entries import AUTHOR, AWKWARD, LICENCE_URL, TRANSLATOR, URL, entry, person

SOFTWARE = Credit(role="translator", agent=Agent(kind="software", name="Babelfish 3"))


def lines(language: str | None = "en", **changes: Any) -> list[str]:
    """The block's paragraphs as a reader sees them."""
    block = credit_block(entry(**changes), phrases_for(language))
    return [unescape(re.sub("<[^>]+>", "", line)) for line in re.findall("<p>(.*?)</p>", block)]


def test_a_translation_says_author_translator_languages_original_first_publisher_and_licence() -> None:
    assert lines() == [
        "Written by Vera Lunina",
        "Translated by Tom Reed (Russian → English)",
        "Original: Mayak (Russian, April 24, 2026)",
        "Translation first published by Lighthouse (May 3, 2026)",
        "Licence: CC-BY-SA-4.0",
    ]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "Übersetzung: Tom Reed (Russisch → Englisch)"),
        ("de-AT", "Übersetzung: Tom Reed (Russisch → Englisch)"),
        ("fr", "Traduction : Tom Reed (russe → anglais)"),
        ("es", "Traducción: Tom Reed (ruso → inglés)"),
        ("ru", "Перевод: Tom Reed (русский → английский)"),
        ("ar", "الترجمة: Tom Reed (الروسية ← الإنجليزية)"),
    ],
)
def test_the_block_speaks_the_publications_language(language: str, expected: str) -> None:
    assert lines(language)[1] == expected


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [(("de", "fr"), "de"), (("xx", "fr-CA"), "fr"), ((None, "ar"), "ar"), (("xx", "yy"), "en"), ((None, None), "en")],
)
def test_publication_then_entry_then_english(wanted: tuple[str | None, ...], spoken: str) -> None:
    assert phrases_for(*wanted).language == spoken


def test_the_block_tells_its_language_and_direction() -> None:
    block = credit_block(AWKWARD["arabic"].entry, phrases_for("ar"))
    assert block.startswith('<hr><div class="syndicator-credit" lang="ar" dir="rtl">')


LINK = Release(scope="link", why="a test")
STALE = Translation(from_language="ru", to_language="en", state="stale")
UMA, POST_EDITOR = person("Uma Rao", "translator"), person("Uma Rao", "post-editor")
PAINTER = person("Pia", "author", of="image")
ORIGINALLY_OURS: dict[str, Any] = {"original": None, "provenance": (), "translation": None}
IMAGE = person("Ilse Maler", "illustrator", of="image", target="https://lighthouse.example/l.png")
HOP_TRANSLATOR = person("Jo Between", "translator", of="hop", target="https://between.example/")
BETWEEN = Hop(role="translation", url="https://between.example/", publisher="Between", language="de")


CASES: dict[str, tuple[dict[str, Any], str]] = {
    "a machine": ({"credits": (AUTHOR, SOFTWARE)}, "Machine translation: Babelfish 3 (Russian → English)"),
    "two translators": ({"credits": (TRANSLATOR, UMA)}, "Translated by Tom Reed and Uma Rao (Russian → English)"),
    "a machine with a human after it": ({"credits": (SOFTWARE, POST_EDITOR)}, "Post-edited by Uma Rao"),
    "a role we have no word for": ({"credits": (person("Ken", "dramaturge {of} <x>"),)}, "dramaturge {of} <x>: Ken"),
    "a translation whose translator nobody named": ({"credits": (AUTHOR,)}, "Translation: Russian → English"),
    "an article that is no translation": ({"credits": (), **ORIGINALLY_OURS}, "Published by Lighthouse"),
    "who made a picture": ({"credits": (IMAGE,)}, "Illustrated by Ilse Maler"),
    "who made a picture that has an author": ({"credits": (PAINTER,)}, "Pictures by Pia"),
    "a translator on the way": (
        {"credits": (HOP_TRANSLATOR,), "provenance": (BETWEEN,)},
        "Translation first published by Between; Translated by Jo Between",
    ),
    "people of a hop that is not told": (
        {"credits": (HOP_TRANSLATOR,)},
        "Translated by Jo Between (Russian → English)",
    ),
    "an original without a hop": ({"provenance": ()}, "Original: Mayak (Russian)"),
    "an original without an address": ({"original": Original(site="Mayak"), "provenance": ()}, "Original: Mayak"),
    "where to read on": ({"release": LINK}, "Read the whole text: Lighthouse"),
    "rights in upstream's words": ({"licence": Licence(), "rights": "© the crew"}, "Rights: © the crew"),
    "a licence known by its address": ({"licence": Licence(url=LICENCE_URL)}, f"Licence: {LICENCE_URL}"),
    "a changed original": ({"translation": STALE}, "The original has changed since this translation was made."),
}


@pytest.mark.parametrize(("changes", "line"), CASES.values(), ids=CASES)
def test_a_line_is_said_where_a_fact_stands_behind_it(changes: dict[str, Any], line: str) -> None:
    assert line in lines(**changes)


@pytest.mark.parametrize(
    ("changes", "start"),
    [
        pytest.param({"credits": (IMAGE,), "release": LINK}, "Illustrated", id="no picture, no picture credit"),
        pytest.param({"credits": (PAINTER,)}, "Written", id="the author of a picture did not write the text"),
        pytest.param({"release": LINK, "url": None}, "Read the whole text", id="nowhere to read on"),
        pytest.param({}, "The original has changed", id="a current translation"),
    ],
)
def test_no_line_is_said_without_one(changes: dict[str, Any], start: str) -> None:
    assert not [line for line in lines(**changes) if line.startswith(start)]


def test_nothing_known_gives_no_block() -> None:
    assert credit_block(AWKWARD["nothing-known"].entry, phrases_for("en")) == ""


def test_each_line_says_a_thing_once() -> None:
    republished = Hop(role="republication", url=URL, publisher="Lighthouse", date=datetime(2026, 5, 4, tzinfo=UTC))
    told = lines(provenance=(republished,), credits=(AUTHOR, AUTHOR), original=None, translation=None)
    assert told == ["Written by Vera Lunina", "Republished by Lighthouse (May 4, 2026)", "Licence: CC-BY-SA-4.0"]


def test_names_and_sites_are_escaped_and_only_web_addresses_linked() -> None:
    evil = Credit(role="author", agent=Agent(kind="person", name='<b onclick="x">', uri='https://e.example/"><script>'))
    block = credit_block(
        entry(credits=(evil,), source=Source(title="<i>"), provenance=(), rights="<u>"), phrases_for("en")
    )
    assert not re.search("<(b|script|i|u)[ >]", block)
    assert "&lt;b onclick=&quot;x&quot;&gt;" in block
    assert "javascript" not in credit_block(AWKWARD["addresses-of-javascript"].entry, phrases_for("en"))


def catalogue(language: str) -> dict[str, str]:
    with CATALOGUES.joinpath(f"{language}.po").open("rb") as file:
        return {str(each.id): str(each.string) for each in read_po(file, locale=language) if each.id}


@pytest.mark.parametrize("language", languages())
def test_every_catalogue_is_complete_and_fills_the_same_braces(language: str) -> None:
    told = catalogue(language)
    assert told.keys() == catalogue("en").keys()
    for phrase, said in told.items():
        assert said, phrase
        assert sorted(re.findall(r"{\w+}", said)) == sorted(re.findall(r"{\w+}", phrase))
