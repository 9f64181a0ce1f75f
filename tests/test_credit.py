"""Who is credited, from which words, and what is lifted. All names and sites are invented."""

from datetime import UTC, datetime

import pytest
from lxml.html import fragment_fromstring, tostring

from syndicator.model import Extension, FeedHead, Hop, Image, Link, Original, ParsedEntry, Person
from syndicator.stages.credit import lift, read_credit
from syndicator.stages.credit.phrases import PHRASES

HEAD = FeedHead(title="Lantern Weekly", url="https://lantern.example")
URL = "https://lantern.example/boats/"
WHEN = datetime(2024, 3, 5, tzinfo=UTC)
PROSE = "<p>The harbour was quiet that day, and nobody on the shore could say why it had been closed.</p>" * 9


def read(first: str = "", last: str = "", *, language: str = "en", images=(), **fields):
    root = fragment_fromstring(first + PROSE + last, create_parent="div")
    parsed = ParsedEntry(fingerprint="f", link=URL, **fields)
    return root, read_credit(parsed, HEAD, root, images, url=URL, language=language, published=WHEN)


def named(reading, role: str):
    return [(credit.agent.name, credit.agent.kind) for credit in reading.credits if credit.role == role]


def translators(line: str, language: str):
    return named(read(last=f"<p>{line}</p>", language=language)[1], "translator")


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("en", "Translated by Ada Brook.", ["Ada Brook"]),
        ("en", "Translated by Translated by Ada Brook", ["Ada Brook"]),
        ("en", "Translated from the Norwegian by A. B. Brook", ["A. B. Brook"]),
        ("en", "Translated by Ada Brook republished from the Lantern.", ["Ada Brook"]),
        ("en", "Translation: Ada Brook and Bo Reed", ["Ada Brook", "Bo Reed"]),
        ("en", "English translation by <a href='https://ada.example/'>adab</a>", ["adab"]),
        ("en", "This article was translated into English by Ada Brook", ["Ada Brook"]),
        ("de", "Übersetzung: Ada Brück", ["Ada Brück"]),
        ("de", "Aus dem Norwegischen übersetzt von Ada Brück und Bo Ried", ["Ada Brück", "Bo Ried"]),
        ("de", "Übersetzt aus dem Englischen von Ada von Brück.", ["Ada von Brück"]),
        ("fr", "Traduit de l’allemand par Ada Ponceau", ["Ada Ponceau"]),
        ("fr", "Traduction : Ada Ponceau et Bo Rive", ["Ada Ponceau", "Bo Rive"]),
        ("es", "Traducido del inglés por Ada Puente y Bo Ribera.", ["Ada Puente", "Bo Ribera"]),
        ("es", "Traducción de Ada Puente", ["Ada Puente"]),
        ("it", "Traduzione a cura di: Ada Ponte", ["Ada Ponte"]),
        ("pt", "Tradução do inglês por Ada Ponte", ["Ada Ponte"]),
        ("ru", "Перевод с английского: Ада Мостова", ["Ада Мостова"]),
        ("ru", "Перевела Ада Мостова", ["Ада Мостова"]),
        ("uk", "Переклад з англійської: Ада Мостова", ["Ада Мостова"]),
        ("nl", "Vertaald uit het Engels door Ada ter Brug", ["Ada ter Brug"]),
        ("pl", "Tłumaczenie: Ada Mostowa i Bo Rzeka", ["Ada Mostowa", "Bo Rzeka"]),
        ("sv", "Översatt av Ada Bro", ["Ada Bro"]),
        ("tr", "Çeviren: Ada Köprü", ["Ada Köprü"]),
        ("zh", "译者：桥艾达、河博", ["桥艾达", "河博"]),
        ("ko", "번역: 다리 (@dari)", ["다리"]),
        ("vi", "Người dịch: Cầu Ada và Sông Bo", ["Cầu Ada", "Sông Bo"]),
        ("eo", "Tradukis Ada Ponto", ["Ada Ponto"]),
        ("en", "Übersetzung: Ada Brück", ["Ada Brück"]),
    ],
)
def test_translators_are_exactly_the_names(language, line, names):
    assert translators(line, language) == [(name, "person") for name in names]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "The rules are translated by the harbour office into signals."),
        ("en", "Translation: 2:1"),
        ("en", "Translated by hand, over years, and never printed."),
        ("de", "Übersetzung: <b>2:1</b>"),
        ("fr", "La panne se traduit par un retard de deux heures."),
        ("fr", "Pont, Les bateaux, traduit du norvégien par Ada Ponceau, éditions du Quai, 2017, 90 pages"),
        ("es", "Traducción de documentos"),
        ("ru", "Выберите правильный перевод с английского языка"),
        ("zh", "译者："),
    ],
)
def test_ordinary_words_and_bibliographies_credit_nobody(language, line):
    assert translators(line, language) == []


