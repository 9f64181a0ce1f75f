"""The places where credit stands: the first and last blocks of a body, line by line, and the captions of its images.

A line remembers which characters of which nodes it was made of, so that what was read as credit can be lifted out
again. This module must not know what a credit looks like.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lxml.html import HtmlElement

from syndicator.stages.credit.phrases import CLOSE, OPEN

HEAD_BLOCKS, TAIL_BLOCKS = 4, 6  # credit stands at the edges; in between the same words are the article's own
MAX_LINE = 400

_BLOCKS = (
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "dd",
    "dt",
    "td",
    "div",
    "section",
    "article",
    "address",
    "footer",
    "header",
)
_BLOCK_TAGS = frozenset(_BLOCKS)
_ASIDE = ("figure", "table", "figcaption")
_MARKS = re.compile(f"[{OPEN}{CLOSE}]")
# A sentence ends where a stop follows more than an initial; a bar, a bullet or a semicolon between credits ends one
# too.
_ENDS = re.compile(rf"(?P<stop>[.!?…]){CLOSE}?\s+(?=\S)|。\s*(?=\S)|[;|·•/]\s+")
_MARKDOWN_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)\)")
_TEMPLATE_TAG = re.compile(r"\{\{[^{}]*\}\}")
_ASIDE_AT_END = re.compile(r"[(（][^()（）]{5,150}[)）][^\w()]*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line's characters, `start` to `end`, and the node (its text, its tail, or a line break) they
    came from.
    """

    start: int
    end: int
    node: HtmlElement
    part: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block: `text` with its links marked, their addresses in order."""

    block: HtmlElement
    where: str
    text: str
    start: int
    pieces: tuple[Piece, ...]
    addresses: tuple[str, ...]

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """(words, address) of each link."""
        words = re.findall(f"{OPEN}([^{CLOSE}]*){CLOSE}", self.text)
        return tuple(zip((word.strip() for word in words), self.addresses, strict=False))


@dataclass(frozen=True, slots=True)
class Lift:
    """What to take out of a body: the characters `start` to `end` of a line's block."""

    line: Line
    start: int
    end: int


def unmarked(text: str) -> str:
    """`text` as printed, without the marks of links."""
    return _MARKS.sub("", text)


def edge_lines(root: HtmlElement) -> Iterator[Line]:
    """The lines of the first and the last blocks that hold words, in order; `where` says "start" or "end"."""
    blocks = _leaves(root)
    head = blocks[:HEAD_BLOCKS]
    for number, block in enumerate(head):
        yield from block_lines(block, "end" if len(blocks) - number <= TAIL_BLOCKS and number > 0 else "start")
    for block in blocks[max(len(head), len(blocks) - TAIL_BLOCKS) :]:
        yield from block_lines(block, "end")


def _leaves(root: HtmlElement) -> list[HtmlElement]:
    """The innermost blocks with words, outside figures and tables."""
    found: list[HtmlElement] = []
    _collect(root, found)
    if not found and root.text_content().strip():
        found.append(root)
    return found


def _collect(element: HtmlElement, found: list[HtmlElement]) -> None:
    for child in element:
        if child.tag in _ASIDE:
            continue
        if child.tag in _BLOCK_TAGS and not any(True for _ in child.iterdescendants(*_BLOCKS)):
            if child.text_content().strip():
                found.append(child)
        else:
            _collect(child, found)


def block_lines(block: HtmlElement, where: str) -> Iterator[Line]:
    """The lines of `block`, which line breaks divide."""
    text, pieces, addresses = _flattened(block)
    start = 0
    for part in text.split("\n"):
        if part.strip():
            skipped, held = text.count(OPEN, 0, start), part.count(OPEN)
            yield Line(block, where, part, start, pieces, addresses[skipped : skipped + held])
        start += len(part) + 1


