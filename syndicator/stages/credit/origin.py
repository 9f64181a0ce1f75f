"""Which link at the edges of a body states where the original stands: by its own words, by a label before it, or
inside a translator's credit.

It must not guess: a link in prose, or to what is no article, states nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from syndicator.model import Credit, Note, Original
from syndicator.stages.credit.addresses import bare, host, is_article, site_of
from syndicator.stages.credit.labels import announces, label_words, origin_word, says
from syndicator.stages.credit.lifting import Lift
from syndicator.stages.credit.lines import Line, segments, unmarked
from syndicator.stages.credit.templates import CLOSE, OPEN

_LINK = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_CLAUSE = re.compile(r"[.,;|·•(（/。，、]\s*|\s[–—-]\s")
_BRACKETS = ("(", "（")
_ENDS = " .。"
# What may stand on either side of a link that is a statement by itself; in a credit, brackets and commas too.
_BEFORE, _AFTER = "[【|·•/.!?…。！？", "]】|·•/.!?…。！？"
_BEFORE_IN_CREDIT, _AFTER_IN_CREDIT = _BEFORE + "(（,;:、，；：–—-", _AFTER + ")）,;、，；–—-"


@dataclass(frozen=True, slots=True)
class Linked:
    """What links state of the original: `strong` by a label, `weak` where nothing else says more; `lifts` are the
    lines that say no more than `strong`.
    """

    strong: Original | None = None
    weak: Original | None = None
    lifts: tuple[Lift, ...] = ()
    notes: tuple[Note, ...] = ()


class _Link(NamedTuple):
    """A link of a segment, with what stands around it; `alone` where the segment has no other."""

    line: Line
    lift: Lift
    segment: str
    before: str
    words: str
    after: str
    address: str
    alone: bool


class _Found(NamedTuple):
    strength: int
    original: Original
    lift: Lift | None = None


_STRONG, _WEAK, _MENTIONED, _CREDIT = range(4)  # a source is mentioned where it need not be the article's


def linked_original(lines: Sequence[Line], credits: Sequence[Credit], *, own: str | None) -> Linked:
    """What the links of `lines`, the edges of the body of the entry at `own`, state of its original; `credits` are
    those of the entry.

    Two labels that lead to different articles state nothing, and a note says so.
    """
    translators = [credit for credit in credits if credit.role in ("translator", "post-editor")]
    edges = (lines[0].block, lines[-1].block) if lines else ()
    words = label_words("\n".join(_said(line.text) for line in lines))
    found = [
        one
        for line in lines
        for one in _said_in(line, words, translators, own=own, edge=any(line.block is edge for edge in edges))
    ]
    strong, weak, credited = (_different(found, strength) for strength in (_STRONG, _WEAK, _CREDIT))
    sources = _different(found, _WEAK, _MENTIONED)
    if len(strong) > 1:
        text = f"the text names {len(strong)} different articles as its original; none of them was taken"
        return Linked(notes=(Note(code="original-doubtful", text=text),))
    less = next((some[0] for some in (weak and sources, credited) if len(some) == 1), None)
    lifts = tuple(one.lift for one in found if one.lift)
    return Linked(strong[0] if strong else None, less, lifts)


def _different(found: Sequence[_Found], *strengths: int) -> list[Original]:
    """Each article that was named, once, as it was first named."""
    named: dict[str, Original] = {}
    for one in found:
        if one.strength in strengths:
            named.setdefault(bare(one.original.url or ""), one.original)
    return list(named.values())


def _links(line: Line) -> Iterator[_Link]:
    for offset, segment in segments(line) if line.addresses else ():
        links = list(_LINK.finditer(segment))
        for link in links:
            yield _Link(
                line,
                Lift(line, line.start + offset, line.start + offset + len(segment)),
                segment,
                _said(segment[: link.start()]),
                _said(link[1]),
                _said(segment[link.end() :]),
                line.addresses[line.text.count(OPEN, 0, offset + link.start())],
                len(links) == 1,
            )


def _said_in(
    line: Line, words: Sequence[str], translators: Sequence[Credit], *, own: str | None, edge: bool
) -> Iterator[_Found]:
    """What each link of a line states. Most lines hold none of the `words` of labels and no credit: their links are
    not looked at.
    """
    printed = _said(line.text)
    credit = next((one for one in translators if any(proof.text in printed for proof in one.evidence)), None)
    for link in _links(line) if credit or label_words(printed, words) else ():
        if is_article(link.address, own) and (one := _stated(link, translators, credit, own=own, edge=edge)):
            yield one


def _stated(
    link: _Link, translators: Sequence[Credit], credit: Credit | None, *, own: str | None, edge: bool
) -> _Found | None:
    """What one link states, in a line that gives the `credit`."""
    if any(link.address == one.agent.uri for one in translators):
        return None
    return (
        _labelled(link, credited=credit is not None)
        or _sourced(link, translated=bool(translators), own=own, edge=edge)
        or (_in_credit(link, credit, own) if credit else None)
    )


def _labelled(link: _Link, *, credited: bool) -> _Found | None:
    if _is_aside(link) and not credited:
        return None
    original = Original(url=link.address)
    if link.alone and says("labels", _said(link.segment)):
        return _Found(_STRONG, original, link.lift)
    if _stands_apart(link, credited=credited) and says("labels", link.words):
        return _Found(_STRONG, original)
    lift = link.lift if link.alone and not link.after.strip(_ENDS) else None
    if announces("labels", link.before):
        return _Found(_STRONG, original, lift)
    clause = _CLAUSE.split(link.before)[-1] if credited else ""
    if says("before", link.before) or says("before", clause):
        return _Found(_STRONG, Original(url=link.address, site=site_of(link.words, link.address)))
    return _Found(_STRONG, original) if announces("labels", clause) else None


def _is_aside(link: _Link) -> bool:
    """Whether brackets behind other words hold the link."""
    segment = link.segment.strip()
    return segment.startswith(_BRACKETS) and len(segment) < len(link.line.text.strip())


def _stands_apart(link: _Link, *, credited: bool) -> bool:
    before, after = (_BEFORE_IN_CREDIT, _AFTER_IN_CREDIT) if credited else (_BEFORE, _AFTER)
    return (not link.before or link.before[-1] in before) and (not link.after or link.after[0] in after)


def _sourced(link: _Link, *, translated: bool, own: str | None, edge: bool) -> _Found | None:
    """ "Source" is said of a photograph or a figure as often as of the article."""
    printed = _said(link.segment)
    lone = edge and printed == _said(link.line.block.text_content()) and not link.after.strip(_ENDS)
    if not link.alone or _is_below_image(link.line) or not (says("weak", printed) or announces("weak", link.before)):
        return None
    strength = _WEAK if translated or (lone and host(link.address) != host(own)) else _MENTIONED
    return _Found(strength, Original(url=link.address))


def _is_below_image(line: Line) -> bool:
    above = line.block.getprevious()
    return any(
        element is not None and next(element.iter("img", "figure", "table"), None) is not None
        for element in (line.block, above)
    )


def _in_credit(link: _Link, credit: Credit, own: str | None) -> _Found | None:
    """ "Translated by X from [Leuchtfeuer]", "from the [original]", "[Translated] from the German by X"."""
    said = [proof.text for proof in credit.evidence]
    if says("labels", link.words) and any(f" {link.words}" in text for text in said):
        return _Found(_CREDIT, Original(url=link.address))
    word = origin_word(link.before)
    if word and any(f"{word}{gap}{link.words}" in text for text in said for gap in (" ", "")):
        return _Found(_CREDIT, Original(url=link.address, site=site_of(link.words, link.address)))
    begins = says("verb", link.words) and any(text.startswith(link.words) for text in said)
    return _Found(_CREDIT, Original(url=link.address)) if begins and not _is_theirs(link, credit, own) else None


def _is_theirs(link: _Link, credit: Credit, own: str | None) -> bool:
    """Whether the link leads to the translator's site or the entry's, as the host tells."""
    site = host(link.address)
    return site == host(own) or any(word in site for word in re.findall(r"\w{4,}", credit.agent.name.casefold()))


def _said(text: str) -> str:
    return " ".join(unmarked(text).split())
