"""The article in a page: the element that holds it, and what the page itself declares of it.

Takes the first element that publishing systems mark as the article's body, and what JSON-LD and link elements say.
It must not clean (normalise does) nor read credits, and never invents a date or an author.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from lxml.etree import LxmlError
from lxml.html import HtmlElement, HTMLParser, document_fromstring, tostring

from syndicator.model import Document

# What holds the article, most telling first: microformats, schema.org, WordPress and its relatives, then HTML itself.
_HOLDERS = (
    "e-content",
    "entry-content",
    "post-content",
    "td-post-content",
    "article-body",
    "articleBody",
    "post-body",
    "article-content",
)
_CLASS = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"
_PLACES = (
    *(f"//*[{_CLASS.format(name)}]" for name in _HOLDERS[:1]),
    "//*[@itemprop='articleBody']",
    *(f"//*[{_CLASS.format(name)}]" for name in _HOLDERS[1:]),
    "//article",
    "//main",
)
# What stands inside an article's element and is none of it: navigation, forms, sharing, related articles, the thread.
_STRANGERS = (
    ".//nav | .//form | .//aside | .//script | .//style | .//noscript | .//*[@id='comments' or @id='respond']"
    " | .//*[contains(@class,'sharedaddy') or contains(@class,'sd-sharing') or contains(@class,'social-share') or"
    " contains(@class,'share-buttons')"
    " or contains(@class,'addtoany') or contains(@class,'jp-relatedposts') or contains(@class,'related-posts') or"
    " contains(@class,'comments-area')"
    " or contains(@class,'post-navigation') or contains(@class,'author-box') or contains(@class,'newsletter')]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a page says of its article; `markup` is not cleaned, `base` is what its addresses are relative to."""

    markup: str
    base: str
    title: str = ""
    language: str | None = None
    canonical_url: str | None = None
    licences: tuple[str, ...] = ()


def read_article(document: Document) -> Article | None:
    """The article in an HTML page, or None where the page has no element that is marked as one, or cannot be read."""
    try:
        root = document_fromstring(
            document.body, parser=HTMLParser(encoding=document.charset, no_network=True, huge_tree=False)
        )
    except (LxmlError, ValueError, LookupError):  # an empty page; an unknown charset
        return None
    holder = _holder(root)
    if holder is None:
        return None
    base = urljoin(document.url, next(iter(root.xpath("//base/@href")), ""))
    described = next(_described(root), {})
    licences = [
        urljoin(base, href)
        for href in holder.xpath(
            "//head/link[@rel='license']/@href | .//a[contains(@rel,'license')][not(ancestor::figure)]/@href"
        )
    ]
    stated = described.get("license")
    return Article(
        markup=_inside(holder),
        base=base,
        title=_title(root, described),
        language=root.get("lang") or None,
        canonical_url=next((urljoin(base, href) for href in root.xpath("//head/link[@rel='canonical']/@href")), None),
        licences=tuple(dict.fromkeys([*licences, *([stated] if isinstance(stated, str) else [])])),
    )


def _holder(root: HtmlElement) -> HtmlElement | None:
    for place in _PLACES:
        found = [element for element in root.xpath(place) if element.text_content().strip()]
        if found:
            return max(found, key=lambda element: len(element.text_content()))
    return None


def _inside(holder: HtmlElement) -> str:
    for stranger in holder.xpath(_STRANGERS):
        if stranger.getparent() is not None:
            stranger.drop_tree()
    markup: str = tostring(holder, encoding="unicode", with_tail=False)
    return markup


def _title(root: HtmlElement, described: dict[str, Any]) -> str:
    stated = described.get("headline")
    heading = next(iter(root.xpath("//article//h1 | //h1")), None)
    if isinstance(stated, str) and stated.strip():
        return stated.strip()
    return " ".join(heading.text_content().split()) if heading is not None else ""


def _described(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """What JSON-LD says of an article (schema.org Article and its kinds)."""
    for text in root.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        for node in graph if isinstance(graph, list) else ():
            if isinstance(node, dict) and any(
                str(kind).endswith(("Article", "BlogPosting")) for kind in _many(node.get("@type"))
            ):
                yield node


def _many(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
