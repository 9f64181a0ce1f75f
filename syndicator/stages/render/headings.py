"""What stands above the entries of a publication's feeds, and where its files lie.

It must not know an entry.
"""

from datetime import datetime

from ...model import Publication, Site
from .generator import Heading
from .outgoing import tag
from .printable import printable

TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}


def heading(publication: Publication, site: Site, file: str, updated: datetime) -> Heading:
    """The heading of the publication's feed in `file` (a path in its folder).

    The feed's id is the address of its Atom document, in every format: it names the publication, not the file.
    """
    publication, site = printable(publication), printable(site)
    return Heading(
        id=address(site, publication, "feed.atom"),
        title=publication.title or publication.name,
        description=f"{publication.title} — {site.title}",
        language=tag(publication.language),
        self_url=address(site, publication, file),
        self_type=TYPES[file.rpartition(".")[2]],
        page_url=address(site, publication, "index.html"),
        updated=updated,
        hubs=site.hubs,
        related=(("replies", TYPES["atom"], address(site, publication, "responses.atom")),),
    )


def address(site: Site, publication: Publication, file: str) -> str:
    """The absolute address of `file`, a path in the publication's folder."""
    return f"{site.base_url}/{publication.name}/{file}"


def page_path(slug: str) -> str:
    """Where the page of an entry lies in its publication's folder."""
    return f"entries/{slug}.html"


def entry_paths(publication: Publication, slug: str) -> tuple[str, str]:
    """The files of an entry, relative to the output directory: its page and the feed of its responses."""
    folder = f"{publication.name}/entries/{slug}"
    return f"{folder}.html", f"{folder}.atom"


def person_paths(publication: Publication, slug: str) -> tuple[str, str]:
    """The files that a person may have, relative to the output directory: those that `person_documents` does not make
    for them any more have to go.
    """
    return f"{publication.name}/{person_path(slug)}", f"{publication.name}/{person_feed_path(slug)}"


def person_path(slug: str) -> str:
    """Where the page of a person lies in a publication's folder."""
    return f"people/{slug}.html"


def person_feed_path(slug: str) -> str:
    """Where the feed of what a person translated lies in a publication's folder."""
    return f"people/{slug}.atom"


def archive_paths(publication: Publication, number: int) -> tuple[str, str]:
    """The files of an archive, relative to the output directory: its document and its page."""
    return f"{publication.name}/{archive_path(number)}", f"{publication.name}/{archive_page_path(number)}"


def archive_path(number: int) -> str:
    """Where an archive document lies in its publication's folder."""
    return f"archive/{number}.atom"


def archive_page_path(number: int) -> str:
    """Where the page of an archive lies in its publication's folder."""
    return f"archive/{number}.html"
