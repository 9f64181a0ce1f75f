"""Pages made to hurt: deep, endless, broken. They are read within bounds, and never raise."""

import pytest

from syndicator.model import Document
from syndicator.stages.responses import read_page_responses

URL = "https://lantern.example/boats/"
ONE = '<div class="comment" id="comment-{n}"><b class="fn">Mo</b><div class="comment-text"><p>Word {n}.</p></div></div>'


def read(markup: str):
    return read_page_responses(Document(body=f"<html><body>{markup}".encode("utf-8", "surrogatepass"), url=URL), URL)


def test_of_a_hundred_thousand_comments_two_thousand_are_read():
    responses = read("".join(ONE.format(n=n) for n in range(100_000)))
    assert [one.content_text for one in responses[:2]] == ["Word 0.", "Word 1."]
    assert len(responses) == 2_000


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="comment">' * 5_000 + "deep",
        '<div class="comment" id="comment-1"><b class="fn">Mo</b><p>x</p>' * 400,
        '<div class="comment" id="comment-1">' * 200 + "<b>x</b>" * 20_000,
        '<div class="comment">' + '<blockquote class="comment-meta">' * 200 + "x",
        '<div class="comment"><i class="meta">' + '<p class="date">' * 200 + "x",
        '<div class="comment-wrap">' * 200 + "<p>x</p>" * 2_000,
        '<ul class="comments"><li><div class="comment-box"><div class="comment">' * 60,
        '<div class="comment" id="comment-1"><p>' + "a <b>b</b> " * 20_000,
        f'<div class="{"comment " * 20_000}" id="{"comment-1" * 20_000}"><p>x</p></div>',
        f'<div class="comment"><time datetime="{"9" * 100_000}">{"1." * 50_000}</time><p>x</p></div>',
        '<div class="comment"><b class="fn">Mo</b><a href="http://[#comment-5">x</a><a href="//">y</a><p>x</p></div>',
        '<script type="application/ld+json">' + '{"comment":[' * 20_000 + "</script>",
        '<script type="application/ld+json">{"@type": {}, "text": "x", "author": [[]], "url": 5}</script>',
        '<li class="pingback" id="comment-1"><a class="url" href="https://[gull">x</a></li>' * 3,
    ],
    ids=lambda markup: markup[:40],
)
def test_it_is_read_or_left(markup):
    assert len(read(markup)) <= 2_000


def test_what_xml_forbids_is_gone():
    (one,) = read(
        '<div class="comment" id="comment-1"><b class="fn">M\x01o\x08</b><p>A\x02b\x0b \ufffe\u0085c</p></div>'
    )
    assert (one.author, one.content_text) == ("Mo", "Ab c")


def test_two_responses_with_one_id_are_one():
    assert len(read(ONE.format(n=1) * 2)) == 1
