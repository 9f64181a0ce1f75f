"""JSON-LD in a page: the node that describes its article, and what that says of people and of the original.

Its values come in many shapes (a string, an object, an array of both, a reference into `@graph`): they are read here,
nothing is judged. It must not read anything else of the page.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.etree import XPath, _Element

from syndicator.model import AgentKind, Named

Node = dict[str, Any]

_DATA = XPath("//script[@type='application/ld+json']/text()")
# https://schema.org/CreativeWork: the properties that name people, as MARC relators say them.
_ROLES = {
    "author": "author",
    "creator": "author",
    "translator": "translator",
    "contributor": "contributor",
    "editor": "editor",
    "publisher": "publisher",
}
_WORKS = ("translationOfWork", "isBasedOn", "isBasedOnUrl")
_TEXTS = ("Article", "BlogPosting", "CreativeWork", "WebPage", "Report", "Posting")


def nodes_of(root: _Element) -> list[Node]:
    """All nodes of the page's JSON-LD, in order; what is no JSON is left out."""
    return [node for text in _DATA(root) for node in _nodes(_parsed(text))]


def article_of(nodes: list[Node]) -> Node:
    """The first article described, with references to other nodes followed; {} where there is none."""
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    found = next((node for node in nodes if _is_text(node, ("Article", "BlogPosting"))), {})
    return {key: _followed(value, known) for key, value in found.items()}


def named_in(article: Node) -> Iterator[Named]:
    """Whom an article names, each as often as it does."""
    for key, role in _ROLES.items():
        for value in many(article.get(key)):
            yield from _named(value, role, f"page: JSON-LD {key}")
    for work in many(article.get("translationOfWork")):
        if isinstance(work, dict):
            for value in many(work.get("author")):
                yield from _named(value, "author", "page: JSON-LD translationOfWork author")


def original_in(article: Node) -> tuple[str, str | None] | None:
    """(address, language) of the work that an article states it was translated from or is based on."""
    for key in _WORKS:
        for work in many(article.get(key)):
            if isinstance(work, dict) and "@type" in work and not _is_text(work, _TEXTS):
                continue
            address = (work.get("url") or work.get("@id")) if isinstance(work, dict) else work
            language = next(texts(work.get("inLanguage")), None) if isinstance(work, dict) else None
            for url in texts(address):
                return url.strip(), language
    return None


def texts(value: object) -> Iterator[str]:
    """The strings in a value that is one or a list of several, without empty ones."""
    return (text for text in many(value) if isinstance(text, str) and text.strip())


def many(value: object) -> list[Any]:
    """A value as a list of values."""
    return value if isinstance(value, list) else [value]


def _parsed(text: str) -> object:
    try:
        return json.loads(text, strict=False)  # line ends within strings are common
    except (ValueError, RecursionError):
        return None


def _nodes(data: object) -> Iterator[Node]:
    for node in many(data):
        if isinstance(node, dict):
            yield node
            yield from (inner for inner in many(node.get("@graph")) if isinstance(inner, dict))


def _is_text(node: Node, kinds: tuple[str, ...]) -> bool:
    return any(str(kind).endswith(kinds) for kind in many(node.get("@type")))


def _followed(value: object, known: Mapping[str, Node]) -> object:
    """`value` with a reference ({"@id": …} alone, or one of a list) as the node that it refers to."""
    if isinstance(value, list):
        return [_followed(one, known) for one in value]
    if isinstance(value, dict) and isinstance(value.get("@id"), str):
        return known.get(value["@id"], {}) | value
    return value


def _named(value: object, role: str, where: str) -> Iterator[Named]:
    if isinstance(value, dict):
        kind = _kind(value)
        address = next(texts(value.get("url")), None)
        for name in texts(value.get("name")):
            yield Named(role=role, name=" ".join(name.split()), where=where, kind=kind, uri=address)
    for name in texts(value):
        yield Named(role=role, name=" ".join(name.split()), where=where)


def _kind(node: Node) -> AgentKind | None:
    for kind in map(str, many(node.get("@type"))):
        if kind == "Person":
            return "person"
        if kind.endswith(("Organization", "Corporation", "NGO", "Project")):
            return "organisation"
        if kind == "SoftwareApplication":
            return "software"
    return None
