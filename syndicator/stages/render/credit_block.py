"""The credit that every subscriber sees: a block of plain HTML in the content, in the publication's language.

It stands at the end unless somebody wants it at the top, because reader lists and search results show the first words
of the content, and fifty entries that all begin with the same credit line hide what they are about; the author is shown
above the text anyway, from the feed's own fields. Only what readers' sanitisers let through: p, a, em, br, bdi, and an
hr between text and block; without those tags it still reads. One paragraph and no box: reading modes (Readability, in
Firefox and Liferea) drop a div that is mostly links. This module must not invent: a line appears only where a fact
stands behind it.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from html import escape

from ...model import Credit, Entry, Hop
from .markup import anchor, host, linkable, plain
from .phrases import Phrases

ROLE_PHRASES = {
    "author": "Written by {names}",
    "translator": "Translated by {names}",
    "reviser": "Revised by {names}",
    "post-editor": "Post-edited by {names}",
    "editor": "Edited by {names}",
    "illustrator": "Illustrated by {names}",
    "photographer": "Photographs by {names}",
    "contributor": "With contributions by {names}",
}
OTHER = "{role}: {names}"
MACHINE = "Machine translation: {names}"
TRANSLATIONS = {ROLE_PHRASES["translator"], MACHINE}
HOP_PHRASES = {
    "original": "Original: {where}",
    "translation": "Translation first published by {where}",
    "republication": "Republished by {where}",
}


def credit_block(entry: Entry, phrases: Phrases, corrected: datetime | None = None) -> str:
    """HTML of the block for `entry` in the language of `phrases`, "" where nothing is known to credit.

    `corrected` is when its words were changed, where that is to be said.
    """
    lines = [*_lines(entry, phrases, corrected)]
    if not lines:
        return ""
    said = "<br>\n".join(f"<em>{line}</em>" for line in lines)
    return f'<p class="syndicator-credit" lang="{phrases.language}" dir="{phrases.direction}">{said}</p>'


def own_address(credit: Credit) -> str:
    """HTML: the name of who is credited, linked to an address of theirs where one is known."""
    return anchor(credit.agent.name, credit.agent.uri)


def people_lines(
    credits: Iterable[Credit], phrases: Phrases, pair: str = "", named: Callable[[Credit], str] = own_address
) -> Iterator[str]:
    """One HTML line for each role, names joined; `pair` ("Russian → English") is put behind the translators.

    `named` makes HTML of who is credited; of several with one name it is asked about the first that has an address.
    """
    grouped: dict[tuple[str, str], dict[str, Credit]] = {}
    for credit in credits:
        phrase = _phrase(credit)
        role = _apart(credit.role) if phrase == OTHER else ""
        names = grouped.setdefault((phrase, role), {})
        known = names.get(credit.agent.name)
        names[credit.agent.name] = known if known and known.agent.uri else credit
    for (phrase, role), names in grouped.items():
        line = phrases.say(phrase, role=role, names=phrases.together(map(named, names.values())))
        yield _with(line, pair if phrase in TRANSLATIONS else "", phrases)


def language_pair(entry: Entry, phrases: Phrases) -> str:
    """HTML: "Russian → English" in the language of `phrases`; "" unless both ends are known and differ."""
    told = entry.translation
    source = (told.from_language if told else None) or (entry.original.language if entry.original else None)
    target = (told.to_language if told else None) or entry.language
    if not source or not target or not (told or entry.original):
        return ""
    names = {"source": _language(source, phrases), "target": _language(target, phrases)}
    return phrases.say("{source} → {target}", **names) if names["source"] != names["target"] else ""


def licence_line(entry: Entry, phrases: Phrases) -> Iterator[str]:
    """The licence with its address, and the upstream's own statement of rights where that says something else."""
    licence = entry.licence
    if licence.id or licence.url:
        yield phrases.say(
            "Licence: {licence}", licence=anchor(licence.id or licence.url or "", licence.url, rel="license")
        )
    if entry.rights and entry.rights not in {licence.id, licence.url}:
        yield phrases.say("Rights: {rights}", rights=_apart(entry.rights))


