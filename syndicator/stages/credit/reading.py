"""Reads lines with the lexicon: which phrase matches, whom it names, what it says of the original.

A phrase counts only where everything it names is a name; a match whose names are prose is no match. What the lines
add up to is decided elsewhere.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from syndicator.model import Agent, Credit, Evidence, Image, Original
from syndicator.stages.credit.addresses import is_page, site_of
from syndicator.stages.credit.clauses import divided
from syndicator.stages.credit.lifting import Lift
from syndicator.stages.credit.lines import (
    MAX_LINE,
    Line,
    block_lines,
    segments,
    unmarked,
    without_markup,
)
from syndicator.stages.credit.names import MACHINE, agents
from syndicator.stages.credit.phrases import Phrase, folded, is_citation, phrases_for
from syndicator.stages.credit.templates import CLOSE, OPEN, slots

_ANYWHERE = frozenset({"assisted", "translator", "reviser", "post-editor", "editor", "machine", "original", "note"})
_OPENING = frozenset({"author", "standfirst"})
_IN_CAPTIONS = frozenset({"illustrator", "photographer"})
_CREDITED = {"assisted": "translator", "machine": "translator", "note": "translator", "standfirst": "author"}
_PLACES = {"start": "credit line at the start", "end": "credit line at the end"}
_EVERY = _ANYWHERE | _OPENING | _IN_CAPTIONS
_INITIAL_LAST = re.compile(r"[\s.][^\W\d_]$")
_BRACKETS = (("(", ")"), ("（", "）"), ("[", "]"))
_LINK = re.compile(f"{OPEN}[^{CLOSE}]*{CLOSE}")
_SILENT = frozenset({"standfirst"})  # says more than its credit: read, never lifted


@dataclass(frozen=True, slots=True)
class Said:
    """What one phrase or line said: credits, the original and the hop between; `silent` says that it stays in print."""

    credits: tuple[Credit, ...] = ()
    original: Original | None = None
    relay: tuple[str, str | None] | None = None
    lifts: tuple[Lift, ...] = ()
    silent: bool = False


def read_lines(lines: Sequence[Line], language: str | None) -> Iterator[Said]:
    """What `lines`, the edges of the body, say of its people and its origin, in order."""
    for number, line in enumerate(lines):
        yield from read_line(line, language, opening=number < 2)


def after_machines(said: Sequence[Said]) -> Iterator[Said]:
    """What a machine translated and no person did, a person who revised it post-edited; so did who edited it, if one
    line says both.
    """
    translators = [credit.agent.kind for one in said for credit in one.credits if credit.role == "translator"]
    alone = bool(translators) and set(translators) == {"software"}
    if not alone:
        yield from said
        return
    for one in said:
        here = any(credit.role == "translator" for credit in one.credits)
        roles = {"reviser", "editor"} if here else {"reviser"}
        yield replace(
            one,
            credits=tuple(
                replace(credit, role="post-editor") if credit.role in roles else credit for credit in one.credits
            ),
        )


def read_captions(images: Sequence[Image], root: HtmlElement, language: str | None) -> Iterator[Credit]:
    """Who made the images, as their captions say."""
    sources: dict[str, list[str]] = {}
    for image in images:
        if image.caption:
            sources.setdefault(_said(image.caption), []).append(image.src)
    for element in root.iter("figcaption", "p", "div"):
        if not sources:
            return
        if element.tag == "div" and len(element):
            continue
        for source in sources.pop(_said(element.text_content()), ()):
            for credit in _caption(element, language):
                yield replace(credit, of="image", target=source)


def _caption(element: HtmlElement, language: str | None) -> tuple[Credit, ...]:
    for line in block_lines(element, "image caption"):
        phrases = _phrases(line, language, _IN_CAPTIONS)
        for offset, text in segments(line) if phrases else ():
            if said := _segment(line, offset, text, phrases, _IN_CAPTIONS):
                return said.credits
    return ()


def read_line(line: Line, language: str | None, *, opening: bool) -> Iterator[Said]:
    """What a line says; of the author only in an opening."""
    roles = _ANYWHERE | _OPENING if opening else _ANYWHERE
    phrases = _phrases(line, language, _EVERY)
    for offset, text in segments(line) if any(phrase.role in roles for phrase in phrases) else ():
        if said := _segment(line, offset, text, phrases, roles):
            yield said
            if said.lifts and text == line.text:
                return
        roles = roles - _OPENING  # these are said by a line as a whole


def _phrases(line: Line, language: str | None, roles: frozenset[str]) -> tuple[Phrase, ...]:
    if len(line.text) > MAX_LINE and line.where == "start":
        return ()
    return phrases_for(line.text[-MAX_LINE:], language, roles)


def _segment(line: Line, offset: int, text: str, phrases: tuple[Phrase, ...], roles: frozenset[str]) -> Said | None:
    """What a segment says of `roles`, clause by clause; it is lifted where all of it was read.

    The phrases of other roles only tell where a clause ends.
    """
    usable = [phrase for phrase in phrases if phrase.role in roles]
    clauses = divided(without_markup(text), phrases, lambda clause: _clause(clause, usable, line))
    said = [one for one in clauses if one]
    if not said or is_citation(unmarked(line.text[-MAX_LINE:])):
        return None
    lifted = len(said) == len(clauses) and not any(one.silent for one in said)
    return Said(
        tuple(credit for one in said for credit in one.credits),
        next((one.original for one in said if one.original), None),
        next((one.relay for one in said if one.relay), None),
        (Lift(line, line.start + offset, line.start + offset + len(text)),) if lifted else (),
    )


def _clause(text: str, phrases: Sequence[Phrase], line: Line) -> Said | None:
    for phrase in phrases:
        if (match := phrase.pattern.match(text)) and (said := _said_by(phrase, match, line)):
            return replace(said, silent=said.silent or phrase.role in _SILENT)
    return None


def _said_by(phrase: Phrase, match: re.Match[str], line: Line) -> Said | None:
    groups = slots(match)
    where = "standfirst" if phrase.role in _SILENT else _PLACES.get(line.where, line.where)
    evidence = Evidence(where=where, rule=phrase.rule, text=_said(unmarked(_closed(match))))
    people = (
        agents(
            _with_stop(groups["name"], match),
            phrase.lexicon,
            line.links,
            labelled=": {name}" in phrase.rule,
            first=line.text.lstrip().startswith(match.string.strip()),
        )
        if groups.get("name")
        else ()
    )
    if groups.get("name") and not people:
        return None
    if phrase.role == "machine":
        if people and people[0].kind != "software":
            return None
        people = people or (MACHINE,)
    original = _original(groups, match, phrase, line)
    if groups.get("engine"):
        software = agents(groups["engine"], phrase.lexicon)
        if not software or software[0].kind != "software":
            return None
        people = (*software, *people)
    role = _CREDITED.get(phrase.role, phrase.role)
    credits = tuple(Credit(role=role, agent=agent, evidence=(evidence,)) for agent in people)
    if groups.get("collective"):
        credits = (Credit(role="author", agent=_collective(match, line), evidence=(evidence,)), *credits)
    relay = _place(groups["relay"], line) if groups.get("relay") else None
    if phrase.role == "original" and original is None:
        return None
    return Said(credits, original, relay, silent="rest" in groups)


def _with_stop(name: str, match: re.Match[str]) -> str:
    """`name` with the full stop behind it where it ends in an initial: "Caty R." """
    return name + "." if _INITIAL_LAST.search(name) and match.string[match.end("name") :].startswith(".") else name


def _collective(match: re.Match[str], line: Line) -> Agent:
    """ "the editors of the Russian website X" is the body "the editors of X"."""
    printed = match.string[match.start("collective") : match.start("descriptor")] + unmarked(match["source"])
    _, address = _place(match["source"], line)
    return Agent(kind="organisation", name=_said(unmarked(printed)), uri=address)


def _original(groups: dict[str, str], match: re.Match[str], phrase: Phrase, line: Line) -> Original | None:
    printed = groups.get("source") or groups.get("place")
    described = f"{groups.get('descriptor') or ''} {groups.get('original') or ''}".split()
    described = [folded(word) for word in described]
    language = next((phrase.lexicon.languages[word] for word in described if word in phrase.lexicon.languages), None)
    if not printed:
        url = _linked_language(match, line)
        return Original(url=url, language=language) if url or language else None
    words, address = _place(printed, line)
    return Original(
        url=address if address and is_page(address) else None, site=site_of(words, address), language=language
    )


def _linked_language(match: re.Match[str], line: Line) -> str | None:
    """Where the link leads whose words name the original's language: "translated from [the German original] by X"."""
    named = [match.span(group) for group, text in match.groupdict().items() if text and group.startswith("original")]
    held = [link[0] for link in _LINK.finditer(match.string) for at in named if link.start() < at[0] < link.end()]
    address = _place(held[0], line)[1] if held else None
    return address if address and is_page(address) else None


def _place(printed: str, line: Line) -> tuple[str, str | None]:
    """(words, address or None) of a site that a line names."""
    words = _said(unmarked(printed)).strip(" .")
    return words, next((address for text, address in line.links if _said(text).strip(" .") == words), None)


def _closed(match: re.Match[str]) -> str:
    """What was said, with the bracket that closes the last one in it: phrases end before the punctuation of a line."""
    said, rest = match["said"], match.string[match.end("said") :]
    unclosed = next((end for start, end in _BRACKETS if said.count(start) > said.count(end)), "")
    return said + unclosed if unclosed and rest.startswith(unclosed) else said


def _said(text: str) -> str:
    return " ".join(text.split())
