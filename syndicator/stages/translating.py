"""A translation that an editor wrote, as an entry of its own: the original's people and way, then the translators.

The text comes cleaned and the release decided: this module must not judge a licence or touch markup.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Literal
from uuid import NAMESPACE_URL, uuid5

from syndicator.model import (
    Credit,
    Entry,
    Hop,
    Image,
    Note,
    Original,
    Release,
    Translation,
    TranslationFile,
    TranslationState,
)

__all__ = ["translated", "translation_id"]

_OF_THE_TEXT = frozenset({"translator", "reviser", "post-editor", "publisher"})  # made that text, not the work


def translation_id(original_id: str, file: TranslationFile) -> str:
    """The id of the entry that `file` becomes: a urn:uuid (version 5, RFC 9562 5.5) of original, language and name.

    It stays when the text is mended; another name or language is another entry.
    """
    return uuid5(NAMESPACE_URL, "\n".join(("translation", original_id, file.language, file.file))).urn


def translated(
    original: Entry,
    file: TranslationFile,
    *,
    original_changed: datetime,
    content_html: str,
    summary_html: str,
    images: tuple[Image, ...],
    direction: Literal["ltr", "rtl"],
    release: Release,
    publisher: str,
    first_seen: datetime,
    notes: tuple[Note, ...] = (),
) -> Entry:
    """The entry that `file` makes of `original`, published by us (`publisher` is our site's name) at `first_seen`.

    `content_html`, `summary_html` and `images` are those of the file's clean text. `release` is whole, or a link;
    that leads to the original.
    """
    return Entry(
        subscription=original.subscription,
        id=translation_id(original.id, file),
        url=None if release.scope == "whole" else original.url,
        title=file.title,
        published=first_seen,
        updated=first_seen,
        language=file.language,
        direction=direction,
        summary_html=summary_html,
        content_html=content_html,
        credits=tuple(_credits(original, file, {image.src for image in images})),
        original=Original(url=original.url, site=_site(original), language=original.language),
        provenance=(
            *_way(original),
            Hop(role="translation", publisher=publisher, language=file.language, date=first_seen),
        ),
        translation=Translation(
            from_language=original.language,
            to_language=file.language,
            state=_state(original_changed, file),
            source_updated=original_changed,
        ),
        licence=original.licence,
        rights=original.rights,
        release=release,
        terms=original.terms,
        images=images,
        categories=original.categories,
        source=original.source,
        notes=notes,
    )


def _credits(original: Entry, file: TranslationFile, shown: set[str]) -> Iterator[Credit]:
    """Who made the work and who translated it now; at its hop, who translated and published what we started from."""
    for credit in original.credits:
        if credit.of == "entry" and credit.role in _OF_THE_TEXT:
            yield replace(credit, of="hop", target=original.url or "")
        elif credit.of != "image" or credit.target in shown:
            yield credit
    yield from file.credits


def _way(original: Entry) -> tuple[Hop, ...]:
    """The hops up to the text that was translated, which is the original where nothing came before it."""
    here = Hop(
        role="original",
        url=original.url,
        publisher=_site(original),
        language=original.language,
        date=original.published,
    )
    return original.provenance or (here,)


def _site(original: Entry) -> str | None:
    here = original.provenance[-1].publisher if original.provenance else None
    return here or original.source.title or None


def _state(original_changed: datetime, file: TranslationFile) -> TranslationState:
    if file.reviewed is None:
        return "unknown"
    return "current" if file.reviewed >= original_changed else "stale"
