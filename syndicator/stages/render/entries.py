"""One entry rendered: the fragment of it that documents are stitched from, its page and the feed of its responses.

The recipes name what shapes these bytes, so that whoever keeps them knows when to make them anew.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from ...model import Fragment, Publication, Site, Stored
from .generator import atom_bytes, cut, feed_of, rss_bytes
from .headings import address, entry_paths, heading, page_path
from .jsonfeed import entry_json
from .outgoing import Outgoing, outgoing
from .pages import OURS, Templates, entry_page, entry_responses, gone_page, pages_fingerprint
from .phrases import fingerprint
from .printable import printable

RENDER_VERSION = 6
"""Raise it with every change of this room that changes an entry's bytes: older fragments are made anew."""

NOTHING_BEFORE = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def recipe(publication: Publication, site: Site) -> str:
    """Names what shapes an entry's bytes beside the entry: this code, our words, the publication's settings, and where
    our pages and our copies of pictures are.
    """
    shaped_by = f"{RENDER_VERSION}\n{fingerprint()}\n{publication.language}\n{publication.corrections}"
    shaped_by += f"\n{publication.credit_position}\n{site.base_url}"
    return f"{RENDER_VERSION}-{sha256(shaped_by.encode()).hexdigest()[:12]}"


def page_recipe(publication: Publication, site: Site, templates: Templates = OURS) -> str:
    """Names what shapes the bytes of an entry's page beside the entry; another one, and the page is made anew."""
    named = (site.base_url, site.title, publication.name, publication.title, str(publication.comments))
    shaped_by = (recipe(publication, site), pages_fingerprint(templates), *named)
    return sha256("\n".join(shaped_by).encode("utf-8", "replace")).hexdigest()[:16]


def entry_documents(
    stored: Stored, publication: Publication, site: Site, templates: Templates = OURS
) -> dict[str, bytes]:
    """The page of one entry and the feed of its responses, by path relative to the output directory.

    Raises ValueError where one of the editor's `templates` cannot be used.
    """
    page, responses = entry_paths(publication, stored.slug)
    return {
        page: entry_page(stored, publication, site, templates),
        responses: entry_responses(stored, publication, site),
    }


def gone_documents(publication: Publication, site: Site, slug: str, templates: Templates = OURS) -> dict[str, bytes]:
    """What is served with status 410 in place of the page of an entry that was taken down, and of its responses.

    Nothing of the entry is in it; `slug` only says where its page lay. Raises ValueError as `entry_documents`.
    """
    notice = gone_page(printable(publication), printable(site), templates)
    return {f"{path}.gone": notice for path in entry_paths(publication, slug)}


def leaves(stored: Stored, publication: Publication, site: Site) -> Outgoing:
    """As `outgoing`, with our page as the address of what has none elsewhere: an editor's translation can be opened."""
    out = outgoing(stored, publication, site)
    page = address(printable(site), printable(publication), page_path(stored.slug))
    return out if out.address else replace(out, address=page)


def fragment(stored: Stored, publication: Publication, site: Site) -> Fragment:
    """One entry rendered for `publication`; see `fragments`."""
    return fragments([stored], publication, site)[0]


def fragments(stored: Sequence[Stored], publication: Publication, site: Site) -> tuple[Fragment, ...]:
    """The entries rendered for `publication`, in order: <entry>…</entry>, <item>…</item> and a JSON object, UTF-8.

    Cheaper than one at a time: they share one feedgen document. Raises ValueError where an entry cannot be written;
    render the others then one by one.
    """
    made_with = recipe(publication, site)
    leaving = [leaves(each, publication, site) for each in stored]
    feed = feed_of(heading(publication, site, "feed.atom", NOTHING_BEFORE), leaving)
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
