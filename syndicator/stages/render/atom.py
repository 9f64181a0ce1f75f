"""Atom (RFC 4287): what feedgen leaves out of an entry, or writes wrongly, put right on the lxml element it built."""

from typing import Any

from ...model import Person
from .annotations import annotate, origin_links
from .markup import linkable, media_type
from .outgoing import Outgoing, authors, source_name, tag
from .sources import source_id
from .texts import unmistakable
from .vocabulary import XML_LANG, element


def complete(entry: Any, out: Outgoing) -> None:
    """Complete feedgen's un-namespaced <entry> with everything that `out` knows; atom:source goes last."""
    if out.language:
        entry.set(XML_LANG, out.language)
    if not out.entry.title:
        element(entry, "syn:untitled")  # RFC 4287 wants a title; who republishes from us is told that there is none
    for name in ("title", "rights"):
        unmistakable(entry.find(name))
    for link in entry.findall("link"):
        link.set("rel", "alternate")  # feedgen writes an entry's links with href only
        link.set("type", "text/html")
    origin_links(entry, out, "link")
    _enclosures(entry, out)
    _replies(entry, out)
    annotate(entry, out)
    _source(entry, out)


def _enclosures(entry: Any, out: Outgoing) -> None:
    for each in out.enclosures:
        length = None if each.length is None else str(each.length)
        element(entry, "link", rel="enclosure", href=each.url, type=media_type(each.type), length=length)


def _replies(entry: Any, out: Outgoing) -> None:
    """RFC 4685: section 4, replies links with thr:count and thr:updated; section 5, thr:total."""
    count = None if out.replies is None else str(out.replies)
    updated = out.replied.isoformat() if out.replied else None
    for url, kind in ((out.entry.comments_url, "text/html"), (out.entry.comments_feed, None)):
        if linkable(url):
            element(entry, "link", rel="replies", href=url, type=kind, thr__count=count, thr__updated=updated)
    if count:
        element(entry, "thr:total", count)


def _source(entry: Any, out: Outgoing) -> None:
    """RFC 4287 4.2.11: id, title and updated should be there; what upstream does not state is taken from what it does.

    An entry without an author is valid by RELAX NG and invalid for the W3C: its source has one.
    """
    source = out.entry.source
    made = element(entry, "source")
    if language := tag(source.language):
        made.set(XML_LANG, language)
    element(made, "id", source_id(out.entry))
    unmistakable(element(made, "title", source_name(source, out.entry.subscription)))
    named = [person for person in source.authors if person.name]
    if not named and not authors(out.entry):
        named = [Person(name=source_name(source, out.entry.subscription))]
    for person in named:
        _person(made, person)
    _source_links(made, out)
    if source.rights:
        unmistakable(element(made, "rights", source.rights))
    # A feed that does not say when it changed did so at the latest with this entry.
    element(made, "updated", (source.updated or out.entry.updated).isoformat())


def _source_links(made: Any, out: Outgoing) -> None:
    source = out.entry.source
    links = (("alternate", source.url), ("self", source.self_url), *(("license", url) for url in source.licences))
    for rel, url in links:
        if linkable(url):
            element(made, "link", rel=rel, href=url)


def _person(parent: Any, person: Person) -> None:
    """A person construct without its e-mail address: upstream gave that to its own readers, not to ours."""
    author = element(parent, "author")
    element(author, "name", person.name)
    if linkable(person.uri):
        element(author, "uri", person.uri)
