"""Whom a page names beside its article's text: in its data, and in lines that the lexicon reads.

What the page's markup says of a line counts where its words say nothing. It must not decide who the author is: that
takes the feed's fields and the text as well.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml.html import fragment_fromstring

from syndicator.model import Agent, Byline, Credit, Evidence, Imprint, Named
from syndicator.stages.credit.lines import Line, block_lines, unmarked
from syndicator.stages.credit.names import agents, kind_of, split_field
from syndicator.stages.credit.people import is_nobody
from syndicator.stages.credit.phrases import ENGINES, lexicon_for
from syndicator.stages.credit.reading import Said, read_line

# A date behind a name, where something parts them: "By X, 3 May 2026", "X on May 3".
_DATED = re.compile(
    r"\s*(?:[,|·•–—]|\s(?:on|am|le|el|il|em|den|op|dne|dnia|tarihinde))\s[^\d|·•–—]{0,20}\d.*$",
    re.IGNORECASE | re.DOTALL,
)
_INVERTED = re.compile(r"page: meta (?:dc|dcterms|citation)[._]", re.IGNORECASE)
# What somebody is, behind the name: "Ada Brook | Lantern Weekly".
_AFTER = re.compile(r"\s+[|·•–—-]\s.*$", re.DOTALL)


def read_imprint(imprint: Imprint, language: str | None) -> tuple[Said, ...]:
    """What the page says of its people, in order of trust: the words of lines, data, the markup of lines."""
    words: list[Said] = []
    marked: list[Said] = []
    for byline in imprint.bylines:
        for said, by_words in _byline(byline, language):
            (words if by_words else marked).append(said)
    data = [Said(credits) for one in imprint.named if (credits := tuple(_credits(one)))]
    return (*words, *data, *marked)


def _credits(named: Named) -> Iterator[Credit]:
    if named.role == "publisher":
        return
    evidence = Evidence(where=named.where, rule=f"{named.role}: the field", text=_printable(named.name))
    for name in split_field(_alone(named)):
        if is_nobody(name):
            continue
        kind = "software" if ENGINES.fullmatch(name) else named.kind or kind_of(name)
        kind = "organisation" if kind == "person" and kind_of(name) == "organisation" else kind
        yield Credit(role=named.role, agent=Agent(kind=kind, name=name, uri=_web(named.uri)), evidence=(evidence,))


def _alone(named: Named) -> str:
    """The name without what stands around it; Dublin Core and Highwire metas give "Surname, Given"."""
    name = _AFTER.sub("", _printable(named.name).removeprefix("By ").removeprefix("by "))
    surname, comma, given = name.partition(", ")
    inverted = comma and "," not in given and _INVERTED.match(named.where) and len(surname.split()) < 3
    return f"{given} {surname}" if inverted else name


def _byline(byline: Byline, language: str | None) -> Iterator[tuple[Said, bool]]:
    """What each line says, and whether its words do."""
    for dated in block_lines(fragment_fromstring(byline.markup), byline.where):
        line = dated._replace(text=_DATED.sub("", dated.text))
        said = [one for one in read_line(line, language, opening=True) if one.credits]
        for one in said:
            yield replace(one, credits=tuple(_as_marked(credit, byline.role) for credit in one.credits), lifts=()), True
        if not said and byline.role and (credits := tuple(_names(line, byline.role, language))):
            yield Said(credits), False


def _as_marked(credit: Credit, role: str | None) -> Credit:
    """ "By X" in what is marked as the translator's."""
    credit = replace(credit, role=role) if role and credit.role == "author" else credit
    return replace(credit, agent=replace(credit.agent, uri=_web(credit.agent.uri)))


def _names(line: Line, role: str, language: str | None) -> Iterator[Credit]:
    evidence = Evidence(where=line.where, rule=f"{role}: the markup", text=" ".join(unmarked(line.text).split()))
    for agent in agents(line.text, lexicon_for(language), line.links):
        if not is_nobody(agent.name):
            yield Credit(role=role, agent=replace(agent, uri=_web(agent.uri)), evidence=(evidence,))


def _printable(name: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())


def _web(uri: str | None) -> str | None:
    return uri if uri and uri.startswith(("https://", "http://")) and uri.isprintable() else None