@pytest.mark.parametrize(
    ("language", "line", "engine"),
    [
        ("en", "Translated by DeepL", "DeepL"),
        ("en", "This article was machine translated from Norwegian with Google Translate.", "Google Translate"),
        ("de", "Maschinell übersetzt mit DeepL.", "DeepL"),
        ("fr", "Traduit de l'anglais par Google", "Google"),
        ("tr", "Yapay zeka ile çevrildi", "machine translation"),
    ],
)
def test_a_machine_is_software_and_never_a_person(language, line, engine):
    assert translators(line, language) == [(engine, "software")]


def test_the_line_read_is_lifted_and_its_neighbours_stay():
    root, reading = read(last="<p>The end.<br><em>Translated by Ada Brook.</em></p>")
    lift(reading.lifts)
    assert tostring(root[-1], encoding="unicode") == "<p>The end.</p>"


def test_a_sentence_read_in_a_paragraph_is_lifted_out_of_it():
    root, reading = read(last="<p>The <b>end</b> came. Translated by Ada Brook.</p>")
    lift(reading.lifts)
    assert root[-1].text_content() == "The end came. "


def test_the_same_words_in_the_middle_of_an_article_are_its_own():
    middle = PROSE + "<p>Translated by Ada Brook.</p>" + PROSE
    assert named(read(first=middle)[1], "translator") == []


STANDFIRST = (
    "<p><em>The editors of the Norwegian maritime magazine </em><a href='https://fjordlos.example/2024/ferger'>"
    "fjordlos.example</a><em> explain why no boat has crossed.</em></p>"
)


def test_a_standfirst_names_the_authors_and_the_original():
    root, reading = read(first=STANDFIRST, authors=(Person(name="Lantern Weekly"),))
    author = next(credit for credit in reading.credits if credit.role == "author")
    assert (author.agent.kind, author.agent.name) == ("organisation", "The editors of fjordlos.example")
    assert author.agent.uri == "https://fjordlos.example/2024/ferger"
    assert (author.evidence[0].where, author.evidence[0].rule) == ("standfirst", "en: {collective} of {source}")
    assert reading.original == Original(url=author.agent.uri, site="fjordlos.example", language="no")
    lift(reading.lifts)
    assert root[0].text_content().startswith("The editors of the Norwegian")


def test_a_link_to_the_right_site_is_not_the_original():
    reading = read(first=STANDFIRST.replace("/2024/ferger", "/"))[1]
    assert reading.original is None
    assert reading.provenance[0] == Hop(role="original", publisher="fjordlos.example", language="no")


def test_an_editors_note_says_author_translator_and_the_hop_between():
    note = (
        "<p><em>Note from the editors: this article, written by the editors of the Norwegian magazine <a href='https://fjordlos.example/f'>"
        "Fjordlos.example</a>, was posted in an English translation by Ada Brook at <a href='https://quay.example/f'>Quay</a>.</em></p>"
    )
    root, reading = read(first=note)
    assert named(reading, "author") == [("the editors of Fjordlos.example", "organisation")]
    assert named(reading, "translator") == [("Ada Brook", "person")]
    assert [(hop.role, hop.publisher) for hop in reading.provenance] == [
        ("original", "fjordlos.example"),
        ("translation", "Quay"),
        ("republication", "Lantern Weekly"),
    ]
    lift(reading.lifts)
    assert root[0].text_content().startswith("The harbour")


