"""Pages of ours: plain HTML and one style sheet, no script, nothing from elsewhere but an entry's own pictures.

A site's first page, one for each publication, for each of its archives, for each entry, with the feed of its responses
beside it, and for each person, with the feed of what they translated. They are Jinja2 templates that an editor can
replace. This room must not decide what may be published, nor put any text into a page that is not escaped or was not
cleaned.

    templating        the sandboxed Jinja2, our templates and an editor's
    subscribing       what all pages share               indexes       the site, publications, archives
    entry, text       the page of an entry               linked_data   what that tells machines
    origin            where a text came out first        thread        the responses to an entry
    person            what somebody wrote or translated  naming        names that lead to those pages
    listing           lists of entries                   gone          in place of what was taken down
    raw               a feed in a browser
"""

from .entry import entry_page
from .gone import gone_page
from .indexes import NO_PAGES, archive_index, publication_index, site_index
from .person import person_documents
from .raw import explained, feed_style
from .templating import OURS, Templates, pages_fingerprint, style_sheet, template_mistakes
from .thread import entry_responses

__all__ = [
    "NO_PAGES",
    "OURS",
    "Templates",
    "archive_index",
    "entry_page",
    "entry_responses",
    "explained",
    "feed_style",
    "gone_page",
    "pages_fingerprint",
    "person_documents",
    "publication_index",
    "site_index",
    "style_sheet",
    "template_mistakes",
]