def _lines(entry: Entry, phrases: Phrases, corrected: datetime | None) -> Iterator[str]:
    whole = entry.release.scope in {"whole", "untouched"}
    if abridged(entry):
        yield phrases.say("This is an excerpt.")
    if not whole and linkable(entry.url):
        yield phrases.say("Read the whole text: {where}", where=_where(entry.source.title, entry.url))
    pair = language_pair(entry, phrases)
    shown = [*_shown(entry, whole)]
    yield from people_lines(shown, phrases, pair)
    if pair and not any(_phrase(credit) in TRANSLATIONS for credit in shown):
        yield phrases.say("Translation: {pair}", pair=pair)
    if entry.translation and entry.translation.state == "stale":
        yield phrases.say("The original has changed since this translation was made.")
    if corrected:
        yield phrases.say("Corrected on {day}.", day=escape(phrases.day(corrected)))
    yield from _way_here(entry, phrases, told=not whole or entry.terms.credit_line is not None)
    yield from licence_line(entry, phrases)


def abridged(entry: Entry) -> bool:
    """Whether we show less than was said to us, or upstream did; a summary may be all that there is."""
    if entry.abridged:
        return True
    excerpt = plain(entry.summary_html) if entry.release.scope == "excerpt" else ""
    return bool(excerpt) and excerpt != plain(entry.content_html)


def _shown(entry: Entry, whole: bool) -> Iterator[Credit]:
    """Publishers stand in the hops; images are credited where they are shown; a hop's people at their hop."""
    hops = {hop.url for hop in entry.provenance}
    for credit in entry.credits:
        if credit.of == "image":
            here = whole
        else:
            here = credit.role != "publisher" and (credit.of == "entry" or credit.target not in hops)
        if here and credit.agent.name:
            yield credit


def _phrase(credit: Credit) -> str:
    if credit.agent.kind == "software" and credit.role == "translator":
        return MACHINE
    if credit.of == "image" and credit.role not in {"illustrator", "photographer"}:
        return "Pictures by {names}"
    # A role that we have no word for is printed as upstream's word: better than losing the name.
    return ROLE_PHRASES.get(credit.role, OTHER)


def _way_here(entry: Entry, phrases: Phrases, told: bool) -> Iterator[str]:
    """Original, hops between, and where we took it from unless a hop or another line (`told`) says so already."""
    from_hops = {hop.role for hop in entry.provenance}
    if entry.original and "original" not in from_hops:
        original = entry.original
        hop = Hop(role="original", url=original.url, publisher=original.site, language=original.language)
        yield from _hop(hop, entry, phrases)
    for hop in entry.provenance:
        yield from _hop(hop, entry, phrases)
    here = _where(entry.source.title, entry.url)
    if here and not told and entry.url not in {hop.url for hop in entry.provenance}:
        yield phrases.say("Published by {where}", where=here)


def _hop(hop: Hop, entry: Entry, phrases: Phrases) -> Iterator[str]:
    where = _where(hop.publisher, hop.url, hop.language)
    if not where:
        return
    line = _with(phrases.say(HOP_PHRASES[hop.role], where=where), _details(hop, entry, phrases), phrases)
    hands = [credit for credit in entry.credits if credit.of == "hop" and credit.role != "publisher"]
    for more in people_lines((credit for credit in hands if credit.target == hop.url), phrases):
        line = phrases.say("{line}; {more}", line=line, more=more)
    yield line


def _details(hop: Hop, entry: Entry, phrases: Phrases) -> str:
    """The language of an original where it is not that of the text, and the day."""
    language = _language(hop.language, phrases) if hop.role == "original" else ""
    if language == _language(entry.language, phrases):
        language = ""
    date = escape(phrases.day(hop.date)) if hop.date else ""
    return phrases.say("{language}, {date}", language=language, date=date) if language and date else language or date


def _where(name: str | None, url: str | None, language: str | None = None) -> str:
    label = name or host(url)
    return anchor(label, url, hreflang=language) if label else ""


def _language(tag: str | None, phrases: Phrases) -> str:
    """Only a bare tag is set apart: between two that are not, the arrow would run from left to right in Arabic too.
    A name of the line's own script is better without: sanitisers drop `dir`, and then the names give the direction.
    """
    name = phrases.name_of(tag)
    return _apart(name) if name == tag else escape(name)


def _with(line: str, details: str, phrases: Phrases) -> str:
    return phrases.say("{line} ({details})", line=line, details=details) if details else line


def _apart(text: str) -> str:
    """HTML: plain text whose direction is its own (HTML 4.5.24, the bdi element); "" for none."""
    return f"<bdi>{escape(text)}</bdi>" if text else ""
