"""The only module that talks to feedgen: builds feeds with it, cuts entries out, puts stored ones back in.

Entries are cut out of a document that feedgen wrote and put back into one it wrote without entries, which gives the
bytes of a full render (a test says so). That works because every namespace is declared on the root, and because text is
always escaped: "<entry" and "<item" stand in a document only where an entry begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from html import escape
from typing import Any

import lxml.etree  # noqa: F401 — feedgen.util uses lxml.etree and imports only lxml
from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from ...model import Agent, Tombstone
from . import atom, rss
from .extension import EntryMending, FeedMending
from .markup import linkable
from .outgoing import Outgoing, authors, contributors
from .texts import hexadecimal, in_place_of_title

ENTRY = {"atom": (b"<entry", b"</entry>"), "rss": (b"<item", b"</item>")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands above the entries; `related` are further (rel, type, href) links for Atom, `tombstones` name entries
    that were taken down, `archive` marks a document of RFC 5005 section 4.
    """

    id: str
    title: str
    description: str
    language: str | None
    self_url: str
    self_type: str
    page_url: str
    updated: datetime
    hubs: tuple[str, ...] = ()
    related: tuple[tuple[str, str, str], ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    archive: bool = False


def feed_of(heading: Heading, entries: Sequence[Outgoing] = ()) -> Any:
    """A FeedGenerator with `heading` and the entries in order."""
    feed = FeedGenerator()
    feed.register_extension("mending", FeedMending, EntryMending)
    feed.mending.hubs = heading.hubs
    feed.mending.tombstones = heading.tombstones
    feed.mending.archive = heading.archive
    feed.id(heading.id)
    feed.title(heading.title)
    feed.description(heading.description)
    feed.updated(heading.updated)  # feedgen's default is the present moment
    feed.generator("syndicator")
    if heading.language:
        feed.language(heading.language)
    _links(feed, heading)
    for out in entries:
        _entry(feed.add_entry(order="append"), out)
    return feed


def atom_bytes(feed: Any) -> bytes:
    """The whole Atom document."""
    return bytes(feed.atom_str(pretty=True))


def rss_bytes(feed: Any) -> bytes:
    """The whole RSS document."""
    return hexadecimal(bytes(feed.rss_str(pretty=True)))


def cut(document: bytes, kind: str) -> list[bytes]:
    """The entries of a document that feedgen wrote, in order; `kind` is "atom" or "rss"."""
    opening, closing = ENTRY[kind]
    *pieces, _rest = document.split(closing)  # five times faster than a regular expression
    return [piece[piece.index(opening) :] + closing for piece in pieces]


def stitch_atom(heading: Heading, entries: Sequence[bytes]) -> bytes:
    """The Atom document with `entries`, the bytes a full render gives."""
    return _stitch(atom_bytes(feed_of(heading)), b"</feed>\n", b"  ", entries)


def stitch_rss(heading: Heading, entries: Sequence[bytes]) -> bytes:
    """The RSS document with `entries`, the bytes a full render gives."""
    return _stitch(rss_bytes(feed_of(heading)), b"  </channel>\n</rss>\n", b"    ", entries)


def _stitch(empty: bytes, ending: bytes, indent: bytes, entries: Sequence[bytes]) -> bytes:
    lines = b"".join(indent + entry + b"\n" for entry in entries)
    return empty.removesuffix(ending) + lines + ending


def _links(feed: Any, heading: Heading) -> None:
    feed.link(rel="self", type=heading.self_type, href=heading.self_url)
    for hub in heading.hubs:
        feed.link(rel="hub", href=hub)
    for rel, kind, href in heading.related:
        feed.link(rel=rel, type=kind, href=href)
    feed.link(rel="alternate", type="text/html", href=heading.page_url)  # last: feedgen makes the last one RSS's <link>


def _entry(made: FeedEntry, out: Outgoing) -> None:
    entry = out.entry
    made.id(entry.id)
    title = entry.title or in_place_of_title(out)
    made.title(title)
    made.updated(entry.updated)
    made.published(entry.published)
    made.content(out.body_html or escape(title), type="html")  # an entry without an address must have some
    if out.summary_html:
        made.summary(out.summary_html, type="html")
    if out.address:
        made.link(href=out.address)
    made.author([_person(agent) for agent in authors(entry)])
    made.contributor([_person(agent) for agent in contributors(entry)])
    made.category([{"term": category} for category in entry.categories if category])
    made.rights(entry.rights or entry.licence.id or entry.licence.url)
    made.mending.atom = partial(atom.complete, out=out)
    made.mending.rss = partial(rss.complete, out=out)


def _person(agent: Agent) -> dict[str, str]:
    uri = linkable(agent.uri)
    return {"name": agent.name, "uri": uri} if uri else {"name": agent.name}
