"""What belongs to the article and stands between its title and its body: the standfirst and the first picture."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml.etree import Element, _Element

from syndicator.stages.article.names import is_lead, names_of
from syndicator.stages.article.weights import words_of

_STANDFIRST = ("p", "div", "h2", "h3", "section")
_SHORTEST, _LONGEST = 25, 1200  # characters of a standfirst


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The title's words, standfirsts as paragraphs in emphasis from end to end, and figures, in the page's order."""

    title: str = ""
    standfirsts: tuple[_Element, ...] = ()
    figures: tuple[_Element, ...] = ()


def lead_of(root: _Element, holder: _Element, told: str) -> Lead:
    """What stands between the title and `holder`. `told` begins the page's description of itself, or is ""."""
    title = title_of(root, holder)
    if title is None:
        return Lead()
    said = words_of(holder)
    standfirsts: list[_Element] = []
    figures: list[_Element] = []
    for element in between(root, title, holder):
        if {*standfirsts, *figures}.isdisjoint(element.iterancestors()):
            if element.tag == "figure" and next(element.iter("img"), None) is not None:
                figures.append(element)
            elif _is_standfirst(element, told) and words_of(element)[:60] not in said:
                said += words_of(element)
                standfirsts.append(element)
    return Lead(
        title=words_of(title),
        standfirsts=tuple(paragraph for found in standfirsts[:2] for paragraph in _emphasised(found)),
        figures=tuple(map(_alone, figures[:1])),
    )


def title_of(root: _Element, holder: _Element) -> _Element | None:
    """The first h1 in `holder`, else the last before it, else the first of the page."""
    headings = [element for element in root.iter("h1") if words_of(element)]
    inside = next((heading for heading in headings if holder in heading.iterancestors()), None)
    if inside is not None or not headings:
        return inside
    order = list(root.iter("h1", holder.tag))
    before = [heading for heading in headings if order.index(heading) < order.index(holder)]
    return before[-1] if before else headings[0]


def between(root: _Element, title: _Element, holder: _Element) -> Iterator[_Element]:
    """What stands behind `title` and before `holder`, in the page's order, without what holds both."""
    around = set(holder.iterancestors())
    started = False
    for element in root.iter():
        if element is holder:
            return
        if started and element not in around:
            yield element
        started = started or element is title


def _is_standfirst(element: _Element, told: str) -> bool:
    if element.tag not in _STANDFIRST:
        return False
    words = words_of(element)
    if not _SHORTEST <= len(words) <= _LONGEST or next(element.iter("h1", "ul", "img", "form"), None) is not None:
        return False
    return is_lead(names_of(element)) or bool(told and words.startswith(told))


def _emphasised(standfirst: _Element) -> Iterator[_Element]:
    for block in [*standfirst.iter("p")] or [standfirst]:
        strong = _alone(block)
        strong.tag = "strong"
        paragraph = Element("p")
        paragraph.append(strong)
        yield paragraph


def _alone(element: _Element) -> _Element:
    copied = deepcopy(element)
    copied.tail = None
    return copied
