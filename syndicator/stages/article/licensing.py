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
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from lxml.etree import LxmlError, XPath, _Element
from lxml.html import fragment_fromstring

from syndicator.stages.article.names import CAPTION, THREAD, names_of
from syndicator.stages.article.weights import INLINE

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
_RELATIONS = frozenset(
    {
        "license",
        "licence",
        "cc:license",
        "xhv:license",
        "dct:license",
        "dc:license",
        "dcterms:license",
        "schema:license",
    }
)
# Addresses that are a licence whatever the link is called.
_KNOWN = re.compile(
    r"//(?:www\.|i\.)?(?:creativecommons\.org/(?:licen[sc]es|publicdomain|l)/|licensebuttons\.net/l/|artlibre\.org"
    r"|gnu\.org/(?:licenses/(?:old-licenses/)?|copyleft/)fdl|nationalarchives\.gov\.uk/doc/open-government-licence)",
    re.IGNORECASE,
)
_APART = frozenset(
    {
        *(
            "figure",
            "figcaption",
            "picture",
            "blockquote",
            "iframe",
            "object",
            "pre",
            "code",
            "select",
            "script",
            "style",
        ),
        "noscript",
        "template",
    }
)
_TYPES = re.compile(r"(?:Image|Video|Audio|Media|Music|Photograph|Comment|Dataset|Software)", re.IGNORECASE)
_PICTURES = re.compile(r"dcmitype/(?:StillImage|MovingImage|Image|Sound|Software|Dataset)", re.IGNORECASE)
_STRANGE = re.compile(
    r"(?:^|[\s_-])(?:gallery|slideshow|carousel|blogroll|linkcat|tagcloud|tag-?cloud|teasers?|related\w*|recommend\w*|popular|trending"
    r"|embed\w*|oembed\w*|recent-?(?:posts|comments|entries)|flickr\w*|instagram\w*|photos|photostream|pictures|podcasts?|newsletters?|next|prev(?:ious)?|photo-?credits?|image-?credits?|img-?credits?|media-?credits?|picture-?credits?|attachment)(?=$|[\s_-]|\d)"
)
_LEGAL = re.compile(
    r"foot|copyright|copyleft|licen[sc]e|lizenz|licencia|licenza|licence|legal|rights|rechte|colophon|imprint|impressum|credits|sidebar|widget"
    r"|site-info|(?:^|[\s_-])(?:cc|secondary|tertiary|rightside|leftside|aside)(?=$|[\s_-]|\d)"
)
_LONG = 700  # characters: a longer line is prose, not a statement
_MANY = 100  # lines of rights: more are no statement
_FIRST = 50  # elements of a line that are looked at
_HEADING = 60  # characters: a longer heading is none of a line of rights
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "dt", "th", "summary"})


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
    known = _pictured(root)
    links = (link for link in _LINKS(root) if _is_declared(link) and not _stands_strangely(link, known))
    metas = (_meta(meta) for meta in _METAS(root))
    return tuple(filter(None, (*(_address(base, link.get("href", "")) for link in links), *metas)))


def _meta(element: _Element) -> str:
    """What a meta element says; an address under "copyright" or "rights" that is no licence is its owner's."""
    name = (element.get("name") or element.get("property") or "").strip().lower()
    said = _line(element.get("content", "")) if name in _NAMES else ""
    owner = "licen" not in name and re.match(r"\S+$", said) and "://" in said
    return "" if owner and not _KNOWN.search(said) else said


def in_data(article: Mapping[str, Any], nodes: Iterable[Mapping[str, Any]], base: str) -> tuple[str, ...]:
    """The licence that JSON-LD gives the article, else the page: never that of a picture or another work in it."""
    pages = (node for node in nodes if "WebPage" in _many(node.get("@type")))
    work = next((one for one in (article, *pages) if one.get("license")), {})
    return tuple(filter(None, (_stated_in(value, base) for value in _many(work.get("license")))))


def statements_of(root: _Element, base: str) -> list[Statement]:
    """Each line of the page's body that may state a licence. To be called before anything is taken out of the tree."""
    found: dict[tuple[_Element, str], Statement] = {}
    known, words = _pictured(root), _Words(base)
    for element, marked in _candidates(root):
        line, text = words.around(element)
        if text and (marked or (line, text) not in found) and not _stands_strangely(element, known):
            above = (line, *line.iterancestors())
            found[line, text] = Statement(_headed(line, text), frozenset(above), marked, _shows_picture(line))
    listed = _listed(line for line, _ in found)
    return [one for (line, _), one in found.items() if line not in listed]


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
        legal = any(map(_is_legal, closer))
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
    if not _KNOWN.search(low) and not any(word in low for word in _table()["words"]):
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
    return len(text) <= _LONG and _has_any(text, _table()["reserves"])


@cache
def _label() -> re.Pattern[str]:
    return re.compile("|".join(_table()["labels"]), re.IGNORECASE)


def _candidates(root: _Element) -> Iterator[tuple[_Element, bool]]:
    """(element, whether it is marked) for links that declare a licence or lead to one, and for text that names one."""
    for body in root.iter("body"):
        words = _words_in(" ".join(_TEXTS(body)))
        for element in body.iter():
            if not isinstance(element.tag, str) or element.tag in _APART:
                continue
            if element.tag != "link" and element.attrib and _is_declared(element):
                yield element, True
            elif _KNOWN.search(element.get("href", "")) or _has_any(element.text, words):
                yield element, False
            parent = element.getparent() if element.tail else None
            if parent is not None and _has_any(element.tail, words):
                yield parent, False


