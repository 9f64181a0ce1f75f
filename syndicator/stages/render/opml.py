"""OPML 2.0 (http://opml.org/spec2.opml): a list of feeds that a feed reader imports in one go."""

from collections.abc import Sequence

from lxml import etree
from lxml.etree import Element, SubElement

from ...model import Site, Subscription
from .printable import printable


def subscriptions_opml(site: Site, subscriptions: Sequence[Subscription]) -> bytes:
    """The upstream feeds that an installation follows, for a feed reader or another installation."""
    return opml_document(printable(site.title), [(each.name, printable(each.url), None) for each in subscriptions])


def opml_document(title: str, feeds: Sequence[tuple[str, str, str | None]]) -> bytes:
    """The document; `feeds` are (title, address of the feed, address of its page or None), in order.

    There is no date in it: the same feeds give the same bytes. Raises ValueError where a text holds what XML forbids.
    """
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = title
    body = SubElement(root, "body")
    for name, feed, page in feeds:
        outline = SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=feed)
        if page:
            outline.set("htmlUrl", page)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))
