"""The call to feedparser, the only one in the project, and what it is given: what it reads better than a walk does.

That is the version, the titles, the texts, the times and the categories. Everything else is taken out of the tree
first: it is read by the walk, and feedparser would lose half of it, mistake it for a summary, or hang on it.
"""

import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import feedparser
from lxml import etree

from syndicator.model import Note
from syndicator.stages.parse.dates import LONGEST
from syndicator.stages.parse.elements import local, namespace, words
from syndicator.stages.parse.tree import Tree
from syndicator.stages.parse.vocabulary import (
    CONTENT,
    DC,
    DCTERMS,
    ITUNES,
    MAX_NAME,
    MAX_REPEATS,
    MAX_TEXT,
    MAX_TITLE,
    XHTML,
)
from syndicator.stages.parse.xhtml import flatten

_DATES = frozenset({"pubdate", "published", "issued", "updated", "modified", "lastbuilddate", "created", "date"})
_TITLES = frozenset({"title"})
_LABELS = frozenset({"category", "keywords", "subject"})
_TEXTS = frozenset(
    {"summary", "description", "abstract", "content", "body", "fullitem", "encoded", "subtitle", "tagline", "div"}
)
_READ = frozenset({"", DC, DCTERMS, CONTENT, XHTML})
# Several of one kind would be taken for summary and content; the first group that is there speaks.
_DESCRIPTIONS = (
    {("", "description"), ("", "summary"), ("", "abstract")},
    {(DC, "description")},
    {(ITUNES, "summary")},
    {(ITUNES, "subtitle")},
)
# One-line fields on which a regular expression of feedparser's takes seconds; only documents no tree was made of.
_LONG_LINE = re.compile(
    rb"(<(?:[\w-]{1,30}:)?(?:author|creator|managingEditor|webMaster|publisher|name|email|pubDate|date|published|updated"
    rb"|issued|modified|created|lastBuildDate)\b[^<>]{0,300}>)(?:\s{0,20}<!\[CDATA\[)?(?=[^<]{1001})[^<]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What feedparser made of a document: its word for the format, and FeedParserDicts."""

    version: str
    head: Any
    entries: list[Any]


def listen(body: bytes, url: str) -> Heard | None:
    """feedparser's reading of UTF-8 bytes that came from `url`; None where it raises, as on some tiny inputs."""
    try:
        said = feedparser.parse(
            io.BytesIO(body),  # bytes alone would be tried as a file name first
            response_headers={"content-location": url, "content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except MemoryError:
        raise
    except Exception:
        return None
    return Heard(version=said.get("version") or "", head=said.feed, entries=said.entries)


def shortened(body: bytes) -> bytes:
    """Prepared bytes without the one-line fields that are longer than 1,000 bytes."""
    return _LONG_LINE.sub(rb"\1", body)


def reduce(tree: Tree, drop: frozenset[int]) -> tuple[bytes, tuple[Note, ...]]:
    """The document for feedparser, without the entries at the positions in `drop`; what was cut. Changes the tree."""
    spine = {parent for entry in tree.entries for parent in entry.iterancestors()}
    long: Counter[str] = Counter()
    for position, entry in enumerate(tree.entries):
        if position in drop:
            entry.getparent().remove(entry)
        else:
            _reduce(entry, spine, long)
    spine.update(tree.entries)
    for parent in {tree.root, tree.head} - set(tree.entries):
        _reduce(parent, spine | {tree.head}, long)
    notes = tuple(
        Note(code="field-too-long", text=f"{count} <{name}> longer than is read: cut or left out")
        for name, count in sorted(long.items())
    )
    return etree.tostring(tree.root, encoding="utf-8"), notes


def _reduce(parent: etree._Element, spine: set[etree._Element], long: Counter[str]) -> None:
    children = [c for c in parent if isinstance(c.tag, str) and c not in spine]
    names = {(_space(c), local(c)) for c in children if len(c) or words(c)}
    speaks = next((group for group in _DESCRIPTIONS if group & names), set())
    titled = ("", "title") in names
    seen: Counter[str] = Counter()
    for element in children:
        space, name = _space(element), local(element)
        seen[name] += 1
        wanted = space in _READ and name in _DATES | _TITLES | _LABELS | _TEXTS
        wanted = wanted and not (titled and (space, name) == (DC, "title"))
        if any((space, name) in group for group in _DESCRIPTIONS):
            wanted = (space, name) in speaks
        if not wanted or seen[name] > MAX_REPEATS or not _fits(element, name, long):
            parent.remove(element)
        else:
            if space == "":
                flatten(element)
            _bundle(element)


def _bundle(element: etree._Element) -> None:
    """Write a long text as CDATA: expat reports escaped text in pieces, one for each reference, CDATA line by line."""
    text = element.text
    if text and len(text) > 100 and len(element) == 0 and "]]>" not in text:
        element.text = etree.CDATA(text)


def _space(element: etree._Element) -> str:
    space = namespace(element)
    return ITUNES if space.lower() == ITUNES else space


def _fits(element: etree._Element, name: str, long: Counter[str]) -> bool:
    """Whether feedparser may see the element; a text past its bound is cut to it."""
    bound = LONGEST if name in _DATES else MAX_TITLE if name in _TITLES else MAX_NAME if name in _LABELS else MAX_TEXT
    text = words(element) if len(element) == 0 else "".join(element.itertext())
    if any(len(value) > bound for value in element.attrib.values()):
        long[name] += 1
        return False
    if len(text) <= bound:
        return True
    long[name] += 1
    if name in _DATES | _LABELS:
        return False
    for inner in list(element):
        element.remove(inner)
    element.text = text[:bound]
    return True
