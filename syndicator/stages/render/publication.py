"""The documents of a publication, stitched from the fragments of its entries: feeds, archives, its pages, its sitemap.

No entry is rendered here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from ...model import Fragment, Publication, Response, Site, Stored, Tombstone
from .generator import Heading, stitch_atom, stitch_rss
from .headings import TYPES, address, archive_page_path, archive_path, archive_paths, heading
from .jsonfeed import feed_json
from .outgoing import tag
from .pages import NO_PAGES, OURS, Templates, archive_index, explained, feed_style, publication_index
from .phrases import phrases_for
from .printable import printable
from .responses import responses_feed, told_of, when
from .sitemap import sitemap


def documents(
    publication: Publication,
    site: Site,
    fragments: Sequence[Fragment],
    responses: Sequence[tuple[Stored, Response]],
    since: datetime,
    tombstones: Sequence[Tombstone] = (),
    pages: Mapping[str, str] = NO_PAGES,
    templates: Templates = OURS,
    *,
    archives: int = 0,
) -> dict[str, bytes]:
    """Every document of a publication by its path relative to the output directory, but for its archives.

    `fragments` in the order to publish; `responses` to the publication's entries, of any kind; `tombstones` name
    entries that were taken down; `since` is when the publication was first made, its `updated` as long as it has
    nothing else. `pages` has the `page_path` of each entry that has a page, by the entry's id; `archives` is the
    number of the newest archive document, 0 where there is none.
    """
    publication, site = printable(publication), printable(site)
    times = [*(each.updated for each in fragments), *(each.when for each in tombstones if each.when)]
    updated = max(times, default=since)
    entries = [each.json for each in fragments]
    buried = printable(tuple(tombstones))
    atom = replace(heading(publication, site, "feed.atom", updated), tombstones=buried)
    atom = replace(atom, related=(*atom.related, *_previous(publication, site, archives)))
    rss = replace(heading(publication, site, "feed.rss", updated), tombstones=buried)
    named, older = publication.name, archive_page_path(archives) if archives else ""
    page = publication_index(site, publication, entries, pages, templates, older=older)
    return {
        f"{named}/feed.atom": explained(stitch_atom(atom, [each.atom for each in fragments]), "feed.css"),
        f"{named}/feed.rss": explained(stitch_rss(rss, [each.rss for each in fragments]), "feed.css"),
        f"{named}/feed.json": _feed_json(heading(publication, site, "feed.json", updated), entries),
        f"{named}/responses.atom": explained(_responses(publication, site, responses, since), "feed.css"),
        f"{named}/index.html": page,
        f"{named}/feed.css": feed_style(publication, templates),
        f"{named}/sitemap.xml": sitemap(publication, site, fragments, pages, updated),
    }


def archive_documents(
    publication: Publication,
    site: Site,
    number: int,
    fragments: Sequence[Fragment],
    since: datetime,
    pages: Mapping[str, str] = NO_PAGES,
    templates: Templates = OURS,
) -> dict[str, bytes]:
    """The archive document `number` (from 1) of a publication, by its path: RFC 5005 section 4; and its page.

    They name the archive before them and not the one after, so that they stay as they are when the next one is sealed.
    `since` is the document's `updated` where it has no entries (all were taken down); `pages` as in `documents`. Raises
    ValueError where one of the editor's `templates` cannot be used.
    """
    publication, site = printable(publication), printable(site)
    updated = max((each.updated for each in fragments), default=since)
    file = archive_path(number)
    current = ("current", TYPES["atom"], address(site, publication, "feed.atom"))
    top = replace(
        heading(publication, site, file, updated),
        related=(current, *_previous(publication, site, number - 1)),
        hubs=(),
        archive=True,
    )
    document = explained(stitch_atom(top, [each.atom for each in fragments]), "../feed.css")
    page = archive_index(site, publication, number, [each.json for each in fragments], pages, templates)
    return dict(zip(archive_paths(publication, number), (document, page), strict=True))


def _previous(publication: Publication, site: Site, number: int) -> tuple[tuple[str, str, str], ...]:
    """The link to the archive `number`, if there is one: RFC 5005 section 4."""
    if number < 1:
        return ()
    return (("prev-archive", TYPES["atom"], address(site, publication, archive_path(number))),)


def _feed_json(heading: Heading, entries: Sequence[bytes]) -> bytes:
    head = {
        "title": heading.title,
        "home_page_url": heading.page_url,
        "feed_url": heading.self_url,
        "description": heading.description,
        "language": heading.language,
    }
    return feed_json(head, heading.hubs, entries)


def _responses(
    publication: Publication, site: Site, responses: Sequence[tuple[Stored, Response]], since: datetime
) -> bytes:
    told, phrases = told_of(responses, publication), phrases_for(publication.language)
    here = address(site, publication, "responses.atom")
    heading = Heading(
        id=here,
        title=phrases.say("Responses: {title}", title=publication.title),
        description=site.title,
        language=tag(publication.language),
        self_url=here,
        self_type=TYPES["atom"],
        page_url=address(site, publication, "index.html"),
        updated=max(map(when, told), default=since),
        hubs=site.hubs,
    )
    return responses_feed(heading, told, phrases)
