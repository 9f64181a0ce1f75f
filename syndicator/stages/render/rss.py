"""RSS 2.0: what feedgen leaves out of an <item>, put in on the lxml element it built.

RSS has a single author with an e-mail address and no contributor: people are carried by Dublin Core. Readers show the
first or the last of several dc:creator elements, so there is one, with the names joined.
"""

from typing import Any

from .annotations import annotate, origin_links
from .markup import as_uri, linkable, media_type
from .outgoing import Outgoing, authors, contributors, source_name
from .texts import as_html
from .vocabulary import element


def complete(entry: Any, out: Outgoing) -> None:
    """Complete feedgen's <item> with everything that `out` knows."""
    _texts(entry, out)
    _enclosure(entry, out)
    _dublin_core(entry, out)
    origin_links(entry, out, "atom:link")
    licence = out.entry.licence.url
    if linkable(licence) and "creativecommons.org/" in str(licence):
        element(entry, "creativeCommons:license", licence)
    _replies(entry, out)
    annotate(entry, out)
    _source(entry, out)


def _texts(entry: Any, out: Outgoing) -> None:
    """RSS 2.0 wants a title or a description. The content is feedgen's <description> where there is no summary, and
    content:encoded behind it where there is one; what stands in for it in Atom is of no use here.
    """
    title = entry.find("title")
    if not out.entry.title:
        entry.remove(title)
    elif not out.body_html:
        entry.remove(entry.find("description"))
    for plain in (title, *entry.findall("category")):
        plain.text = as_html(plain.text)
    for address in entry.findall("link"):
        address.text = as_uri(address.text)


def _enclosure(entry: Any, out: Outgoing) -> None:
    """RSS 2.0 allows one enclosure and requires its three attributes: the first stands for all."""
    for each in out.enclosures[:1]:
        kind = media_type(each.type) or "application/octet-stream"
        element(entry, "enclosure", url=as_uri(each.url), length=str(each.length or 0), type=kind)


def _dublin_core(entry: Any, out: Outgoing) -> None:
    told = out.entry
    if names := ", ".join(agent.name for agent in authors(told)):
        element(entry, "dc:creator", names)
    for agent in contributors(told):
        element(entry, "dc:contributor", agent.name)
    rights = told.rights or told.licence.id or told.licence.url
    original = as_uri(told.original.url) if told.original else None
    for name, text in (("dc:language", out.language), ("dc:source", original), ("dc:rights", as_html(rights or ""))):
        if text:
            element(entry, name, text)


def _replies(entry: Any, out: Outgoing) -> None:
    """slash:comments is the count, wfw:commentRss the feed, <comments> the page."""
    told = out.entry
    if linkable(told.comments_url):
        element(entry, "comments", as_uri(told.comments_url))
    if linkable(told.comments_feed):
        element(entry, "wfw:commentRss", as_uri(told.comments_feed))
    if out.replies is not None:
        element(entry, "slash:comments", str(out.replies))


def _source(entry: Any, out: Outgoing) -> None:
    """RSS 2.0: the feed that the entry came from; without an address it cannot be named."""
    source = out.entry.source
    if url := linkable(source.self_url) or linkable(source.url):
        element(entry, "source", as_html(source_name(source, out.entry.subscription)), url=as_uri(url))