def _words_in(text: str) -> list[str]:
    """Those of the words that the page has at all: few, so that its lines are quickly looked through."""
    low = text.lower()
    return [word for word in _table()["words"] if word in low]


def _has_any(text: str | None, words: list[str]) -> bool:
    if not words or not text or len(text) > _LONG or text.isspace():
        return False
    low = text.lower()
    return any(word in low for word in words)


def _is_declared(element: _Element) -> bool:
    """rel=license (HTML, RFC 4946), RDFa, microdata; rel=copyright where it leads to a licence (MediaWiki)."""
    relations = filter(None, map(element.get, ("rel", "property", "itemprop")))
    said = " ".join(relations).lower().split()
    if not said:
        return False
    if "copyright" in said and _KNOWN.search(element.get("href", "")):
        return True
    return not _RELATIONS.isdisjoint(said)


def _pictured(root: _Element) -> dict[_Element, bool]:
    """The elements in which a licence says that it is a picture's, a sound's or a program's (dct:type)."""
    types = (one for one in root.iter("a", "span", "link", "meta") if _PICTURES.search(one.get("href", "")))
    return {
        parent: True for one in types if (parent := one.getparent()) is not None and parent.tag not in ("head", "body")
    }


def _stands_strangely(element: _Element, known: dict[_Element, bool]) -> bool:
    """Whether it or what it stands in is strange; `known` remembers, for thousands may stand in one element."""
    if element not in known:
        parent = element.getparent()
        known[element] = _is_strange(element) or (parent is not None and _stands_strangely(parent, known))
    return known[element]


def _is_strange(element: _Element) -> bool:
    """Whether a licence in it is that of something else than the article or its site."""
    if element.tag in _APART or _TYPES.search(f"{element.get('itemtype', '')} {element.get('typeof', '')}"):
        return True
    if re.search(r"\.(?:jpe?g|png|gif|svg|webp|mp[34])\b", element.get("about", ""), re.IGNORECASE):
        return True
    names = names_of(element)
    if element.tag in ("html", "body") or not names:
        return False
    return any(pattern.search(names) for pattern in (CAPTION, THREAD, _STRANGE))


def _is_legal(element: _Element) -> bool:
    if element.tag in ("footer", "aside") or element.get("role") == "contentinfo":
        return True
    return element.tag not in ("html", "body") and _LEGAL.search(names_of(element)) is not None


class _Words:
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


def _headed(line: _Element, text: str) -> str:
    """With the heading that stands right above it: "Photographs" says whose licence follows."""
    above = _before(line)
    words = _line("".join(islice(above.itertext(), 20))) if above is not None and above.tag in _HEADINGS else ""
    return f"{words} | {text}" if words and len(words) <= _HEADING else text


def _before(line: _Element) -> _Element | None:
    """What stands right before the line, or before the list or box that it is in."""
    for one in (line, *islice(line.iterancestors(), 2)):
        if (previous := one.getprevious()) is not None and one.tag != "li":
            return previous
    return None


def _shows_picture(line: _Element) -> bool:
    """Whether a picture that is no licence's badge stands in the line or, without a word, right before it."""
    before = line.getprevious()
    places = [line] if before is None or "".join(before.itertext()).strip() else [before, line]
    pictures = (one for place in places for one in islice(place.iter(), _FIRST) if one.tag == "img")
    return any(not _KNOWN.search(f"{one.get('src', '')} {_link_of(one)}") for one in pictures)


def _link_of(picture: _Element) -> str:
    parent = picture.getparent()
    return parent.get("href", "") if parent is not None else ""


def _listed(lines: Iterable[_Element]) -> set[_Element]:
    """Those of `lines` that belong to a list of works, each with a link to one and a licence of its own."""
    entries: dict[_Element, list[_Element]] = {}
    for line in lines:
        place = next((one for one in (line, *islice(line.iterancestors(), 4)) if one.tag == "li"), None)
        if place is not None and any(not _is_licence(link) for link in islice(place.iter("a"), _FIRST)):
            entries.setdefault(place.getparent(), []).append(line)
    return {line for lines in entries.values() if len(lines) > 1 for line in lines}


def _is_licence(link: _Element) -> bool:
    return _is_declared(link) or _KNOWN.search(link.get("href", "")) is not None


def _text(element: _Element, base: str) -> str:
    """The words of an element, with the addresses of links to licences behind theirs; "" where they are too many."""
    parts, characters = [], 0
    for part in _parts(element, base):
        parts.append(part)
        characters += len(part.strip())
        if characters > _LONG:  # looked at no further: a page may be one block of a million characters
            return ""
    return _line("".join(parts))


def _parts(element: _Element, base: str) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _APART:
            yield from _parts(child, base)
            yield " " if child.tag not in INLINE or child.tag == "br" else ""
        yield child.tail or ""
    href = element.get("href") or element.get("content") or element.get("resource") or ""
    if element.tag != "link" and (_is_declared(element) or _KNOWN.search(href)):
        address = _address(base, href) if href else None
        yield f" <{address}> " if address else ""


def _line(text: str) -> str:
    """In one line; an address by itself without its brackets."""
    line = " ".join(text.split())
    return line[1:-1] if re.fullmatch(r"<\S+>", line) else line


def _address(base: str, url: str) -> str | None:
    try:
        return urljoin(base, url.strip()) or None
    except ValueError:  # say, half of an IPv6 host
        return None


def _stated_in(value: object, base: str) -> str | None:
    if isinstance(value, dict):
        value = value.get("url") or value.get("@id") or value.get("name")
    if not isinstance(value, str) or not value.strip():
        return None
    said = _line(value)
    return (
        said if " " in said or ("/" not in said and "." not in said) or said.startswith("CC") else _address(base, said)
    )


def _many(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
