"""What an article keeps of its page, and what it leaves there."""

from datetime import UTC, datetime

import pytest
from lxml.html import fromstring

from syndicator.model import Document, Original
from syndicator.stages.article import Article, read_article

PROSE = [
    "The ferry had not come for nine days when the keeper began to count the lamps that were left in the store.",
    "She wrote each number on the wall in chalk, and below it the name of the boat that had brought the oil.",
    "Nobody on the island had asked her to do so, but nobody told her to stop, and the wall slowly filled.",
    "By the second week the children came after school to read the names aloud, and to add those she had forgotten.",
]
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in PROSE)
TEASER = (
    "<div class='card'><h3><a href='/x'>Another story</a></h3><p>A teaser of another story that says little.</p></div>"
)


def read(body: str, head: str = "", *, charset: str | None = None) -> Article | None:
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return read_article(Document(body=page.encode(), url="https://lantern.example/lamps/", charset=charset))


def words(article: Article | None) -> str:
    assert article is not None
    return " ".join(fromstring(f"<div>{article.markup}</div>").text_content().split())


# ── which element ────────────────────────────────────────────────────────────────────────────────────────────────

HOLDERS = {
    "nothing marks it": f"<div><div><h1>Lamps</h1></div><div>{PARAGRAPHS}</div></div><div>{TEASER * 9}</div>",
    "a name with its parts joined otherwise": f"<div class='xArticleBody'>{PARAGRAPHS}</div><div>{TEASER * 15}</div>",
    "a form around the whole page": f"<form id='aspnetForm'><h1>Lamps</h1><div>{PARAGRAPHS}</div></form>",
    "a stranger's name around the whole page": f"<div class='ads-wrapper'><h1>Lamps</h1><div>{PARAGRAPHS}</div></div>",
    "the only title among longer articles": f"<article><h1>Lamps</h1>{PARAGRAPHS}</article>"
    + f"<article>{'<p>A long story of another island, which goes on without an end in sight.</p>' * 30}</article>",
    "the body cut in parts": f"<div><div class='article-body'><p>{PROSE[0]}</p><p>{PROSE[1]}</p></div><div>Ad</div>"
    f"<div class='article-body'><p>{PROSE[2]}</p><p>{PROSE[3]}</p></div></div>",
}  # fmt: skip


@pytest.mark.parametrize("body", HOLDERS.values(), ids=HOLDERS)
def test_the_article_is_found_where(body):
    text = words(read(body))
    assert [paragraph for paragraph in PROSE if paragraph not in text] == []
    assert "nother story" not in text
    assert "another island" not in text


# ── what goes ────────────────────────────────────────────────────────────────────────────────────────────────────

STRANGERS = {
    "share bar": "<ul class='shareButtons'><li>GONE</li></ul>",
    "related articles": "<div class='jp-related-posts'><p>GONE and more about lamps, oil, boats and keepers.</p></div>",
    "comment thread": "<ol class='commentlist'>"
    + "<li><p>GONE, said a reader who had much to say.</p></li>" * 40
    + "</ol>",
    "thread named in German": "<div id='kommentare'><p>GONE, sagte eine Leserin, die viel zu sagen hatte.</p></div>",
    "comment marked in microdata": "<div itemtype='https://schema.org/Comment'>GONE</div>",
    "comment form": "<form><label>GONE</label><textarea>GONE</textarea></form>",
    "list of links": "<ul><li><a href='/a'>GONE one</a></li><li><a href='/b'>GONE two</a></li></ul>",
    "heading of what is gone": "<h3>GONE</h3><nav>Next</nav>",
    "links as paragraphs at the end": "<p>GONE:</p><p><a href='/a'>GONE one</a></p><p><a href='/b'>GONE two</a></p>",
    "hidden text": "<div style='display: none'>GONE</div>",
    "navigation": "<div role='navigation'>GONE</div>",
}


@pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS)
def test_it_is_left_in_the_page(stranger):
    assert "GONE" not in words(read(f"<article><h1>Lamps</h1>{PARAGRAPHS}{stranger}</article>"))


def test_a_link_between_paragraphs_is_a_promotion_unless_it_opens_the_article():
    link = "<p><a href='https://other.example/'>{}</a></p>"
    body = f"{link.format('Where this comes from')}{PARAGRAPHS}{link.format('READ THIS TOO')}<p>{PROSE[0]}</p>"
    text = words(read(f"<article>{body}</article>"))
    assert "Where this comes from" in text
    assert "READ THIS TOO" not in text


def test_the_title_is_told_once():
    article = read(f"<article><p class='top'>Lamps</p>{PARAGRAPHS}</article>", '<meta charset="utf-8">' + data("Lamps"))
    assert article.title == "Lamps"
    assert not words(article).startswith("Lamps")


# ── what stays ───────────────────────────────────────────────────────────────────────────────────────────────────

KEPT = {
    "a list": "<ul><li>KEPT oil</li></ul>",
    "a quotation with its source": "<blockquote><p>KEPT</p><footer>KEPT</footer></blockquote>",
    "a table": "<table class='tools'><tr><td>KEPT</td></tr></table>",
    "footnotes": "<aside class='footnotes'><p>KEPT</p></aside>",
    "preformatted text": "<pre>KEPT</pre>",
    "a quoted post": "<div class='social-embed'><blockquote>KEPT</blockquote></div>",
    "a credit line": "<p><em>KEPT: translated by <a href='https://t.example/'>Ida Holm</a></em></p>",
    "a credit that is one link": "<p><a href='https://o.example/lamps'>KEPT: first published in Havnen</a></p>",
    "a subheading": f"<h2>KEPT</h2><p>{PROSE[0]}</p>",
}


@pytest.mark.parametrize("part", KEPT.values(), ids=KEPT)
def test_it_stays_in_the_article(part):
    assert words(read(f"<article><h1>Lamps</h1>{PARAGRAPHS}{part}</article>")).count("KEPT") == part.count("KEPT")


@pytest.mark.parametrize("name", ["standfirst", "article__deck", "subTitle", "DefaultEinleitung"])
def test_the_standfirst_above_the_body_comes_first_and_emphasised(name):
    lead = "A keeper counts what is left."
    page = f"<main><h1>Lamps</h1><p class='{name}'>{lead}</p><div class='entry-content'>{PARAGRAPHS}</div></main>"
    assert f'<p><strong class="{name}">{lead}</strong></p><div' in read(page).markup


def test_a_standfirst_that_the_body_says_too_is_not_doubled():
    page = f"<main><h1>Lamps</h1><p class='intro'>{PROSE[0]}</p><div class='entry-content'>{PARAGRAPHS}</div></main>"
    assert words(read(page)).count(PROSE[0]) == 1


def test_the_picture_above_the_body_comes_with_its_caption():
    picture = "<figure><img src='/wall.jpg'><figcaption>The wall</figcaption></figure>"
    page = f"<main><h1>Lamps</h1>{picture}<div class='entry-content'>{PARAGRAPHS}</div></main>"
    assert read(page).markup.startswith('<figure><img src="/wall.jpg"><figcaption>The wall</figcaption></figure>')


CAPTIONED = "<div class='photo'><img src='/a.png'><span class='image-caption'>The store</span></div>"


def test_a_caption_becomes_one_whatever_it_was():
    figure = fromstring(read(f"<article>{PARAGRAPHS}{CAPTIONED}</article>").markup).find(".//figure")
    assert (figure.find("img").get("src"), figure.findtext("figcaption")) == ("/a.png", "The store")


def test_equal_captions_are_said_once():
    assert words(read(f"<article>{PARAGRAPHS}{CAPTIONED}{CAPTIONED}</article>")).count("The store") == 1


