"""What of an entry may leave: the gate applied, the credit block attached, times and replies counted, for all formats.

The formats read an `Outgoing` and decide nothing about rights. This module must not write XML or JSON.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from ...model import Agent, Credit, CreditPosition, Enclosure, Entry, Hop, Publication, Response, Site, Source, Stored
from .credit_block import abridged, credit_block
from .markup import host, linkable, without_media
from .partner import as_agreed, attached, with_words
from .phrases import phrases_for
from .pictures import Copies, ToldPicture, is_picture, pictures_in, told_pictures
from .printable import printable

LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
"""Atom's language tag (RFC 4287 appendix B, atomLanguageTag)."""

MOST_PICTURES = 50  # of an entry, that we keep copies of; a comic strip has twenty


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """An entry as it leaves: `body_html` has the credit block at its end, or at its top if `credited_above`;
    `summary_html` is empty if it said no more.

    `address` is where its title leads; `abridged` where less leaves than was said; `pictures` are told where a partner
    wants copies shown. `replies` is None where nobody has counted; `pings` are the responses that are not comments,
    `comments` those whose writers and texts the publication shows.
    """

    entry: Entry
    address: str | None
    language: str | None
    body_html: str
    credited_above: bool
    summary_html: str
    enclosures: tuple[Enclosure, ...]
    pictures: tuple[ToldPicture, ...]
    replies: int | None
    replied: datetime | None
    abridged: bool
    pings: tuple[Response, ...]
    comments: tuple[Response, ...]


def outgoing(stored: Stored, publication: Publication, site: Site) -> Outgoing:
    """What leaves of `stored` in `publication`, in whose language we add our words; our files are at `site`. Pure."""
    clean = printable(stored)
    entry = clean.entry
    released_text, summary = released(entry)
    copies = _copies(clean, site)
    block = credit_block(entry, phrases_for(publication.language, entry.language), _corrected(stored, publication))
    whole = entry.release.scope in {"whole", "untouched"}
    dates = [response.published for response in clean.responses if response.published]
    text = _agreed(released_text, entry, publication, copies)
    above = bool(text and block) and _position(entry, publication) == "top"
    return Outgoing(
        entry=entry,
        address=linkable(entry.url),
        language=tag(entry.language),
        body_html=_credited(text, block, above=above),
        credited_above=above,
        summary_html=summary,
        enclosures=attached(entry, copies) if whole else (),
        pictures=told_pictures(released_text, entry.enclosures, copies)
        if entry.terms.images == "copy" and whole
        else (),
        replies=_replies(entry.comments_count, len(clean.responses)),
        replied=max(dates, default=None),
        abridged=abridged(entry),
        pings=tuple(response for response in clean.responses if response.kind != "comment"),
        comments=_comments(clean.responses) if publication.comments else (),
    )


def released(entry: Entry) -> tuple[str, str]:
    """(text, summary) that the gate lets out, without the credit block; both HTML (docs/explanation/the-gate.md)."""
    match entry.release.scope:
        case "whole":
            text = entry.content_html or entry.summary_html
        case "untouched":
            text = entry.untouched_html or entry.content_html or entry.summary_html
        case "excerpt":
            excerpt = without_media(entry.summary_html)
            return excerpt, excerpt
        case "link":
            return "", ""
    return text, "" if text == entry.summary_html else entry.summary_html


def pictures_of(entry: Entry) -> tuple[str, ...]:
    """The addresses of the pictures of which we are to keep copies, in the order of the text, then those beside it."""
    if entry.terms.images != "copy" or entry.release.scope not in {"whole", "untouched"}:
        return ()
    beside = (each.url for each in entry.enclosures if is_picture(each) and linkable(each.url))
    return tuple(dict.fromkeys((*pictures_in(released(entry)[0]), *beside)))[:MOST_PICTURES]


def authors(entry: Entry) -> tuple[Agent, ...]:
    """Who wrote the entry, people and organisations only: Atom's person construct is no place for software."""
    return tuple(credit.agent for credit in agents(entry) if credit.role == "author")


def contributors(entry: Entry) -> tuple[Agent, ...]:
    """Who else had a hand in it, each once; a publisher stands in its hop, not here."""
    others = (credit.agent for credit in agents(entry) if credit.role not in {"author", "publisher"})
    return tuple(dict.fromkeys(others))


def agents(entry: Entry) -> tuple[Credit, ...]:
    """The credits of the entry itself whose agent is a person or an organisation with a name."""
    return tuple(
        credit
        for credit in entry.credits
        if credit.of == "entry" and credit.agent.kind != "software" and credit.agent.name
    )


def hops(entry: Entry) -> tuple[Hop, ...]:
    """The provenance in order; an original that no hop tells of is put first, so that RSS carries it too."""
    if entry.original is None or any(hop.role == "original" for hop in entry.provenance):
        return entry.provenance
    original = entry.original
    first = Hop(role="original", url=original.url, publisher=original.site, language=original.language)
    return (first, *entry.provenance)


def source_name(source: Source, subscription: str) -> str:
    """What to call the upstream: its title, else its host, else the subscription's name."""
    return source.title or host(source.url) or host(source.self_url) or subscription


def tag(language: str | None) -> str | None:
    """`language` if it is a well-formed tag, else None: one bad tag makes an Atom document invalid."""
    return language if language and LANGUAGE_TAG.fullmatch(language) else None


def _copies(stored: Stored, site: Site) -> Copies:
    """Our copies of the pictures that are to be shown, with their addresses."""
    wanted = frozenset(pictures_of(stored.entry))
    kept = (one for one in stored.copies if one.url in wanted)
    return {one.url: replace(one, at=f"{site.base_url}/{one.at}") for one in kept}


def _agreed(text: str, entry: Entry, publication: Publication, copies: Copies) -> str:
    """The text as the partner wants it, with what it wants said around it; "" where no text goes out."""
    if not text:
        return ""
    phrases = phrases_for(entry.language, publication.language)
    return with_words(_directed(as_agreed(text, entry, phrases, copies), entry), entry, _position(entry, publication))


def _position(entry: Entry, publication: Publication) -> CreditPosition:
    return entry.terms.credit_position or publication.credit_position


def _credited(text: str, block: str, *, above: bool) -> str:
    if above:
        return f"{block}<hr>{text}"
    return f"{text}<hr>{block}" if block else text


def _directed(text: str, entry: Entry) -> str:
    """Feeds cannot say that a text runs from right to left, its HTML can; what says so already is left alone."""
    if entry.direction == "ltr" or entry.release.scope == "untouched" or not text or 'dir="rtl"' in text[:200]:
        return text
    language = f' lang="{tag(entry.language)}"' if tag(entry.language) else ""
    return f'<div{language} dir="rtl">{text}</div>'


def _comments(responses: tuple[Response, ...]) -> tuple[Response, ...]:
    return tuple(response for response in responses if response.kind == "comment")


def _corrected(stored: Stored, publication: Publication) -> datetime | None:
    """When upstream's own words last changed after we first had them, where the publication tells that."""
    told = publication.corrections and stored.reworded is not None and stored.reworded > stored.first_seen
    return stored.reworded if told else None


def _replies(counted: int | None, known: int) -> int | None:
    if counted is None:
        return known or None
    return max(counted, known)
