"""The documents at the root of a site."""

from collections.abc import Sequence

from ...model import Publication, Site
from .headings import address
from .opml import opml_document
from .pages import OURS, Templates, site_index, style_sheet
from .printable import printable
from .sitemap import robots


def site_documents(site: Site, publications: Sequence[Publication], templates: Templates = OURS) -> dict[str, bytes]:
    """The documents at the root: index.html, its style sheet, publications.opml and robots.txt."""
    site, publications = printable(site), printable(tuple(publications))
    addresses = [
        (each.title, address(site, each, "feed.atom"), address(site, each, "index.html")) for each in publications
    ]
    return {
        "style.css": style_sheet(templates),
        "publications.opml": opml_document(site.title, addresses),
        "index.html": site_index(site, publications, templates),
        "robots.txt": robots(site, publications),
    }
