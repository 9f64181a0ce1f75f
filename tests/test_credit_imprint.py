"""Credit out of what a page states beside its text, with the feed's fields and the text. All invented."""

import pytest
from lxml.html import fragment_fromstring

from syndicator.model import Byline, FeedHead, Imprint, Named, Original, ParsedEntry, Person
from syndicator.stages.credit import Reading, read_credit
from tests.test_credit import PROSE, URL, WHEN, named

SITE = Named(role="publisher", name="Lantern Weekly", where="page: meta og:site_name", uri="https://lantern.example")
ADA = Named(role="author", name="Ada Brook", where="page: JSON-LD author", kind="person")


def read(*stated: Named | Byline, last: str = "", head: FeedHead | None = None, original=None, **fields) -> Reading:
    imprint = Imprint(
        named=tuple(one for one in stated if isinstance(one, Named)),
        bylines=tuple(one for one in stated if isinstance(one, Byline)),
        original=original,
    )
    root = fragment_fromstring(PROSE + last, create_parent="div")
    parsed = ParsedEntry(fingerprint="f", link=URL, **fields)
    return read_credit(parsed, head or FeedHead(), root, (), url=URL, language="en", published=WHEN, imprint=imprint)


def line(words: str, role: str | None = None) -> Byline:
    return Byline(markup=f"<p>{words}</p>", where=f"page: {role or 'byline'}", role=role)


def test_the_author_in_the_pages_data_is_credited_with_evidence():
    credit = next(credit for credit in read(SITE, ADA).credits if credit.role == "author")
    (evidence,) = credit.evidence
    assert (credit.agent.name, credit.agent.kind) == ("Ada Brook", "person")
    assert (evidence.where, evidence.rule, evidence.text) == ("page: JSON-LD author", "author: the field", "Ada Brook")


@pytest.mark.parametrize(
    "name",
    [
        *(
            "admin",
            "Admin",
            "editor",
            "webmaster",
            "wordpressadmin",
            "https://social.example/ada",
            "ada@lantern.example",
            "42",
        ),
        *("Lantern Weekly", "lantern.example", "lantern"),
    ],
)
def test_an_account_an_address_and_the_site_are_no_persons(name):
    reading = read(SITE, Named(role="author", name=name, where="page: meta author"))
    assert [kind for _, kind in named(reading, "author") if kind == "person"] == []


@pytest.mark.parametrize(
    ("words", "role", "author"),
    [
        ("By Ada Brook", None, "Ada Brook"),
        ("Posted by Ada Brook", None, "Ada Brook"),
        ("By Ada Brook, 3 May 2026", None, "Ada Brook"),
        ("By Ada Brook on May 3, 2026", None, "Ada Brook"),
        ("Written by Ada Brook | 5 comments", None, "Ada Brook"),
        ("<a href='https://lantern.example/ada'>Ada Brook</a>", "author", "Ada Brook"),
    ],
)
def test_a_byline_names_the_author(words, role, author):
    assert named(read(SITE, line(words, role)), "author") == [(author, "person")]


@pytest.mark.parametrize("words", ["Lamps", "5 comments", "Posted in Sea", "3 May 2026", "Ada Brook"])
def test_words_that_nothing_marks_as_credit_are_none(words):
    assert named(read(SITE, line(words)), "author") == []


@pytest.mark.parametrize("words", ["Ada Brook", "By Ada Brook", "Translated by Ada Brook", "Translation: Ada Brook"])
def test_what_the_markup_says_is_a_translators_is(words):
    reading = read(SITE, line(words, "translator"))
    assert (named(reading, "translator"), named(reading, "author")) == ([("Ada Brook", "person")], [])


def test_a_line_may_name_author_and_translator():
    reading = read(SITE, line("Written by Cy Marsh<br>Translated by Ada Brook"))
    assert (named(reading, "author"), named(reading, "translator")) == (
        [("Cy Marsh", "person")],
        [("Ada Brook", "person")],
    )


