# ruff: noqa: E501 — a piece of markup is one line, however long
"""Where a page states under which licence its article is, and what stands there of something else."""

import pytest

from syndicator.model import Document
from syndicator.stages.article import licence_lines, licences_in, read_article
from syndicator.stages.licence import read_licence

PROSE = "".join(
    f"<p>The lamp of tower number {i} was lit again last night, and the keepers told us how they mended it.</p>"
    for i in range(6)
)
CC = "https://creativecommons.org/licenses"


def page(head="", end="", foot="", side=""):
    article = f"<article><h1>Lamps</h1><div class='entry-content'>{PROSE}{end}</div></article>"
    return f"<html><head><title>Lamps</title>{head}</head><body><main>{article}</main>{side}{foot}</body></html>"


def data(json):
    """JSON-LD in which CC stands for the beginning of an address."""
    return f'<script type="application/ld+json">{json.replace("CC/", f"{CC}/")}</script>'


def read(markup):
    article = read_article(Document(body=markup.encode(), url="https://lantern.example/a"))
    return read_licence(page=article.licences, site=article.site_licences)


STATED = {
    "a link in the head": (page(head=f'<link rel="license" href="{CC}/by/4.0/">'), "CC-BY-4.0"),
    "dcterms in a meta element": (
        page(head=f'<meta name="DCTERMS.license" content="{CC}/by-nc/4.0/">'),
        "CC-BY-NC-4.0",
    ),
    "a sentence in a meta element": (
        page(head='<meta name="copyright" content="Lantern, CC BY-SA 4.0">'),
        "CC-BY-SA-4.0",
    ),
    "JSON-LD": (
        page(head=data('{"@type":"NewsArticle","license":"CC/by-nd/4.0/"}')),
        "CC-BY-ND-4.0",
    ),
    "JSON-LD, as a work": (
        page(head=data('{"@type":"NewsArticle","license":{"@type":"CreativeWork","url":"CC/by-nd/4.0/"}}')),
        "CC-BY-ND-4.0",
    ),
    "JSON-LD of the page": (
        page(head=data('{"@type":"WebPage","license":"CC/by/4.0/"}')),
        "CC-BY-4.0",
    ),
    "microdata": (
        page(
            end=f'<p itemscope itemtype="https://schema.org/Article"><a itemprop="license" href="{CC}/by/4.0/">licence</a></p>'
        ),
        "CC-BY-4.0",
    ),
    "rdfa": (
        page(foot=f'<footer><a property="cc:license" href="{CC}/by-sa/3.0/de/">CC</a></footer>'),
        "CC-BY-SA-3.0-DE",
    ),
    "a sentence in the footer": (
        page(foot="<footer><p>© 2020 Lantern. Content is licensed under CC BY-NC 4.0. Theme by Quill.</p></footer>"),
        "CC-BY-NC-4.0",
    ),
    "a badge in the footer": (
        page(foot=f'<div id="footer"><a href="{CC}/by-sa/4.0/"><img src="b.png" alt="CC"></a></div>'),
        "CC-BY-SA-4.0",
    ),
    "a badge in the sidebar": (
        page(side=f'<div class="widget"><a rel="license" href="{CC}/by-nc-sa/3.0/"><img src="b.png"></a></div>'),
        "CC-BY-NC-SA-3.0",
    ),
    "the article's last line": (
        page(end=f'<p>This article is licensed under <a href="{CC}/by-nd/4.0/">CC BY-ND 4.0</a>.</p>'),
        "CC-BY-ND-4.0",
    ),
    "the article's last line in German": (
        page(end="<p>Dieser Text steht unter der Lizenz CC BY-NC-SA 4.0.</p>"),
        "CC-BY-NC-SA-4.0",
    ),
    "a block named licence": (page(end=f'<div class="license"><a href="{CC}/by/4.0/">CC</a></div>'), "CC-BY-4.0"),
    "the article over the site": (
        page(end="<p>This text is licensed under CC BY-ND 4.0.</p>", foot="<footer>All content CC BY 4.0</footer>"),
        "CC-BY-ND-4.0",
    ),
    "the copyright link of a wiki": (page(head=f'<link rel="copyright" href="{CC}/by-sa/4.0/">'), "CC-BY-SA-4.0"),
    "a line that begins with the word licence": (
        page(end="<p>Licence: CC BY-ND 4.0</p>", foot="<footer>All content CC BY 4.0</footer>"),
        "CC-BY-ND-4.0",
    ),
    "a line below an article's author": (
        page(
            end=f'<p><img src="ana.jpg"> Ana. This article is licensed under <a href="{CC}/by/4.0/">CC BY 4.0</a></p>'
        ),
        "CC-BY-4.0",
    ),
    "a list of a footer": (
        page(
            foot=f'<footer><ul><li><a href="/imprint">Imprint</a></li><li><a rel="license" href="{CC}/by/4.0/">CC</a></li></ul></footer>'
        ),
        "CC-BY-4.0",
    ),
    "a page without article elements": (
        f"<html><body><div id='header'>Lantern</div><div id='content'><h1>Lamps</h1>{PROSE}</div><div id='foot'>Inhalt unter CC BY-SA 3.0 DE</div></body></html>",
        "CC-BY-SA-3.0-DE",
    ),
}


