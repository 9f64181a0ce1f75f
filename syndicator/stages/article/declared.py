"""What a page declares of its article: JSON-LD, meta and link elements. Never what its text says, and no person."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from lxml.etree import XPath, _Element

_DATA = XPath("//script[@type='application/ld+json']/text()")
_DESCRIPTIONS = XPath("//meta[@name='description' or @property='og:description']/@content")
_PUBLISHED = XPath(
    "//meta[@property='article:published_time']/@content | //*[@itemprop='datePublished']/@datetime"
    " | //*[@itemprop='datePublished']/@content"
    " | //time[contains(concat(' ', @class, ' '), ' dt-published ')]/@datetime"
)
_ROBOTS = XPath("//meta[@name='robots' or @name='googlebot']/@content")
_CANONICAL = XPath("//head/link[@rel='canonical']/@href")
_LICENCES = XPath("//head/link[@rel='license']/@href")
_LANGUAGE = XPath("string(/html/@lang)")
_BASE = XPath("//base/@href")
_TOLD = 40  # characters: enough to know a description again, few enough to be a part of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a page states: URLs absolute, `licences` those of its head and JSON-LD, `told` the beginning of its
    description of itself, or "".
    """

    base: str
    title: str
    told: str
    language: str | None
    canonical_url: str | None
    licences: tuple[str, ...]
    published: datetime | None
    translation_of: str | None
    nosnippet: bool


def read_declared(root: _Element, url: str) -> Declared:
    """What the page at `url` states of the first article that it describes."""
    base = joined(url, next(iter(_BASE(root)), "")) or url
    data = next(_articles(root), {})
    licences = [joined(base, href) for href in (*_LICENCES(root), *_texts(data.get("license")))]
    return Declared(
        base=base,
        title=" ".join(next(_texts(data.get("headline")), "").split()),
        told=_beginning(root),
        language=_LANGUAGE(root) or None,
        canonical_url=next(filter(None, (joined(base, href) for href in _CANONICAL(root))), None),
        licences=tuple(filter(None, licences)),
        published=_published(root, data),
        translation_of=_original(data, base),
        nosnippet=_forbids_snippets(root),
    )


def joined(base: str, url: str) -> str | None:
    """`url` made absolute, or None where it is malformed."""
    try:
        return urljoin(base, url.strip())
    except ValueError:  # say, half of an IPv6 host
        return None


def _beginning(root: _Element) -> str:
    told = " ".join(next(iter(_DESCRIPTIONS(root)), "").split())[:_TOLD]
    return told if len(told) == _TOLD else ""


def _published(root: _Element, data: dict[str, Any]) -> datetime | None:
    """In UTC; a time without a zone is UTC, as in feeds."""
    for stated in (*_texts(data.get("datePublished")), *_PUBLISHED(root)):
        try:
            when = datetime.fromisoformat(stated.strip())
            return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
        except (ValueError, OverflowError):  # no time; before the year 1
            continue
    return None


def _original(data: dict[str, Any], base: str) -> str | None:
    for key in ("translationOfWork", "isBasedOn", "isBasedOnUrl"):
        for work in _many(data.get(key)):
            address = (work.get("url") or work.get("@id")) if isinstance(work, dict) else work
            for url in _texts(address):
                return joined(base, url)
    return None


def _forbids_snippets(root: _Element) -> bool:
    rules = {rule.replace(" ", "").lower() for content in _ROBOTS(root) for rule in content.split(",")}
    return bool(rules & {"nosnippet", "max-snippet:0"})


def _articles(root: _Element) -> Iterator[dict[str, Any]]:
    for text in _DATA(root):
        try:
            data = json.loads(text, strict=False)  # line ends within strings are common
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            if any(str(kind).endswith(("Article", "BlogPosting")) for kind in _many(node.get("@type"))):
                yield node


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    for node in _many(data):
        if isinstance(node, dict):
            yield node
            yield from (inner for inner in _many(node.get("@graph")) if isinstance(inner, dict))


def _texts(value: object) -> Iterator[str]:
    return (text for text in _many(value) if isinstance(text, str) and text.strip())


def _many(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]
