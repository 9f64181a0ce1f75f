"""The credit that every subscriber sees, in the language of the publication."""

import re
from datetime import UTC, datetime
from html import unescape
from importlib.resources import files
from typing import Any

import nh3
import pytest
from lxml import html

from syndicator.model import Agent, Credit, Hop, Licence, Original, Release, Source, Translation
from syndicator.stages import render
from syndicator.stages.render.credit_block import credit_block
from syndicator.stages.render.phrases import languages, phrases_for
from tests.entries import AUTHOR, AWKWARD, LICENCE_URL, NOON, ORIGINAL_URL, TRANSLATOR, URL, entry, person

SOFTWARE = Credit(role="translator", agent=Agent(kind="software", name="Babelfish 3"))


def lines(language: str | None = "en", corrected: datetime | None = None, **changes: Any) -> list[str]:
    """The block's lines as a reader sees them."""
    block = credit_block(entry(**changes), phrases_for(language), corrected)
    return [unescape(re.sub("<[^>]+>", "", line)) for line in re.findall("<em>(.*?)</em>", block)]


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
        ("fr", "Traduction\N{NO-BREAK SPACE}: Tom Reed (russe → anglais)"),
        ("es", "Traducción: Tom Reed (ruso → inglés)"),
        ("ru", "Перевод: Tom Reed (русский → английский)"),
        ("ar", "الترجمة: Tom Reed (الروسية ← الإنجليزية)"),
    ],
)
def test_the_block_speaks_the_publications_language(language: str, expected: str) -> None:
    assert lines(language)[1] == expected


def test_the_block_tells_its_language_and_direction() -> None:
    block = credit_block(AWKWARD["arabic"].entry, phrases_for("ar"))
    assert block.startswith('<p class="syndicator-credit" lang="ar" dir="rtl">')


LINK = Release(scope="link", why="a test")
STALE = Translation(from_language="ru", to_language="en", state="stale")
WITHIN = Translation(from_language="en-US", to_language="en-GB")
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
    "an original that nobody translated": (
        {"provenance": (Hop(role="original", url=URL, publisher="Lighthouse", language="en", date=NOON),)},
        "Original: Lighthouse (May 3, 2026)",
    ),
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
        pytest.param({"credits": (), "translation": WITHIN}, "Translation:", id="from a language into itself"),
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


def test_a_name_that_is_told_twice_is_said_once_with_its_page() -> None:
    block = credit_block(entry(credits=(person("Vera Lunina"), AUTHOR, person("Bo Li"))), phrases_for("en"))
    assert '>Written by <a href="https://vera.example/"><bdi>Vera Lunina</bdi></a> and <bdi>Bo Li</bdi><' in block


def test_names_and_sites_are_escaped_and_only_web_addresses_linked() -> None:
    evil = Credit(role="author", agent=Agent(kind="person", name='<b onclick="x">', uri='https://e.example/"><script>'))
    block = credit_block(
        entry(credits=(evil,), source=Source(title="<i>"), provenance=(), rights="<u>"), phrases_for("en")
    )
    assert not re.search("<(b|script|i|u)[ >]", block)
    assert "&lt;b onclick=&quot;x&quot;&gt;" in block
    assert "javascript" not in credit_block(AWKWARD["addresses-of-javascript"].entry, phrases_for("en"))


EVERYTHING: dict[str, Any] = {
    "credits": (
        AUTHOR,
        TRANSLATOR,
        UMA,
        SOFTWARE,
        POST_EDITOR,
        *(
            person(f"Ms {role}", role)
            for role in ("reviser", "editor", "illustrator", "photographer", "contributor", "dramaturge")
        ),
        HOP_TRANSLATOR,
    ),
    "provenance": (
        Hop(role="original", url=ORIGINAL_URL, publisher="Mayak", language="ru", date=NOON),
        BETWEEN,
        Hop(role="republication", url="https://mole.example/lamp", publisher="מגדל", date=NOON),
    ),
    "translation": STALE,
    "rights": "© the crew",
    "release": Release(scope="excerpt", why="a test"),
}
PICTURES: dict[str, Any] = {"credits": (PAINTER,)}
NOBODY: dict[str, Any] = {"credits": ()}
ELSEWHERE: dict[str, Any] = {"credits": (), **ORIGINALLY_OURS}
SPOKEN = [each.replace("_", "-") for each in languages()]
OURS = set(re.findall(r'"([^"\n]*)"', (files(render) / "credit_block.py").read_text(encoding="utf-8")))


