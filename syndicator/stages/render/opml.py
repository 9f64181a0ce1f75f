"""OPML 2.0 (http://opml.org/spec2.opml): a list of feeds that a feed reader imports in one go."""

from collections.abc import Sequence

from lxml import etree
from lxml.etree import Element, SubElement

from ...model import Site, Subscription
from .printable import printable
from .texts import as_html


def subscriptions_opml(site: Site, subscriptions: Sequence[Subscription]) -> bytes:
    """The upstream feeds that an installation follows, for a feed reader or another installation."""
    return opml_document(printable(site.title), [(each.name, printable(each.url), None) for each in subscriptions])


def opml_document(title: str, feeds: Sequence[tuple[str, str, str | None]]) -> bytes:
    """The document; `feeds` are (title, address of the feed, address of its page or None), in order.

    Titles may hold HTML (OPML 2.0, "Text attribute"), so what looks like it is escaped. There is no date in it: the
    same feeds give the same bytes. Raises ValueError where a text holds what XML forbids.
    """
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = as_html(title)
    body = SubElement(root, "body")
    for name, feed, page in feeds:
        shown = as_html(name)
        outline = SubElement(body, "outline", type="rss", text=shown, title=shown, xmlUrl=feed)
        if page:
            outline.set("htmlUrl", page)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))
