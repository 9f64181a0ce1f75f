"""Where the text of an entry was first published, and by whom. It must not read anything but the entry's provenance."""

from itertools import chain

from ....model import Entry
from ..markup import linkable
from ..outgoing import source_name


def first_published(entry: Entry) -> str | None:
    """The address where this very text came out first, as far as anybody stated it; None where that was with us.

    For a translation that is the last hop that translated; for any other text its original; else the page that we took
    it from. An editor's own translation has no such page.
    """
    translated = [hop.url for hop in entry.provenance if hop.role == "translation"]
    if translated:
        return linkable(translated[-1]) or linkable(entry.url)
    if entry.original is None and entry.translation is None:
        originals = [hop.url for hop in entry.provenance if hop.role == "original" and linkable(hop.url)]
        return next(iter(originals), None) or linkable(entry.url)
    return linkable(entry.url)


def canonical_address(entry: Entry, here: str) -> str:
    """The address of this text for search engines; `here` is that of our page. A partner may want another one."""
    if entry.terms.canonical == "here":
        return here
    originals = [entry.original.url] if entry.original else []
    originals += [hop.url for hop in entry.provenance if hop.role == "original"]
    wanted = filter(linkable, originals) if entry.terms.canonical == "original" else iter(())
    return next(wanted, None) or first_published(entry) or here


def first_publisher(entry: Entry) -> str:
    """Who published it there: the name its hop or its credits give, else what the upstream feed is called."""
    address = first_published(entry)
    hops = (hop.publisher for hop in reversed(entry.provenance) if hop.url == address and hop.publisher)
    credits = (each.agent.name for each in entry.credits if each.role == "publisher" and each.target == address)
    return next(chain(hops, credits), None) or source_name(entry.source, entry.subscription)
