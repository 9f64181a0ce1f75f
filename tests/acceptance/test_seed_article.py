"""What `explain` says of the project's first case, field by field, from each of the documents that hold it.

The expected values are read from the files beside the documents; what is not in them is not asserted.
"""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from lxml.html import fragment_fromstring

from syndicator.cli import cli
from syndicator.stages.normalise import same_article

Told = dict[str, Any]
Tell = Callable[..., Told]

SITE = "https://www.rs21.org.uk/"
DOCUMENTS = [("feed.xml",), ("page.html",), ("feed.xml", "page.html", "comments.xml"), ("page-no-original-link.html",)]
WITH_LINK = DOCUMENTS[:3]


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "data/seed"


@pytest.fixture(scope="module")
def expected(folder: Path) -> Told:
    return dict(json.loads((folder / "expected.json").read_text("utf-8")))


@pytest.fixture(scope="module")
def tell(folder: Path) -> Tell:
    """`explain --json --together` of files, run once for each set of them."""
    told: dict[tuple[str, ...], Told] = {}

    def run(*names: str, url: str = SITE) -> Told:
        if names not in told:
            arguments = ["explain", "--json", "--together", "--url", url, *(str(folder / name) for name in names)]
            done = CliRunner().invoke(cli, arguments)
            assert done.exit_code == 0, done.output
            (line,) = done.stdout.splitlines()
            told[names] = json.loads(line)
        return told[names]

    return run


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def words(told: Told) -> str:
    return plain(fragment_fromstring(told["content_html"], create_parent="div").text_content())


def facts(told: Told, expected: Told) -> Told:
    """Of what is told only the keys that are expected."""
    return {key: told[key] for key in expected if key in told}


@pytest.mark.parametrize("names", DOCUMENTS, ids="+".join)
def test_title_language_and_time_are_told(tell: Tell, expected: Told, names: tuple[str, ...]) -> None:
    for key in ("title", "language", "published"):
        assert tell(*names)[key] == expected[key]


@pytest.mark.parametrize("names", DOCUMENTS, ids="+".join)
def test_every_address_of_the_article_is_its_own(tell: Tell, expected: Told, names: tuple[str, ...]) -> None:
    told = tell(*names)["canonical_url"]
    assert told == expected["canonical_url"]
    same = [url for url in expected["same_article_urls"] if "?p=" not in url]  # a number names an article by itself
    assert {same_article(url) for url in same} == {same_article(told)}


@pytest.mark.parametrize("names", WITH_LINK, ids="+".join)
def test_the_credits_are_exactly_those_expected(tell: Tell, expected: Told, names: tuple[str, ...]) -> None:
    told = tell(*names)["credits"]
    wanted = [{key: value for key, value in credit.items() if key != "read_in"} for credit in expected["credits"]]
    assert [facts(credit, one) for credit, one in zip(told, wanted, strict=True)] == wanted
    assert [credit for credit in told if not credit["evidence"]] == []


def test_without_its_link_the_author_is_the_same_and_has_no_address(tell: Tell, expected: Told) -> None:
    told = tell("page-no-original-link.html")["credits"]
    assert [credit["name"] for credit in told] == [credit["name"] for credit in expected["credits"]]
    assert next(credit["uri"] for credit in told if credit["role"] == "author") is None


@pytest.mark.parametrize("names", DOCUMENTS, ids="+".join)
def test_the_sites_byline_is_no_author(tell: Tell, expected: Told, names: tuple[str, ...]) -> None:
    told = tell(*names)
    site = next(credit["name"] for credit in expected["credits"] if credit["role"] == "publisher")
    assert site not in [credit["name"] for credit in told["credits"] if credit["role"] == "author"]
    assert "site-byline" in [note["code"] for note in told["notes"]]


@pytest.mark.parametrize("names", WITH_LINK, ids="+".join)
def test_the_original_is_the_one_that_is_linked(tell: Tell, expected: Told, names: tuple[str, ...]) -> None:
    assert tell(*names)["original"] == expected["original"]
    assert tell(*names)["original"]["url"] not in expected["not_the_original"]


def test_an_original_without_a_link_is_not_guessed(tell: Tell, expected: Told) -> None:
    assert tell("page-no-original-link.html")["original"] == expected["original_in_page_no_original_link"]


@pytest.mark.parametrize("names", WITH_LINK, ids="+".join)
def test_the_hops_are_told_in_order(tell: Tell, expected: Told, names: tuple[str, ...]) -> None:
    told = [{key: value for key, value in hop.items() if value} for hop in tell(*names)["provenance"]]
    assert told == expected["provenance"]


