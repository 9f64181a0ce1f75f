"""The lines of a page about its article, beside the text: who wrote it, who translated it, when.

They are found by the names that publishing systems give them and by where they stand, and handed on as they are
printed. This module must not know what a credit looks like, nor judge a name.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml.etree import XPath, _Element

from syndicator.model import Byline
from syndicator.stages.article.addresses import address_of
from syndicator.stages.article.lead import between, title_of
from syndicator.stages.article.names import is_byline, is_stranger, is_thread, is_translator, is_writer, names_of
from syndicator.stages.article.weights import INLINE

_TITLE = XPath("string(//head/title)")
_TIMES = XPath("descendant-or-self::time/@datetime | descendant-or-self::*[contains(@class, 'dt-published')]/@datetime")
_NAME = XPath(
    "descendant::*[@itemprop='name' or contains(concat(' ', @class, ' '), ' p-name ')"
    " or contains(concat(' ', @class, ' '), ' fn ')]"
)
_LONGEST = 300  # characters: a longer block is prose, or about the author
_LARGE = 300  # elements
_UNREAD = frozenset({"script", "style", "noscript", "template", "time", "img", "svg", "button", "form", "select"})
_NEVER = frozenset({"html", "body", "article", "main", "h1", "link", "meta", "figcaption", "cite"})
_AROUND = frozenset({"aside", "nav", "form", "blockquote", "figure"})
_SEPARATED = re.compile(r"\s+[|–—·•»«-]\s+|\s*[|»]\s*|:\s+")


@dataclass(frozen=True, slots=True)
class Found:
    """A byline with what it stood in and its place in the page, as they were before anything was taken out of it."""

    byline: Byline
    above: frozenset[_Element]
    place: int
    times: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bylines:
    """All lines of a page that its markup says are about who made an article, of whichever article they are."""

    found: tuple[Found, ...]
    places: Mapping[_Element, int]


def bylines_of(root: _Element, base: str) -> Bylines:
    """Reads the page before anything is taken out of it: publishing systems set bylines among what is none of it."""
    places = {element: place for place, element in enumerate(root.iter())}
    roles = _roles_in(places)
    found = (
        _found(element, role, base, places[element])
        for element, role in roles.items()
        if not _is_told(element, roles) and not _is_strange(element)
    )
    return Bylines(tuple(found), places)


def about(bylines: Bylines, root: _Element, holder: _Element, base: str) -> list[Found]:
    """The bylines of the article in `holder`, and the short blocks between its title and its text."""
    title = title_of(root, holder)
    scope = _scope(holder, title)
    above = set(holder.iterancestors()) | {holder}
    own = [one for one in bylines.found if scope in one.above and not _is_others(one, scope, above)]
    if scope.tag in ("body", "html"):  # all of the page: whose a line is, only its place can tell
        first, last = bylines.places.get(title, 0), bylines.places[holder]
        own = [one for one in own if first < one.place < last or holder in one.above]
    plain = _plain(between(root, title, holder), base, bylines.places) if title is not None else ()
    known = {one.place for one in own}
    return [*own, *(one for one in plain if one.place not in known)]


def site_in_title(root: _Element) -> dict[str, str]:
    """The name that may be the site's, by the title that it stands behind or before in the page's own."""
    whole = " ".join(_TITLE(root)[: 2 * _LONGEST].split())
    return {
        rest: name
        for cut in _SEPARATED.finditer(whole)
        for rest, name in ((whole[cut.end() :], whole[: cut.start()]), (whole[: cut.start()], whole[cut.end() :]))
    }


def _scope(holder: _Element, title: _Element | None) -> _Element:
    """The part of the page that is the article's: what holds its title and its text, and the `article` around."""
    around = [holder, *holder.iterancestors()]
    both = next((one for one in around if title is None or one in title.iterancestors()), holder)
    return next(
        (one for one in around if one.tag == "article" and (one is both or both in one.iterdescendants())), both
    )


