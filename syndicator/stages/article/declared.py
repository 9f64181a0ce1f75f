"""What a page declares of its article: JSON-LD, meta and link elements. Never what its text says; names are not
judged.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from lxml.etree import XPath, _Element

from syndicator.model import Named, Original
from syndicator.stages.article.addresses import address_of
from syndicator.stages.article.licensing import in_data, in_head
from syndicator.stages.article.linked import Node, article_of, named_in, nodes_of, original_in, texts

_DESCRIPTIONS = XPath("//meta[@name='description' or @property='og:description']/@content")
_PUBLISHED = XPath(
    "//meta[@property='article:published_time']/@content | //@itemprop[.='datePublished']/../@datetime"
    " | //@itemprop[.='datePublished']/../@content"
    " | //time[contains(concat(' ', @class, ' '), ' dt-published ')]/@datetime"
)
_ROBOTS = XPath("//meta[@name='robots' or @name='googlebot']/@content")
# What search engines are asked not to quote, where it is the whole page or article.
_UNQUOTED = XPath("//@data-nosnippet/parent::*[self::html or self::body or self::main or self::article]")
_CANONICAL = XPath("//head/link[@rel='canonical']/@href")
_LANGUAGE = XPath("string(/html/@lang)")
_BASE = XPath("//base/@href")
# Names in meta elements, and what they say: Dublin Core (DCMI in HTML), Highwire Press, Parse.ly, Open Graph.
_ROLES = {
    **dict.fromkeys(("author", "article:author", "dc.creator", "dcterms.creator", "citation_author"), "author"),
    **dict.fromkeys(("parsely-author", "sailthru.author", "byl"), "author"),
    **dict.fromkeys(("translator", "dc.contributor.translator", "citation_translator"), "translator"),
    **dict.fromkeys(("dc.contributor", "dcterms.contributor"), "contributor"),
    **dict.fromkeys(("og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher"), "publisher"),
    "application-name": "publisher",
}
_METAS = XPath("//meta[@content and (@name or @property)]")
# Links that say that what they lead to is the original: RFC 4287's via, and the microformat of a translation.
_ORIGINALS = XPath(
    "//head/link[contains(concat(' ', @rel, ' '), ' via ') or contains(concat(' ', @rel, ' '), ' translation-of ')]"
    " | //a[contains(concat(' ', @rel, ' '), ' translation-of ')"
    " or contains(concat(' ', @class, ' '), ' u-translation-of ')]"
)
_MOST_NAMES = 100  # an article has no more authors than that
_TOLD = 40  # characters: enough to know a description again, few enough to be a part of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a page states: URLs absolute, `licences` those of its head and JSON-LD, `told` the beginning of its
    description of itself, or ""; `named` whom its data names, in order of trust.
    """

    base: str
    title: str
    told: str
    language: str | None
    canonical_url: str | None
    licences: tuple[str, ...]
    published: datetime | None
    original: Original | None
    named: tuple[Named, ...]
    nosnippet: bool


def read_declared(root: _Element, url: str) -> Declared:
    """What the page at `url` states of the first article that it describes."""
    base = address_of(url, next(iter(_BASE(root)), "")) or url
    nodes = nodes_of(root)
    data = article_of(nodes)
    return Declared(
        base=base,
        title=" ".join(next(texts(data.get("headline")), "").split()),
        told=_beginning(root),
        language=_LANGUAGE(root) or None,
        canonical_url=next(filter(None, (address_of(base, href) for href in _CANONICAL(root))), None),
        licences=(*in_head(root, base), *in_data(data, nodes, base)),
        published=moment_of((*texts(data.get("datePublished")), *_PUBLISHED(root))),
        original=_original(root, data, base),
        named=tuple(islice(dict.fromkeys((*named_in(data), *_named(root))), _MOST_NAMES)),
        nosnippet=_forbids_snippets(root),
    )


def _beginning(root: _Element) -> str:
    told = " ".join(next(iter(_DESCRIPTIONS(root)), "").split())[:_TOLD]
    return told if len(told) == _TOLD else ""


def moment_of(stated: Iterable[str]) -> datetime | None:
    """The first of `stated` that is an ISO 8601 time, in UTC; a time without a zone is UTC, as in feeds."""
    for text in stated:
        try:
            when = datetime.fromisoformat(text.strip())
            return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
        except (ValueError, OverflowError):  # no time; before the year 1
            continue
    return None


def _original(root: _Element, data: Node, base: str) -> Original | None:
    for href, language in filter(None, (original_in(data), *_linked_originals(root))):
        if url := address_of(base, href):
            return Original(url=url, language=language)
    return None


def _forbids_snippets(root: _Element) -> bool:
    rules = {rule.replace(" ", "").lower() for content in _ROBOTS(root) for rule in content.split(",")}
    return bool(rules & {"nosnippet", "max-snippet:0"}) or bool(_UNQUOTED(root))


def _linked_originals(root: _Element) -> Iterator[tuple[str, str | None]]:
    return ((link.get("href", ""), link.get("hreflang")) for link in _ORIGINALS(root) if link.get("href"))


def _named(root: _Element) -> Iterator[Named]:
    for meta in _METAS(root):
        name = meta.get("name") or meta.get("property") or ""
        words = " ".join(meta.get("content", "").split())
        if words and (role := _ROLES.get(name.lower())):
            yield Named(role=role, name=words, where=f"page: meta {name}")
