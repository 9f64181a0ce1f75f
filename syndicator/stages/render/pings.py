"""The responses feed: which sites wrote about a publication's entries (Atom, RFC 4685).

Pings only, as site, title and link; comments are counted in the entries' own feeds, their names and texts stay where
they were written.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ...model import Entry, Response, Stored
from .generator import Heading, atom_bytes, feed_of
from .markup import host, linkable
from .printable import printable
from .vocabulary import element


def pings_of(responses: Sequence[tuple[Stored, Response]]) -> list[tuple[Entry, Response]]:
    """The pings among the responses, newest first; equal times in the order of their ids."""
    pings = [(stored.entry, printable(each)) for stored, each in responses if each.kind != "comment"]
    pings.sort(key=lambda ping: (ping[0].id, ping[1].id))
    pings.sort(key=lambda ping: ping[1].published or ping[0].published, reverse=True)
    return pings


def pings_feed(heading: Heading, pings: Sequence[tuple[Entry, Response]]) -> bytes:
    """The Atom document of `pings`, in order."""
    feed = feed_of(heading)
    for entry, response in pings:
        _ping(feed.add_entry(order="append"), entry, response)
    return atom_bytes(feed)


def _ping(made: Any, entry: Entry, response: Response) -> None:
    site = response.site or host(response.uri) or response.kind
    when = response.published or entry.published
    # Two pings may share an address, and upstream's id need not be one: ours is made of what makes the ping unique.
    made.id(uuid5(NAMESPACE_URL, f"{entry.id}\n{response.id}").urn)
    made.title(response.title or site)
    made.updated(when)
    made.published(when)
    made.author({"name": site})
    made.content(response.title or site)
    made.category({"term": response.kind})
    if url := linkable(response.uri):
        made.link(href=url)
    made.mending.atom = partial(_in_reply_to, entry=entry)


def _in_reply_to(made: Any, entry: Entry) -> None:
    """RFC 4685 section 3: ref is the id of what is replied to, href where it can be read."""
    for link in made.findall("link"):
        link.set("rel", "alternate")
    href = linkable(printable(entry.url))
    element(made, "thr:in-reply-to", ref=printable(entry.id), href=href, type="text/html" if href else None)
