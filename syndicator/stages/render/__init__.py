"""Entries to bytes: Atom, RSS 2.0, JSON Feed, pages and OPML. The only door to feedgen and Jinja2.

An entry is rendered once for a publication (`fragments`), kept by the store, and stitched into documents (`documents`).
Same input, same bytes: no clock, no randomness, and `updated` never defaults to now. What the gate withholds
(entry.release) does not come out in any format. The room must not decide what may be published, nor write files.

    vocabulary   namespaces, one function that writes an element      printable    out with what XML forbids
    outgoing     the gate, the credit block attached, replies counted  credit_block, phrases   our words in N languages
    generator, extension   feedgen and its mending                     annotations, atom, rss   what is mended
    jsonfeed · pings · opml · pages/   the other documents            markup       small readings of clean HTML
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from ...model import Fragment, Publication, Response, Site, Stored, Tombstone
from .generator import Heading, atom_bytes, cut, feed_of, rss_bytes, stitch_atom, stitch_rss
from .jsonfeed import entry_json, feed_json
from .opml import opml_document, subscriptions_opml
from .outgoing import outgoing, tag
from .pages import (
    NO_PAGES,
    OURS,
    Templates,
    entry_page,
    entry_responses,
    explained,
    feed_style,
    pages_fingerprint,
    publication_index,
    site_index,
    style_sheet,
    template_mistakes,
)
from .phrases import fingerprint, phrases_for
from .pings import pings_feed, pings_of
from .printable import printable

__all__ = [
    "Templates",
    "documents",
    "entry_documents",
    "entry_page",
    "entry_responses",
    "fragment",
    "fragments",
    "page_path",
    "page_recipe",
    "recipe",
    "site_documents",
    "subscriptions_opml",
    "template_mistakes",
]

RENDER_VERSION = 2
"""Raise it with every change of this room that changes an entry's bytes: older fragments are made anew."""

NOTHING_BEFORE = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def recipe(publication: Publication, site: Site) -> str:  # noqa: ARG001 — an entry's bytes hold nothing of the site yet
    """Names what shapes an entry's bytes beside the entry: this code, our words, the publication's language."""
    shaped_by = f"{RENDER_VERSION}\n{fingerprint()}\n{publication.language}"
    return f"{RENDER_VERSION}-{sha256(shaped_by.encode()).hexdigest()[:12]}"


def page_recipe(publication: Publication, site: Site, templates: Templates = OURS) -> str:
    """Names what shapes the bytes of an entry's page beside the entry; another one, and the page is made anew."""
    named = (site.base_url, site.title, publication.name, publication.title)
    shaped_by = (recipe(publication, site), pages_fingerprint(templates), *named)
    return sha256("\n".join(shaped_by).encode("utf-8", "replace")).hexdigest()[:16]


def page_path(slug: str) -> str:
    """Where the page of an entry lies in its publication's folder."""
    return f"entries/{slug}.html"


def entry_documents(
    stored: Stored, publication: Publication, site: Site, templates: Templates = OURS
) -> dict[str, bytes]:
    """The page of one entry and the feed of its responses, by path relative to the output directory.

    Raises ValueError where one of the editor's `templates` cannot be used.
    """
    return {
        f"{publication.name}/{page_path(stored.slug)}": entry_page(stored, publication, site, templates),
        f"{publication.name}/entries/{stored.slug}.atom": entry_responses(stored, publication, site),
    }


def fragment(stored: Stored, publication: Publication, site: Site) -> Fragment:
    """One entry rendered for `publication`; see `fragments`."""
    return fragments([stored], publication, site)[0]


def fragments(stored: Sequence[Stored], publication: Publication, site: Site) -> tuple[Fragment, ...]:
    """The entries rendered for `publication`, in order: <entry>…</entry>, <item>…</item> and a JSON object, UTF-8.

    Cheaper than one at a time: they share one feedgen document. Raises ValueError where an entry cannot be written;
    render the others then one by one.
    """
    made_with = recipe(publication, site)
    leaving = [outgoing(each, publication.language) for each in stored]
    feed = feed_of(_heading(publication, site, "feed.atom", NOTHING_BEFORE), leaving)
    written = zip(stored, leaving, cut(atom_bytes(feed), "atom"), cut(rss_bytes(feed), "rss"), strict=True)
    return tuple(
        Fragment(
            subscription=each.entry.subscription,
            id=each.entry.id,
            revision=each.revision,
            recipe=made_with,
            updated=each.entry.updated,
            atom=atom,
            rss=rss,
            json=entry_json(out),
        )
        for each, out, atom, rss in written
    )


