"""How much prose stands where: the measure by which the article is told from what surrounds it."""

from lxml.etree import Element, _Element

# Inline elements: their words belong to the block around them.
INLINE = frozenset(
    {
        *(
            "a",
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "br",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
        ),
        *(
            "img",
            "ins",
            "kbd",
            "mark",
            "q",
            "ruby",
            "rt",
            "rp",
            "s",
            "samp",
            "small",
            "span",
            "strike",
            "strong",
            "sub",
        ),
        *("sup", "time", "tt", "u", "var", "wbr"),
    }
)
_UNREAD = frozenset({"script", "style", "noscript", "template", "option", "textarea", "title"})
_SHORT = 25  # characters: a label, a button, a credit


class Weights:
    """Characters of prose: of words in blocks that are long enough and not for the most part links."""

    def __init__(self, root: _Element) -> None:
        """Weighs the whole tree under `root`."""
        self._root = root
        # Where what is dropped goes. Of a subtree that hangs nowhere lxml looks, for each element that is let go of,
        # whether any other is still held: 3 s for 28,000 elements.
        self._dropped = Element("dropped")
        self._own = {
            block: outside + inside
            for block, (outside, inside) in _characters(root).items()
            if outside >= max(_SHORT, inside)
        }
        self._prose: dict[_Element, int] = {}
        for block, own in self._own.items():
            self._add(block, own)

    @property
    def total(self) -> int:
        """Prose of the whole page."""
        return self.prose(self._root)

    def prose(self, element: _Element) -> int:
        """Prose in `element` and all below it."""
        return self._prose.get(element, 0)

    def own(self, element: _Element) -> int:
        """Prose whose block is `element`."""
        return self._own.get(element, 0)

    def cluster(self, element: _Element) -> int:
        """Prose of `element` itself and of the blocks directly under it: of paragraphs side by side."""
        return self.own(element) + sum(map(self.own, element))

    def drop(self, element: _Element) -> None:
        """Takes `element` out of its tree, not the text behind it."""
        if lost := self.prose(element):
            self._add(element, -lost)
        drop(element)
        self._dropped.append(element)

    def _add(self, element: _Element, amount: int) -> None:
        here: _Element | None = element
        while here is not None:
            self._prose[here] = self._prose.get(here, 0) + amount
            here = here.getparent()


def drop(element: _Element) -> None:
    """Takes `element` out of its tree, not the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail and before is None:
        parent.text = (parent.text or "") + element.tail
    elif element.tail:
        before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def words_of(element: _Element) -> str:
    """The words in `element`, single spaces between them."""
    return " ".join("".join(element.itertext()).split())


def linked(element: _Element) -> int:
    """How many characters of the words in `element` stand in links."""
    return sum(len(words_of(link)) for link in element.iter("a"))


def _characters(root: _Element) -> dict[_Element, list[int]]:
    """How many characters stand in each block, outside links and in them."""
    counts: dict[_Element, list[int]] = {}
    places: dict[_Element, tuple[_Element, bool]] = {}  # of an inline element: the block around it, whether in a link
    for element in root.iter():
        block, in_link = places.get(element.getparent(), (root, False))
        _count(counts, block, in_link, element.tail)
        if element.tag not in INLINE:
            block = element
        in_link = in_link or element.tag == "a"
        places[element] = block, in_link
        if element.tag not in _UNREAD:
            _count(counts, block, in_link, element.text)
    return counts


def _count(counts: dict[_Element, list[int]], block: _Element, in_link: bool, text: str | None) -> None:
    if text and (length := len(text.strip())):
        counts.setdefault(block, [0, 0])[in_link] += length