@pytest.mark.parametrize("names", DOCUMENTS, ids="+".join)
def test_the_standfirst_is_the_summary(tell: Tell, expected: Told, names: tuple[str, ...]) -> None:
    assert plain(tell(*names)["summary"]) == plain(expected["standfirst"])


@pytest.mark.parametrize("names", DOCUMENTS, ids="+".join)
def test_the_text_is_the_paragraphs_character_for_character(tell: Tell, expected: Told, names: tuple[str, ...]) -> None:
    paragraphs = plain(tell(*names)["content_text"]).split("\n\n")
    assert paragraphs == [plain(paragraph) for paragraph in expected["body_text"]]
    assert len(paragraphs) == expected["body_paragraphs"]
    assert paragraphs[0].startswith(plain(expected["first_paragraph_starts"]))
    assert paragraphs[-1].endswith(plain(expected["last_paragraph_ends"]))


@pytest.mark.parametrize("names", DOCUMENTS, ids="+".join)
def test_the_image_is_told_and_its_caption_printed_once(tell: Tell, expected: Told, names: tuple[str, ...]) -> None:
    told = tell(*names)
    (image,) = expected["images"]
    assert told["images"] == [{"src": image["src"], "caption": image["caption"]}]
    assert words(told).count(image["caption"]) == image["caption_printed"]


@pytest.mark.parametrize("names", DOCUMENTS, ids="+".join)
def test_what_is_not_the_articles_is_gone_and_what_is_stays(tell: Tell, expected: Told, names: tuple[str, ...]) -> None:
    told = tell(*names)
    gone = [*expected["absent_from_body"], *expected["tracking_parameters_removed"]]
    assert [text for text in gone if text in told["content_html"]] == []
    translator = next(credit["name"] for credit in expected["credits"] if credit["role"] == "translator")
    assert (translator in words(told)) == expected["credit_line_in_body"]
    assert [text for text in expected["editorial_interpolations_kept"] if text not in words(told)] == []


@pytest.mark.parametrize("names", DOCUMENTS, ids="+".join)
def test_the_licence_permits_no_more_than_is_stated(tell: Tell, expected: Told, names: tuple[str, ...]) -> None:
    licence = tell(*names)["licence"]
    assert (licence["id"], licence["permits"]) == (expected["licence"]["id"], expected["licence"]["permits"])


# ── the republication of the translation ─────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def republished(folder: Path) -> Told:
    return dict(json.loads((folder / "chain/lefteast.json").read_text("utf-8")))


@pytest.fixture(scope="module")
def told(tell: Tell, republished: Told) -> Told:
    return tell("chain/lefteast.html", url=republished["url"])


def test_a_republication_has_its_own_address_and_title(told: Told, republished: Told) -> None:
    assert (told["canonical_url"], told["title"]) == (republished["url"], republished["title"])


def test_a_republication_says_author_translator_and_publisher(told: Told, republished: Told) -> None:
    wanted = republished["credits"]
    credits = [credit for credit in told["credits"] if credit["of"] != "image"]
    assert [facts(credit, one) for credit, one in zip(credits, wanted, strict=True)] == wanted
    assert republished["not_the_author"] not in [one["name"] for one in credits if one["role"] == "author"]


def test_a_republication_names_the_original_and_the_translation_that_it_reprints(told: Told, republished: Told) -> None:
    assert told["original"]["url"] == republished["original"]
    hops = told["provenance"]
    assert [(hop["publisher"], hop["role"]) for hop in hops] == [_hop(line) for line in republished["provenance"]]
    assert hops[0]["language"] == "ru"
    assert same_article(hops[1]["url"]) == same_article(republished["same_work_as"])


def test_a_republication_is_dated_by_its_own_page(told: Told, folder: Path) -> None:
    page = (folder / "chain/lefteast.html").read_text("utf-8")
    stated = page.split('<time datetime="')[1].split('"')[0]
    assert datetime.fromisoformat(told["published"]) == datetime.fromisoformat(stated)


def test_a_republication_has_the_words_of_the_translation(told: Told, expected: Told) -> None:
    assert plain(told["content_text"]).split("\n\n") == [plain(text) for text in expected["body_text"]]


def test_a_publisher_of_a_page_has_the_front_page_of_its_site(told: Told) -> None:
    publisher = next(credit for credit in told["credits"] if credit["role"] == "publisher")
    assert urlsplit(publisher["uri"]).path == ""


def _hop(line: str) -> tuple[str, str]:
    """ "X (translation by Y)" as (publisher, role)."""
    publisher, _, rest = line.partition(" (")
    return publisher, rest.split()[0].strip(",)")
