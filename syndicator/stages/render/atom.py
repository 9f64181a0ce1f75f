"""Atom (RFC 4287): what feedgen leaves out of an entry, or writes wrongly, put right on the lxml element it built."""

from typing import Any

from ...model import Person
from .annotations import annotate, origin_links
from .markup import linkable
from .outgoing import Outgoing, authors, source_name, tag
from .vocabulary import XML_LANG, element


def complete(entry: Any, out: Outgoing) -> None:
    """Complete feedgen's un-namespaced <entry> with everything that `out` knows; atom:source goes last."""
    if out.language:
        entry.set(XML_LANG, out.language)
    if not out.entry.title:
        entry.find("title").text = None  # RFC 4287 wants the element, feedgen a text; we invent no title
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
        kind = each.type if "/" in each.type.strip("/") else None  # RFC 4287 appendix B: a media type has a slash
        element(entry, "link", rel="enclosure", href=each.url, type=kind, length=length)


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
    """RFC 4287 4.2.11. An entry without an author is valid by RELAX NG and invalid for the W3C: its source has one."""
    source = out.entry.source
    made = element(entry, "source")
    if language := tag(source.language):
        made.set(XML_LANG, language)
    for name, text in (("id", source.id), ("title", source.title)):
        if text:
            element(made, name, text)
    named = [person for person in source.authors if person.name]
    if not named and not authors(out.entry):
        named = [Person(name=source_name(source, out.entry.subscription))]
    for person in named:
        _person(made, person)
    _source_links(made, out)
    if source.rights:
        element(made, "rights", source.rights)
    if source.updated:
        element(made, "updated", source.updated.isoformat())


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
