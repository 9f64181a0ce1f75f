"""One response known from a comment feed and from a page is one."""

from dataclasses import replace
from datetime import UTC, datetime

from syndicator.model import Document, Response
from syndicator.stages.responses import together

URL = "https://lantern.example/boats/"
GULL = "https://gull.example/storms/"
WHEN = datetime(2024, 3, 6, 16, 40, 12, tzinfo=UTC)
LONG = "No boat crossed that night, and nobody on the shore could say why."


def heard(number: int | None = 7, **facts) -> Response:
    identity = f"https://lantern.example/?p=3#comment-{number}" if number else "tag:lantern.example,2024:mo"
    return Response(
        **{"id": identity, "kind": "comment", "author": "Mo", "published": WHEN, "content_text": "Five."} | facts
    )


def page(*items: str) -> Document:
    return Document(body=f"<html><body><ol class='commentlist'>{''.join(items)}</ol></body></html>".encode(), url=URL)


def item(number: int, kind: str = "comment", name: str = "Mo", words: str = "Five.", inside: str = "") -> str:
    signed = f'<cite class="fn">{name}</cite><time datetime="2024-03-06T16:40:50Z">x</time>'
    said = f'<div class="comment-content"><p>{words}</p></div>'
    return f'<li class="{kind}" id="comment-{number}">{signed}{said}{inside}</li>'


def ping(number: int, url: str = GULL) -> str:
    return item(number, "pingback", f'<a class="url" href="{url}">Storms of the year | Gull</a>', "[…] no boat […]")


def test_the_number_of_the_comment_tells_that_two_are_one_and_the_feeds_facts_stand():
    (one,) = together([heard(author="M. Oar")], page(item(7, name="Mo")), URL)
    assert (one.id, one.author, one.content_text) == (f"{URL}#comment-7", "M. Oar", "Five.")


def test_a_feed_without_numbers_is_matched_by_name_and_minute():
    assert [one.id for one in together([heard(None)], page(item(7, words="Cut …")), URL)] == [
        "tag:lantern.example,2024:mo"
    ]


def test_or_by_a_text_of_some_length():
    assert len(together([heard(None, author="M.", content_text=LONG)], page(item(7, words=LONG)), URL)) == 1
    assert len(together([heard(None, author="M.", content_text="Thanks!")], page(item(7, words="Thanks!")), URL)) == 2


def test_two_numbers_are_two_responses_though_one_person_says_the_same_twice():
    assert len(together([heard(6, content_text=LONG)], page(item(7, words=LONG)), URL)) == 2


def test_the_page_gives_a_ping_the_address_of_its_source():
    known = heard(9, kind="pingback", author=None, title="Storms of the year", site="Gull", content_text="no boat")
    (one,) = together([known], page(ping(9)), URL)
    assert (one.uri, one.title, one.site) == (GULL, "Storms of the year", "Gull")


def test_the_page_tells_a_ping_where_the_feed_could_not():
    (one,) = together([heard(9, author="Gull", content_text="[…] no boat […]")], page(ping(9)), URL)
    assert (one.kind, one.author, one.title, one.uri) == ("pingback", None, "Gull", GULL)
    assert (one.content_text, one.truncated) == ("no boat", None)


def test_a_ping_that_the_page_shows_to_be_the_sites_own_goes():
    own = heard(9, kind="pingback", author=None, title="Storms of the year")
    assert together([own], page(ping(9, "https://www.lantern.example/other/")), URL) == ()


def test_the_page_tells_what_answers_what_in_the_words_of_the_feed():
    feed = [heard(7), heard(8, author="Kim", content_text="Six.")]
    shown = item(7, inside=f"<ul class='children'>{item(8, name='Kim', words='Six.')}{item(9, name='Ed')}</ul>")
    first, second, third = together(feed, page(shown), URL)
    assert (first.in_reply_to, second.in_reply_to, third.in_reply_to) == (None, first.id, first.id)
    assert third.id == URL + "#comment-9"


def test_a_page_with_more_than_the_feed_adds_what_the_feed_no_longer_has():
    shown = [item(number, name=f"N{number}", words=f"{LONG} {number}") for number in (5, 6, 7)]
    assert [one.author for one in together([heard()], page(*shown), URL)] == ["Mo", "N5", "N6"]


def test_without_a_page_the_feed_stands_and_without_a_feed_the_page():
    assert together([heard()], None, URL) == (replace(heard(), id=f"{URL}#comment-7"),)
    assert [one.author for one in together([], page(item(7)), URL)] == ["Mo"]
