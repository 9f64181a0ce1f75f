"""The order of the pure stages, which know nothing of one another. The sandbox runs its public functions.

materials  what one entry is made of
entry      one entry from those: article → normalise → credit → licence
grounds    where each of its facts stood
terms      what a partner asks of it
leaving    entries that are stored as fragments and pages
refusals   what fails, as a value
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from syndicator.chain.entry import made
from syndicator.chain.leaving import pages, render, with_templates
from syndicator.chain.materials import Material
from syndicator.chain.refusals import TEMPLATE, refused
from syndicator.model import (
    Copy,
    Derived,
    Document,
    Entry,
    FeedHead,
    Heard,
    Note,
    ParsedEntry,
    Refused,
    Release,
    Response,
    Subscription,
    Text,
    TranslationFile,
)
from syndicator.stages import (
    article,
    filters,
    normalise,
    relayed,
    responses,
    translating,
    works,
)
from syndicator.stages.parse import parse
from syndicator.stages.render import pictures_of as pictures_shown

__all__ = [
    "CHAIN_VERSION",
    "TEMPLATE",
    "Material",
    "derive",
    "hear",
    "pages",
    "parse",
    "pictures_of",
    "render",
    "shrank",
    "translate",
    "with_templates",
]

# Part of every fingerprint: raise it when what the stages make of the same input changes, and entries are derived anew.
CHAIN_VERSION = 4


def derive(
    materials: Sequence[Material],
    head: FeedHead,
    subscription: Subscription,
    now: datetime,
    transforms: Sequence[Callable[[Entry], Entry]] = (),
    base_url: str = "",
) -> tuple[Derived | Refused, ...]:
    """Clean entries with their responses, in the order of `materials`; `transforms` have the last word over each entry.

    `base_url` is where we publish, so that what comes from there is known again.
    What fails in one entry is a Refused in its place and touches no other. Raises nothing but MemoryError.
    """
    return tuple(_derived(material, head, subscription, now, transforms, base_url) for material in materials)


def hear(
    document: Document | None,
    entry_url: str | None,
    page: Document | None,
    rest: bytes,
    known: Sequence[Response],
    silent: Sequence[str],
    now: datetime,
) -> Heard | Refused:
    """The responses to the entry at `entry_url`, oldest first: those of its comment feed `document`, completed from its
    page. And which of the `known` ones their origin has deleted since.

    `rest` is what WordPress' REST interface lists as comments. Of the ids `silent`, which were deleted before, only
    those are read that the feed lists again: the page is a copy from before. Refused when `document` is no feed.
    """
    feed = parse(document) if document else None
    if isinstance(feed, Refused):
        return feed
    heard = responses.read_responses(feed, entry_url) if feed else ()
    found = responses.together(responses.typed_by_rest(heard, rest) if rest else heard, page, entry_url)
    listed = responses.listed(found, heard)
    gone = responses.deleted(known, listed, feed, rest, entry_url, now) if feed and feed.complete else ()
    there = {one.id for one in listed}
    said = tuple(one for one in found if one.id in there or one.id not in {*silent, *gone})
    return Heard(responses=_dated(said, now), deleted=gone)


def shrank(before: Document, now: Document) -> bool:
    """Whether the article of a page has lost more than half of its length: behind a paywall now, or an error's page."""
    earlier, later = article.read_article(before), article.read_article(now)
    return earlier is not None and _length(later) < _length(earlier) / 2


def _length(read: article.Article | None) -> int:
    return len(normalise.plain_text(read.markup)) if read else 0


def translate(
    original: Entry,
    file: TranslationFile,
    *,
    original_changed: datetime,
    release: Release,
    publisher: str,
    first_seen: datetime,
) -> Entry:
    """The entry that an editor's translation of `original` becomes; addresses in it are relative to the original's.

    `original_changed` is when upstream last changed the original's words.
    """
    body = normalise.read_body(file.markup, base=original.url, url=None, site=None)
    return translating.translated(
        original,
        file,
        original_changed=original_changed,
        content_html=normalise.html_of(body.root),
        summary_html=normalise.excerpt("", body.root),
        images=body.images,
        direction=normalise.direction(file.language),
        release=release,
        publisher=publisher,
        first_seen=first_seen,
        notes=body.notes,
    )


def _derived(
    material: Material,
    head: FeedHead,
    subscription: Subscription,
    now: datetime,
    transforms: Sequence[Callable[[Entry], Entry]],
    base_url: str,
) -> Derived | Refused:
    try:
        entry = made(material, head, subscription, now)
        replies, notes = _responses(material, entry.url, now)
        entry = replace(entry, notes=(*material.notes, *entry.notes, *notes))
        for transform in transforms:
            entry = transform(entry)
    except Exception as error:
        return refused(material.id, error)
    return Derived(
        parsed=material.parsed,
        entry=entry,
        responses=replies,
        ties=works.ties(entry, normalise.article_keys),
        left_out=_left_out(entry, head, subscription, base_url),
        words=_words(material.parsed),
        pictures=pictures_of(entry),
    )


def pictures_of(entry: Entry) -> tuple[Copy, ...]:
    """The pictures that we are to keep copies of, each with where it is fetched: from the installation before us, where
    that has a copy.
    """
    kept = {one.url: one.at for one in entry.copies}
    return tuple(Copy(url=url, at=kept.get(url, url)) for url in pictures_shown(entry))


def _words(parsed: ParsedEntry) -> str:
    """A hash of what upstream says: neither its markup and white space, nor a credit block, which the installation of
    ours that it comes from changes with its own settings.
    """
    told = relayed.read_relayed(parsed)
    said = (_said(part, told) for part in (parsed.title, parsed.content or parsed.summary) if part)
    return sha256("\n".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _said(text: Text, told: relayed.Relayed | None) -> str:
    if not text.html:
        return "".join(text.value.split())
    markup = relayed.without_block(text.value)
    markup = relayed.with_its_pictures(markup, told) if told else markup
    return "".join(normalise.plain_text(markup).split())


def _left_out(entry: Entry, head: FeedHead, subscription: Subscription, base_url: str) -> str:
    """Why no publication shows the entry; empty where they may."""
    came_from = (entry.url, entry.source.id, entry.source.url, entry.source.self_url, head.self_url, subscription.url)
    if base_url and works.is_ours(came_from, base_url):
        return works.RETURNED
    return filters.why_left_out(entry, keep=subscription.keep, drop=subscription.drop) or ""


def _responses(material: Material, url: str | None, now: datetime) -> tuple[tuple[Response, ...], tuple[Note, ...]]:
    """The responses of all comment feeds and the page, each once; a feed that cannot be read is a Note."""
    found: dict[str, Response] = {}
    notes: list[Note] = []
    for document in material.comments:
        feed = parse(document)
        if isinstance(feed, Refused):
            notes.append(Note(code="comments-unread", text=f"the comment feed {document.url} was not read: {feed.why}"))
        else:
            read = responses.together(responses.read_responses(feed, url), None, url)
            found |= {response.id: response for response in read if response.id not in found}
    return _dated(responses.together(tuple(found.values()), material.page, url), now), tuple(notes)


def _dated(found: Sequence[Response], now: datetime) -> tuple[Response, ...]:
    """Without dates that cannot be true: a response may be without one."""
    return tuple(replace(one, published=normalise.plausible_time(one.published, now=now)) for one in found)
