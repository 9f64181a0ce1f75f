"""Where an article comes from: the original as somebody stated it, the hops in order, the translation's languages.

An original's address is only ever one that was stated (a link in the words that name it, rel=via, dc:source): never
guessed.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from syndicator.model import Hop, Original, ParsedEntry, Translation
from syndicator.stages.credit.addresses import bare, host, is_page

Role = Literal["original", "translation", "republication"]

_DC_SOURCE = "{http://purl.org/dc/elements/1.1/}source"


def stated_original(
    parsed: ParsedEntry, said: Sequence[Original], page: Original | None = None, *, own: str | None = None
) -> Original | None:
    """What the text (first said wins, field by field), the fields rel=via and dc:source, and the page's data state.

    The entry's `own` address and a site's front page are not the original's.
    """
    via = next((link for link in parsed.links if link.rel == "via"), None)
    source = next(
        (e.text for e in parsed.extensions if e.name == _DC_SOURCE and e.text.startswith(("http://", "https://"))), None
    )
    fields = Original(url=via.href if via else source, language=via.hreflang if via else None)
    known = [*said, fields, *([page] if page and _is_elsewhere(page.url, own) else [])]
    url = next((o.url for o in known if o.url), None)
    site = next((o.site for o in known if o.site), None) or host(url) or None
    language = next((o.language for o in known if o.language), None)
    return Original(url=url, site=site, language=language) if url or site or language else None


def provenance(
    original: Original | None, relay: tuple[str, str | None] | None, *, here: Hop, translated: bool
) -> tuple[Hop, ...]:
    """The hops in order: the original, who published the translation before, `here` (whose role is decided now)."""
    first = (
        Hop(role="original", url=original.url, publisher=original.site, language=original.language)
        if original
        else None
    )
    hops = [first] if first and (first.url or first.publisher) else []
    if relay:
        hops.append(
            Hop(
                role="translation" if translated else "republication",
                url=relay[1],
                publisher=relay[0],
                language=here.language,
            )
        )
    role: Role = "republication" if relay or (hops and not translated) else "translation" if translated else "original"
    return (*hops, Hop(role=role, url=here.url, publisher=here.publisher, language=here.language, date=here.date))


def translation(original: Original | None, language: str | None, *, translators: bool) -> Translation | None:
    """From which language to which, where anything says that it is a translation."""
    source = original.language if original else None
    if not translators and (source is None or same_language(source, language)):
        return None
    return Translation(from_language=source, to_language=language)


def same_language(one: str | None, other: str | None) -> bool:
    """Whether two tags name one language, region apart."""
    return one is not None and other is not None and one.partition("-")[0] == other.partition("-")[0]


def here(url: str | None, publisher: str | None, language: str | None, date: datetime) -> Hop:
    """The hop that is the upstream's own; its role comes from `provenance`."""
    return Hop(role="original", url=url, publisher=publisher, language=language, date=date)


def _is_elsewhere(url: str | None, own: str | None) -> bool:
    return url is not None and is_page(url) and bare(url) != bare(own or "")
