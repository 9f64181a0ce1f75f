"""How an address is spelled that others read, whichever way it came in."""

import pytest

from syndicator.model import Extension, ParsedEntry
from syndicator.model.iri import as_iri
from syndicator.model.vocabulary import SYN
from syndicator.stages.article.addresses import address_of
from syndicator.stages.normalise import absolute, clean_html
from syndicator.stages.relayed import read_relayed
from syndicator.stages.responses.tree import http

SPELLED = {
    'https://x.example/a b"c': "https://x.example/a%20b%22c",
    "https://x.example/{a}|b^c`d\\e<f>": "https://x.example/%7Ba%7D%7Cb%5Ec%60d%5Ce%3Cf%3E",
    "https://[::1]:8/a[0]?b[]=1#[c]": "https://[::1]:8/a%5B0%5D?b%5B%5D=1#%5Bc%5D",
    "https://x.example/\ue000\u2028\ufdd0\x85": "https://x.example/%EE%80%80%E2%80%A8%EF%B7%90%C2%85",
    "https://x.example/лампа?ё=%D1%91&a=1%": "https://x.example/лампа?ё=%D1%91&a=1%25",
    "mailto:a@x.example": "mailto:a@x.example",
}


@pytest.mark.parametrize(("told", "iri"), SPELLED.items())
def test_what_is_no_character_of_an_iri_is_escaped_and_nothing_else(told: str, iri: str) -> None:
    assert as_iri(told) == iri == as_iri(iri)


@pytest.mark.parametrize(("told", "iri"), SPELLED.items())
def test_links_in_a_text_are_iris(told: str, iri: str) -> None:
    assert absolute(told, None) == iri


def test_a_blank_in_an_address_is_a_part_of_it_and_a_broken_line_is_not() -> None:
    markup = '<a href=" https://x.example/two\n  words.html ">x</a><img src="my boat.jpg">'
    made = clean_html(markup, base="https://x.example/")
    assert made == '<a href="https://x.example/two%20%20words.html">x</a><img src="https://x.example/my%20boat.jpg">'


def test_addresses_that_a_page_and_another_installation_tell_are_iris() -> None:
    told, iri = 'https://x.example/a|"b"', "https://x.example/a%7C%22b%22"
    assert address_of("https://x.example/", told) == iri
    assert http("https://x.example/", told) == iri
    said = {"role": "author", "kind": "person", "name": "Ada", "of": "entry", "uri": told}
    relayed = read_relayed(
        ParsedEntry(fingerprint="f", extensions=(Extension(name=f"{{{SYN}}}credit", attributes=said),))
    )
    assert relayed is not None
    assert relayed.credits[0].agent.uri == iri
