"""What WordPress tells beside its comment feed: an Atom feed, and what is a comment."""

import json

import pytest

from syndicator.model import Response
from syndicator.stages.responses import preferred_feeds, typed_by_rest

SITE = "https://lantern.example"


@pytest.mark.parametrize(
    ("url", "atom"),
    [
        (f"{SITE}/boats/feed/", f"{SITE}/boats/feed/atom/"),
        (f"{SITE}/boats/feed", f"{SITE}/boats/feed/atom/"),
        (f"{SITE}/comments/feed/", f"{SITE}/comments/feed/atom/"),
        (f"{SITE}/boats/feed/rss2/", f"{SITE}/boats/feed/atom/"),
        (f"{SITE}/boats/feed/?lang=de", f"{SITE}/boats/feed/atom/?lang=de"),
        (f"{SITE}/?feed=rss2&p=7", f"{SITE}/?feed=atom&p=7"),
        (f"{SITE}/?p=7&feed=comments-rss2", f"{SITE}/?p=7&feed=comments-atom"),
    ],
)
def test_wordpress_is_asked_for_atom_first(url, atom):
    assert preferred_feeds(url) == (atom, url)


@pytest.mark.parametrize(
    "url",
    [
        f"{SITE}/boats/feed/atom/",
        f"{SITE}/feeds/7/comments/default",
        f"{SITE}/comments.xml",
        f"{SITE}/?feed=atom&p=7",
        f"{SITE}/feedback/",
        "",
    ],
)
def test_another_address_stands_alone(url):
    assert preferred_feeds(url) == (url,)


def comment(number: int, author: str = "Mo", words: str = "Five.") -> Response:
    return Response(id=f"{SITE}/?p=3#comment-{number}", kind="comment", author=author, content_text=words)


def rest(*numbers: int) -> bytes:
    return json.dumps([{"id": number, "type": "comment", "author_name": "Mo &amp; Co"} for number in numbers]).encode()


def test_what_rest_lists_is_a_comment_and_what_it_leaves_out_is_a_ping():
    short = comment(9, "Gull", "[…] no boat […] Republished from the Lantern")
    first, second = typed_by_rest([comment(8), short], rest(8))
    assert first == comment(8)
    assert (second.kind, second.author, second.title, second.truncated) == ("pingback", None, "Gull", None)
    assert second.marks == ("republication",)


def test_a_comment_that_was_taken_for_a_ping_is_one_again_with_its_name():
    taken = Response(id=f"{SITE}/#comment-8", kind="pingback", title="Mo", site="Co", truncated=None)
    (one,) = typed_by_rest([taken], rest(8))
    assert (one.kind, one.author, one.title, one.site, one.truncated) == ("comment", "Mo & Co", None, None, False)


def test_what_is_older_than_a_full_page_of_the_answer_is_not_judged():
    old, between = comment(3), comment(15)
    kinds = [one.kind for one in typed_by_rest([old, between], rest(10, 11, 12, 13, 14, 16, 17, 18, 19, 20))]
    assert kinds == ["comment", "pingback"]


def test_an_answer_without_comments_does_not_make_a_person_a_ping():
    long = comment(9, "Storms of the year | Gull")
    assert [one.kind for one in typed_by_rest([comment(8), long], b"[]")] == ["comment", "pingback"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b'{"code": "rest_forbidden"}', b'[{"id": "8"}]', b"[8]", b"[[", b"[" * 200_000, b"\xff"]
)
def test_no_answer_changes_nothing(body):
    assert typed_by_rest([comment(8)], body) == (comment(8),)


def test_a_response_without_a_number_is_not_judged():
    unnumbered = Response(id="tag:1", kind="comment", author="Storms of the year | Gull")
    assert typed_by_rest([unnumbered], rest(8)) == (unnumbered,)
