"""One entry from its materials: article → normalise → credit → licence, and the editor's word over all of it."""

from dataclasses import replace
from datetime import datetime, timedelta

from lxml.html import HtmlElement

from syndicator.chain.grounds import grounds
from syndicator.chain.materials import Material
from syndicator.chain.terms import asked
from syndicator.model import (
    Entry,
    FeedHead,
    Imprint,
    Licence,
    Note,
    ParsedEntry,
    Person,
    Source,
    Subscription,
    Terms,
    Text,
)
from syndicator.stages import article, credit, licence, normalise, overrides, relayed

BETWEEN = timedelta(milliseconds=1)
"""Between entries that nobody dates and that we first see together: feeds have the newest first, and so do we."""

Page = article.Article | None
Told = relayed.Relayed | None


def made(material: Material, head: FeedHead, subscription: Subscription, now: datetime) -> Entry:
    """The entry as the editor wants it. It is read once more without the override, to tell what that changed."""
    page = article.read_article(material.page) if material.page and subscription.full_text != "never" else None
    entry = _entry(material, page, head, subscription, now)
    if material.override:
        read = _entry(replace(material, override=None), page, head, subscription, now)
        entry = overrides.apply(entry, material.override, read=read)
    terms = asked(entry, subscription.terms)
    return replace(entry, terms=terms, grounds=grounds(entry, material, page, head, subscription))


def _entry(material: Material, page: Page, head: FeedHead, subscription: Subscription, now: datetime) -> Entry:
    parsed, told = material.parsed, relayed.read_relayed(material.parsed)
    url = _address(parsed, page)
    text = _fuller(parsed, page, subscription)
    body = _body(text, told, url, head)
    title = "" if told and told.untitled else _title(parsed, page)
    language, doubts = _language(material, page, head, subscription, text, title, body)
    published, updated, notes = _times(material, page, now)
    read = _as_told(told) or _with_hops(told, _people(parsed, page, head, body, url, language, published))
    terms = _terms(material, page, head, subscription, told, url)
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
        summary_html=_summary(parsed, told, body.root),
        content_html=normalise.html_of(body.root),
        untouched_html=untouched,
        credits=read.credits,
        original=read.original,
        provenance=read.provenance,
        translation=read.translation,
        licence=terms,
        rights=_rights(material, head, told, terms),
        release=release,
        abridged=bool(told and told.abridged and page is None),
        terms=told.terms if told else Terms(),
        images=body.images,
        copies=told.copies if told else (),
        enclosures=relayed.with_its_enclosures(parsed.enclosures, told) if told else parsed.enclosures,
        categories=tuple(filter(None, map(normalise.plain_text, parsed.categories))),
        source=_dated(parsed.source or _source(head), now),
        comments_url=parsed.comments_url,
        comments_feed=parsed.comments_feed,
        comments_count=parsed.comments_count,
        notes=(*doubts, *notes, *body.notes, *read.notes),
    )


# ── what was said, and where ─────────────────────────────────────────────────────────────────────────────────────


def _address(parsed: ParsedEntry, page: Page) -> str | None:
    link = parsed.link or (page.canonical_url if page else None)
    return normalise.without_tracking(link) if link else None


def _fuller(parsed: ParsedEntry, page: Page, subscription: Subscription) -> Text:
    """The feed's text, or the page's where that was asked for or says more. A summary stands in for missing content."""
    told = parsed.content or parsed.summary
    if page is None:
        return told or Text(value="")
    text = Text(value=page.markup, html=True, base=page.base, language=page.language)
    if told is None or subscription.full_text == "always":
        return text
    return text if article.is_cut(parsed) and len(text.value) > len(told.value) else told


def _body(text: Text, told: Told, url: str | None, head: FeedHead) -> normalise.Body:
    markup = text.value if text.html else normalise.as_markup(text.value)
    markup = relayed.with_its_pictures(relayed.without_block(markup), told) if told else markup
    return normalise.read_body(markup, base=text.base or url, url=url, site=head.url)


