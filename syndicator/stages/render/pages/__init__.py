"""Pages of ours: plain HTML and one style sheet, no script, nothing from elsewhere but an entry's own pictures.

A site's first page, one for each publication and one for each entry, with the feed of its responses beside it. They
are Jinja2 templates that an editor can replace. This room must not decide what may be published, nor put any text into
a page that is not escaped or was not cleaned.

    templating   the sandboxed Jinja2, our templates and an editor's     subscribing   what all pages share
    indexes      the site and its publications                           entry, text   the page of an entry
    origin, linked_data   where it was first published; JSON-LD          thread, raw   its responses; a feed in a browser
"""

from .entry import entry_page
from .indexes import publication_index, site_index
from .raw import explained, feed_style
from .templating import OURS, Templates, own, style_sheet, template_mistakes
from .thread import entry_responses

__all__ = [
    "OURS",
    "Templates",
    "entry_page",
    "entry_responses",
    "explained",
    "feed_style",
    "own",
    "publication_index",
    "site_index",
    "style_sheet",
    "template_mistakes",
]
