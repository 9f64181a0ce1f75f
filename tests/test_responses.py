"""Comment feeds to responses: kinds, names, words."""

from datetime import UTC, datetime

import pytest

from syndicator.model import FeedHead, ParsedEntry, ParsedFeed, Person, Text
from syndicator.stages.responses import read_responses

URL = "https://lantern.example/boats/"
WHEN = datetime(2024, 3, 6, tzinfo=UTC)


def respond(
    author: str, markup: str, *, uri: str | None = None, title: str = "", email: str | None = None, url: str = URL
):
    people = (Person(name=author, uri=uri, email=email),) if author or uri else ()
    parsed = ParsedEntry(
        fingerprint="f",
        raw_id="tag:1",
        authors=people,
        published=WHEN,
        title=Text(value=title),
        content=Text(value=markup, html=True),
    )
    return read_responses(ParsedFeed(head=FeedHead(), entries=(parsed,)), url)


@pytest.mark.parametrize(
    ("author", "markup", "kind"),
    [
        ("Storms | Notebook", "<p>[&#8230;] as they say [&#8230;]</p>", "pingback"),
        ("A long title of a page without a site", "<p>[…] as they say [...]</p>", "pingback"),
        ("Mo", "<p>I was there.</p>", "comment"),
        ("Mo Reed", "<p>[…] somebody quotes so […]</p>", "comment"),
        ("Storms | Notebook", "<p>I only sign with my site.</p>", "comment"),
        ("Notebook", "<p><strong>Storms</strong></p>\n<p>What the log says&#8230;</p>", "trackback"),
    ],
)
def test_the_kind_is_told_by_structure(author, markup, kind):
    assert respond(author, markup)[0].kind == kind


@pytest.mark.parametrize(
    ("author", "title", "site"),
    [
        ("Storms | Notebook", "Storms", "Notebook"),
        ("Storms - and calm | The Notebook", "Storms - and calm", "The Notebook"),
        ("Storms – Notebook", "Storms", "Notebook"),
        ("Notebook » Storms", "Storms", "Notebook"),
        ("Storms « Notebook", "Storms", "Notebook"),
        ("What nobody says of storms", "What nobody says of storms", None),
    ],
)
def test_a_pings_title_and_site_part_at_the_last_separator(author, title, site):
    ping = respond(author, "<p>[…] x […]</p>")[0]
    assert (ping.title, ping.site, ping.author) == (title, site, None)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One<!-- wp:paragraph --> two.</p>", "One two."),
        ("<p>One.</p><script>let x;</script><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One.</p><style>p {}</style >Two.", "One.\n\nTwo."),
        ("<p>One.</p><!-- never closed <p>Two.</p>", "One."),
    ],
)
def test_what_stands_behind_something_unseen_is_kept(markup, text):
    assert respond("Mo", markup)[0].content_text == text


def test_a_pings_wrapper_goes_and_its_truncation_is_unknown():
    ping = respond("Storms | Notebook", "<p>[&#8230;] no boat\u00a0crossed.\u00a0 [&#8230;]</p>")[0]
    assert (ping.content_text, ping.truncated) == ("no boat crossed.", None)


def test_a_comments_paragraphs_are_parted_by_an_empty_line():
    comment = respond("Mo", "<p>One<br />two.</p>\n<p>Three &amp; <b>four</b>.</p>")[0]
    assert (comment.content_text, comment.truncated) == ("One\ntwo.\n\nThree & four.", False)


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        ("Republished from the Lantern.", ("republication",)),
        ("Übernommen von der Laterne.", ("republication",)),
        ("Translated by Ada Brook.", ("translation",)),
        ("Translated by Ada Brook, republished from the Lantern.", ("republication",)),
        ("They said so.", ()),
    ],
)
def test_a_ping_that_says_so_is_marked(words, marks):
    assert respond("Storms | Notebook", f"<p>[…] {words} […]</p>")[0].marks == marks


def test_a_comment_is_not_marked():
    assert respond("Mo", "<p>It was translated by Ada, they say.</p>")[0].marks == ()


def test_no_address_of_a_person_leaves():
    comment = respond("mo@post.example", "<p>x</p>", email="mo@post.example")[0]
    assert "post.example" not in repr(comment)


def test_a_name_is_read_from_the_title_only_where_no_field_has_it():
    assert respond("", "<p>x</p>", title="By: Mo")[0].author == "Mo"
    assert respond("Mo", "<p>x</p>", title="By: Someone else")[0].author == "Mo"


def test_a_ping_from_the_entrys_own_site_is_no_response():
    assert respond("Storms | Lantern", "<p>[…] x […]</p>", uri="https://www.lantern.example/other/") == ()


def test_one_id_is_one_response_and_the_oldest_comes_first():
    first, second = (
        ParsedEntry(
            fingerprint=n, raw_id=n, authors=(Person(name=n),), published=when, content=Text(value="x", html=True)
        )
        for n, when in (("late", WHEN), ("early", WHEN.replace(day=1)))
    )
    read = read_responses(ParsedFeed(head=FeedHead(), entries=(first, second, first)), URL)
    assert [response.id for response in read] == ["early", "late"]
