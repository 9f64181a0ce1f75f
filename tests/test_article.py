"""The article in a page."""

import pytest

from syndicator.model import Document
from syndicator.stages.article import read_article

PAGE = """<!doctype html><html lang="nb"><head><title>Boats - Lantern</title><link rel="canonical" href="/boats/">
<script type="application/ld+json">{"@graph": [{"@type": "Article", "headline": "Boats", "license": "https://creativecommons.org/licenses/by/4.0/"}]}</script>
</head><body><nav>Home</nav><main><article><h1>Boats!</h1><div class="entry-content wide"><p>One.</p>
<div class="sharedaddy"><a href="?share=x">Share</a></div><form>Comment</form><p>Two.</p></div></article></main>
<footer>©</footer></body></html>"""


def read(page: str, **about: str):
    return read_article(
        Document(body=page.encode(), url="https://lantern.example/boats/?x=1", charset="utf-8", **about)
    )


def test_the_article_is_taken_out_of_the_page():
    article = read(PAGE)
    assert "One." in article.markup
    assert "Two." in article.markup
    assert not [word for word in ("Home", "Share", "Comment", "©") if word in article.markup]


def test_what_the_page_declares_is_read():
    article = read(PAGE)
    assert (article.title, article.language, article.canonical_url) == ("Boats", "nb", "https://lantern.example/boats/")
    assert article.licences == ("https://creativecommons.org/licenses/by/4.0/",)


def test_a_licence_on_a_picture_is_not_the_articles():
    page = '<article><figure><img src="a.png"><a rel="license" href="https://creativecommons.org/publicdomain/zero/1.0/">0</a></figure><p>x</p></article>'
    assert read(page).licences == ()


@pytest.mark.parametrize(
    "page", ["", "<p>No article here</p>", "\x00\x01", '<script type="application/ld+json">[[[</script>']
)
def test_a_page_without_an_article_has_none(page):
    assert read(page) is None


def test_an_unknown_charset_is_no_article():
    assert read_article(Document(body=b"<article>x</article>", url="https://a.example/", charset="no-such")) is None
