"""The words of one response in a page: paragraphs, without names, dates, buttons and forms around them.

It must not decide which element is a response, nor who signed it.
"""

import re
from collections.abc import Collection, Iterator
from itertools import islice

from lxml.etree import _Element, iterwalk

from syndicator.stages.responses.names import Role
from syndicator.stages.responses.tree import own, roles, text_of
from syndicator.stages.responses.words import set_of, squeezed

_NO_TEXT = set_of(
    "script style form button textarea select option template iframe object svg math nav audio video canvas"
)
_HEADINGS = set_of("h1 h2 h3 h4 h5 h6 cite time header")
_PROSE = set_of("p blockquote pre ul ol dl table")
_BLOCKS = _PROSE | set_of(
    "div li dt dd section article footer header aside figure figcaption tr h1 h2 h3 h4 h5 h6 hr main"
)
_REPLY = re.compile(r"[?&]replytocom=|#(?:respond|reply|commentform)\b")
# Characters: a name, a date or a row of buttons is shorter. What is longer holds words, whatever it is called.
_LONGEST: dict[Role, int] = {"author": 150, "date": 100, "meta": 250, "chrome": 120}


def paragraphs_of(element: _Element, others: Collection[_Element]) -> list[str]:
    """What the response `element` says, without the responses in it (`others`).

    Where an element is named as its words, those; else its paragraphs; else what is left in it.
    """
    return next(filter(None, map(list, _readings(element, others))), [])


def speaks(element: _Element, others: Collection[_Element]) -> bool:
    """Whether `paragraphs_of` finds any words, for less than reading them all."""
    return any(True for words in _readings(element, others) for _ in words)


def _readings(element: _Element, others: Collection[_Element]) -> Iterator[Iterator[str]]:
    """What may be the paragraphs of the response `element`, the best first; the first that has any words is it."""
    yield (words for body in _bodies(element, others) for words in _paragraphs(body, others, named=True))
    yield (words for part in _prose(element, others) for words in _paragraphs(part, others))
    yield _paragraphs(element, others)


def is_around(element: _Element) -> bool:
    """Whether `element` is no words of a response but what stands around them: a name, a date, a button."""
    if element.tag in _NO_TEXT or (element.tag == "a" and _REPLY.search(element.get("href") or "")):
        return True
    limit = max((_LONGEST.get(role, 0) for role in roles(element)), default=0)
    return limit > 0 and len(text_of(element, limit)) <= limit and not _holds_prose(element)


def _holds_prose(element: _Element) -> bool:
    """Whether there is a paragraph in `element` that is not named as standing around words itself."""
    inside = islice(element.iterdescendants("p", "blockquote"), 20)
    return any(text_of(part) and roles(part).isdisjoint(_LONGEST) for part in inside)


def _bodies(element: _Element, others: Collection[_Element]) -> list[_Element]:
    """The innermost elements that are named as the words of a response."""
    bodies = [part for part in own(element, others) if "body" in roles(part) and part.tag not in _NO_TEXT]
    around = {outer for body in bodies for outer in body.iterancestors()}
    return [body for body in bodies if body not in around]


def _prose(element: _Element, others: Collection[_Element]) -> Iterator[_Element]:
    """The outermost paragraphs, lists and quotations in `element`."""
    walk = iterwalk(element, events=("start",))
    for _, part in walk:
        if part is element:
            continue
        if part.tag in _PROSE and part not in others and not is_around(part):
            yield part
        elif part not in others and part.tag not in _HEADINGS and not is_around(part):
            continue
        walk.skip_subtree()


def _paragraphs(element: _Element, others: Collection[_Element], *, named: bool = False) -> Iterator[str]:
    """The words in `element` by paragraphs. Unless it is `named` as words, headings in it are about them."""
    lines: list[str] = [""]
    walk = iterwalk(element, events=("start", "end"))
    for event, part in walk:
        if part.tag in _BLOCKS or (part.tag == "br" and event == "start" and not lines[-1].strip()):
            yield from _flushed(lines)
        elif part.tag == "br" and event == "start":
            lines.append("")
        if event == "end":
            lines[-1] += (part.tail or "") if part is not element else ""
        elif part is not element and (part in others or is_around(part) or (not named and part.tag in _HEADINGS)):
            walk.skip_subtree()
        else:
            lines[-1] += part.text or ""
    yield from _flushed(lines)


def _flushed(lines: list[str]) -> Iterator[str]:
    """The paragraph in `lines`, which are then empty."""
    words = "\n".join(filter(None, map(squeezed, lines)))
    lines[:] = [""]
    if words:
        yield words
