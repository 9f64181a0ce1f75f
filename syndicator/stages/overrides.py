"""An editor's word on one entry, applied to what was read: title, people, origin; each change is said in a Note.

The language and the licence that an override states shape how an entry is read, so they are the chain's to pass on
before; here they are only told. Whether an entry is withdrawn is not decided here, nor which override is meant for it.
"""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from syndicator.model import Credit, Entry, Evidence, Hop, Licence, Note, Original, Override, Translation

__all__ = ["apply"]

RULE = "editor"


def apply(entry: Entry, override: Override, *, read: Entry) -> Entry:
    """`entry` as the editor wants it; `read` is the same entry as it would be without any override.

    `entry` was derived under the language and the licence of `override`. For each fact that differs from `read` there
    is a Note "override": what it was, what it is. An override without effect has one too, so that it can be deleted.
    """
    mended = replace(
        entry,
        title=override.title or entry.title,
        credits=_credits(entry, override),
        licence=_licence(entry.licence, override),
    )
    if override.original or override.no_original or "translator" in override.roles:
        mended = _with_origin(mended, override)
    if "publisher" in override.roles and mended.provenance:
        mended = replace(mended, provenance=(*mended.provenance[:-1], _published(mended.provenance[-1], override)))
    return replace(mended, notes=(*mended.notes, *_notes(read, mended, override)))


def _credits(entry: Entry, override: Override) -> tuple[Credit, ...]:
    """The credits stated, in the place of what was read for their roles; other roles and earlier hops keep theirs."""
    pictures = {(credit.role, credit.target) for credit in override.credits if credit.of == "image"}
    whole = {role for role in override.roles if not _only_pictures(override, role)}

    def stays(credit: Credit) -> bool:
        if not _is_of(credit, entry):
            return True
        return credit.role not in whole and (credit.role, credit.target) not in pictures

    credits = entry.credits
    before = next((n for n, credit in enumerate(credits) if not stays(credit)), len(credits))
    kept = [credit for credit in credits[before:] if stays(credit)]
    return (*credits[:before], *(_placed(credit, entry) for credit in override.credits), *kept)


def _is_of(credit: Credit, entry: Entry) -> bool:
    """Whether a credit is of the entry, its pictures or the hop that it is itself, not of one before it."""
    return credit.of != "hop" or credit.target == (entry.url or "")


def _placed(credit: Credit, entry: Entry) -> Credit:
    """Who published the entry is credited at its hop."""
    return replace(credit, of="hop", target=entry.url or "") if credit.role == "publisher" else credit


def _only_pictures(override: Override, role: str) -> bool:
    """Whether an override credits a role for single pictures only; the others then keep theirs."""
    given = [credit.of for credit in override.credits if credit.role == role]
    return bool(given) and set(given) == {"image"}


def _licence(licence: Licence, override: Override) -> Licence:
    if override.licence is None:
        return licence
    word = Evidence(where=f"override {override.file}", rule=RULE, text=override.why)
    return replace(licence, evidence=(word, *(one for one in licence.evidence if one != word)))


# ── where it comes from ──────────────────────────────────────────────────────────────────────────────────────────


def _with_origin(entry: Entry, override: Override) -> Entry:
    """`entry` with the original stated, and what follows from it: the hops in order, and that it is a translation."""
    original = _original(_known_original(entry), override)
    translation = _translation(entry, original)
    return replace(
        entry,
        original=original if original and original.url else None,  # a site or a language alone are in the provenance
        translation=translation,
        provenance=_provenance(entry, original, translation),
    )


def _known_original(entry: Entry) -> Original | None:
    """What is known of the work before this one: it may lack an address."""
    first = (
        entry.provenance[0]
        if len(entry.provenance) > 1 and entry.provenance[0].role == "original"
        else Hop(role="original")
    )
    stated, source = entry.original or Original(), entry.translation.from_language if entry.translation else None
    known = Original(
        url=stated.url or first.url,
        site=stated.site or first.publisher,
        language=stated.language or first.language or source,
    )
    return known if known != Original() else None


