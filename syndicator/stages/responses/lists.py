"""Which elements of a page are responses, and which answers which.

Themes nest elements that all call themselves a comment: the list entry, a box in it, the words in that. Those are one
response; one inside another is a reply where the outer has words of its own. It must not read what a response says.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml.etree import XPath, _Element, iterwalk

from syndicator.stages.responses.names import is_said, number_of
from syndicator.stages.responses.text import speaks
from syndicator.stages.responses.tree import own, roles, roles_on
from syndicator.stages.responses.words import set_of

MOST = 2_000  # responses read in a page
_MARKS = 4 * MOST  # elements of a page that may be responses: boxes within boxes
_NEVER = set_of(
    "html head body main form a span button input textarea select label fieldset h1 h2 h3 h4 h5 h6 img svg time p small"
    " strong em b i cite meta link u sup sub code pre figure iframe ul ol dl tbody thead"
)
_UNSEEN = frozenset({"head", "script", "style", "template", "textarea", "select", "svg", "nav"})
_LISTS = frozenset({"ul", "ol", "dl", "tbody"})
_TITLES = 5  # what holds a title of the page is no response: a leading article is a "comment" too
_FAR = 4  # elements from the words of a response up to what holds it
_TELLING = frozenset({"response", "wrapper", "list"})  # of these, or numbered, is an element that is marked as one
_IDS = XPath("//@id", smart_strings=False)
_SIGNED = frozenset({"author", "date"})
_FORM = re.compile(r"comment|kommentar|coment", re.IGNORECASE)
_CONTEXT = ("-of", "in-reply-to")  # microformats of what a page itself answers, likes or reposts


@dataclass(slots=True, eq=False)
class Mark:
    """An element that may be a response. `strong`: it says so itself; `body`: so do the words of a response;
    `listed`: a list lies between it and `above`, what encloses it; `same`: elements in it that are the same response;
    `wrapper`: it only holds responses.
    """

    element: _Element
    strong: bool
    body: bool
    number: str | None
    above: "Mark | None" = None
    listed: bool = False
    inside: list["Mark"] = field(default_factory=list)
    same: list[_Element] = field(default_factory=list)
    wrapper: bool = False

    @property
    def elements(self) -> tuple[_Element, ...]:
        """All elements that are this response, the outermost first."""
        return (self.element, *self.same)

    @property
    def others(self) -> frozenset[_Element]:
        """The elements in it that are other responses."""
        return frozenset(mark.element for mark in self.inside)


def marks_of(root: _Element) -> list[Mark]:
    """The responses in a page in document order, at most `MOST`; `above` is the one that each stands in."""
    present = roles_on(root)  # most pages have none of these: their elements need not be looked at
    telling = not present.isdisjoint(_TELLING) or any(map(number_of, _IDS(root)))
    marks = list(_marked(root)) if telling else []
    if not marks and "body" in present:
        marks = list(_around_bodies(root))
    for mark in reversed(marks):
        _settle(mark)
    waiting = list(reversed(_without_wrappers([mark for mark in marks if mark.above is None])))
    found: list[Mark] = []
    while waiting and len(found) < MOST:
        mark = waiting.pop()
        found.append(mark)
        waiting.extend(reversed(mark.inside))
    return found


def _marked(root: _Element) -> Iterator[Mark]:
    """Every element that may be a response, those inside it known to it."""
    articles = {around for title in islice(root.iter("h1"), _TITLES) for around in title.iterancestors()}
    stack: list[Mark] = []
    lists: list[int] = [0]  # how many lists are open inside each mark of the stack
    count = 0
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            lists[-1] -= element.tag in _LISTS and element is not root
            if stack and stack[-1].element is element:
                stack.pop()
                lists.pop()
        elif element.tag in _UNSEEN or (element.tag == "form" and _is_comment_form(element)):
            walk.skip_subtree()
        else:
            lists[-1] += element.tag in _LISTS and element is not root
            if element not in articles and (mark := _mark(element)):
                count += 1
                _enclose(mark, stack, lists)
                yield mark
            if count >= _MARKS:
                return


def _around_bodies(root: _Element) -> Iterator[Mark]:
    """Where no element calls itself a comment but some call themselves the words of one: around each, the smallest
    element with no other words in which somebody signs.
    """
    bodies = [element for element in root.iter() if is_said(element.get("class") or "")][:MOST]
    held = Counter(around for body in bodies for around in islice(body.iterancestors(), _FAR))
    for body in bodies:
        alone = (one for one in islice(body.iterancestors(), _FAR) if held[one] == 1 and one.tag not in _NEVER)
        signed = (one for one in alone if any(roles(part) & _SIGNED for part in own(one)))
        if (found := next(signed, None)) is not None:
            yield Mark(element=found, strong=True, body=False, number=None)


def _enclose(mark: Mark, stack: list[Mark], lists: list[int]) -> None:
    if stack:
        mark.above, mark.listed = stack[-1], lists[-1] > 0
        mark.above.inside.append(mark)
    stack.append(mark)
    lists.append(0)


def _mark(element: _Element) -> Mark | None:
    if element.tag in _NEVER:
        return None
    found = roles(element)
    number = number_of(element.get("id") or "")
    strong = "response" in found or number is not None
    weak = "wrapper" in found or (element.tag == "li" and _is_in_list(element))
    if not (strong or weak) or any(name.endswith(_CONTEXT) for name in (element.get("class") or "").split()):
        return None
    return Mark(element=element, strong=strong, body="body" in found, number=number)


def _is_comment_form(form: _Element) -> bool:
    """A form to write a comment in, not one that holds the whole page as some systems make it."""
    return bool(_FORM.search(f"{form.get('class')} {form.get('id')} {form.get('action')}"))


def _is_in_list(element: _Element) -> bool:
    around = element.getparent()
    return around is not None and around.tag in ("ul", "ol") and "list" in roles(around)


def _settle(mark: Mark) -> None:
    """Decide what each mark inside `mark` is to it: the same response, or another. Those inside are settled."""
    mark.inside = _without_wrappers(mark.inside)
    numbered = [inner for inner in mark.inside if inner.number and inner.number == mark.number]
    for inner in numbered:
        _absorb(mark, inner)
    direct = [inner for inner in mark.inside if not inner.listed]
    bodies = [inner for inner in direct if inner.body]
    if len(bodies) == 1:
        _absorb(mark, bodies[0])
    elif numbered or (mark.strong and _speaks(mark)):
        for inner in [inner for inner in direct if not inner.strong]:
            _absorb(mark, inner)
    elif len(direct) == 1 and (mark.strong or len(mark.inside) == 1 or not direct[0].strong):
        _absorb(mark, direct[0])
    elif sum(inner.strong for inner in direct) == 1 and len(direct) == len(mark.inside):
        for inner in direct:
            _absorb(mark, inner)
    elif not mark.same:
        mark.wrapper = bool(mark.inside)


def _absorb(mark: Mark, inner: Mark) -> None:
    """Make `inner` the same response as `mark`."""
    mark.inside.remove(inner)
    mark.inside.extend(inner.inside)
    for further in inner.inside:
        further.above = mark
    mark.same += inner.elements
    mark.strong |= inner.strong
    mark.number = mark.number or inner.number


def _without_wrappers(marks: Sequence[Mark]) -> list[Mark]:
    """`marks`, with what is in a wrapper in its place."""
    found: list[Mark] = []
    for mark in marks:
        if mark.wrapper:
            for inner in mark.inside:
                inner.above, inner.listed = mark.above, inner.listed or mark.listed
            found += mark.inside
        else:
            found.append(mark)
    return found


def _speaks(mark: Mark) -> bool:
    """Whether `mark` has words of its own that somebody signed: then what is inside it answers it."""
    others = mark.others
    signed = mark.number is not None or any(roles(element) & _SIGNED for element in own(mark.element, others))
    return signed and speaks(mark.element, others)
