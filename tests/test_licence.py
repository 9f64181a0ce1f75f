"""What is stated becomes SPDX and permits; the gate lets out no more than that."""

from datetime import UTC, datetime

import pytest

from syndicator.model import FeedHead, Licence, Permission, Source
from syndicator.stages.licence import gate, inherited, may_translate, read_licence

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


UNSPECIFIED = "http://purl.org/atompub/license#unspecified"


def test_an_editors_word_counts_before_all_else():
    licence = read_licence(override="CC-BY-4.0", entry=("All rights reserved",), page=(f"{CC}/by-nd/4.0/",))
    assert (licence.id, licence.evidence[0].where) == ("CC-BY-4.0", "override")


def test_what_a_page_says_of_its_article_counts_before_what_it_says_of_its_site():
    licence = read_licence(page=("CC BY-ND 4.0",), site=("CC BY 4.0",), feed=(f"{CC}/by/4.0/",))
    assert (licence.id, licence.evidence[0].where) == ("CC-BY-ND-4.0", "page")


def test_a_link_that_specifies_nothing_cancels_what_would_be_inherited():
    licence = read_licence(entry=(UNSPECIFIED,), feed=(f"{CC}/by/4.0/",))
    assert (licence.id, licence.url, licence.permits) == (None, None, ("excerpt",))


def test_creative_commons_without_a_type_leaves_the_question_to_the_next_place_and_is_noted():
    assert read_licence(entry=("Creative Commons",), feed=(f"{CC}/by/4.0/",)).id == "CC-BY-4.0"
    assert read_licence(entry=("Creative Commons",)).evidence[0].text == "Creative Commons"


def test_a_reserved_right_beside_a_link_binds_too():
    assert read_licence(entry=(f"{CC}/by/4.0/", "© Lantern. All rights reserved.")).permits == ("excerpt",)


HEAD = FeedHead(url="https://www.ferry.example/", licences=(f"{CC}/by/4.0/",), rights="© Ferry")


@pytest.mark.parametrize(
    ("source", "stated"),
    {
        "no source": (None, (f"{CC}/by/4.0/", "© Ferry")),
        "the feed itself": (Source(self_url="http://ferry.example/feed"), (f"{CC}/by/4.0/", "© Ferry")),
        "a source with a licence": (Source(id="urn:x", licences=(f"{CC}/by-nd/4.0/",)), (f"{CC}/by-nd/4.0/", "")),
        "another's feed that states none": (Source(url="https://lantern.example/"), ("",)),
        "a malformed address": (Source(url="http://["), (f"{CC}/by/4.0/", "© Ferry")),
    }.values(),
)
def test_a_copied_entry_inherits_from_its_source(source, stated):
    assert inherited(source, HEAD) == stated


@pytest.mark.parametrize(
    ("configured", "name", "permits"),
    [
        ("cc-by-sa-4.0", "CC-BY-SA-4.0", ALL),
        ("CC0-1.0", "CC0-1.0", ALL),
        ("GFDL-1.3-or-later", "GFDL-1.3-or-later", ALL),
        ("CC-BY-NC-4.0 OR CC-BY-ND-4.0", "CC-BY-NC-4.0", ("excerpt", "verbatim", "translate")),
        ("CC-BY-NC-4.0 AND CC-BY-ND-4.0", "CC-BY-NC-4.0 AND CC-BY-ND-4.0", ("excerpt", "verbatim")),
        ("Apache-2.0", "Apache-2.0", ("excerpt",)),
        ("whatever they like", None, ("excerpt",)),
    ],
)
def test_a_configured_licence_is_an_spdx_expression(configured, name, permits):
    licence = read_licence(configured=configured)
    assert (licence.id, licence.permits) == (name, permits)
    assert licence.evidence[0].text == configured


