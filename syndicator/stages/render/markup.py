"""Small readings of HTML that is clean already: links that may be followed, text without tags, an excerpt without
media.

Cleaning is the normaliser's; nothing here makes markup safe.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape
from urllib.parse import quote, urlsplit

from lxml import etree, html

Work = Callable[[html.HtmlElement], None]

MEDIA_TAGS = ("img", "picture", "source", "video", "audio", "track", "iframe", "embed", "object", "svg", "canvas")
WEB_ADDRESS = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_RESTRICTED = r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*"
MEDIA_TYPE = re.compile(rf"{_RESTRICTED}/{_RESTRICTED}(?:\s*;.*)?")
RESERVED = "%:/?#[]@!$&'()*+,;=~"
"""What RFC 3986 reserves, and the escapes that are there already."""
NEVER_CLOSED = re.compile("</(?:wbr|source)>")
"""Void in HTML (13.1.2), which libxml2 is too old to know."""
MEDIA = re.compile(f"<(?:{'|'.join(MEDIA_TAGS)})\\b", re.IGNORECASE)


def linkable(url: str | None) -> str | None:
    """`url` if a reader may be led there (http or https with a host), else None: "javascript:" is no link."""
    return url if url and WEB_ADDRESS.match(url) else None


def media_type(stated: str) -> str | None:
    """`stated` if it has the form of a media type (RFC 6838 4.2, parameters behind it allowed), else None."""
    return stated if MEDIA_TYPE.fullmatch(stated) else None


def as_uri(address: str | None) -> str:
    """The web address as ASCII (RFC 3987 3.1), for elements that allow no IRI; "" for None."""
    try:
        parts = urlsplit(address or "")
        named = parts.hostname or ""
        place = parts.netloc if named.isascii() else parts.netloc.replace(named, named.encode("idna").decode("ascii"))
    except ValueError:  # as in `host`, and UnicodeError is one
        return quote(address or "", safe=RESERVED)
    return quote(parts._replace(netloc=place).geturl(), safe=RESERVED)


def host(url: str | None) -> str:
    """The host of `url` without "www.", or "" where it has none."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:  # "http://[": an address that no library splits
        return ""


def anchor(label: str, url: str | None, **attributes: str | None) -> str:
    """HTML: `label` (plain text) linked to `url` where that is linkable, else the label alone; all escaped."""
    text = f"<bdi>{escape(label)}</bdi>"
    target = linkable(url)
    if target is None:
        return text
    extra = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value)
    return f'<a href="{escape(target)}"{extra}>{text}</a>'


@lru_cache(maxsize=8)  # a text is asked for several times while its entry is rendered
def plain(markup: str) -> str:
    """The text of an HTML fragment, white space folded."""
    if "<" not in markup and "&" not in markup:
        return " ".join(markup.split())
    return " ".join(read(markup).text_content().split())


def without_media(markup: str) -> str:
    """`markup` without pictures, sound, films and frames: an excerpt carries none (docs/explanation/the-gate.md)."""
    return reworked(markup, _drop_media) if MEDIA.search(markup) else markup


def reworked(markup: str, work: Work) -> str:
    """`markup` after `work` has changed its tree, which stands in one div."""
    tree = read(markup)
    work(tree)
    return written(tree)


def written(tree: html.HtmlElement) -> str:
    """The HTML inside of the div that is the root of `tree`."""
    whole = str(etree.tostring(tree, encoding="unicode", method="html"))
    return NEVER_CLOSED.sub("", whole.removeprefix("<div>").removesuffix("</div>"))


def _drop_media(tree: html.HtmlElement) -> None:
    for each in list(tree.iter(*MEDIA_TAGS)):
        each.drop_tree()


def read(markup: str) -> html.HtmlElement:
    """The tree of an HTML fragment, under one div."""
    # huge_tree: without it libxml2 drops what is nested deeper than 256; size and depth are bounded by the normaliser
    return html.fragment_fromstring(
        markup, create_parent="div", parser=html.HTMLParser(huge_tree=True, encoding="utf-8")
    )
