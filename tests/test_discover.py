"""Which feeds a page announces, and in which order."""

import random

import pytest

from syndicator.model import Document, Link
from syndicator.stages.discover import feeds_in

PAGE = "https://lighthouse.example/blog/first-light/"
RSS = 'rel="alternate" type="application/rss+xml"'


def feeds(markup: str | bytes, url: str = PAGE, charset: str | None = None) -> list[str]:
    body = markup.encode() if isinstance(markup, str) else markup
    return [link.href for link in feeds_in(Document(body=body, url=url, content_type="text/html", charset=charset))]


SITE = "https://lighthouse.example/"
FOUND = {
    "an absolute address": (f'<link {RSS} href="https://lighthouse.example/feed/">', ["feed/"]),
    "an address relative to the page": (f'<link {RSS} href="../feed.xml">', ["blog/feed.xml"]),
    "an address relative to base": (f'<base href="/a/"><link {RSS} href="feed">', ["a/feed"]),
    "base relative to the page, the first one counts": (
        f'<base href="../b/"><base href="/c/"><link {RSS} href="feed">',
        ["blog/b/feed"],
    ),
    "a broken base is none": (f'<base href="http://["><link {RSS} href="/feed">', ["feed"]),
    "Atom": ('<link rel=alternate type="application/atom+xml" href="/atom.xml">', ["atom.xml"]),
    "JSON Feed": ('<link rel=alternate type="application/feed+json" href="/main">', ["main"]),
    "JSON Feed under its old type": ('<link rel=alternate type="application/json" title="JSON Feed" href="/j">', ["j"]),
    "some other JSON": ('<link rel=alternate type="application/json" href="/wp-json/wp/v2/pages/7">', []),
    "oEmbed": ('<link rel=alternate type="application/json+oembed" href="/oembed/1.0/embed?url=x">', []),
    "oEmbed as XML": ('<link rel=alternate type="text/xml+oembed" href="/oembed/1.0/embed?format=xml">', []),
    "a type with a charset, in capitals": (
        '<LINK REL="ALTERNATE" TYPE="Application/RSS+XML; charset=utf-8" HREF="/f">',
        ["f"],
    ),
    "a misspelt type": ('<link rel=alternate type="application/rss" href="/f">', ["f"]),
    "a vague type, the address says it": ('<link rel=alternate type="text/xml" href="/rss.xml">', ["rss.xml"]),
    "a vague type, the title says it": ('<link rel=alternate type="text/xml" title="Our RSS" href="/n">', ["n"]),
    "a vague type, nothing says it": ('<link rel=alternate type="text/xml" href="/sitemap">', []),
    "no type, the address says it": ('<link rel=alternate href="/?feed=rss2">', ["?feed=rss2"]),
    "rel=feed": ('<link rel="feed" href="/all">', ["all"]),
    "several rels": ('<link rel="alternate home" type="application/rss+xml" href="/f">', ["f"]),
    "another language's page": ('<link rel=alternate hreflang=fr href="/fr/">', []),
    "an alternate stylesheet": ('<link rel="alternate stylesheet" type="text/css" href="/feed">', []),
    "a feed: address": (f'<link {RSS} href="feed:https://lighthouse.example/f">', ["f"]),
    "no scheme but http and https": (f'<link {RSS} href="javascript:feed()"><link {RSS} href="ftp://x/feed">', []),
    "an empty address": (f'<link {RSS} href=" "><link {RSS}>', []),
    "an address that is none": (f'<link {RSS} href="http://[::1/feed">', []),
    "the same address twice": (f'<link {RSS} href="/f"><link {RSS} href="/f#top">', ["f"]),
    "a link in the body": (f'<p>Hello</p><link {RSS} href="/f">', ["f"]),
    "an anchor where nothing is announced": ('<a href="/feed/">RSS</a>', ["feed/"]),
    "no anchor where something is": (f'<a href="/feed/">RSS</a><link {RSS} href="/f">', ["f"]),
    "an anchor to an article on feeding": ('<a href="/how-to-feed-a-lighthouse/">Feed</a>', []),
    "an anchor that shares the page elsewhere": ('<a href="https://s.example/dialog/feed?u=https%3A%2F%2Fx">+</a>', []),
    "an anchor by mail": ('<a href="mailto:feed@lighthouse.example">feed</a>', []),
    "nothing": ("<p>Hello</p>", []),
    "an empty page": ("", []),
    "a page of blanks": (" \n", []),
}