@pytest.mark.parametrize("language", SPOKEN)
def test_every_phrase_of_the_block_is_said_in_every_language(language: str) -> None:
    all_facts = (EVERYTHING, PICTURES, NOBODY, ELSEWHERE)
    said = "\n".join(line for facts in all_facts for line in lines(language, corrected=NOON, **facts))
    missing = [
        phrase
        for phrase, template in phrases_for(language).catalogue.items()
        if phrase in OURS and not re.search(re.sub(r"\\{\w+\\}", ".+", re.escape(template)), said)
    ]
    assert missing == []


@pytest.mark.parametrize("language", SPOKEN)
def test_every_language_tells_every_name_address_and_the_order_of_the_way(language: str) -> None:
    block = credit_block(entry(**EVERYTHING), phrases_for(language))
    for name in ("Vera Lunina", "Tom Reed", "Uma Rao", "Babelfish 3", "Ms dramaturge", "Jo Between", "© the crew"):
        assert f"<bdi>{name}</bdi>" in block
    way = [block.index(f'href="{url}"') for url in (URL, ORIGINAL_URL, "https://between.example/", LICENCE_URL)]
    assert way == sorted(way)


GOLDEN = {
    "en": """This is an excerpt.
Read the whole text: Lighthouse
Written by Vera Lunina
Translated by Tom Reed and Uma Rao (Russian → English)
Machine translation: Babelfish 3 (Russian → English)
Post-edited by Uma Rao
Revised by Ms reviser
Edited by Ms editor
Illustrated by Ms illustrator
Photographs by Ms photographer
With contributions by Ms contributor
dramaturge: Ms dramaturge
The original has changed since this translation was made.
Original: Mayak (Russian, May 3, 2026)
Translation first published by Between; Translated by Jo Between
Republished by מגדל (May 3, 2026)
Licence: CC-BY-SA-4.0
Rights: © the crew""",
    "fr": """Ceci est un extrait.
Lire le texte entier\N{NO-BREAK SPACE}: Lighthouse
Texte\N{NO-BREAK SPACE}: Vera Lunina
Traduction\N{NO-BREAK SPACE}: Tom Reed et Uma Rao (russe → anglais)
Traduction automatique\N{NO-BREAK SPACE}: Babelfish 3 (russe → anglais)
Post-édition\N{NO-BREAK SPACE}: Uma Rao
Révision\N{NO-BREAK SPACE}: Ms reviser
Édition\N{NO-BREAK SPACE}: Ms editor
Illustration\N{NO-BREAK SPACE}: Ms illustrator
Photos\N{NO-BREAK SPACE}: Ms photographer
Collaboration\N{NO-BREAK SPACE}: Ms contributor
dramaturge\N{NO-BREAK SPACE}: Ms dramaturge
L’original a changé depuis cette traduction.
Original\N{NO-BREAK SPACE}: Mayak (russe, 3 mai 2026)
Traduction publiée d’abord par\N{NO-BREAK SPACE}: Between\N{NO-BREAK SPACE}; Traduction\N{NO-BREAK SPACE}: Jo Between
Republié par\N{NO-BREAK SPACE}: מגדל (3 mai 2026)
Licence\N{NO-BREAK SPACE}: CC-BY-SA-4.0
Droits\N{NO-BREAK SPACE}: © the crew""",
    "ar": """هذا مقتطف من النص.
قراءة النص الكامل: Lighthouse
النص: Vera Lunina
الترجمة: Tom Reed وUma Rao (الروسية ← الإنجليزية)
ترجمة آلية: Babelfish 3 (الروسية ← الإنجليزية)
تحرير الترجمة الآلية: Uma Rao
مراجعة الترجمة: Ms reviser
التحرير: Ms editor
الرسوم: Ms illustrator
الصور الفوتوغرافية: Ms photographer
مشاركة: Ms contributor
dramaturge: Ms dramaturge
تغيّر النص الأصلي منذ إنجاز هذه الترجمة.
النص الأصلي: Mayak (الروسية، 3 مايو 2026)
نُشرت الترجمة أولاً في: Between؛ الترجمة: Jo Between
أُعيد النشر في: מגדל (3 مايو 2026)
الرخصة: CC-BY-SA-4.0
الحقوق: © the crew""",
    "ja": """これは抜粋です。
全文を読む：Lighthouse
執筆：Vera Lunina
翻訳：Tom Reed、Uma Rao（ロシア語 → 英語）
機械翻訳：Babelfish 3（ロシア語 → 英語）
機械翻訳の修正：Uma Rao
翻訳の校閲：Ms reviser
編集：Ms editor
イラスト：Ms illustrator
写真：Ms photographer
協力：Ms contributor
dramaturge：Ms dramaturge
この翻訳の後に、原文が変更されています。
原文：Mayak（ロシア語、2026年5月3日）
翻訳の初出：Between／翻訳：Jo Between
転載：מגדל（2026年5月3日）
ライセンス：CC-BY-SA-4.0
権利：© the crew""",
}