def _original(read: Original | None, override: Override) -> Original | None:
    """What is stated wins field by field; a site that was read goes where the stated address is another's."""
    stated = override.original
    if override.no_original or (stated is None and read is None):
        return None
    stated, read = stated or Original(), read or Original()
    host = _host(stated.url)
    before = _host(read.url) or (read.site if read.site and "." in read.site.strip(".") else None)
    site = host if host and (read.site is None or (before and before != host)) else read.site
    return Original(url=stated.url or read.url, site=stated.site or site, language=stated.language or read.language)


def _translation(entry: Entry, original: Original | None) -> Translation | None:
    source = original.language if original else None
    by_somebody = any(credit.role == "translator" and credit.of == "entry" for credit in entry.credits)
    if not by_somebody and (source is None or _primary(source) == _primary(entry.language)):
        return None
    known = entry.translation or Translation(from_language=None, to_language=entry.language)
    return replace(known, from_language=source)


def _provenance(entry: Entry, original: Original | None, translation: Translation | None) -> tuple[Hop, ...]:
    """The original's hop, the hops between, and the upstream's own, which is the last."""
    *before, here = entry.provenance or (Hop(role="original", url=entry.url, language=entry.language),)
    between = before[1:] if before and before[0].role == "original" else before
    if between and (translation is None) != (entry.translation is None):
        between = [replace(between[0], role="translation" if translation else "republication"), *between[1:]]
    first = []
    if original and (original.url or original.site):
        first = [Hop(role="original", url=original.url, publisher=original.site, language=original.language)]
    if between or (first and not translation):
        return (*first, *between, replace(here, role="republication"))
    return (*first, replace(here, role="translation" if translation else "original"))


def _published(here: Hop, override: Override) -> Hop:
    return replace(here, publisher=next((one.agent.name for one in override.credits if one.role == "publisher"), None))


def _host(url: str | None) -> str | None:
    return (urlsplit(url).hostname or "").removeprefix("www.") or None if url else None


def _primary(language: str | None) -> str:
    return (language or "").partition("-")[0].lower()


# ── what is said of it ───────────────────────────────────────────────────────────────────────────────────────────


def _notes(read: Entry, mended: Entry, override: Override) -> Iterator[Note]:
    was, now = _facts(read), _facts(mended)
    changed = [fact for fact in (*was, *(fact for fact in now if fact not in was)) if was.get(fact) != now.get(fact)]
    for fact in changed:
        told = f"{fact} was {was.get(fact, 'not stated')}, is {now.get(fact, 'nobody')}"
        yield Note(code="override", text=f"override {override.file}: {told}")
    if not changed and not override.withdraw:
        told = "nothing changes: upstream says the same, so the file may go"
        yield Note(code="override-idle", text=f"override {override.file}: {told}")
    shown = {image.src for image in mended.images}
    for src in dict.fromkeys(one.target for one in override.credits if one.of == "image" and one.target not in shown):
        yield Note(code="override-missed", text=f"override {override.file}: the entry has no picture {src}")


def _facts(entry: Entry) -> dict[str, str]:
    """What an override may change, in words."""
    original = _known_original(entry) or Original()
    facts = {
        "title": f"“{entry.title}”",
        "language": entry.language or "not stated",
        "licence": entry.licence.id or entry.licence.url or "not stated",
        "original": " · ".join(filter(None, (original.url, original.site, original.language))) or "not stated",
    }
    people: dict[str, list[str]] = {}
    for credit in entry.credits:
        if _is_of(credit, entry):
            of = f" (of {credit.target})" if credit.of == "image" else ""
            people.setdefault(credit.role, []).append(credit.agent.name + of)
    return facts | {role: ", ".join(names) for role, names in people.items()}
