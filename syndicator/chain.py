"""The order of the pure stages, which know nothing of one another. The sandbox runs `parse`, `derive` and `render`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from lxml.html import HtmlElement

from syndicator.model import (
    Derived,
    Document,
    Entry,
    FeedHead,
    Fragment,
    Imprint,
    Note,
    Override,
    ParsedEntry,
    Person,
    Publication,
    Refused,
    Release,
    Response,
    Site,
    Source,
    Stored,
    Subscription,
    Text,
    TranslationFile,
)
from syndicator.stages import (
    article,
    credit,
    filters,
    licence,
    normalise,
    overrides,
    relayed,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What one entry is made of: what the feed said, its id, the page and comment feeds fetched for it, and the
    editor's word on it. `notes` are about how it was fetched.
    """

    parsed: ParsedEntry
    id: str
    first_seen: datetime | None = None
    page: Document | None = None
    comments: tuple[Document, ...] = ()
    override: Override | None = None
    notes: tuple[Note, ...] = ()


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
        entry = _mended(material, head, subscription, now)
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
        left_out=_left_out(entry, subscription, base_url),
        words=_words(material.parsed),
    )


def _words(parsed: ParsedEntry) -> str:
    """A hash of what upstream says, without its markup."""
    told = (part.value for part in (parsed.title, parsed.content or parsed.summary) if part)
    return sha256(_MARKUP.sub(" ", "\n".join(told)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _left_out(entry: Entry, subscription: Subscription, base_url: str) -> str:
    """Why no publication shows the entry; empty where they may."""
    if base_url and works.returned(entry, base_url):
        return works.RETURNED
    return filters.why_left_out(entry, keep=subscription.keep, drop=subscription.drop) or ""


def _refused(entry_id: str, error: Exception) -> Refused:
    if isinstance(error, MemoryError):  # the hop's, not the entry's: the sandbox tries again with less
        raise error
    hint = "the other entries are not affected; please report this one with its feed's address"
    return Refused(reason="entry-failed", why=f"{entry_id}: {type(error).__name__}: {error}", hint=hint)


def _mended(material: Material, head: FeedHead, subscription: Subscription, now: datetime) -> Entry:
    """The entry as the editor wants it. It is read once more without the override, to tell what that changed."""
    page = article.read_article(material.page) if material.page and subscription.full_text != "never" else None
    entry = _entry(material, page, head, subscription, now)
    if material.override is None:
        return entry
    read = _entry(replace(material, override=None), page, head, subscription, now)
    return overrides.apply(entry, material.override, read=read)


def _entry(
    material: Material, page: article.Article | None, head: FeedHead, subscription: Subscription, now: datetime
) -> Entry:
    """normalise → credit → licence, with the article in `page`."""
    parsed = material.parsed
    link = parsed.link or (page.canonical_url if page else None)
    url = normalise.without_tracking(link) if link else None
    text = _fuller(parsed, page, subscription) or Text(value="")
    told = relayed.read_relayed(parsed)
    markup = text.value if text.html else normalise.as_markup(text.value)
    markup = relayed.without_block(markup) if told else markup
    body = normalise.read_body(markup, base=text.base or url, url=url, site=head.url)
    stated = material.override.language if material.override else None
    of_page = page.language if page else None
    declared = (text.language, parsed.language, of_page, head.language, subscription.language)
    title = _title(parsed, page)
    language, doubts = normalise.read_language(declared, title, body.root.text_content(), settled=stated)
    published, updated, notes = normalise.plausible_times(
        parsed.published or (page.published if page else None),
        parsed.updated,
        first_seen=material.first_seen or now,
        now=now,
    )
    read = (
        _as_told(told)
        if told
        else credit.read_credit(
            parsed,
            head,
            body.root,
            body.images,
            url=url,
            language=language,
            published=published,
            imprint=page.imprint if page else Imprint(),
        )
    )
    rights = parsed.rights or (told.rights if told else None)
    terms = licence.read_licence(
        override=material.override.licence if material.override else None,
        entry=(*parsed.licences, *(told.licences if told else ()), rights or ""),
        text=_stated(parsed.content or parsed.summary, url),
        page=page.licences if page else (),
        site=page.site_licences if page else (),
        feed=licence.inherited(parsed.source, head),
        configured=subscription.licence,
    )
    release = licence.gate(terms, subscription.permission, now, nosnippet=bool(page and page.nosnippet))
    untouched = normalise.html_of(body.root) if release.scope == "untouched" else ""
    credit.lift(read.lifts)
    return Entry(
        subscription=subscription.name,
        id=material.id,
        url=url,
        title=title,
        published=published,
        updated=updated,
        language=language,
        direction=normalise.direction(language),
        summary_html=_summary(parsed, body.root),
        content_html=normalise.html_of(body.root),
        untouched_html=untouched,
        credits=read.credits,
        original=read.original,
        provenance=read.provenance,
        translation=read.translation,
        licence=terms,
        rights=None if material.override and material.override.licence else rights or head.rights,
        release=release,
        images=body.images,
        enclosures=parsed.enclosures,
        categories=tuple(filter(None, map(normalise.plain_text, parsed.categories))),
        source=parsed.source or _source(head),
        comments_url=parsed.comments_url,
        comments_feed=parsed.comments_feed,
        comments_count=parsed.comments_count,
        notes=(*doubts, *notes, *body.notes, *read.notes),
    )


def _as_told(told: relayed.Relayed) -> credit.Reading:
    """What another installation of ours knew; nothing of it stands in the text any more."""
    return credit.Reading(
        credits=told.credits,
        original=told.original,
        provenance=told.provenance,
        translation=told.translation,
        lifts=(),
    )


def _stated(text: Text | None, url: str | None) -> tuple[str, ...]:
    """What the entry's own markup states of its licence."""
    return article.licences_in(text.value, text.base or url or "") if text and text.html else ()


def _fuller(parsed: ParsedEntry, page: article.Article | None, subscription: Subscription) -> Text | None:
    """The feed's text, or the page's where that was asked for or says more. A summary stands in for missing content."""
    told = parsed.content or parsed.summary
    if page is None:
        return told
    text = Text(value=page.markup, html=True, base=page.base, language=page.language)
    if told is None or subscription.full_text == "always":
        return text
    return text if article.is_cut(parsed) and len(text.value) > len(told.value) else told


def _title(parsed: ParsedEntry, page: article.Article | None) -> str:
    if parsed.title is None:
        return normalise.plain_text(normalise.as_markup(page.title)) if page else ""
    return normalise.plain_text(parsed.title.value if parsed.title.html else normalise.as_markup(parsed.title.value))


def _summary(parsed: ParsedEntry, root: HtmlElement) -> str:
    """The standfirst where upstream's summary is but the text's beginning, as publishing systems make them."""
    told = parsed.summary.value if parsed.summary else ""
    lead = normalise.standfirst(root)
    if lead and (not told or normalise.plain_text(told).startswith(lead)):
        return normalise.as_markup(lead)
    return normalise.excerpt(told, root)


def _source(head: FeedHead) -> Source:
    """The feed as the entry's source; an entry must find an author there if it has none (RFC 4287 4.2.11)."""
    return Source(
        id=head.id or head.self_url or head.url,
        title=head.title,
        url=head.url,
        self_url=head.self_url,
        language=head.language,
        authors=head.authors or ((Person(name=head.title, uri=head.url),) if head.title else ()),
        rights=head.rights,
        licences=head.licences,
        updated=head.updated,
    )


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