@pytest.mark.parametrize("language", GOLDEN)
def test_the_whole_block_line_by_line(language: str) -> None:
    assert lines(language, **EVERYTHING) == GOLDEN[language].splitlines()


def words(markup: str) -> str:
    return str(html.fragment_fromstring(markup, "div").text_content())


def test_the_block_is_one_paragraph_for_reading_modes_drop_boxes_that_are_mostly_links() -> None:
    block = credit_block(entry(**EVERYTHING), phrases_for("en"))
    assert len(re.findall("<(?:p|div|section)[ >]", block)) == 1
    assert block.startswith("<p ")
    assert block.endswith("</p>")


@pytest.mark.parametrize("language", SPOKEN)
def test_readers_sanitisers_leave_the_words_and_the_links(language: str) -> None:
    block = credit_block(entry(**EVERYTHING), phrases_for(language))
    assert set(re.findall(r"<(\w+)", block)) == {"p", "em", "br", "a", "bdi"}
    assert "style=" not in block
    strict = nh3.clean(block, tags={"p", "a"})
    assert re.findall(r'href="([^"]*)"', strict) == re.findall(r'href="([^"]*)"', block)
    assert (
        html.fragment_fromstring(strict, "div").text_content() == html.fragment_fromstring(block, "div").text_content()
    )


@pytest.mark.parametrize("language", SPOKEN)
def test_a_line_runs_and_points_as_its_language_is_read(language: str) -> None:
    direction = phrases_for(language).direction
    block = credit_block(entry(), phrases_for(language))
    assert f'lang="{language}" dir="{direction}">' in block
    assert [arrow for arrow in "←→" if arrow in block] == ["←" if direction == "rtl" else "→"]


def test_a_bare_tag_among_words_of_another_direction_is_set_apart() -> None:
    """The Unicode bidirectional algorithm (UAX 9, N1) turns an arrow between two Latin words with them."""
    odd = Translation(from_language="qaa", to_language="qab")
    assert "<bdi>qaa</bdi> ← <bdi>qab</bdi>" in credit_block(entry(translation=odd), phrases_for("ar"))
    assert "<bdi>الروسية" not in credit_block(entry(), phrases_for("ar"))


@pytest.mark.parametrize("language", SPOKEN)
def test_a_correction_is_told_with_its_day(language: str) -> None:
    day = phrases_for(language).day(NOON)
    (told,) = set(lines(language, corrected=NOON, **NOBODY)) - set(lines(language, **NOBODY))
    assert day in told
    assert ".." not in told


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        pytest.param({}, True, id="the text is longer"),
        pytest.param({"content_html": "<p>A <b>keeper</b> counts the ships.</p>"}, False, id="all that there is"),
        pytest.param({"summary_html": ""}, False, id="nothing is shown"),
        pytest.param({"release": LINK}, False, id="a link"),
        pytest.param({"release": Release(scope="whole", why="a test")}, False, id="the whole text"),
    ],
)
def test_an_excerpt_is_called_one(facts: dict[str, Any], said: bool) -> None:
    told = lines(**{"release": Release(scope="excerpt", why="a test"), **facts})
    assert ("This is an excerpt." in told) == said
