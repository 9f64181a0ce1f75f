"""Which response answers which: by nesting, by what an element says of it, by how far it is set in.

It must not know what a response says, only its element and id.
"""

import re
from itertools import islice

from lxml.etree import _Element

from syndicator.stages.responses.lists import Mark
from syndicator.stages.responses.names import number_of

_PARENT = ("data-parent", "data-parent-id", "data-comment-parent", "data-parent-comment-id", "data-reply-to")
_NUMBER = ("data-comment-id", "data-commentid", "data-id")
_DEPTH = re.compile(r"(?:^|[\s_-])(?:depth|level|indent)-?(\d{1,2})(?=$|\s)")
_SET_IN = frozenset({"children", "indented", "replies", "comment-replies", "comment-children"})


class Threads:
    """The responses of a page so far; each is asked for its parent, then added."""

    def __init__(self) -> None:
        self._by_element: dict[_Element, str] = {}
        self._by_number: dict[str, str] = {}
        self._by_depth: dict[int, str] = {}

    def parent(self, mark: Mark, number: str | None) -> str | None:
        """The id of the response that `mark` answers, None where it answers the entry; `number` is what it links to."""
        if mark.above is not None and mark.above.element in self._by_element:
            return self._by_element[mark.above.element]
        return (
            self._by_number.get(number or "") or self._told(mark) or self._beside(mark.element) or self._shallower(mark)
        )

    def add(self, mark: Mark, identity: str) -> None:
        """Remember that the response `mark` has the id `identity`."""
        self._by_element |= dict.fromkeys(mark.elements, identity)
        numbers = (element.get(name) for element in mark.elements for name in _NUMBER)
        self._by_number |= dict.fromkeys(filter(None, (mark.number, *numbers)), identity)
        if depth := _depth(mark):
            self._by_depth = {known: one for known, one in self._by_depth.items() if known < depth} | {depth: identity}

    def _told(self, mark: Mark) -> str | None:
        for element in mark.elements:
            for name in _PARENT:
                said = (element.get(name) or "").strip("#")
                if found := self._by_number.get(number_of(said) or said):
                    return found
        return None

    def _beside(self, element: _Element) -> str | None:
        """What stands before the box that `element` is set in: Drupal and others put answers after, not inside."""
        for around in islice(element.iterancestors(), 3):
            if _SET_IN & set((around.get("class") or "").split()):
                before = around.getprevious()
                while before is not None and before.tag == "a":
                    before = before.getprevious()
                return self._by_element.get(before) if before is not None else None
        return None

    def _shallower(self, mark: Mark) -> str | None:
        depth = _depth(mark) or 0
        return self._by_depth.get(max((known for known in self._by_depth if known < depth), default=0))


def _depth(mark: Mark) -> int | None:
    found = (_DEPTH.search(element.get("class") or "") for element in mark.elements)
    return next((int(depth[1]) for depth in found if depth), None)
