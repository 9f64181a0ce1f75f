"""The responses feed: which sites wrote about a publication's entries, and what their readers said (Atom, RFC 4685).

Pings go out as site, title and link. Comments go out with their writers' names and texts where the publication says so;
else they are counted in the entries' own feeds, and names and texts stay where they were written.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ...model import Entry, Publication, Response, Stored
from .generator import Heading, atom_bytes, feed_of
from .markup import host, linkable
from .phrases import Phrases
from .printable import printable
from .texts import unmistakable
from .vocabulary import element

Said = tuple[Stored, Response]


def told_of(responses: Sequence[Said], publication: Publication) -> list[Said]:
    """Those of the responses that `publication` tells of, newest first; equal times in the order of their ids."""
    told = [(stored, printable(each)) for stored, each in responses if publication.comments or each.kind != "comment"]
    told.sort(key=lambda said: (said[0].entry.id, said[1].id))
    told.sort(key=when, reverse=True)
    return told


def when(said: Said) -> datetime:
    """When it was said; when the entry was published where that is not known."""
    stored, response = said
    return response.published or stored.entry.published


def responses_feed(heading: Heading, told: Sequence[Said], phrases: Phrases) -> bytes:
    """The Atom document of `told`, in order; what has no name is signed in the words of `phrases`."""
    feed = feed_of(heading)
    for said in told:
        _entry(feed.add_entry(order="append"), said, phrases)
    return atom_bytes(feed)


def signature(comment: Response, phrases: Phrases) -> str:
    """Who wrote a comment, as plain text."""
    return comment.author or phrases.say("Without a name")


def place(ping: Response) -> str | None:
    """Where the page that pings is; where no comment feed says that, the ping's own place, which leads there."""
    return linkable(ping.uri) or linkable(ping.id)


def paragraphs(comment: Response) -> str:
    """HTML: the words of a comment, whose language nobody states."""
    parts = (escape(part).replace("\n", "<br>") for part in comment.content_text.split("\n\n"))
    return "".join(f'<p dir="auto">{part}</p>' for part in parts)


def _entry(made: Any, said: Said, phrases: Phrases) -> None:
    stored, response = said
    entry = stored.entry
    # Two may share an address, and upstream's id need not be one: ours is made of what makes the response unique.
    made.id(_id(entry, response.id))
    made.updated(when(said))
    made.published(when(said))
    made.category({"term": response.kind})
    if response.kind == "comment":
        _comment(made, entry, response, phrases)
    else:
        _ping(made, response)
    made.mending.atom = partial(_in_reply_to, stored=stored, response=response)


def _ping(made: Any, response: Response) -> None:
    site = response.site or host(response.uri) or response.kind
    made.title(response.title or site)
    made.author({"name": site})
    made.content(response.title or site)
    if url := place(response):
        made.link(href=url)


def _comment(made: Any, entry: Entry, response: Response, phrases: Phrases) -> None:
    name, title, uri = signature(response, phrases), printable(entry.title), linkable(response.uri)
    made.title(f"{name} — {title}" if title else name)
    made.author({"name": name, "uri": uri} if uri else {"name": name})
    made.content(paragraphs(response), type="html")
    if url := linkable(response.id):  # as comment feeds and pages give it: the comment's own address
        made.link(href=url)


def _in_reply_to(made: Any, stored: Stored, response: Response) -> None:
    """RFC 4685 section 3: ref is the id of what is replied to, href where it can be read."""
    for link in made.findall("link"):
        link.set("rel", "alternate")
    for name in ("title", "content"):
        unmistakable(made.find(name))
    entry, parent = stored.entry, response.in_reply_to
    if parent and any(printable(other.id) == parent for other in stored.responses if other.id != response.id):
        ref, href = _id(entry, parent), linkable(parent)
    else:
        ref, href = printable(entry.id), linkable(printable(entry.url))
    element(made, "thr:in-reply-to", ref=ref, href=href, type="text/html" if href else None)


def _id(entry: Entry, response: str) -> str:
    return uuid5(NAMESPACE_URL, f"{entry.id}\n{response}").urn
