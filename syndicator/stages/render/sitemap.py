"""What search engines read: the list of a publication's pages (https://www.sitemaps.org/protocol.html), and robots.txt.

A sitemap is a hint: it lists pages whose text is canonical elsewhere too, which each page says itself. Those are not
told apart here, because what a partner asked for in that stands in no fragment.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from lxml import etree
from lxml.etree import Element, SubElement

from ...model import Fragment, Publication, Site
from .headings import address

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(
    publication: Publication, site: Site, fragments: Sequence[Fragment], pages: Mapping[str, str], updated: datetime
) -> bytes:
    """The publication's page and those of its entries, with the time of their last change.

    `pages` has the path of an entry's page by the entry's id; an entry without one is left out.
    """
    root = Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP})
    for path, changed in (("index.html", updated), *_pages(fragments, pages)):
        place = SubElement(root, f"{{{SITEMAP}}}url")
        SubElement(place, f"{{{SITEMAP}}}loc").text = address(site, publication, path)
        SubElement(place, f"{{{SITEMAP}}}lastmod").text = changed.isoformat()
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def robots(site: Site, publications: Sequence[Publication]) -> bytes:
    """robots.txt (RFC 9309): everything may be read, and here is where the sitemaps are."""
    places = [f"Sitemap: {address(site, each, 'sitemap.xml')}" for each in publications]
    return "\n".join(["User-agent: *", "Allow: /", "", *places]).strip().encode() + b"\n"


def _pages(fragments: Sequence[Fragment], pages: Mapping[str, str]) -> Iterator[tuple[str, datetime]]:
    for each in fragments:
        if path := pages.get(each.id):
            yield path, each.updated