def _title(parsed: ParsedEntry, page: Page) -> str:
    if parsed.title is None:
        return normalise.plain_text(normalise.as_markup(page.title)) if page else ""
    return normalise.plain_text(parsed.title.value if parsed.title.html else normalise.as_markup(parsed.title.value))


def _language(
    material: Material,
    page: Page,
    head: FeedHead,
    subscription: Subscription,
    text: Text,
    title: str,
    body: normalise.Body,
) -> tuple[str | None, tuple[Note, ...]]:
    stated = material.override.language if material.override else None
    of_page = page.language if page else None
    declared = (text.language, material.parsed.language, of_page, head.language, subscription.language)
    return normalise.read_language(declared, title, body.root.text_content(), settled=stated)


def _times(material: Material, page: Page, now: datetime) -> tuple[datetime, datetime, tuple[Note, ...]]:
    published = material.parsed.published or (page.published if page else None)
    first_seen = material.dated or now - material.parsed.position * BETWEEN
    return normalise.plausible_times(published, material.parsed.updated, first_seen=first_seen, now=now)


def _summary(parsed: ParsedEntry, told: Told, root: HtmlElement) -> str:
    """The standfirst where upstream's summary is but the text's beginning, as publishing systems make them."""
    said = parsed.summary.value if parsed.summary else ""
    said = relayed.without_block(said) if told else said
    lead = normalise.standfirst(root)
    if lead and (not said or normalise.plain_text(said).startswith(lead)):
        return normalise.as_markup(lead)
    return normalise.excerpt(said, root)


def _people(
    parsed: ParsedEntry,
    page: Page,
    head: FeedHead,
    body: normalise.Body,
    url: str | None,
    language: str | None,
    published: datetime,
) -> credit.Reading:
    imprint = page.imprint if page else Imprint()
    return credit.read_credit(
        parsed, head, body.root, body.images, url=url, language=language, published=published, imprint=imprint
    )


def _with_hops(told: Told, read: credit.Reading) -> credit.Reading:
    """`read`, but with the hops of whoever tells those and no credits: it writes some of our elements only."""
    if told is None or not told.provenance:
        return read
    return replace(read, original=told.original, provenance=told.provenance)


def _as_told(told: Told) -> credit.Reading | None:
    """What another installation of ours knew; nothing of it stands in the text any more. None where nobody is named."""
    if told is None or not told.credits:
        return None
    return credit.Reading(
        credits=told.credits,
        original=told.original,
        provenance=told.provenance,
        translation=told.translation,
        lifts=(),
    )


# ── what may be done with it ─────────────────────────────────────────────────────────────────────────────────────


def _terms(
    material: Material, page: Page, head: FeedHead, subscription: Subscription, told: Told, url: str | None
) -> Licence:
    parsed = material.parsed
    rights = parsed.rights or (told.rights if told else None)
    return licence.read_licence(
        override=material.override.licence if material.override else None,
        entry=(*parsed.licences, *(told.licences if told else ()), rights or ""),
        text=_stated(parsed.content or parsed.summary, url),
        page=page.licences if page else (),
        site=page.site_licences if page else (),
        feed=licence.inherited(parsed.source, head),
        configured=subscription.licence,
    )


def _stated(text: Text | None, url: str | None) -> tuple[str, ...]:
    """What the entry's own markup states of its licence."""
    return article.licences_in(text.value, text.base or url or "") if text and text.html else ()


def _rights(material: Material, head: FeedHead, told: Told, terms: Licence) -> str | None:
    """Upstream's own words on its rights; a licence that the editor states takes their place.

    The licence's name or address alone says nothing more: our own feeds have it there where nobody said anything.
    """
    if material.override and material.override.licence:
        return None
    said = material.parsed.rights or (told.rights if told else None) or head.rights
    return None if said in (terms.id, terms.url) else said


def _dated(source: Source, now: datetime) -> Source:
    return replace(source, updated=normalise.plausible_time(source.updated, now=now))


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