def documents(
    publication: Publication,
    site: Site,
    fragments: Sequence[Fragment],
    responses: Sequence[tuple[Stored, Response]],
    since: datetime,
    tombstones: Sequence[Tombstone] = (),
    pages: Mapping[str, str] = NO_PAGES,
    templates: Templates = OURS,
) -> dict[str, bytes]:
    """Every document of a publication by its path relative to the output directory.

    `fragments` in the order to publish; `responses` to the publication's entries, of any kind; `tombstones` name
    entries that were taken down; `since` is when the publication was first made, its `updated` as long as it has
    nothing else. `pages` has the `page_path` of each entry that has a page, by the entry's id.
    """
    times = [*(each.updated for each in fragments), *(each.when for each in tombstones if each.when)]
    updated = max(times, default=since)
    entries = [each.json for each in fragments]
    buried = printable(tuple(tombstones))
    atom = replace(_heading(publication, site, "feed.atom", updated), tombstones=buried)
    rss = replace(_heading(publication, site, "feed.rss", updated), tombstones=buried)
    named = publication.name
    return {
        f"{named}/feed.atom": explained(stitch_atom(atom, [each.atom for each in fragments]), "feed.css"),
        f"{named}/feed.rss": explained(stitch_rss(rss, [each.rss for each in fragments]), "feed.css"),
        f"{named}/feed.json": _feed_json(_heading(publication, site, "feed.json", updated), entries),
        f"{named}/responses.atom": explained(_responses(publication, site, responses, since), "feed.css"),
        f"{named}/index.html": publication_index(printable(site), printable(publication), entries, pages, templates),
        f"{named}/feed.css": feed_style(publication, templates),
    }


def site_documents(site: Site, publications: Sequence[Publication], templates: Templates = OURS) -> dict[str, bytes]:
    """The documents at the root: index.html, its style sheet and publications.opml."""
    site, publications = printable(site), printable(tuple(publications))
    addresses = [
        (each.title, _address(site, each, "feed.atom"), _address(site, each, "index.html")) for each in publications
    ]
    return {
        "style.css": style_sheet(templates),
        "publications.opml": opml_document(site.title, addresses),
        "index.html": site_index(site, publications, templates),
    }


TYPES = {"feed.atom": "application/atom+xml", "feed.rss": "application/rss+xml", "feed.json": "application/feed+json"}


def _heading(publication: Publication, site: Site, file: str, updated: datetime) -> Heading:
    """The feed's id is the address of its Atom document, in every format: it names the publication, not the file."""
    publication, site = printable(publication), printable(site)
    return Heading(
        id=_address(site, publication, "feed.atom"),
        title=publication.title or publication.name,
        description=f"{publication.title} — {site.title}",
        language=tag(publication.language),
        self_url=_address(site, publication, file),
        self_type=TYPES[file],
        page_url=_address(site, publication, "index.html"),
        updated=updated,
        hubs=site.hubs,
        related=(("replies", "application/atom+xml", _address(site, publication, "responses.atom")),),
    )


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
    pings = pings_of(responses)
    publication, site = printable(publication), printable(site)
    address = _address(site, publication, "responses.atom")
    heading = Heading(
        id=address,
        title=phrases_for(publication.language).say("Responses: {title}", title=publication.title),
        description=site.title,
        language=tag(publication.language),
        self_url=address,
        self_type="application/atom+xml",
        page_url=_address(site, publication, "index.html"),
        updated=max((response.published or entry.published for entry, response in pings), default=since),
        hubs=site.hubs,
    )
    return pings_feed(heading, pings)


def _address(site: Site, publication: Publication, file: str) -> str:
    return f"{site.base_url}/{publication.name}/{file}"