def test_a_picture_that_a_script_would_load_has_its_address():
    image = "<p><img src='data:image/gif;base64,R0' data-src='/late.png'></p>"
    assert 'src="/late.png"' in read(f"<article>{PARAGRAPHS}{image}</article>").markup


# ── what the page declares ───────────────────────────────────────────────────────────────────────────────────────


def data(headline: str, more: str = "") -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{headline}"{more}}}</script>'


PUBLISHED = {
    "JSON-LD": data("Lamps", ', "datePublished": "2026-05-03T10:00:00+02:00"'),
    "a meta element": '<meta property="article:published_time" content="2026-05-03T08:00:00Z">',
}


@pytest.mark.parametrize("head", PUBLISHED.values(), ids=PUBLISHED)
def test_the_time_of_publication_is_stated_by(head):
    article = read(f"<article>{PARAGRAPHS}</article>", head)
    assert article.published == datetime(2026, 5, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "head", ["", data("Lamps", ', "datePublished": "soon"'), data("Lamps", ', "datePublished": 7')]
)
def test_a_time_that_is_only_shown_is_not_a_statement(head):
    assert read(f"<article><span class='date'>3 May 2026</span>{PARAGRAPHS}</article>", head).published is None


@pytest.mark.parametrize(
    ("stated", "url"),
    [
        ('"translationOfWork": {"@id": "https://havnen.example/lamper"}', "https://havnen.example/lamper"),
        ('"isBasedOn": "/lamper"', "https://lantern.example/lamper"),
        ('"isBasedOn": [{"name": "Lamper"}, {"url": "https://havnen.example/l"}]', "https://havnen.example/l"),
        ('"isBasedOn": {"name": "Lamper"}', None),
        ('"isBasedOn": "http://["', None),
    ],
)
def test_the_original_is_what_json_ld_says(stated, url):
    assert read(f"<article>{PARAGRAPHS}</article>", data("Lamps", f", {stated}")).imprint.original == (
        url and Original(url=url)
    )


@pytest.mark.parametrize(("rules", "forbids"), [("noindex, nosnippet", True), ("max-snippet: 0", True), ("all", False)])
def test_a_page_may_ask_not_to_be_quoted(rules, forbids):
    head = f'<meta name="robots" content="{rules}">'
    assert read(f"<article>{PARAGRAPHS}</article>", head).nosnippet is forbids


# ── what is no article ───────────────────────────────────────────────────────────────────────────────────────────

NONE = {
    "a feed": f"<?xml version='1.0'?><rss><item><description><p>{PROSE[0] * 3}</p></description></item></rss>",
    "JSON": '{"content_html": "<p>' + PROSE[0] * 3 + '</p>"}',
    "plain text": PROSE[0] * 3,
    "a page with hardly any prose": "<html><body><p>This page has gone, we are sorry to say.</p></body></html>",
}


@pytest.mark.parametrize("body", NONE.values(), ids=NONE)
def test_there_is_no_article_in(body):
    assert read_article(Document(body=body.encode(), url="https://lantern.example/")) is None


def test_a_page_that_declares_no_charset_is_read_as_the_utf_8_that_it_is():
    assert "Überfahrt" in words(read(f"<article><p>Überfahrt</p>{PARAGRAPHS}</article>"))


STACKED = [
    "<p>Text: <a href='/cy'>Cy Marsh</a></p><p>Translation: <a href='/ada'>Ada Brook</a></p>",
    "<p>By <a href='/cy'>Cy Marsh</a></p><p>Trans. <a href='/ada'>Ada Brook</a></p>",
    "<p>Übersetzung: <a href='/ada'>Ada Brook</a></p><p>Lektorat: <a href='/cy'>Cy Marsh</a></p>",
]


@pytest.mark.parametrize("lines", STACKED)
def test_lines_at_the_end_that_name_somebody_stay(lines):
    kept = words(read(f"<article><div class='entry-content'>{PARAGRAPHS}{lines}</div></article>"))
    assert [name for name in ("Ada Brook", "Cy Marsh") if name not in kept] == []
