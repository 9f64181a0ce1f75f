"""The order of the pure stages, which know nothing of one another. The sandbox runs `parse`, `derive` and `render`.

entry      one entry from its materials: article → normalise → credit → licence
grounds    where each of its facts stood
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from syndicator.chain.entry import made
from syndicator.chain.materials import Material
from syndicator.model import (
    Derived,
    Document,
    Entry,
    FeedHead,
    Fragment,
    Note,
    ParsedEntry,
    Publication,
    Refused,
    Release,
    Response,
    Site,
    Stored,
    Subscription,
    TranslationFile,
)
from syndicator.stages import (
    filters,
    normalise,
    responses,
    translating,
    works,
)
from syndicator.stages import render as rendering
from syndicator.stages.parse import parse

__all__ = ["CHAIN_VERSION", "Material", "derive", "parse", "read_responses", "render", "translate"]

_MARKUP = re.compile(r"<[^>]*>|\s{2,}|[^\S ]")  # and white space, but for what is one space already

# Part of every fingerprint: raise it when what the stages make of the same input changes, and entries are derived anew.
CHAIN_VERSION = 2


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


def read_responses(
    document: Document | None, entry_url: str | None, page: Document | None = None, rest: bytes = b""
) -> tuple[Response, ...] | Refused:
    """The responses to the entry at `entry_url`, oldest first: those of its comment feed, completed from its page.

    `rest` is what WordPress' REST interface lists as comments. Refused when `document` is no feed.
    """
    feed = parse(document) if document else None
    if isinstance(feed, Refused):
        return feed
    heard = responses.read_responses(feed, entry_url) if feed else ()
    return responses.together(responses.typed_by_rest(heard, rest) if rest else heard, page, entry_url)


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


def render(stored: Sequence[Stored], publication: Publication, site: Site) -> tuple[Fragment | Refused, ...]:
    """Each entry as the fragments of a publication's feeds; what fails in one entry is a Refused in its place."""
    try:
        return rendering.fragments(stored, publication, site)
    except Exception:  # one of them: find out which
        return tuple(_alone(one, publication, site) for one in stored)


def _alone(stored: Stored, publication: Publication, site: Site) -> Fragment | Refused:
    try:
        return rendering.fragment(stored, publication, site)
    except Exception as error:
        return _refused(stored.entry.id, error)


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
        replies, notes = _responses(material, entry.url)
        entry = replace(entry, notes=(*material.notes, *entry.notes, *notes))
        for transform in transforms:
            entry = transform(entry)
    except Exception as error:
        return _refused(material.id, error)
    return Derived(
        parsed=material.parsed,
        entry=entry,
        responses=replies,
        ties=works.ties(entry, normalise.article_keys),
        left_out=_left_out(entry, head, subscription, base_url),
        words=_words(material.parsed),
    )


def _words(parsed: ParsedEntry) -> str:
    """A hash of what upstream says, without its markup."""
    told = (part.value for part in (parsed.title, parsed.content or parsed.summary) if part)
    return sha256(_MARKUP.sub(" ", "\n".join(told)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _left_out(entry: Entry, head: FeedHead, subscription: Subscription, base_url: str) -> str:
    """Why no publication shows the entry; empty where they may."""
    came_from = (entry.url, entry.source.id, entry.source.url, entry.source.self_url, head.self_url, subscription.url)
    if base_url and works.is_ours(came_from, base_url):
        return works.RETURNED
    return filters.why_left_out(entry, keep=subscription.keep, drop=subscription.drop) or ""


def _refused(entry_id: str, error: Exception) -> Refused:
    if isinstance(error, MemoryError):  # the hop's, not the entry's: the sandbox tries again with less
        raise error
    hint = "the other entries are not affected; please report this one with its feed's address"
    return Refused(reason="entry-failed", why=f"{entry_id}: {type(error).__name__}: {error}", hint=hint)


def _responses(material: Material, url: str | None) -> tuple[tuple[Response, ...], tuple[Note, ...]]:
    """The responses of all comment feeds and the page, each once; a feed that cannot be read is a Note."""
    found: dict[str, Response] = {}
    notes: list[Note] = []
    for document in material.comments:
        read = read_responses(document, url)
        if isinstance(read, Refused):
            notes.append(Note(code="comments-unread", text=f"the comment feed {document.url} was not read: {read.why}"))
        else:
            found |= {response.id: response for response in read if response.id not in found}
    return responses.together(tuple(found.values()), material.page, url), tuple(notes)
