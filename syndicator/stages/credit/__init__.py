"""Who wrote it, who translated it, from where: each with the evidence.

Reads the feed's fields, the edges of the body and what the page states beside it, with a lexicon that is data
(`lexicon/*.toml`). It must not decide what may be published, and must not invent: whoever is credited stands somewhere
in print.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from lxml.html import HtmlElement

from syndicator.model import Credit, FeedHead, Hop, Image, Imprint, Note, Original, ParsedEntry, Translation
from syndicator.stages.credit import people, relay
from syndicator.stages.credit.authors import authors
from syndicator.stages.credit.imprint import read_imprint
from syndicator.stages.credit.lifting import Lift, lift
from syndicator.stages.credit.lines import edge_lines
from syndicator.stages.credit.origin import Linked, linked_original
from syndicator.stages.credit.reading import Said, after_machines, read_captions, read_lines

__all__ = ["Lift", "Reading", "lift", "read_credit"]

_NO_PAGE = Imprint()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an entry says of its people and its origin; `lifts` for `lift`, once the untouched body has been kept.

    An `original` has an address that somebody stated; a site or a language alone are in the provenance.
    """

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
    imprint: Imprint = _NO_PAGE,
) -> Reading:
    """The people and the origin of `parsed`, whose clean body is `root` and of whose page `imprint` tells.

    `url`, `language`, `published` are the entry's own. Nothing is changed; `lift(reading.lifts)` takes what was read
    out of `root`.
    """
    edges = tuple(edge_lines(root))
    lines = tuple(read_lines(edges, language))
    said = tuple(after_machines((*lines, *read_imprint(imprint, language))))
    text, beside = said[: len(lines)], said[len(lines) :]
    printed = tuple(credit for one in said for credit in one.credits if credit.role != "author")
    relators = people.field_relators(parsed)
    credits = (*printed, *relators)
    busy = (*printed, *(credit for credit in relators if credit.role == "translator"))
    translators = any(credit.role == "translator" for credit in credits)
    linked = linked_original(edges, credits, own=url)
    original = relay.stated_original(parsed, _originals(linked, said), imprint.original, own=url)
    elsewhere = translators or (original is not None and (original.url or original.site) is not None)
    publisher = people.publisher(head, imprint, url)
    site = partial(people.is_site, head=head, imprint=imprint, url=url)
    fields = people.field_authors(parsed) or people.feed_authors(head)
    found, notes = authors(_authors(text), fields, _authors(beside), others=busy, site=site, elsewhere=elsewhere)
    captions = read_captions(images, root, language)
    contributors = people.field_contributors(parsed, credits)
    every = (*found, *credits, *contributors, *captions, *((publisher,) if publisher else ()))
    translation = relay.translation(original, language, translators=translators)
    before = next((one.relay for one in said if one.relay), None)
    here = relay.here(url, publisher.agent.name if publisher else None, language, published)
    return Reading(
        credits=tuple(_merged(every)),
        original=original if original and original.url else None,
        provenance=relay.provenance(original, before, here=here, translated=translation is not None),
        translation=translation,
        lifts=(*(item for one in text for item in one.lifts), *linked.lifts),
        notes=(*notes, *linked.notes),
    )


def _originals(linked: Linked, said: Sequence[Said]) -> list[Original]:
    """By rank: a label's link, the words of lines, other links. What two labels dispute has no address in the text."""
    words = [one.original for one in said if one.original]
    if linked.notes:
        return [replace(one, url=None) for one in words]
    return [one for one in (linked.strong, *words, linked.weak) if one]


def _authors(said: Sequence[Said]) -> tuple[Credit, ...]:
    return tuple(credit for one in said for credit in one.credits if credit.role == "author")


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