@pytest.mark.parametrize(("markup", "name"), STATED.values(), ids=STATED)
def test_the_articles_licence_is_read_from(markup, name):
    assert read(markup).id == name


GRANTED = {
    "leave to reprint": page(foot="<footer><p>Reproduction autorisée avec mention de la source</p></footer>"),
    "an invitation to republish": page(
        end='<div class="republish-license"><p>Republish our stories for free, in print or online, under a Creative Commons licence.</p></div>'
    ),
    "leave to reprint below a photo's licence": page(
        end=f'<p>Photo: Ana (<a href="{CC}/by/2.0/">CC BY 2.0</a>)</p><p>This article may be republished.</p>'
    ),
}


@pytest.mark.parametrize("markup", GRANTED.values(), ids=GRANTED)
def test_reprinting_and_no_more_is_granted_by(markup):
    assert read(markup).permits == ("excerpt", "verbatim")


NOT_THE_ARTICLES = {
    "JSON-LD of a picture": page(
        head=data(
            '{"@graph":[{"@type":"ImageObject","license":"CC/by/4.0/"},{"@type":"NewsArticle","image":{"@type":"ImageObject","license":"CC/by/4.0/"}}]}'
        )
    ),
    "a caption": page(
        end=f'<figure><img src="a.png"><figcaption>By Ana, <a rel="license" href="{CC}/by/4.0/">CC BY</a></figcaption></figure>'
    ),
    "a caption of an old theme": page(
        end=f'<div class="wp-caption"><img src="a.png"><p class="wp-caption-text">By Ana, <a href="{CC}/by/4.0/">CC BY 4.0</a></p></div>'
    ),
    "a line about a photo": page(
        end=f'<p><em>Photo by Ana Wave, <a rel="license" href="{CC}/by/2.0/">CC BY 2.0</a></em></p>'
    ),
    "a comment": page(side='<div class="comments"><p>This text is licensed under CC BY 4.0</p></div>'),
    "a quotation": page(
        end=f'<blockquote>This text is licensed under <a href="{CC}/by/4.0/">CC BY 4.0</a></blockquote>'
    ),
    "an embedded work": page(end=f'<div class="embed"><a rel="license" href="{CC}/by/4.0/">CC BY 4.0</a></div>'),
    "a licence that the text is about": page(
        end=f'<p>Many archives use the <a href="{CC}/by/4.0/">CC BY 4.0</a> licence for what they hold.</p>'
    ),
    "an article that is reserved on a free site": page(
        end="<p>This article: all rights reserved.</p>", foot="<footer>All content CC BY 4.0</footer>"
    ),
    "a site that says two things": page(
        foot="<footer>© Lantern. All rights reserved.</footer>",
        side=f'<aside><a rel="license" href="{CC}/by/4.0/">CC</a></aside>',
    ),
    "an article that was reprinted by leave on a free site": page(
        end="<p>© Delta Press. All rights reserved. Reprinted with permission.</p>",
        foot="<footer>All content CC BY 4.0</footer>",
    ),
    "a line with a picture": page(
        end=f'<p><img src="a.png"><br><small><a rel="license" href="{CC}/by/4.0/">CC BY</a></small></p>'
    ),
    "a line below a picture": page(end=f'<p><img src="a.png"></p><p>License: <a href="{CC}/by/4.0/">CC BY 4.0</a></p>'),
    "a list of works": page(
        side="<ul>" + f'<li><a href="/b">Nets</a> <a rel="license" href="{CC}/by/4.0/">CC</a></li>' * 2 + "</ul>"
    ),
    "what a heading says is a picture's": page(
        foot=f'<footer><h4>Photographs</h4><p><a rel="license" href="{CC}/by/4.0/">CC BY 4.0</a></p></footer>'
    ),
    "a box of photos": page(side=f'<div class="flickr"><p><a rel="license" href="{CC}/by/4.0/">CC</a></p></div>'),
    "the next article": page(side=f'<div class="next"><p><a rel="license" href="{CC}/by/4.0/">CC</a></p></div>'),
    "readers of a kind": page(
        foot=f'<footer>Members may republish this under <a href="{CC}/by/4.0/">CC BY</a></footer>'
    ),
    "a list of licences longer than any statement": page(
        foot="".join(
            f'<footer><p>{number} <a rel="license" href="{CC}/by/4.0/">CC BY</a></p></footer>' for number in range(200)
        )
    ),
    "the theme": page(
        foot='<footer>Theme Quill by Ana, released under the <a rel="license" href="https://opensource.org/licenses/MIT">MIT License</a></footer>'
    ),
    "the software": page(foot="<footer>Powered by WordPress, GPL v2 licence</footer>"),
    "the map": page(
        foot=f'<footer>Map data © OpenStreetMap contributors, <a href="{CC}/by-sa/2.0/">CC-BY-SA</a></footer>'
    ),
    "another article": page(
        side=f'<section><article><h2>More</h2><p>This text is licensed under <a rel="license" href="{CC}/by/4.0/">CC BY</a></p></article></section>'
    ),
    "a badge that says it is for a picture": page(
        foot=f'<footer><a rel="license" href="{CC}/by/4.0/"><img></a><span href="http://purl.org/dc/dcmitype/StillImage" rel="dct:type">Waves</span> is licensed</footer>'
    ),
    "microdata of a video": page(
        end=f'<div itemscope itemtype="https://schema.org/VideoObject"><link itemprop="license" href="{CC}/by/4.0/"></div>'
    ),
    "a gallery": page(end=f'<div class="gallery"><p>All <a rel="license" href="{CC}/by/4.0/">CC BY</a></p></div>'),
    "a wrapper with a sidebar's name": f"<html><body><div class='site has-sidebar widget-ready'><div class='post'><h1>Lamps</h1>{PROSE}<p>Archives use CC BY 4.0 a lot.</p></div></div></body></html>",
}


