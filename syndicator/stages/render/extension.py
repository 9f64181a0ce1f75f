"""The feedgen extension that mends feedgen: it is handed the lxml element feedgen built and completes it.

feedgen 1.0 writes an entry's links with href only, refuses the relations license and replies, knows no xml:lang on an
entry, of a source only title and link, nothing of credits, and drops people without an e-mail address from RSS. feedgen
calls these three methods by name (feedgen.ext.base); there is nothing to inherit.
"""

from collections.abc import Callable
from typing import Any

from ...model import Tombstone
from .texts import as_html, unmistakable
from .vocabulary import BOUND_BY_FEEDGEN, NAMESPACES, element

Mend = Callable[[Any], None]


def nothing(_element: Any) -> None:
    """Mend nothing."""


class FeedMending:
    """Declares every namespace on the root, marks an archive, tells of entries that were taken down, and tells RSS
    readers of the hubs, which feedgen tells only Atom's.
    """

    def __init__(self) -> None:
        self.hubs: tuple[str, ...] = ()
        self.tombstones: tuple[Tombstone, ...] = ()
        self.archive = False

    def extend_ns(self) -> dict[str, str]:
        """Prefixes and namespaces for the root element."""
        return {prefix: name for prefix, name in NAMESPACES.items() if prefix not in BOUND_BY_FEEDGEN}

    def extend_atom(self, feed: Any) -> None:
        """Append fh:archive (RFC 5005 4) and at:deleted-entry (RFC 6721 3) to <feed>; say what its texts are."""
        for name in ("title", "subtitle"):
            unmistakable(feed.find(name))
        if self.archive:
            element(feed, "fh:archive")
        self._bury(feed)

    def extend_rss(self, feed: Any) -> None:
        """Append atom:link rel=hub (WebSub section 4) and at:deleted-entry to the channel of the <rss> element, whose
        texts are made such that nobody takes them for markup.

        RFC 6721 is Atom's; RSS has no word for it, and who republishes from RSS must hear of it too.
        """
        channel = feed.find("channel")
        for plain in (channel.find("title"), channel.find("description")):
            plain.text = as_html(plain.text)
        for hub in self.hubs:
            element(channel, "atom:link", rel="hub", href=hub)
        self._bury(channel)

    def _bury(self, parent: Any) -> None:
        for tombstone in self.tombstones:
            when = tombstone.when.isoformat() if tombstone.when else None
            element(parent, "at:deleted-entry", ref=tombstone.ref, when=when)


class EntryMending:
    """Completes an entry by the two functions it was given."""

    def __init__(self) -> None:
        self.atom: Mend = nothing
        self.rss: Mend = nothing

    def extend_atom(self, entry: Any) -> None:
        """Complete the un-namespaced Atom <entry>."""
        self.atom(entry)

    def extend_rss(self, entry: Any) -> None:
        """Complete the RSS <item>."""
        self.rss(entry)
