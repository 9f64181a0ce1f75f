"""Where a page states under which licence its article is, and what it says there. It must not read what that means.

A statement is an address or a line of text with the addresses of its links in it. Those about the article (declared in
the page's head or JSON-LD, or standing with the article) are told from those about the whole site (a footer, a
sidebar). What stands on a picture, in a comment, in a quotation, among other articles or in an embedded work is none.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from lxml.etree import LxmlError, XPath, _Element
from lxml.html import fragment_fromstring

from syndicator.stages.article.addresses import address_of
from syndicator.stages.article.licence_lines import (
    LONG,
    Words,
    headed,
    line_of,
    listed,
    shows_picture,
)
from syndicator.stages.article.licence_places import (
    APART,
    KNOWN,
    is_declared,
    is_legal,
    pictured_places,
    stands_strangely,
)

_METAS = XPath("//meta[@content and (@name or @property)]")
_NAMES = frozenset(
    {
        *(
            "dc.rights",
            "dc.rights.license",
            "dc.license",
            "dcterms.license",
            "dcterms.rights",
            "dc:rights",
            "dc:license",
        ),
        *("dcterms:license", "dct:license", "cc:license", "license", "licence", "copyright", "rights"),
    }
)
_TEXTS = XPath(".//text()[not(parent::script or parent::style)]", smart_strings=False)
_LINKS = XPath("//link[@href and (@rel or @property or @itemprop)]")
_MANY = 100  # lines of rights: more are no statement


@dataclass(frozen=True, slots=True)
class Statement:
    """A line that may state a licence, with the elements that it stands in.

    `marked` where the page marks it as one; `pictured` where a picture that is no badge stands in the line.
    """

    text: str
    above: frozenset[_Element]
    marked: bool
    pictured: bool = False


def in_head(root: _Element, base: str) -> tuple[str, ...]:
    """What meta and link elements declare of the page: addresses absolute, sentences as printed."""
    known = pictured_places(root)
    links = (link for link in _LINKS(root) if is_declared(link) and not stands_strangely(link, known))
    metas = (_meta(meta) for meta in _METAS(root))
    return tuple(filter(None, (*(address_of(base, link.get("href", "")) for link in links), *metas)))


def _meta(element: _Element) -> str:
    """What a meta element says; an address under "copyright" or "rights" that is no licence is its owner's."""
    name = (element.get("name") or element.get("property") or "").strip().lower()
    said = line_of(element.get("content", "")) if name in _NAMES else ""
    owner = "licen" not in name and re.match(r"\S+$", said) and "://" in said
    return "" if owner and not KNOWN.search(said) else said


def in_data(article: Mapping[str, Any], nodes: Iterable[Mapping[str, Any]], base: str) -> tuple[str, ...]:
    """The licence that JSON-LD gives the article, else the page: never that of a picture or another work in it."""
    pages = (node for node in nodes if "WebPage" in _many(node.get("@type")))
    work = next((one for one in (article, *pages) if one.get("license")), {})
    return tuple(filter(None, (_stated_in(value, base) for value in _many(work.get("license")))))


def statements_of(root: _Element, base: str) -> list[Statement]:
    """Each line of the page's body that may state a licence. To be called before anything is taken out of the tree."""
    found: dict[tuple[_Element, str], Statement] = {}
    known, words = pictured_places(root), Words(base)
    for element, marked in _candidates(root):
        line, text = words.around(element)
        if text and (marked or (line, text) not in found) and not stands_strangely(element, known):
            above = (line, *line.iterancestors())
            found[line, text] = Statement(headed(line, text), frozenset(above), marked, shows_picture(line))
    works = listed(line for line, _ in found)
    return [one for (line, _), one in found.items() if line not in works]


