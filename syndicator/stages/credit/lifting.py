"""Takes what was read as credit out of a body again, and what is left empty by that.

This module must not decide what is lifted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from lxml.html import HtmlElement

from syndicator.stages.credit.lines import BLOCK_TAGS, Line, Run


@dataclass(frozen=True, slots=True)
class Lift:
    """What to take out of a body: the characters `start` to `end` of a line's block."""

    line: Line
    start: int
    end: int


def lift(lifts: tuple[Lift, ...]) -> None:
    """Takes the characters out of the tree, and what is empty after that. The tree is changed in place."""
    covered: list[tuple[HtmlElement, int]] = []
    for item in sorted(lifts, key=lambda item: (-item.start, -item.end)):
        if (item.line.block, item.start) in covered:
            continue
        covered.append((item.line.block, item.start))
        for start, run in reversed(_placed(item.line.runs)):
            _cut(run, max(0, item.start - start), item.end - start)
    for block in {id(item.line.block): item.line.block for item in lifts}.values():
        _prune(block)


def _placed(runs: Sequence[Run]) -> list[tuple[int, Run]]:
    """Each run with the place of its first character in the block."""
    ends = accumulate(len(words) for words, _, _ in runs)
    return [(end - len(run[0]), run) for end, run in zip(ends, runs, strict=True)]


def _cut(run: Run, start: int, end: int) -> None:
    """Takes the characters `start` to `end` of a run out of its node, as far as it has them."""
    words, node, part = run
    if not part or start >= min(end, len(words)):
        return
    if part == "break":
        if node.getparent() is not None:
            node.drop_tree()
        return
    text = getattr(node, part) or ""
    setattr(node, part, text[:start] + text[end:])


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
        if parent.tag in BLOCK_TAGS | {"ul", "ol"} and parent.getparent() is not None:
            _prune(parent)
