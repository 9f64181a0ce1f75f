"""Persons from Atom constructs and from the one-line forms of RSS. Must not decide who did what."""

import re
from collections.abc import Iterable

from lxml import etree

from syndicator.model import Person
from syndicator.stages.parse.addresses import absolute, base_of
from syndicator.stages.parse.characters import decoded, line, plain
from syndicator.stages.parse.elements import local, namespace, words
from syndicator.stages.parse.vocabulary import DC, DCTERMS, ITUNES, MAX_NAME

_EMAIL = r"[^\s@<>(),;:]+@[^\s@<>(),;:]+"
# RSS 2.0 <author>: "address (name)"; RFC 5322 mailbox: "name <address>"; and "name (address)".
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:mailto:)?(?P<email>{_EMAIL}) *\((?P<name>.*)\)",
        rf"(?P<name>.*\S) *<(?:mailto:)?(?P<email>{_EMAIL})>",
        rf"(?P<name>.*\S) *\((?:mailto:)?(?P<email>{_EMAIL})\)",
        rf"<?(?:mailto:)?(?P<email>{_EMAIL})>?(?P<name>)",
    )
)


def person(text: str) -> Person | None:
    """A person from one line ("a@b (Name)", "Name <a@b>", "Name"); None for an empty one. Cut at 1,000 characters."""
    text = decoded(text[:MAX_NAME])
    if "@" in text and len(text) <= 320:  # RFC 5321 4.5.3.1: no address is longer; keeps the patterns quick
        for form in _FORMS:
            if match := form.fullmatch(text):
                return Person(name=match["name"].strip(' "'), email=match["email"])
    name = plain(text) or text
    return Person(name=name) if name else None


def authors_in(parent: etree._Element, url: str) -> tuple[Person, ...]:
    """Every author that is named: author, dc:creator, managingEditor; itunes:author where nobody else is."""
    found = [p for c in parent if _is_author(c) and (p := _read(c, url))]
    if not found:
        found = [p for c in parent if local(c) == "author" and _is_itunes(c) and (p := _read(c, url))]
    return _distinct(found)


def contributors_in(parent: etree._Element, url: str) -> tuple[Person, ...]:
    """Every atom:contributor, dc:contributor and dcterms:contributor in document order."""
    return _distinct(
        p for c in parent if local(c) == "contributor" and namespace(c) in ("", DC, DCTERMS) and (p := _read(c, url))
    )


def _is_author(element: etree._Element) -> bool:
    name, space = local(element), namespace(element)
    return (space == "" and name in ("author", "managingeditor")) or (
        space in (DC, DCTERMS) and name in ("creator", "author")
    )


def _is_itunes(element: etree._Element) -> bool:
    return namespace(element).lower() == ITUNES


def _read(element: etree._Element, url: str) -> Person | None:
    """An Atom person construct (RFC 4287 3.2), FOAF's nested name, or a line of text."""
    parts: dict[str, str] = {}
    for child in element.iterdescendants():
        parts.setdefault(local(child), line(words(child)[:MAX_NAME]))
    if not parts:
        return person(words(element))
    named = person(parts.get("name", "")) or Person()
    name, email = named.name or parts.get("name", ""), parts.get("email", "").removeprefix("mailto:") or named.email
    uri = absolute(parts.get("uri") or parts.get("url") or parts.get("homepage"), base_of(element, url))
    return Person(name=name, uri=uri, email=email or None) if name or email or uri else person(words(element))


def _distinct(people: Iterable[Person]) -> tuple[Person, ...]:
    """Each person once: the same name (or, without one, the same address) is one person, facts joined."""
    kept: dict[str, Person] = {}
    for p in people:
        key = (p.name or p.email or p.uri or "").casefold()
        first = kept.get(key, p)
        kept[key] = Person(name=first.name, uri=first.uri or p.uri, email=first.email or p.email)
    return tuple(kept.values())
