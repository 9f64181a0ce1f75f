"""A feed that is opened in a browser explains itself, by a style sheet alone: XSLT is leaving browsers.

The style sheet is made for a publication, since its words are in the publication's language. It must not fetch
anything.
"""

from markupsafe import Markup

from ....model import Publication
from ..credit_block import ROLE_PHRASES
from ..phrases import phrases_for
from ..printable import printable
from .templating import OURS, Templates, page

EXPLANATION = (
    "This is a feed. Copy the address of this page into your feed reader: "
    "it will bring you new articles, without an account."
)
OLDER = "These are older entries of a feed. Nothing is added here: subscribe to the feed itself."
NAMES = "{names}"


def feed_style(publication: Publication, templates: Templates = OURS) -> bytes:
    """The style sheet of a publication's feeds, for NAME/feed.css."""
    phrases = phrases_for(printable(publication.language))
    before, after = phrases.say(ROLE_PHRASES["translator"], names=NAMES).split(NAMES)
    words = {"explanation": phrases.say(EXPLANATION), "older": phrases.say(OLDER), "before": before, "after": after}
    values = {name: _quotable(text) for name, text in words.items()}
    return page("feed.css", {**values, "direction": phrases.direction}, templates)


def explained(document: bytes, style: str) -> bytes:
    """An XML document with the style sheet at `style` (relative to it) named after its declaration.

    https://www.w3.org/TR/xml-stylesheet/ wants the instruction before the root element; lxml, and so feedgen, writes
    none that stands outside.
    """
    declaration, line, rest = document.partition(b"?>\n")
    return declaration + line + f'<?xml-stylesheet type="text/css" href="{style}"?>\n'.encode() + rest


def _quotable(text: str) -> Markup:
    r"""For a string of CSS: a backslash, a quote and a line's end would end it (CSS Syntax 3, 4.3.5)."""
    return Markup(text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " "))  # noqa: S704 — not for HTML