@pytest.mark.parametrize("markup", NOT_THE_ARTICLES.values(), ids=NOT_THE_ARTICLES)
def test_no_licence_of_the_article_is(markup):
    licence = read(markup)
    assert (licence.id, licence.permits) == (None, ("excerpt",))


def test_what_is_said_of_the_article_is_told_from_what_is_said_of_its_site():
    markup = page(end="<p>This text is licensed under CC BY-ND 4.0.</p>", foot="<footer>All content CC BY 4.0</footer>")
    article = read_article(Document(body=markup.encode(), url="https://lantern.example/a"))
    assert article.licences == ("This text is licensed under CC BY-ND 4.0.",)
    assert article.site_licences == ("All content CC BY 4.0",)


def test_addresses_are_absolute_and_malformed_ones_are_left_out():
    markup = page(head='<link rel="license" href="/licence"><link rel="license" href="http://[">')
    article = read_article(Document(body=markup.encode(), url="https://lantern.example/a"))
    assert article.licences == ("https://lantern.example/licence",)


@pytest.mark.parametrize("element", ["html", "body", "article"])
def test_a_page_may_ask_search_engines_not_to_quote_it(element):
    markup = page().replace(f"<{element}>", f"<{element} data-nosnippet>")
    assert read_article(Document(body=markup.encode(), url="https://lantern.example/a")).nosnippet


OF_ENTRIES = {
    "a sentence at the end": (f"{PROSE}<p>This article is licensed under CC BY-ND 4.0.</p>", "CC-BY-ND-4.0"),
    "a link that declares it": (f'{PROSE}<p><a rel="license" href="{CC}/by/4.0/">CC</a></p>', "CC-BY-4.0"),
    "a picture's": (f'{PROSE}<p><img src="a.png"></p><p><a rel="license" href="{CC}/by/4.0/">CC</a></p>', None),
    "a caption's": (f'<figure><figcaption><a rel="license" href="{CC}/by/4.0/">CC</a></figcaption></figure>', None),
    "a quotation's": (f"<blockquote>This text is CC BY 4.0</blockquote>{PROSE}", None),
    "what it is about": (f'<p>Archives use <a href="{CC}/by/4.0/">CC BY</a> a lot.</p>', None),
    "nothing": ("", None),
    "no markup that can be read": ("\x00 licence", None),
}


@pytest.mark.parametrize(("markup", "name"), OF_ENTRIES.values(), ids=OF_ENTRIES)
def test_what_an_entrys_own_markup_states(markup, name):
    assert read_licence(text=licences_in(markup, "https://lantern.example/a")).id == name


MANY = 2_000
CROWDED = {
    "links to a licence": f'<a href="{CC}/by/4.0/"></a>',
    "links that declare one": '<a rel="license" href="/x"></a>',
    "links without words": '<a href="/x"></a><a rel="license"></a>',
    "links that speak of one": '<a href="/x">copyright</a>',
}


@pytest.mark.parametrize("link", CROWDED.values(), ids=CROWDED)
def test_a_block_is_read_once_however_many_links_stand_in_it(link, monkeypatch):
    read = []
    parts = licence_lines._parts
    monkeypatch.setattr(licence_lines, "_parts", lambda element, base: read.append(element) or parts(element, base))
    licences_in(f"<p>{'<span>' * 100}{link * MANY}</p>", "https://lantern.example/a")
    assert len(read) <= 8 * MANY
