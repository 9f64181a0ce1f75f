"""What is stated becomes SPDX and permits; the gate lets out no more than that."""

from datetime import UTC, datetime

import pytest

from syndicator.model import Licence, Permission
from syndicator.stages.licence import gate, read_licence

NOW = datetime(2026, 5, 1, tzinfo=UTC)
ALL = ("excerpt", "verbatim", "translate", "commercial")
CC = "https://creativecommons.org/licenses"


@pytest.mark.parametrize(
    ("text", "name", "permits"),
    [
        (f"{CC}/by-sa/4.0/", "CC-BY-SA-4.0", ALL),
        ("http://www.creativecommons.org/licenses/by-nc/1.0", "CC-BY-NC-1.0", ("excerpt", "verbatim", "translate")),
        (f"{CC}/by-nc-nd/3.0/de/", "CC-BY-NC-ND-3.0-DE", ("excerpt", "verbatim")),
        (f"{CC}/by/3.0/deed.de", "CC-BY-3.0", ALL),
        (f"{CC}/by-nc-sa/3.0/de/legalcode", "CC-BY-NC-SA-3.0-DE", ("excerpt", "verbatim", "translate")),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0", ALL),
        ("This text is licensed under CC BY-ND 4.0.", "CC-BY-ND-4.0", ("excerpt", "verbatim", "commercial")),
        ("CC BY-SA", "CC-BY-SA", ALL),
        (
            "Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International",
            "CC-BY-NC-SA-4.0",
            ("excerpt", "verbatim", "translate"),
        ),
        (
            "Creative Commons Namensnennung – Nicht-kommerziell – Keine Bearbeitung 3.0 DE",
            "CC-BY-NC-ND-3.0-DE",
            ("excerpt", "verbatim"),
        ),
        ("CC0", "CC0-1.0", ALL),
        ("Public Domain", None, ALL),
    ],
)
def test_a_stated_licence_is_named_and_permits_what_it_says(text, name, permits):
    licence = read_licence(entry=(text,))
    assert (licence.id, licence.permits) == (name, permits)
    assert licence.no_derivatives is ("translate" not in permits)
    assert licence.evidence[0].text == text


@pytest.mark.parametrize(
    "text",
    [
        "All rights reserved",
        "© 2026 Lantern. Alle Rechte vorbehalten.",
        "https://licences.example/ours",
        "http://www.creativecommons.org/licenses/example1",
        "Creative Commons",
        "Copyright 2026 Lantern",
        "no",
        "",
    ],
)
def test_what_is_no_licence_we_can_read_permits_an_excerpt(text):
    assert read_licence(entry=(text,)).permits == ("excerpt",)


def test_the_most_specific_place_wins():
    by, nd = f"{CC}/by/4.0/", f"{CC}/by-nd/4.0/"
    assert read_licence(entry=(nd,), feed=(by,), configured="CC-BY-4.0").id == "CC-BY-ND-4.0"
    assert read_licence(page=(nd,), feed=(by,)).id == "CC-BY-ND-4.0"
    assert read_licence(feed=(by,), configured="CC0-1.0").id == "CC-BY-4.0"
    assert read_licence(configured="CC0-1.0").evidence[0].where == "configuration"


def test_all_rights_reserved_on_the_entry_is_not_undone_by_the_feeds_licence():
    assert read_licence(entry=("All rights reserved",), feed=(f"{CC}/by/4.0/",)).permits == ("excerpt",)


def test_a_copyright_notice_leaves_the_question_to_the_next_place():
    assert read_licence(entry=("© Lantern",), feed=(f"{CC}/by/4.0/",)).id == "CC-BY-4.0"


def test_of_two_licences_that_a_feed_links_one_is_chosen_and_counts_alone():
    licence = read_licence(entry=(f"{CC}/by-nc/4.0/", f"{CC}/by-nd/4.0/"))
    assert (licence.id, licence.permits) == ("CC-BY-NC-4.0", ("excerpt", "verbatim", "translate"))


def test_two_licences_on_a_page_permit_what_both_do():
    licence = read_licence(page=(f"{CC}/by-nc/4.0/", f"{CC}/by-nd/4.0/"))
    assert (licence.id, licence.permits) == ("CC-BY-NC-4.0 AND CC-BY-ND-4.0", ("excerpt", "verbatim"))
    assert licence.no_derivatives


def test_two_statements_in_one_sentence_permit_what_both_do():
    assert read_licence(entry=("Text CC BY-SA 4.0, all other material: all rights reserved",)).permits == ("excerpt",)


FREE, ND, NONE = (
    Licence(id=name, permits=permits, no_derivatives=nd)
    for name, permits, nd in (
        ("CC0-1.0", ALL, False),
        ("CC-BY-ND-4.0", ("excerpt", "verbatim"), True),
        (None, ("excerpt",), False),
    )
)
LETTER = Permission(sentence="letter of 3 May")


@pytest.mark.parametrize(
    ("licence", "permission", "scope"),
    [
        (FREE, None, "whole"),
        (ND, None, "untouched"),
        (NONE, None, "excerpt"),
        (NONE, LETTER, "whole"),
        (ND, LETTER, "untouched"),
        (ND, Permission(sentence="x", scope=("excerpt", "verbatim", "translate")), "whole"),
        (NONE, Permission(sentence="x", scope=("excerpt",)), "excerpt"),
        (NONE, Permission(sentence="x", scope=()), "link"),
        (NONE, Permission(sentence="x", until=datetime(2026, 4, 30, tzinfo=UTC)), "link"),
        (FREE, Permission(sentence="x", until=datetime(2026, 4, 30, tzinfo=UTC)), "whole"),
        (NONE, Permission(sentence="x", until=datetime(2026, 5, 2, tzinfo=UTC)), "whole"),
    ],
)
def test_the_gate_lets_out_what_is_granted(licence, permission, scope):
    release = gate(licence, permission, NOW)
    assert release.scope == scope
    assert release.why
