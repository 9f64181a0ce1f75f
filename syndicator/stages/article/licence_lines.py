"""The words of a line that may state a licence, and what stands around it. It must not judge what they say."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.etree import _Element

from syndicator.stages.article.addresses import address_of
from syndicator.stages.article.licence_places import APART, KNOWN, is_declared
from syndicator.stages.article.weights import INLINE

LONG = 700  # characters: a longer line is prose, not a statement
_FIRST = 50  # elements of a line that are looked at
_HEADING = 60  # characters: a longer heading is none of a line of rights
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "dt", "th", "summary"})


class Words:
    """The words of blocks, each read once: thousands of links may stand in one."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._read: dict[_Element, str] = {}
        self._blocks: dict[_Element, _Element] = {}

    def around(self, element: _Element) -> tuple[_Element, str]:
        """The block that `element` stands in and its words, if they are few enough for a statement; else its own."""
        block = self._block(element) if element.tag in INLINE else element
        return (block, whole) if (whole := self._of(block)) else (element, self._of(element))

    def _block(self, inline: _Element) -> _Element:
        """The first that is no inline element around one; itself where there is none."""
        parent = inline.getparent()
        if parent is None:
            return inline
        if parent not in self._blocks:
            around = (one for one in (parent, *parent.iterancestors()) if one.tag not in INLINE)
            self._blocks[parent] = next(around, inline)
        return self._blocks[parent]

    def _of(self, element: _Element) -> str:
        if element not in self._read:
            self._read[element] = _text(element, self._base)
        return self._read[element]


def headed(line: _Element, text: str) -> str:
    """With the heading that stands right above it: "Photographs" says whose licence follows."""
    above = _before(line)
    words = line_of("".join(islice(above.itertext(), 20))) if above is not None and above.tag in _HEADINGS else ""
    return f"{words} | {text}" if words and len(words) <= _HEADING else text


def _before(line: _Element) -> _Element | None:
    """What stands right before the line, or before the list or box that it is in."""
    for one in (line, *islice(line.iterancestors(), 2)):
        if (previous := one.getprevious()) is not None and one.tag != "li":
            return previous
    return None


def shows_picture(line: _Element) -> bool:
    """Whether a picture that is no licence's badge stands in the line or, without a word, right before it."""
    before = line.getprevious()
    places = [line] if before is None or "".join(before.itertext()).strip() else [before, line]
    pictures = (one for place in places for one in islice(place.iter(), _FIRST) if one.tag == "img")
    return any(not KNOWN.search(f"{one.get('src', '')} {_link_of(one)}") for one in pictures)


def _link_of(picture: _Element) -> str:
    parent = picture.getparent()
    return parent.get("href", "") if parent is not None else ""


def listed(lines: Iterable[_Element]) -> set[_Element]:
    """Those of `lines` that belong to a list of works, each with a link to one and a licence of its own."""
    entries: dict[_Element, list[_Element]] = {}
    for line in lines:
        place = next((one for one in (line, *islice(line.iterancestors(), 4)) if one.tag == "li"), None)
        if place is not None and any(not _is_licence(link) for link in islice(place.iter("a"), _FIRST)):
            entries.setdefault(place.getparent(), []).append(line)
    return {line for lines in entries.values() if len(lines) > 1 for line in lines}


def _is_licence(link: _Element) -> bool:
    return is_declared(link) or KNOWN.search(link.get("href", "")) is not None


def _text(element: _Element, base: str) -> str:
    """The words of an element, with the addresses of links to licences behind theirs; "" where they are too many."""
    parts, characters = [], 0
    for part in _parts(element, base):
        parts.append(part)
        characters += len(part.strip())
        if characters > LONG:  # looked at no further: a page may be one block of a million characters
            return ""
    return line_of("".join(parts))


def _parts(element: _Element, base: str) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in APART:
            yield from _parts(child, base)
            yield " " if child.tag not in INLINE or child.tag == "br" else ""
        yield child.tail or ""
    href = element.get("href") or element.get("content") or element.get("resource") or ""
    if element.tag != "link" and (is_declared(element) or KNOWN.search(href)):
        address = address_of(base, href) if href else None
        yield f" <{address}> " if address else ""


def line_of(text: str) -> str:
    """In one line; an address by itself without its brackets."""
    line = " ".join(text.split())
    return line[1:-1] if re.fullmatch(r"<\S+>", line) else line
