"""Credit lines as magazines, blogs, networks and repositories print them, in forty languages: all invented.

`credit_lines.tsv` has one a line: language, markup, the people who translated or post-edited, joined by "|". Where
there is nobody the line is an advert, a verb, a machine or a book. `machine_lines.tsv` has notices of machines.
"""

from pathlib import Path

import pytest

from tests.test_credit import read

LINES = [
    line.split("\t") for line in Path(__file__).with_name("credit_lines.tsv").read_text("utf-8").splitlines() if line
]


@pytest.mark.parametrize(("language", "line", "names"), LINES)
def test_exactly_these_people_are_read_out_of(language: str, line: str, names: str) -> None:
    credits = read(last=f"<p>{line}</p>", language=language)[1].credits
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


NOTICES = [
    line.split("\t") for line in Path(__file__).with_name("machine_lines.tsv").read_text("utf-8").splitlines() if line
]


@pytest.mark.parametrize(("language", "line"), NOTICES)
def test_a_notice_of_machine_translation_credits_software_and_only_who_revised_it(language: str, line: str) -> None:
    credits = read(last=f"<p>{line}</p>", language=language)[1].credits
    translators = [credit.agent.kind for credit in credits if credit.role == "translator"]
    assert set(translators) == {"software"}
    assert {c.role for c in credits if c.agent.kind == "person"} <= {"post-editor"}