def about(statements: Iterable[Statement], holder: _Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(those about the article in `holder`, those about its site), each once and in order.

    In the article's own prose a line counts where it is marked, stands in an element that is named for it, says that
    it means this article, or reserves rights. A line with a picture is the picture's, unless it names the article.
    """
    around = next(holder.iterancestors("article", "main"), holder)
    outer = {holder, *holder.iterancestors()}
    own, site = [], []
    for one in statements:
        closer = one.above - outer
        if any(element.tag == "article" for element in closer) and around not in closer:
            continue  # another article's
        legal = any(map(is_legal, closer))
        inside = around in one.above and not any(element.tag == "aside" for element in one.above)
        named = _this().search(one.text) is not None
        of_article = named or (not one.pictured and _may_be_of_article(one, legal))
        if inside and of_article:
            own.append(one.text)
        elif not inside and (one.marked or legal):
            site.append(one.text)
    return _few(own), _few(site)


def _few(said: list[str]) -> tuple[str, ...]:
    """Each once; none where a page says so much of licences that they are what it is about."""
    lines = tuple(dict.fromkeys(said))
    return lines if len(lines) <= _MANY else ()


def licences_in(markup: str, base: str) -> tuple[str, ...]:
    """What the content of an entry states of itself, as an article in a page does; `markup` is as upstream sent it.

    Addresses in it are relative to `base`.
    """
    low = markup.lower()
    if not KNOWN.search(low) and not _words_in(low):
        return ()
    try:
        root = fragment_fromstring(markup, create_parent="div")
    except (LxmlError, ValueError):  # nothing but white space; characters that no document may have
        return ()
    body = root.makeelement("body")
    body.append(root)
    return about(statements_of(body, base), root)[0]


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads((resources.files(__package__) / "licensing.toml").read_text("utf-8"))


@cache
def _this() -> re.Pattern[str]:
    return re.compile("|".join(_table()["this"]), re.IGNORECASE)


def _may_be_of_article(one: Statement, legal: bool) -> bool:
    return one.marked or legal or _label().search(one.text) is not None or _reserves(one.text)


def _reserves(text: str) -> bool:
    """Whether a line of the article withholds something: it binds whatever the site says."""
    return len(text) <= LONG and _has_any(text, _table()["reserves"])


@cache
def _label() -> re.Pattern[str]:
    return re.compile("|".join(_table()["labels"]), re.IGNORECASE)


def _candidates(root: _Element) -> Iterator[tuple[_Element, bool]]:
    """(element, whether it is marked) for links that declare a licence or lead to one, and for text that names one."""
    for body in root.iter("body"):
        words = _words_in(" ".join(_TEXTS(body)).lower())
        for element in body.iter():
            if not isinstance(element.tag, str) or element.tag in APART:
                continue
            if element.tag != "link" and element.attrib and is_declared(element):
                yield element, True
            elif KNOWN.search(element.get("href", "")) or _has_any(element.text, words):
                yield element, False
            parent = element.getparent() if element.tail else None
            if parent is not None and _has_any(element.tail, words):
                yield parent, False


def _words_in(low: str) -> list[str]:
    """Those of the words that a page in lower case has at all: few, so that its lines are quickly looked through."""
    return [word for word in _words(low.isascii()) if word in low]


@cache
def _words(of_ascii: bool) -> tuple[str, ...]:
    """Those that a text may hold at all: half of them have letters that many a text has not."""
    return tuple(word for word in _table()["words"] if word.isascii() or not of_ascii)


def _has_any(text: str | None, words: list[str]) -> bool:
    if not words or not text or len(text) > LONG or text.isspace():
        return False
    low = text.lower()
    return any(word in low for word in words)


def _stated_in(value: object, base: str) -> str | None:
    if isinstance(value, dict):
        value = value.get("url") or value.get("@id") or value.get("name")
    if not isinstance(value, str) or not value.strip():
        return None
    said = line_of(value)
    return (
        said
        if " " in said or ("/" not in said and "." not in said) or said.startswith("CC")
        else address_of(base, said)
    )


def _many(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