@pytest.mark.parametrize(("markup", "paths"), FOUND.values(), ids=FOUND)
def test_found(markup, paths):
    assert feeds(markup) == [SITE + path for path in paths]


def test_the_sites_feed_comes_before_the_articles_and_the_comments():
    markup = f"""
      <link {RSS} title="Lighthouse » Comments Feed" href="/comments/feed/">
      <link {RSS} title="Lighthouse » First Light" href="/blog/first-light/feed/">
      <link {RSS} title="Lighthouse » Канал комментариев" href="/?feed=k">
      <link {RSS} title="Lighthouse » Feed" href="/feed/">
      <link rel=alternate type="application/atom+xml" title="Lighthouse » Feed" href="/feed/atom/">
    """
    assert feeds(markup) == [
        SITE + path for path in ("feed/", "feed/atom/", "blog/first-light/feed/", "comments/feed/", "?feed=k")
    ]


def test_anchors_of_the_site_come_before_those_of_others():
    markup = '<a href="https://reader.example/rss">Read with us</a> <a href="/rss">RSS</a>'
    assert feeds(markup) == [SITE + "rss", "https://reader.example/rss"]


def test_a_link_tells_its_type_language_and_title():
    markup = f'<link {RSS} href="/f" hreflang="pt-BR" title="  Luz\n do  farol ">'
    assert feeds_in(Document(body=markup.encode(), url=PAGE)) == (
        Link(href=SITE + "f", type="application/rss+xml", hreflang="pt-BR", title="Luz do farol"),
    )


@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0"?><rss><link rel="alternate" type="application/rss+xml" href="/f"/></rss>',
        b'\xef\xbb\xbf<!-- a feed --><feed xmlns="x"><link rel="alternate" href="/feed"/></feed>',
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><a href="/feed/">x</a></rdf:RDF>',
        '<rss><channel><link rel="feed" href="/f"/></channel></rss>'.encode("utf-16"),
        b'{"version": "https://jsonfeed.org/version/1.1", "feed_url": "/feed.json"}',
    ],
    ids=["RSS", "Atom", "RDF", "UTF-16", "JSON"],
)
def test_a_feed_announces_none(body):
    assert feeds(body) == []


@pytest.mark.parametrize(
    ("charset", "declared"),
    [("cp1251", "cp1251"), ("utf-16", None), ("koi8-r", "KOI8-R"), ("utf-8", "x-unheard-of"), ("utf-8", "\0")],
)
def test_a_title_is_read_in_the_declared_charset(charset, declared):
    markup = f'<html><head><meta charset="{charset}"><link {RSS} href="/f" title="Маяк"></head></html>'
    (link,) = feeds_in(Document(body=markup.encode(charset), url=PAGE, charset=declared))
    assert link.title == "Маяк"


HOSTILE = {
    "zero bytes": b"\0" * 100 + f'<link {RSS} href="/f">'.encode() + b"\0",
    "deep nesting": b"<div>" * 50_000,
    "a long attribute": b'<link rel="alternate" href="' + b"a" * 1_000_000 + b'">',
    "no page at all": bytes(range(256)) * 50,
    "an unfinished tag": b"<html><head><link rel=alternate href=",
    "only a comment": b"<!-- -->",
    "a processing instruction": b"<?php echo 1 ?><a href=/feed>x</a>",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("charset", [None, "utf-16", "utf-7", "punycode", "base64", "cp037"])
def test_hostile_bytes_raise_nothing(body, charset):
    assert isinstance(feeds(body, charset=charset), list)


def test_mutilated_pages_raise_nothing():
    page = f'<html><base href="/x/"><link {RSS} href="f" title="é"><a href="//feed">RSS</a></html>'.encode()
    choose = random.Random(7)
    for _ in range(2_000):
        body = bytearray(page)
        for _ in range(4):
            body[choose.randrange(len(body))] = choose.randrange(256)
        assert isinstance(feeds(bytes(body)), list)


def test_the_pages_address_may_be_anything():
    for url in ("", "not a url", "http://[", "data:text/html,x"):
        assert feeds(f'<link {RSS} href="https://lighthouse.example/f">', url=url) == [SITE + "f"]