def test_the_page_confirms_the_feeds_author_and_names_no_other_beside():
    other = Named(role="author", name="Cy Marsh", where="page: meta author")
    reading = read(SITE, ADA, other, authors=(Person(name="Ada Brook"),))
    (credit,) = [credit for credit in reading.credits if credit.role == "author"]
    assert [evidence.where for evidence in credit.evidence] == ["feed entry: author", "page: JSON-LD author"]


def test_who_is_credited_as_translator_is_not_the_author_for_standing_there():
    reading = read(SITE, ADA, last="<p>Translated by Ada Brook</p>")
    assert named(reading, "author") == []


def test_the_sites_byline_is_the_publisher_of_what_is_translated_from_elsewhere():
    byline = Named(role="author", name="Lantern Weekly", where="page: meta author")
    reading = read(SITE, byline, last="<p>Translated by Ada Brook</p>")
    assert named(reading, "author") == []
    assert named(reading, "publisher") == [("Lantern Weekly", "organisation")]
    assert [note.code for note in reading.notes] == ["site-byline"]


def test_software_in_the_translators_field_is_software():
    reading = read(SITE, Named(role="translator", name="DeepL", where="page: JSON-LD translator", kind="person"))
    assert named(reading, "translator") == [("DeepL", "software")]


def test_a_machine_in_the_data_and_a_person_who_revised_are_both_credited():
    machine = Named(role="translator", name="DeepL", where="page: JSON-LD translator")
    reading = read(SITE, machine, last="<p>Reviewed by Ada Brook</p>")
    assert named(reading, "translator") == [("DeepL", "software")]
    assert named(reading, "post-editor") == [("Ada Brook", "person")]


def test_a_news_agency_is_no_person():
    reading = read(SITE, Named(role="author", name="Reuters", where="page: JSON-LD author", kind="person"))
    assert named(reading, "author") == [("Reuters", "organisation")]


def test_the_publisher_is_the_feeds_title_before_the_pages_name_before_the_host():
    titled = FeedHead(title="Lantern", url="https://lantern.example/")
    assert named(read(SITE, head=titled), "publisher") == [("Lantern", "organisation")]
    assert named(read(SITE), "publisher") == [("Lantern Weekly", "organisation")]
    assert named(read(), "publisher") == [("lantern.example", "organisation")]


def test_the_original_in_the_pages_data_is_the_first_hop():
    reading = read(SITE, original=Original(url="https://havnen.example/b", language="nb"))
    assert reading.original == Original(url="https://havnen.example/b", site="havnen.example", language="nb")
    assert [hop.publisher for hop in reading.provenance] == ["havnen.example", "Lantern Weekly"]


@pytest.mark.parametrize("url", ["https://havnen.example/", "https://havnen.example", "http://www." + URL[8:]])
def test_a_front_page_and_the_article_itself_are_not_the_original(url):
    assert read(SITE, original=Original(url=url)).original is None


@pytest.mark.parametrize("uri", ["javascript:alert(1)", "/ada", "data:text/html,x"])
def test_an_address_that_is_no_web_address_is_left_out(uri):
    reading = read(SITE, Named(role="author", name="Ada Brook", where="page: JSON-LD author", uri=uri))
    assert [credit.agent.uri for credit in reading.credits if credit.role == "author"] == [None]


def test_a_surname_before_a_comma_is_put_behind_where_the_standard_inverts():
    reading = read(SITE, Named(role="author", name="Brook, Ada", where="page: meta citation_author"))
    assert named(reading, "author") == [("Ada Brook", "person")]
    assert [c.evidence[0].text for c in reading.credits if c.role == "author"] == ["Brook, Ada"]


def test_what_stands_behind_a_name_is_none_of_it():
    reading = read(SITE, Named(role="author", name="Ada Brook | Lantern Weekly", where="page: JSON-LD author"))
    assert named(reading, "author") == [("Ada Brook", "person")]


def test_an_account_in_a_line_of_the_text_is_no_author():
    root = fragment_fromstring("<p>Von wordpressadmin</p>" + PROSE, create_parent="div")
    parsed = ParsedEntry(fingerprint="f", link=URL)
    reading = read_credit(parsed, FeedHead(), root, (), url=URL, language="de", published=WHEN)
    assert named(reading, "author") == []
