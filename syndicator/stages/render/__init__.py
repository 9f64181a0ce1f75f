"""Entries to bytes: Atom, RSS 2.0, JSON Feed, pages and OPML. The only door to feedgen and Jinja2.

An entry is rendered once for a publication (`fragments`), kept by the store, and stitched into documents (`documents`,
`archive_documents`, `person_documents`). Same input, same bytes: no clock, no randomness, and `updated` never defaults
to now. What the gate withholds (entry.release) does not come out in any format. The room must not decide what may be
published, nor write files.

    entries      one entry: its fragment, its page       publication, site   what is made of many
    people       who of an entry has a page              headings     what stands above a feed, where files lie
    vocabulary   namespaces, one function that writes an element      printable    out with what XML forbids
    outgoing     the gate, the credit block attached, replies counted  credit_block, phrases   our words in N languages
    partner, pictures   what a partner asked for, done   texts, sources   what stands where upstream left a blank
    generator, extension   feedgen and its mending                     annotations, atom, rss   what is mended
    jsonfeed · responses · opml · sitemap · pages/   the other documents   markup       small readings of clean HTML
"""

from .entries import entry_documents, fragment, fragments, gone_documents, page_recipe, recipe
from .headings import archive_paths, entry_paths, page_path, person_paths
from .opml import subscriptions_opml
from .outgoing import pictures_of
from .pages import Templates, entry_page, entry_responses, person_documents, template_mistakes
from .people import people_of
from .phrases import phrases_for
from .publication import archive_documents, documents
from .site import site_documents

__all__ = [
    "Templates",
    "archive_documents",
    "archive_paths",
    "documents",
    "entry_documents",
    "entry_page",
    "entry_paths",
    "entry_responses",
    "fragment",
    "fragments",
    "gone_documents",
    "page_path",
    "page_recipe",
    "people_of",
    "person_documents",
    "person_paths",
    "phrases_for",
    "pictures_of",
    "recipe",
    "site_documents",
    "subscriptions_opml",
    "template_mistakes",
]
