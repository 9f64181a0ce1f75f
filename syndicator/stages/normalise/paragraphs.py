"""The words of a body in the order in which they are read: its paragraphs, and the standfirst before them.

Nothing is added to the author's words but line breaks and, between the cells of a table, tabs.
"""

import re
from collections.abc import Iterator

from lxml.etree import XPath
from lxml.html import HtmlElement

from syndicator.stages.normalise.text import words_of

_BLOCKS = (
    *("p", "div", "section", "article", "main", "header", "footer", "aside", "figure", "hgroup", "address", "center"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "details", "summary"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
)
_UNREAD = frozenset({"figcaption", "img", "picture", "audio", "video"})  # captions belong to their images
_EMPHASIS = frozenset({"em", "i", "strong", "b"})
_PIECES = XPath(
    "descendant::text()[not(ancestor::figcaption or ancestor::audio or ancestor::video)] | descendant-or-self::br"
)
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
    """The runs of words in `box` that no block divides, in order, each with the element in which it stands."""
    run = [box.text or ""]
    for child in box:
        if child.tag in _BLOCKS or any(True for _ in child.iterdescendants(*_BLOCKS)):
            yield from _said(box, run)
            run = []
            yield from _block(child)
        elif child.tag not in _UNREAD:
            run += _pieces(child)
        run.append(child.tail or "")
    yield from _said(box, run)


def loose_words(root: HtmlElement) -> bool:
    """Whether words stand before the first child of `root` or right behind it."""
    return bool((root.text or "").strip() or (root[0].tail or "").strip())


def _block(element: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    if element.tag == "pre":
        if text := element.text_content().strip("\n"):
            yield element, text
    elif element.tag == "table" and _is_plain(element):
        yield from _table(element)
    elif element.tag not in _UNREAD:
        yield from paragraphs(element)


def _said(box: HtmlElement, run: list[str]) -> Iterator[tuple[HtmlElement, str]]:
    """The words of a run: more than one paragraph where two br stand together."""
    text = _LINE.sub(_BREAK, _SPACE.sub(" ", "".join(run)))
    for part in _EMPTY_LINE.split(text):
        if words := part.strip(f" {_BREAK}"):
            yield box, words.replace(_BREAK, "\n")


def _pieces(element: HtmlElement) -> list[str]:
    found: list[HtmlElement | str] = _PIECES(element)
    return [piece if isinstance(piece, str) else _BREAK for piece in found]


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