def _is_others(one: Found, scope: _Element, above: set[_Element]) -> bool:
    """Whether it stands in another article inside the scope, say a teaser."""
    return any(
        around.tag == "article" and around not in above and scope in around.iterancestors() for around in one.above
    )


def _plain(elements: Iterable[_Element], base: str, places: Mapping[_Element, int]) -> Iterator[Found]:
    sizes: dict[_Element, tuple[int, int]] = {}
    for element in elements:
        if element.tag in INLINE or not _is_short(element, sizes):
            continue
        blocks = [inner for inner in element.iterdescendants() if inner.tag not in INLINE]
        if not blocks and not _is_strange(element):
            yield _found(element, None, base, places[element])


def _roles_in(elements: Iterable[_Element]) -> dict[_Element, str | None]:
    """Those of `elements` that are bylines, each with its role."""
    sizes: dict[_Element, tuple[int, int]] = {}
    roles: dict[_Element, str | None] = {}
    for element in elements:
        if element.tag not in _NEVER:
            names = names_of(element)
            role = _role(element, names)
            if (role or is_byline(names) or element.tag == "address") and _is_short(element, sizes):
                roles[element] = role
    return roles


def _is_short(element: _Element, known: dict[_Element, tuple[int, int]]) -> bool:
    """Whether an element holds a line's words and no more; `known` remembers what lies in what, however deep."""
    return 0 < _size(element, known)[0] <= _LONGEST


def _size(element: _Element, known: dict[_Element, tuple[int, int]]) -> tuple[int, int]:
    """Characters and elements in `element`; of a large one only the beginning is looked at."""
    if element in known:
        return known[element]
    characters, elements = len((element.text or "").strip()), 1
    for child in element:
        inside = _size(child, known)
        characters += inside[0] + len((child.tail or "").strip())
        elements += inside[1]
        if characters > _LONGEST or elements > _LARGE:
            characters = _LONGEST + 1
            break
    known[element] = characters, elements
    return characters, elements


def _role(element: _Element, names: str) -> str | None:
    """What the markup says of whoever stands in `element`, whose class and id are `names`."""
    property_: str = element.get("itemprop", "")
    if property_ in ("translator", "editor", "contributor"):
        return property_
    if is_translator(names):
        return "translator"
    if property_ == "author" or "author" in element.get("rel", "").split() or is_writer(names):
        return "author"
    return None


def _is_told(element: _Element, roles: dict[_Element, str | None]) -> bool:
    """Whether another element says it better: one inside with the same role, or one around with another."""
    role = roles[element]
    if role is None:
        return any(inner in roles and roles[inner] is None for inner in element.iterancestors())
    if any(roles.get(inner) == role for inner in element.iterdescendants()):
        return True
    return role == "author" and any(roles.get(around) not in (None, "author") for around in element.iterancestors())


def _is_strange(element: _Element) -> bool:
    for around in element.iterancestors():
        if around.tag in _AROUND or around.get("itemtype", "").endswith("/Comment"):
            return True
        names = names_of(around)
        if is_thread(names) or (is_stranger(names) and not is_byline(names) and around.tag != "body"):
            return True
    return is_thread(names_of(element))


def _found(element: _Element, role: str | None, base: str, place: int) -> Found:
    name = next(iter(_NAME(element)), element) if role else element
    where = f"page: {role}" if role else "page: byline"
    byline = Byline(markup=f"<p>{_line(name, base)}</p>", where=where, role=role)
    return Found(byline, frozenset(element.iterancestors()), place, tuple(map(str, _TIMES(element))))


def _line(element: _Element, base: str) -> str:
    """The words in `element` with its links, addresses absolute; a block, a break or a time ends a line."""
    if element.tag in _UNREAD or not isinstance(element.tag, str):
        return "<br>"
    inside = html.escape(element.text or "", quote=False)
    for child in element:
        inside += _line(child, base) + html.escape(child.tail or "", quote=False)
    if element.tag == "a" and (address := address_of(base, element.get("href", ""))):
        return f'<a href="{html.escape(address)}">{inside}</a>'
    return inside if element.tag in INLINE and element.tag != "br" else f"<br>{inside}<br>"
