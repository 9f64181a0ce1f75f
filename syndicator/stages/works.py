"""What ties an entry to others: the same work in another language, a copy of the same text, our own text come back.

It must not look for those others, nor decide which of them is shown.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from syndicator.model import Entry, Followed, Hop, Ties, TranslationState

RETURNED = "it is our own: this feed republishes what we publish"
_AFTER_HOST = re.compile(r"[:/?#]")


def ties(entry: Entry, keys: Callable[[Iterable[str | None]], tuple[str, ...]]) -> Ties:
    """The addresses of `entry` and of what its provenance names, as `keys` makes them the same for every spelling.

    Two texts from one original into one language by the same translators are one, whatever their addresses: what they
    have in common counts as an address too.
    """
    original = entry.original.url if entry.original else None
    own = keys([entry.url, entry.id])
    rendition = "".join(_rendition(entry, key) for key in keys([original]))
    named = keys([original, *(hop.url for hop in entry.provenance)])
    return Ties(
        own=(*own, rendition) if rendition else own,
        stated=tuple(address for address in named if address not in own),
        depth=max(len(entry.provenance), 1),
    )


def at_home(ties: Ties, site: str, *, away: int) -> Ties:
    """`ties` with the entry's own addresses judged by where its subscription is: `site`, in the keys' spelling.

    Any feed can state an address of another site as its entry's. Beside an address at home that is one it names, as a
    reprint that keeps the original's id does. Without one, as where a service carries the feed, it stays the entry's,
    but `away` counts as so many hops more. At home is the host of the subscription, above or below it.
    """
    places = [address for address in ties.own if "\n" not in address]  # a rendition is none
    strange = tuple(address for address in places if not _same_site(address, site))
    if not strange:
        return ties
    if len(strange) == len(places):
        return replace(ties, depth=ties.depth + away)
    own = tuple(address for address in ties.own if address not in strange)
    return replace(ties, own=own, stated=(*ties.stated, *strange))


def _same_site(address: str, site: str) -> bool:
    one, other = (f".{_AFTER_HOST.split(key, maxsplit=1)[0]}" for key in (address, site))
    return one.endswith(other) or other.endswith(one)


def is_ours(came_from: Iterable[str | None], base_url: str) -> bool:
    """Whether one of the addresses that an entry `came_from` is below `base_url`, where we publish, so that it has come
    back.
    """
    return any(url is not None and (url == base_url or url.startswith(f"{base_url}/")) for url in came_from)


def beside(entry: Entry, original: Followed | None) -> Entry:
    """`entry`, a translation, with what is known of its original, where we follow that."""
    return judged(_introduced(entry, original), original.reworded) if original else entry


def _introduced(entry: Entry, known: Followed) -> Entry:
    """The original's publisher, language and day, where the translation did not tell them."""
    original = entry.original
    if original is None or original.url is None:
        return entry
    hops = tuple(
        _hop(hop, known) if hop.role == "original" and hop.url == original.url else hop for hop in entry.provenance
    )
    told = entry.translation
    return replace(
        entry,
        original=replace(
            original,
            site=_called(original.site, original.url, known),
            language=original.language or known.language,
        ),
        provenance=hops,
        translation=told and replace(told, from_language=told.from_language or known.language),
    )


def _hop(hop: Hop, known: Followed) -> Hop:
    return replace(
        hop,
        publisher=_called(hop.publisher, hop.url or "", known),
        language=hop.language or known.language,
        date=hop.date or known.published,
    )


def _called(name: str | None, url: str, known: Followed) -> str | None:
    """`name`, or what we know where that is nothing but the host of the address."""
    host = _AFTER_HOST.split(url.partition("://")[2].lower().removeprefix("www."), maxsplit=1)[0]
    return known.publisher if known.publisher and (not name or name.lower() == host) else name


def judged(entry: Entry, original_changed: datetime | None) -> Entry:
    """`entry`, a translation, as current or stale: whether its original changed after it (FEP-22cd: sourceUpdated).

    Who published a human translation had it reviewed then, so that the entry's own `updated` is the time that counts,
    unless it states which version it was made from. Nothing is said of an original that we do not follow, nor where
    the translation itself says that it is stale.
    """
    told = entry.translation
    if original_changed is None or told is None or told.state == "stale":
        return entry
    made_from = (told.source_updated if told.state == "current" else None) or entry.updated
    state: TranslationState = "stale" if original_changed > made_from else "current"
    return replace(entry, translation=replace(told, state=state, source_updated=original_changed))


def _rendition(entry: Entry, original: str) -> str:
    """What two prints of one translation share; empty where the translators or the language are not known."""
    names = sorted(
        credit.agent.name.casefold() for credit in entry.credits if (credit.role, credit.of) == ("translator", "entry")
    )
    language = (entry.language or "").partition("-")[0].lower()
    return "\n".join(("rendition", original, language, *names)) if names and language else ""
