"""The places where credit stands: the first and last blocks of a body, line by line, and the captions of its images.

A line remembers the words and nodes it was made of, so that what was read as credit can be lifted out again. This
module must not know what a credit looks like.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from lxml.html import HtmlElement

from syndicator.stages.credit.templates import CLOSE, OPEN

HEAD_BLOCKS, TAIL_BLOCKS = 4, 6  # credit stands at the edges; in between the same words are the article's own
MAX_LINE = 400

BLOCK_TAGS = frozenset(
    {
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
    }
)
_ASIDE = ("figure", "table", "figcaption")
_LINK = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
# A sentence ends where a stop follows more than an initial; a bar, a bullet or a semicolon between credits ends one
# too.
_ENDS = re.compile(rf"(?P<stop>[.!?…]){CLOSE}?\s+(?=\S)|。\s*(?=\S)|[;|·•/]\s+")
# What a stop ends that is no sentence: an initial, a title.
_ABBREVIATED = re.compile(r"(?:^|[\W\d_])(?:[^\W\d_]?|dra?|prof|st|mrs?|ms|[sj]r|mag|mgr|ing|fr)$", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"\[([^\]]*)\](?:\(([^)\s]*)\)|\[[^\]]*\])")
_TEMPLATE_TAG = re.compile(r"\{\{[^{}]*\}\}")
_MACRO = re.compile(r"\$\(\w+ (?:\w+://[^\s,()]+, *)?([^()]*)\)")
_ASIDE_AT_END = re.compile(r"[(（][^()（）]{5,150}[)）][^\w()]*$")


# What a block is made of: words, the node they stand in, and whether as its "text", its "tail" or its line "break";
# "" for the marks of a link.
Run = tuple[str, HtmlElement, str]


class Line(NamedTuple):
    """A line of a block: `text` with its links marked, their addresses in order.

    `runs` are the whole block's, in order; `text` begins with their character `start`.
    """

    block: HtmlElement
    where: str
    text: str
    start: int
    runs: Sequence[Run]
    addresses: tuple[str, ...]

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """(words, address) of each link."""
        words = _LINK.findall(self.text)
        return tuple(zip((word.strip() for word in words), self.addresses, strict=False))


def unmarked(text: str) -> str:
    """`text` as printed, without the marks of links."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def edge_lines(root: HtmlElement) -> Iterator[Line]:
    """The lines of the first and the last blocks that hold words, in order; `where` says "start" or "end"."""
    blocks = _edges(root)
    head = blocks[:HEAD_BLOCKS]
    for number, block in enumerate(head):
        yield from block_lines(block, "end" if len(blocks) - number <= TAIL_BLOCKS and number > 0 else "start")
    for block in blocks[max(len(head), len(blocks) - TAIL_BLOCKS) :]:
        yield from block_lines(block, "end")


def _edges(root: HtmlElement) -> list[HtmlElement]:
    """The innermost blocks with words, outside figures and tables, of which only the first and last are looked for."""
    first = list(islice(_leaves(root), HEAD_BLOCKS + TAIL_BLOCKS))
    if len(first) == HEAD_BLOCKS + TAIL_BLOCKS:
        last = list(islice(_leaves(root, backwards=True), TAIL_BLOCKS))
        return [*first[:HEAD_BLOCKS], *reversed(last)]
    return first or ([root] if root.text_content().strip() else [])


def _leaves(element: HtmlElement, *, backwards: bool = False) -> Iterator[HtmlElement]:
    for child in element.iterchildren(reversed=backwards):
        if child.tag in _ASIDE:
            continue
        if child.tag in BLOCK_TAGS and not any(inner.tag in BLOCK_TAGS for inner in child.iterdescendants()):
            if (child.text or "").strip() or child.text_content().strip():
                yield child
        else:
            yield from _leaves(child, backwards=backwards)


def block_lines(block: HtmlElement, where: str) -> Iterator[Line]:
    """The lines of `block`, which line breaks divide."""
    runs: list[Run] = []
    _walk(block, runs)
    text = "".join([words for words, _, _ in runs])
    addresses = tuple([node.get("href") for words, node, part in runs if words == OPEN and not part])
    start = link = 0
    for part in text.split("\n"):
        held = part.count(OPEN)
        if part.strip():
            yield Line(block, where, part, start, runs, addresses[link : link + held])
        start, link = start + len(part) + 1, link + held


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
        if match["stop"] and _ABBREVIATED.search(unmarked(text[max(0, at - 8) : at])):
            continue
        yield match.end()


def without_markup(text: str) -> str:
    """`text` with the Markdown links, macros and template tags that a feed left unrendered said as words."""
    if "$(" in text:
        text = _MACRO.sub(r"\1", text)
    if "](" in text or "][" in text:
        text = _MARKDOWN_LINK.sub(r"\1", text)
    return _TEMPLATE_TAG.sub("", text) if "{{" in text else text


def _walk(node: HtmlElement, runs: list[Run]) -> None:
    tag = node.tag
    linked = tag == "a" and node.get("href")
    if linked:
        runs.append((OPEN, node, ""))
    if tag == "br":
        runs.append(("\n", node, "break"))
    elif text := node.text:
        runs.append((_said(text), node, "text"))
    for child in node:
        _walk(child, runs)
        if tail := child.tail:
            runs.append((_said(tail), child, "tail"))
    if linked:
        runs.append((CLOSE, node, ""))


def _said(text: str) -> str:
    """White space of the markup is no line break; the marks are ours alone. No character moves."""
    for character in ("\n", "\r", "\t", "\f", OPEN, CLOSE):
        text = text.replace(character, " ")
    return text
