"""Our own words: every catalogue says everything, and a language tag finds its catalogue."""

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from syndicator.stages import render
from syndicator.stages.render.credit_block import HOP_PHRASES, ROLE_PHRASES
from syndicator.stages.render.phrases import CATALOGUES, languages, phrases_for
from tests.entries import NOON

ROOM = Path(str(files(render)))
PRESS = "ar cs de el en es fa fr he hu it ja ko nl pl pt ro ru sv tr uk zh zh_Hant"


def catalogue(name: str) -> Catalog:
    with CATALOGUES.joinpath(f"{name}.po").open("rb") as file:
        return read_po(file, locale=name, abort_invalid=True)


def words(name: str) -> dict[str, str]:
    return {str(each.id): str(each.string) for each in catalogue(name) if each.id}


def without_braces(phrase: str) -> str:
    return re.sub(r"{\w+}", "", phrase)


FILES = [file.read_text(encoding="utf-8") for file in sorted(ROOM.rglob("*.py"))]
NODES = [node for code in FILES for node in ast.walk(ast.parse(code))]
TEMPLATES = [file.read_text(encoding="utf-8") for file in ROOM.rglob("*.html")]


def text_of(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def said() -> Iterator[str]:
    """Every phrase that the room's code and templates say: a literal, or a constant with a name."""
    assigned = [node for node in NODES if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)]
    named = {node.targets[0].id: text_of(node.value) for node in assigned}  # type: ignore[attr-defined]
    for node in NODES:
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "say":
            yield text_of(node.args[0]) or named.get(getattr(node.args[0], "id", ""), "")
    for template in TEMPLATES:
        yield from re.findall(r'say\("([^"]+)"', template)
    yield from (*ROLE_PHRASES.values(), *HOP_PHRASES.values())


def test_the_languages_of_the_press_are_spoken() -> None:
    assert set(PRESS.split()) <= set(languages())


@pytest.mark.parametrize("name", languages())
def test_every_catalogue_is_complete_and_fills_the_same_braces(name: str) -> None:
    told = words(name)
    assert told.keys() == words("en").keys()
    assert not [each.id for each in catalogue(name) if each.fuzzy or each.pluralizable]
    assert not catalogue(name).obsolete
    for phrase, each in told.items():
        assert each == each.strip() != "", phrase
        assert sorted(re.findall(r"{.*?}", each)) == sorted(re.findall(r"{\w+}", phrase)), phrase


def test_arabic_persian_and_hebrew_run_from_right_to_left() -> None:
    assert [each for each in languages() if phrases_for(each).direction == "rtl"] == ["ar", "fa", "he"]


@pytest.mark.parametrize("name", [each for each in languages() if each != "en"])
def test_no_sentence_is_left_in_english(name: str) -> None:
    left = [phrase for phrase, each in words(name).items() if each == phrase]
    assert not [phrase for phrase in left if len(re.findall("[A-Za-z]+", without_braces(phrase))) > 1]


def test_english_says_the_phrase_itself() -> None:
    assert all(phrase == each for phrase, each in words("en").items())


def test_every_phrase_that_is_said_is_in_the_catalogues() -> None:
    assert sorted({*filter(None, said())} - words("en").keys()) == []


def test_every_phrase_of_the_catalogues_stands_in_the_code() -> None:
    assert sorted(words("en").keys() - {*map(text_of, NODES), *said()}) == []


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [(("de", "fr"), "de"), (("xx", "fr-CA"), "fr"), ((None, "ar"), "ar"), (("xx", "yy"), "en"), ((None, None), "en")],
)
def test_publication_then_entry_then_english(wanted: tuple[str | None, ...], spoken: str) -> None:
    assert phrases_for(*wanted).language == spoken


@pytest.mark.parametrize(
    ("tag", "spoken", "day"),
    [
        ("en-GB", "en", "3 May 2026"),
        ("en-US", "en", "May 3, 2026"),
        ("pt-PT", "pt", "3 de maio de 2026"),
        ("zh-CN", "zh", "2026年5月3日"),
        ("zh-TW", "zh-Hant", "2026年5月3日"),
        ("zh-Hant-HK", "zh-Hant", "2026年5月3日"),
        ("iw", "he", "3 במאי 2026"),
        ("fa", "fa", "۳ مه ۲۰۲۶"),
        ("de-ZZ", "de", "3. Mai 2026"),
        ("de-x-pirate", "de", "3. Mai 2026"),
        ("und", "en", "May 3, 2026"),
        ("../en", "en", "May 3, 2026"),
        ("", "en", "May 3, 2026"),
    ],
)
def test_a_tag_finds_its_catalogue_and_writes_its_regions_days(tag: str, spoken: str, day: str) -> None:
    phrases = phrases_for(tag)
    written = phrases.day(NOON).replace("\N{ARABIC HAMZA ABOVE}", "")  # CLDR 48 writes Persian months without it
    assert (phrases.language, written) == (spoken, day)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("ru", "Russian"),
        ("en-GB", "English"),
        ("zh-Hans", "Simplified Chinese"),
        ("zh-TW", "Traditional Chinese"),
        ("zh", "Chinese"),
        ("iw", "Hebrew"),
        ("sr-Latn", "Serbian"),
        ("und", "und"),
        ("qaa", "qaa"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_language_is_called_by_its_name_and_by_its_tag_where_it_has_none(tag: str | None, name: str) -> None:
    assert phrases_for("en").name_of(tag) == name