def segments(line: Line) -> Iterator[tuple[int, str]]:
    """(offset, words) to be tried as a credit: the whole line, what stands in brackets at its end, its sentences.

    Of a line too long to be a credit only the end is tried, and only where the body ends.
    """
    short = len(line.text) <= MAX_LINE
    if short:
        yield 0, line.text
    elif line.where == "start":
        return
    begin = 0 if short else len(line.text) - MAX_LINE
    if aside := _ASIDE_AT_END.search(line.text, max(0, len(line.text) - 160)):
        yield aside.start(), aside[0]
    ends = [0, *_ends(line.text, begin), len(line.text)]
    sentences = [(start, line.text[start:end]) for start, end in pairwise(ends)]
    if len(sentences) > 1:
        yield from sentences if short else sentences[-1:]


def _ends(text: str, begin: int) -> Iterator[int]:
    for match in _ENDS.finditer(text, begin):
        at = match.start()
        if match[0][0] in "|·•/" and not text[at - 1 : at].isspace():  # "and/or" is no end
            continue
        if match["stop"] and not unmarked(text[max(0, at - 3) : at])[-2:].isalpha():
            continue
        yield match.end()


def without_markup(text: str) -> str:
    """`text` with the Markdown links and template tags that a feed left unrendered said as words."""
    if "](" in text:
        text = _MARKDOWN_LINK.sub(r"\1", text)
    return _TEMPLATE_TAG.sub("", text) if "{{" in text else text


def lift(lifts: tuple[Lift, ...]) -> None:
    """Takes the characters out of the tree, and what is empty after that. The tree is changed in place."""
    covered: list[tuple[HtmlElement, int]] = []
    for item in sorted(lifts, key=lambda item: (-item.start, -item.end)):
        if (item.line.block, item.start) in covered:
            continue
        covered.append((item.line.block, item.start))
        for piece in reversed(item.line.pieces):
            _cut(piece, max(item.start, piece.start), min(item.end, piece.end))
    for block in {id(item.line.block): item.line.block for item in lifts}.values():
        _prune(block)


def _cut(piece: Piece, start: int, end: int) -> None:
    if start >= end:
        return
    if piece.part == "break":
        if piece.node.getparent() is not None:
            piece.node.drop_tree()
        return
    text = getattr(piece.node, piece.part) or ""
    setattr(piece.node, piece.part, text[: start - piece.start] + text[end - piece.start :])


def _prune(block: HtmlElement) -> None:
    for element in reversed(list(block.iterdescendants())):
        if (
            element.tag not in ("img", "video", "audio", "br", "hr")
            and not len(element)
            and not (element.text or "").strip()
        ):
            element.drop_tree()
    while len(block) and block[-1].tag == "br" and not (block[-1].tail or "").strip():
        block[-1].drop_tree()
    parent = block.getparent()
    if parent is not None and not len(block) and not (block.text or "").strip():
        block.drop_tree()
        if parent.tag in _BLOCK_TAGS | {"ul", "ol"} and parent.getparent() is not None:
            _prune(parent)


def _flattened(block: HtmlElement) -> tuple[str, tuple[Piece, ...], tuple[str, ...]]:
    texts: list[str] = []
    pieces: list[Piece] = []
    addresses: list[str] = []
    length = 0

    def add(text: str, node: HtmlElement, part: str) -> None:
        nonlocal length
        texts.append(text)
        if part:
            pieces.append(Piece(length, length + len(text), node, part))
        length += len(text)

    def walk(node: HtmlElement) -> None:
        address = node.get("href") if node.tag == "a" else None
        if address:
            addresses.append(address)
            add(OPEN, node, "")
        if node.tag == "br":
            add("\n", node, "break")
        elif node.text:
            add(_said(node.text), node, "text")
        for child in node:
            walk(child)
            if child.tail:
                add(_said(child.tail), child, "tail")
        if address:
            add(CLOSE, node, "")

    walk(block)
    return "".join(texts), tuple(pieces), tuple(addresses)


def _said(text: str) -> str:
    """White space of the markup is no line break; the marks are ours alone. No character moves."""
    for character in ("\n", "\r", "\t", "\f", OPEN, CLOSE):
        text = text.replace(character, " ")
    return text
