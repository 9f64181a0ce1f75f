"""The words of a body in the order in which they are read: its paragraphs, and the standfirst before them.

Nothing is added to the author's words but line breaks and, between the cells of a table, tabs.
"""

import re
from collections.abc import Iterator

from lxml.etree import XPath, iterwalk
from lxml.html import HtmlElement

from syndicator.stages.normalise.text import words_of

_BLOCKS = frozenset(
    re.findall(
        r"\S+",
        """
        address article aside audio blockquote caption center dd details div dl dt figure footer h1 h2 h3 h4 h5 h6
        header hgroup hr li main ol p pre section summary table tbody td tfoot th thead tr ul video
        """,
    )
)
_UNREAD = frozenset({"figcaption", "img", "picture", "audio", "video"})  # captions belong to their images
_EMPHASIS = frozenset({"em", "i", "strong", "b"})
_ROWS = XPath("descendant::tr")
_BREAK = "\v"  # stands for br while white space collapses; cleaned markup has none
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LINE = re.compile(rf" ?{_BREAK} ?")
_EMPTY_LINE = re.compile(rf"(?:{_BREAK}){{2,}}")


def body_text(root: HtmlElement) -> str:
    """The words of the body, paragraphs separated by an empty line; captions of images and the standfirst are left out.

    A row of a table is a line, its cells separated by a tab.
    """
    lead = _standfirst(root)
    return "\n\n".join(text for element, text in paragraphs(root) if element is not lead)


def standfirst(root: HtmlElement) -> str:
    """The words of the standfirst: a first paragraph set apart by emphasis from end to end, or ""."""
    lead = _standfirst(root)
    return words_of(lead) if lead is not None else ""


def paragraphs(box: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """The runs of words in `box` that no block divides, in order, each with the innermost block in which it stands.

    One pass without recursion: markup may be nested 512 deep.
    """
    blocks, run = [box], [box.text or ""]
    walk = iterwalk(box, events=("start", "end"))
    next(walk)  # box itself, which ends the walk too
    for event, element in walk:
        if element.tag in _BLOCKS or element is box:
            yield from _said(blocks[-1], run)
            run = []
            blocks.pop() if event == "end" else blocks.append(element)
        if event == "end":
            run.append(element.tail or "")
        elif element.tag in _UNREAD:
            walk.skip_subtree()
        elif whole := _whole(element):
            yield from whole
            walk.skip_subtree()
        else:
            run.append(_BREAK if element.tag == "br" else element.text or "")


def loose_words(root: HtmlElement) -> bool:
    """Whether words stand before the first child of `root` or right behind it."""
    return bool((root.text or "").strip() or (root[0].tail or "").strip())


def _whole(block: HtmlElement) -> list[tuple[HtmlElement, str]]:
    """The words of a block that is not read piece by piece: a table, or text whose lines count."""
    if block.tag == "pre":
        text = block.text_content().strip("\n")
        return [(block, text)] if text else []
    return list(_table(block)) if block.tag == "table" and _is_plain(block) else []


def _said(box: HtmlElement, run: list[str]) -> Iterator[tuple[HtmlElement, str]]:
    """The words of a run: more than one paragraph where two br stand together."""
    text = _LINE.sub(_BREAK, _SPACE.sub(" ", "".join(run)))
    for part in _EMPTY_LINE.split(text):
        if words := part.strip(f" {_BREAK}"):
            yield box, words.replace(_BREAK, "\n")


def _is_plain(table: HtmlElement) -> bool:
    """Whether the cells hold words only; else the table lays out what is in it."""
    return all(not any(True for _ in cell.iterdescendants(*_BLOCKS)) for cell in table.iterdescendants("td", "th"))


def _table(table: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    caption = table.find("caption")
    if caption is not None:
        yield from paragraphs(caption)
    rows = ("\t".join(map(_cell, row.iterchildren("td", "th"))).strip("\t") for row in _ROWS(table))
    if text := "\n".join(row for row in rows if row):
        yield table, text


def _cell(cell: HtmlElement) -> str:
    return " ".join(words.replace("\n", " ") for _, words in paragraphs(cell))


def _standfirst(root: HtmlElement) -> HtmlElement | None:
    if len(root) < 2 or root[0].tag != "p" or loose_words(root) or not root[0].text_content().strip():
        return None
    return root[0] if _emphasised(root[0]) else None


def _emphasised(element: HtmlElement) -> bool:
    """Whether all of its words stand in emphasis, links between them included."""
    if (element.text or "").strip():
        return False
    for child in element:
        if (child.tail or "").strip(" \t\r\n.") or not (
            child.tag in _EMPHASIS or not child.text_content().strip() or _emphasised(child)
        ):
            return False
    return True
