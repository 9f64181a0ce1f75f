"""Credit lines as magazines, blogs, networks and repositories print them, in forty languages: all invented.

`credit_lines.tsv` has one a line: language, markup, the people who translated or post-edited, joined by "|", and
"start" where it stands above the text. Where there is nobody the line is an advert, a verb, a machine or a book.
`machine_lines.tsv` has notices of machines.
"""

from pathlib import Path

import pytest

from tests.test_credit import read


def rows(name: str, width: int) -> list[list[str]]:
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return [[*line.split("\t"), "end"][:width] for line in lines if line]


@pytest.mark.parametrize(("language", "line", "names", "place"), rows("credit_lines.tsv", 4))
def test_exactly_these_people_are_read_out_of(language: str, line: str, names: str, place: str) -> None:
    first, last = (f"<p>{line}</p>", "") if place == "start" else ("", f"<p>{line}</p>")
    credits = read(first, last, language=language)[1].credits
    people = [c.agent for c in credits if c.role in ("translator", "post-editor") and c.agent.kind != "software"]
    assert [person.name for person in people] == [name for name in names.split("|") if name]


@pytest.mark.parametrize(
    ("language", "line", "name", "kind"),
    [
        ("en", "Translated by Tim Osei", "Tim Osei", "person"),
        ("en", "Translated by Ban Red", "Ban Red", "person"),
        ("en", "Translated by the Lantern Collective", "the Lantern Collective", "organisation"),
        ("en", "Translated by Lantern News", "Lantern News", "organisation"),
        ("fr", "Traduit par l’équipe Phare", "l’équipe Phare", "organisation"),
    ],
)
def test_a_body_is_told_from_a_person(language: str, line: str, name: str, kind: str) -> None:
    credits = read(last=f"<p>{line}</p>", language=language)[1].credits
    assert [(c.agent.name, c.agent.kind) for c in credits if c.role == "translator"] == [(name, kind)]


@pytest.mark.parametrize(
    ("language", "line", "revisers"),
    [
        ("en", "Translation by Ada Brook and edited for clarity by Bo Reed", ["Bo Reed"]),
        ("en", "Translated by Ada Brook, with revisions by Bo Reed", ["Bo Reed"]),
        ("fr", "Traduit par Ada Ponceau, relecture Bo Rive", ["Bo Rive"]),
        ("pl", "tłum. Ada Most, red. Bo Rzeka", ["Bo Rzeka"]),
        ("zh", "本文由桥艾达翻译，河博校对", ["河博"]),
    ],
)
def test_a_reviser_behind_the_translator_is_read_too(language: str, line: str, revisers: list[str]) -> None:
    credits = read(last=f"<p>{line}</p>", language=language)[1].credits
    assert [c.agent.name for c in credits if c.role == "reviser"] == revisers


def test_what_else_a_sentence_says_stays_in_print() -> None:
    line = "Dieser Text erschien zuerst auf Italienisch und wurde von Ada Brück übersetzt."
    root, reading = read(last=f"<p>{line}</p>", language="de")
    assert reading.lifts == ()
    assert root[-1].text_content() == line


def test_evidence_says_where_it_stood_by_which_rule_and_as_printed() -> None:
    credit = next(c for c in read(last="<p>Translated by Ada Brook.</p>")[1].credits if c.role == "translator")
    (evidence,) = credit.evidence
    assert evidence.where == "credit line at the end"
    assert evidence.rule.startswith("en: ")
    assert evidence.text == "Translated by Ada Brook"


@pytest.mark.parametrize(("language", "line", "place"), rows("machine_lines.tsv", 3))
def test_a_notice_of_machine_translation_credits_software_and_only_who_revised_it(
    language: str, line: str, place: str
) -> None:
    first, last = (f"<p>{line}</p>", "") if place == "start" else ("", f"<p>{line}</p>")
    credits = read(first, last, language=language)[1].credits
    translators = [credit.agent.kind for credit in credits if credit.role == "translator"]
    assert set(translators) == {"software"}
    assert {c.role for c in credits if c.agent.kind == "person"} <= {"post-editor"}


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("en", "Translation: Lantern International – Ada Brook", ["Ada Brook"]),
        ("de", "Übersetzung: Ada Brück – Laterne International", ["Ada Brück"]),
        ("fr", "Traduction Ada Ponceau – Éditions du Quai", ["Ada Ponceau"]),
        ("en", "Translation: Ada Brook - Lantern", ["Ada Brook"]),
    ],
)
def test_of_a_body_and_a_person_beside_a_dash_the_person_is_read(language: str, line: str, names: list[str]) -> None:
    credits = read(last=f"<p>{line}</p>", language=language)[1].credits
    assert [credit.agent.name for credit in credits if credit.role == "translator"] == names


@pytest.mark.parametrize("line", ["Traducción de Alertas", "Traducción de Documentos"])
def test_one_word_behind_of_may_be_what_was_translated_and_is_no_name(line: str) -> None:
    assert read(last=f"<p>{line}</p>", language="es")[1].credits == read(language="es")[1].credits


def test_one_word_behind_of_is_a_name_where_it_is_a_link() -> None:
    line = "Traducción de <a href='https://ada.example/'>Ada</a>"
    credits = read(last=f"<p>{line}</p>", language="es")[1].credits
    assert [credit.agent.name for credit in credits if credit.role == "translator"] == ["Ada"]


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Translated from <a href='https://hafen.example/boote/'>the German original</a> by Ada Brook", "de"),
        ("Translated from the <a href='https://hafen.example/boote/'>German</a> by Ada Brook", "de"),
        ("<a href='https://hafen.example/boote/'>Translated from the German</a> by Ada Brook", "de"),
        ("Translated from <a href='https://hafen.example/boote/'>the original</a> by Ada Brook", None),
    ],
)
def test_the_link_of_what_it_was_translated_from_is_the_stated_original(line: str, language: str | None) -> None:
    reading = read(last=f"<p>{line}</p>")[1]
    assert reading.original is not None
    assert (reading.original.url, reading.original.language) == ("https://hafen.example/boote/", language)
    assert [c.agent.name for c in reading.credits if c.role == "translator"] == ["Ada Brook"]


@pytest.mark.parametrize(
    "line",
    [
        "Translated from <a href='https://hafen.example/'>the German original</a> by Ada Brook",
        "Translated from the German by <a href='https://ada.example/me/'>Ada Brook</a>",
    ],
)
def test_neither_a_front_page_nor_the_translators_own_page_is_the_original(line: str) -> None:
    assert read(last=f"<p>{line}</p>")[1].original is None
