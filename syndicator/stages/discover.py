"""The feeds that a page announces: page bytes -> links, the one to subscribe to first.

Reads `<link rel=alternate>` (HTML, "Link type alternate"; RSS Autodiscovery), and anchors where there is none.
This module must not fetch or guess an address: a link is either in the page or not.
"""

import codecs
import re
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree, html

from syndicator.model import Document, Link

# A feed document's root, after what may stand before it; UTF-16 is read by leaving the zero bytes out.
_FEED_ROOT = re.compile(rb"<(?:[a-z]+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_PAGE_ROOT = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)

_BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_FEED_TYPE = re.compile(r"application/(?:rss|atom|rdf|feed|x[.-]?rss|x[.-]?atom)(?:\+(?:xml|json))?$")
# Types that also name other things: the address or the title has to say that it is a feed.
_VAGUE_TYPES = ("", "text/xml", "application/xml", "application/json", "text/rss", "text/atom", "text/plain")
_NOT_A_FEED = re.compile(r"oembed|/wp-json(?:/|$)|/xmlrpc\.php|osd\.xml|opensearch", re.IGNORECASE)

# A "share" or "subscribe" button of somebody else's service, which takes the page's address along.
_CARRIES_ADDRESS = re.compile(r"https?(?::|%3a)", re.IGNORECASE)

_FEED_PATH = re.compile(
    r"(?:^|[/._-])(?:feeds?|rss2?|atom|rdf)(?:\.(?:xml|json|php|rdf))?/?$|/index\.(?:xml|rdf)$", re.IGNORECASE
)
_FEED_QUERY = re.compile(r"(?:^|&)(?:feed=\w|(?:format|type|alt)=(?:feed|rss|atom)\b)", re.IGNORECASE)
_FEED_WORD = re.compile(r"\b(?:rss|atom|rdf|feed)\b", re.IGNORECASE)

# Beginnings of "comment" as blog software prints it in the titles of comment feeds.
_COMMENTS = re.compile(
    r"comment|coment|commenti|kommenta|kommentti|komentar|komentář|komentarz|reacties|reakcie|yorum|hozzászólás|"
    r"σχόλι|коммент|комент|תגוב|تعليق|دیدگاه|评论|評論|留言|迴響|コメント|댓글|टिप्पणि|bình luận|ความเห็น",
    re.IGNORECASE,
)
_COMMENTS_URL = re.compile(r"comment|[?&]feed=comments|/replies(?:[./]|$)", re.IGNORECASE)


def feeds_in(document: Document) -> tuple[Link, ...]:
    """The feeds of a page as absolute http(s) links, each once, the best first; empty where there is none.

    Best are those that are the site's, in the page's order; then those that belong to this page (an article's comment
    feed, whatever its language calls it); comment feeds last. A document that is itself a feed announces none.
    Never raises, whatever the bytes.
    """
    root = None if _is_feed(document.body) else _tree(document)
    if root is None:
        return ()
    base = _base(root, document.url)
    links = _distinct(_announced(root, base)) or _distinct(_anchored(root, base))
    own = urlsplit(_absolute("", document.url) or "").path.rstrip("/")
    return tuple(sorted(links, key=lambda link: _rank(link, own)))


# ── reading the page ─────────────────────────────────────────────────────────────────────────────────────────────


def _is_feed(body: bytes) -> bool:
    start = body[:8192].replace(b"\0", b"")
    feed, page = _FEED_ROOT.search(start), _PAGE_ROOT.search(start)
    return bool(feed and (page is None or feed.start() < page.start()))


def _tree(document: Document) -> etree._Element | None:
    """The page's root element; None where nothing of it can be read."""
    try:
        return html.document_fromstring(document.body, parser=_parser(document))
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _parser(document: Document) -> html.HTMLParser:
    """One for the page's charset: its byte order mark's, else the transport's, else its own word (HTML, "sniffing")."""
    for charset in (document.charset, _undeclared(document.body)):
        if charset and not document.body.startswith(_BYTE_ORDER_MARKS):
            with suppress(LookupError, ValueError):
                return html.HTMLParser(encoding=charset, no_network=True)
    return html.HTMLParser(no_network=True)


def _undeclared(body: bytes) -> str | None:
    """UTF-8 where the page says nothing and its bytes are that; lxml alone would take it for Latin-1."""
    if b"charset" in body[:1024].lower():
        return None
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _base(root: etree._Element, url: str) -> str:
    """The address that the page's links are relative to: its first `<base href>`, itself relative to `url`."""
    page = _absolute("", url) or ""
    for element in root.iter("base"):
        if element.get("href"):
            return _absolute(element.get("href"), page) or page
    return page


def _absolute(href: str, base: str) -> str | None:
    """`href` as an absolute http(s) URL without fragment; None where it is none. `feed:` stands for http(s)."""
    reference = re.sub(r"^feed:(?=https?:)", "", href.strip(), flags=re.IGNORECASE)
    reference = re.sub(r"^feed:(?=//)", "http:", reference, flags=re.IGNORECASE)
    try:
        url = urldefrag(urljoin(base, reference)).url
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


# ── what is a feed ───────────────────────────────────────────────────────────────────────────────────────────────


def _announced(root: etree._Element, base: str) -> Iterable[Link]:
    for element in root.iter("link"):
        rel = element.get("rel", "").lower().split()
        link = _link(element, element.get("title"), base)
        if link and "stylesheet" not in rel and ("feed" in rel or ("alternate" in rel and _looks_like_feed(link))):
            yield link


def _anchored(root: etree._Element, base: str) -> list[Link]:
    """Anchors that lead to feeds, those of this site first: a reader's "subscribe" buttons lead elsewhere."""
    links = [link for element in root.iter("a") if (link := _link(element, _text(element), base))]
    feeds = [link for link in links if _FEED_TYPE.match(link.type or "") or _has_feed_address(link.href)]
    feeds = [link for link in feeds if not _CARRIES_ADDRESS.search(urlsplit(link.href).query)]
    return sorted(feeds, key=lambda link: urlsplit(link.href).hostname != urlsplit(base).hostname)


def _link(element: etree._Element, title: str | None, base: str) -> Link | None:
    href = _absolute(element.get("href") or "", base) if element.get("href", "").strip() else None
    if href is None or _NOT_A_FEED.search(href):
        return None
    return Link(
        href=href,
        type=element.get("type", "").split(";")[0].strip().lower() or None,
        hreflang=element.get("hreflang") or None,
        title=" ".join((title or "").split()) or None,
    )


def _text(element: etree._Element) -> str:
    return element.get("title") or "".join(element.itertext())[:200]


def _looks_like_feed(link: Link) -> bool:
    kind = link.type or ""
    if _FEED_TYPE.match(kind):
        return True
    return kind in _VAGUE_TYPES and (_has_feed_address(link.href) or bool(_FEED_WORD.search(link.title or "")))


def _has_feed_address(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_FEED_PATH.search(parts.path) or _FEED_QUERY.search(parts.query) or "feedburner." in parts.netloc)


# ── which is best ────────────────────────────────────────────────────────────────────────────────────────────────


def _distinct(links: Iterable[Link]) -> list[Link]:
    """Each address once, as first met."""
    return list({link.href: link for link in reversed(list(links))}.values())[::-1]


def _rank(link: Link, own: str) -> int:
    """0 for the site's feeds, 1 for feeds below the page's `own` path, 2 for feeds of comments."""
    if _COMMENTS.search(link.title or "") or _COMMENTS_URL.search(link.href):
        return 2
    return int(bool(own) and urlsplit(link.href).path.startswith(f"{own}/"))
