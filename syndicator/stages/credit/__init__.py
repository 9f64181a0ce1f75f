"""Who wrote it, who translated it, from where: each with the evidence.

Reads the feed's fields and the edges of the body with a lexicon that is data (`lexicon/*.toml`). It must not decide
what may be published, and must not invent: whoever is credited stands somewhere in print.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from syndicator.model import Credit, FeedHead, Hop, Image, Note, Original, ParsedEntry, Translation
from syndicator.stages.credit import people, relay
from syndicator.stages.credit.lifting import Lift, lift
from syndicator.stages.credit.reading import read_captions, read_lines

__all__ = ["Lift", "Reading", "lift", "read_credit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an entry says of its people and its origin; `lifts` for `lift`, once the untouched body has been kept."""

    credits: tuple[Credit, ...]
    original: Original | None
    provenance: tuple[Hop, ...]
    translation: Translation | None
    lifts: tuple[Lift, ...]
    notes: tuple[Note, ...] = ()


def read_credit(
    parsed: ParsedEntry,
    head: FeedHead,
    root: HtmlElement,
    images: Sequence[Image],
    *,
    url: str | None,
    language: str | None,
    published: datetime,
) -> Reading:
    """The people and the origin of `parsed`, whose clean body is `root`. `url`, `language`, `published` are the"
    " entry's own.

    Nothing is changed; `lift(reading.lifts)` takes what was read out of `root`.
    """
    said = tuple(read_lines(root, language))
    credits = tuple(credit for one in said for credit in one.credits)
    translators = any(credit.role == "translator" for credit in credits)
    original = relay.stated_original(parsed, [one.original for one in said if one.original])
    elsewhere = translators or (original is not None and (original.url or original.site) is not None)
    publisher = people.publisher(head, url)
    authors, notes = _authors(parsed, head, credits, url=url, elsewhere=elsewhere)
    captions = read_captions(images, root, language)
    others = (credit for credit in credits if credit.role != "author")
    every = (*authors, *others, *people.field_contributors(parsed), *captions, *((publisher,) if publisher else ()))
    translation = relay.translation(original, language, translators=translators)
    before = next((one.relay for one in said if one.relay), None)
    here = relay.here(url, publisher.agent.name if publisher else None, language, published)
    return Reading(
        credits=tuple(_merged(every)),
        original=original,
        provenance=relay.provenance(original, before, here=here, translated=translation is not None),
        translation=translation,
        lifts=tuple(item for one in said for item in one.lifts),
        notes=notes,
    )


def _authors(
    parsed: ParsedEntry, head: FeedHead, said: Sequence[Credit], *, url: str | None, elsewhere: bool
) -> tuple[tuple[Credit, ...], tuple[Note, ...]]:
    """The authors that the text names, and the bylines of the fields that are neither the site's nor the
    translator's.
    """
    named = tuple(credit for credit in said if credit.role == "author")
    others = {credit.agent.name.casefold() for credit in said if credit.role != "author"}
    bylines = people.field_authors(parsed) or people.feed_authors(head)
    site = tuple(credit for credit in bylines if people.is_site(credit.agent.name, head, url))
    persons = tuple(credit for credit in bylines if credit not in site and credit.agent.name.casefold() not in others)
    if named or persons:
        note = () if not site else (_byline_note(site[0]),)
        return (*named, *persons), note
    if site and not elsewhere:
        return tuple(_as_organisation(credit) for credit in site), ()
    return (), tuple(_byline_note(credit) for credit in site[:1])


def _byline_note(credit: Credit) -> Note:
    return Note(
        code="site-byline",
        text=f"the byline {credit.agent.name!r} is the site's own name: it is the publisher, not the author",
    )


def _as_organisation(credit: Credit) -> Credit:
    agent = type(credit.agent)(kind="organisation", name=credit.agent.name, uri=credit.agent.uri)
    return Credit(role=credit.role, agent=agent, of=credit.of, target=credit.target, evidence=credit.evidence)


def _merged(credits: Iterable[Credit]) -> Iterator[Credit]:
    """Equal credits once, with the evidence of all of them."""
    merged: dict[tuple[str, str, str, str, str], Credit] = {}
    for credit in credits:
        key = (credit.role, credit.agent.kind, credit.agent.name.casefold(), credit.of, credit.target)
        first = merged.get(key)
        merged[key] = _with_evidence(first, credit) if first else credit
    yield from merged.values()


def _with_evidence(first: Credit, again: Credit) -> Credit:
    evidence = tuple(dict.fromkeys((*first.evidence, *again.evidence)))
    agent = first.agent if first.agent.uri else again.agent
    return Credit(role=first.role, agent=agent, of=first.of, target=first.target, evidence=evidence)