@pytest.mark.parametrize(
    ("address", "name", "url"),
    [
        (f"{CC}/by-sa/2.5/ch/", "CC-BY-SA-2.5", f"{CC}/by-sa/2.5/ch/"),
        (f"{CC}/by/4.0/deed.de", "CC-BY-4.0", f"{CC}/by/4.0/"),
        (
            "https://web.archive.org/web/2016/http://creativecommons.org/licenses/by/3.0/de/",
            "CC-BY-3.0-DE",
            f"{CC}/by/3.0/de/",
        ),
        ("http://i.creativecommons.org/l/by-nc/4.0/88x31.png", "CC-BY-NC-4.0", f"{CC}/by-nc/4.0/"),
        ("http://creativecommons.org/licenses/by-nd-nc/1.0/", "CC-BY-NC-ND-1.0", f"{CC}/by-nc-nd/1.0/"),
        (
            "https://creativecommons.org/publicdomain/mark/1.0/",
            "CC-PDM-1.0",
            "https://creativecommons.org/publicdomain/mark/1.0/",
        ),
        ("https://www.gnu.org/licenses/fdl-1.3.html", "GFDL-1.3-only", "https://www.gnu.org/licenses/fdl-1.3.html"),
        ("https://artlibre.org/licence/lal/", None, "https://artlibre.org/licence/lal/"),
    ],
)
def test_an_address_names_version_and_port_as_far_as_spdx_does(address, name, url):
    licence = read_licence(entry=(address,))
    assert (licence.id, licence.url) == (name, url)
    assert "verbatim" in licence.permits


def test_a_statement_as_long_as_a_document_is_not_taken_at_its_beginning():
    assert read_licence(page=("All content is CC BY 4.0. " + "But see below. " * 200,)).permits == ("excerpt",)


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


def test_the_reason_names_what_was_said_where_and_what_to_do():
    reserved = read_licence(page=("All rights reserved",))
    why = gate(reserved, None, NOW).why
    assert why.startswith("the page says “All rights reserved”, which allows no more than an excerpt")
    assert "permit NAME" in why


def test_the_reason_tells_that_pictures_are_excepted():
    licence = read_licence(page=("Except for photos, all content is CC BY 4.0",))
    assert gate(licence, None, NOW).why == "licence: CC-BY-4.0 (pictures or other parts are excepted: see its words)"


def test_leave_to_reprint_goes_out_untouched_and_names_its_words():
    release = gate(read_licence(page=("Articles may be reprinted freely.",)), None, NOW)
    assert release.scope == "untouched"
    assert "“Articles may be reprinted freely.”" in release.why


@pytest.mark.parametrize(
    ("licence", "permission", "scope"),
    [
        (NONE, None, "link"),
        (FREE, None, "whole"),
        (NONE, LETTER, "whole"),
        (NONE, Permission(sentence="x", scope=("excerpt",)), "excerpt"),
    ],
)
def test_a_page_that_asks_not_to_be_quoted_is_linked_unless_somebody_allows_more(licence, permission, scope):
    assert gate(licence, permission, NOW, nosnippet=True).scope == scope


TRANSLATE = Permission(sentence="letter of 4 May", scope=("excerpt", "verbatim", "translate"))
OVER = Permission(sentence="x", scope=("translate",), until=datetime(2026, 4, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("licence", "permission", "granted", "why"),
    [
        (FREE, None, True, "licence: CC0-1.0"),
        (NONE, TRANSLATE, True, "permission to translate: letter of 4 May"),
        (ND, TRANSLATE, True, "permission to translate: letter of 4 May"),
        (FREE, LETTER, True, "licence: CC0-1.0"),
        (ND, None, False, "CC-BY-ND-4.0 allows no translation"),
        (ND, LETTER, False, "CC-BY-ND-4.0 allows no translation"),
        (NONE, LETTER, False, "does not cover translating (excerpt, verbatim): letter of 3 May"),
        (NONE, OVER, False, "the permission ended on 2026-04-30"),
        (NONE, None, False, "no licence and no permission is stated"),
    ],
)
def test_a_translation_may_be_published_where_somebody_says_so(licence, permission, granted, why):
    verdict = may_translate(licence, permission, NOW)
    assert verdict.granted is granted
    assert why in verdict.why