@pytest.mark.parametrize(
    ("byline", "first", "authors"),
    [
        ("Bo Reed", "", [("Bo Reed", "person")]),
        ("Bo Reed and Ada Brook", "", [("Bo Reed", "person"), ("Ada Brook", "person")]),
        ("Lantern Weekly", "", [("Lantern Weekly", "organisation")]),
        ("lantern.example", "", [("lantern.example", "organisation")]),
        ("The Quay Collective", "", [("The Quay Collective", "organisation")]),
        ("Lantern Weekly", STANDFIRST, [("The editors of fjordlos.example", "organisation")]),
        ("Lantern Weekly", "<p>By Bo Reed</p>", [("Bo Reed", "person")]),
        ("Ada Brook", "<p>Translated by Ada Brook</p>", []),
        ("bo@lantern.example", "", []),
    ],
)
def test_the_byline_is_the_author_unless_it_is_the_site_or_the_translator(byline, first, authors):
    assert named(read(first=first, authors=(Person(name=byline),))[1], "author") == authors


@pytest.mark.parametrize(
    ("caption", "role", "name", "kind"),
    [
        ("Drawing by the volunteers of Quay Nine.", "illustrator", "the volunteers of Quay Nine", "organisation"),
        ("The quay at night. Photo: Bo Reed", "photographer", "Bo Reed", "person"),
        ("Foto: Bo Ried", "photographer", "Bo Ried", "person"),
    ],
)
def test_a_caption_credits_its_image(caption, role, name, kind):
    image = Image(src="https://lantern.example/q.png", caption=caption)
    figure = f"<figure><img src='{image.src}'><figcaption>{caption}</figcaption></figure>"
    credit = next(credit for credit in read(first=figure, images=(image,))[1].credits if credit.of == "image")
    assert (credit.role, credit.agent.name, credit.agent.kind, credit.target) == (role, name, kind, image.src)


def test_the_site_is_credited_as_publisher_of_its_hop():
    credit = next(credit for credit in read()[1].credits if credit.role == "publisher")
    assert (credit.agent.name, credit.agent.uri, credit.of, credit.target) == ("Lantern Weekly", HEAD.url, "hop", URL)


def test_an_article_of_the_sites_own_is_one_hop():
    assert read()[1].provenance == (
        Hop(role="original", url=URL, publisher="Lantern Weekly", language="en", date=WHEN),
    )


def test_a_translation_says_from_what_as_far_as_stated():
    reading = read(last="<p>Aus dem Norwegischen von Ada Brück</p>", language="de-AT")[1]
    assert (reading.translation.from_language, reading.translation.to_language) == ("no", "de-AT")


@pytest.mark.parametrize(
    "fields",
    [
        {"links": (Link(href="https://fjordlos.example/f", rel="via", hreflang="nb"),)},
        {
            "extensions": (
                Extension(name="{http://purl.org/dc/elements/1.1/}source", text="https://fjordlos.example/f"),
            )
        },
    ],
    ids=["rel=via", "dc:source"],
)
def test_fields_state_the_original(fields):
    assert read(**fields)[1].original.url == "https://fjordlos.example/f"


def test_equal_credits_are_one_with_all_their_evidence():
    reading = read(first="<p>Translated by Ada Brook</p>", last="<p>Translation: Ada Brook</p>")[1]
    assert [len(credit.evidence) for credit in reading.credits if credit.role == "translator"] == [2]


@pytest.mark.parametrize("language", sorted({phrase.lexicon.language for phrase in PHRASES}))
def test_each_language_has_phrases_for_translators(language):
    assert any(phrase.role == "translator" for phrase in PHRASES if phrase.lexicon.language == language)


MARC = "{http://id.loc.gov/vocabulary/relators/}"


@pytest.mark.parametrize("space", [MARC, "{http://www.loc.gov/loc.terms/relators/}"])
def test_a_relator_of_marc_says_what_a_contributor_did(space):
    told = (Extension(name=f"{space}trl", text="Maren Oakes"), Extension(name=f"{space}zzz", text="Jo Lind"))
    helpers = (Person(name="maren oakes", uri="https://oakes.example/"), Person(name="Jo Lind"))
    _, found = read(authors=(Person(name="Ada Quist"),), contributors=helpers, extensions=told)
    assert [(one.role, one.agent.name, one.agent.uri) for one in found.credits if one.of == "entry"] == [
        ("author", "Ada Quist", None),
        ("translator", "Maren Oakes", "https://oakes.example/"),
        ("contributor", "Jo Lind", None),
    ]
    assert found.translation


def test_an_author_who_edits_too_stays_the_author():
    _, found = read(authors=(Person(name="Ada Quist"),), extensions=(Extension(name=f"{MARC}edt", text="Ada Quist"),))
    assert [one.role for one in found.credits if one.of == "entry"] == ["author", "editor"]
