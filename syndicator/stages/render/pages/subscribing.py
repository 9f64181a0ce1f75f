"""How a page offers its publication's feeds, to people as buttons and to feed readers in its head."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from ....model import Publication, Site
from ..headings import TYPES
from ..outgoing import tag
from ..phrases import Phrases

FORMATS = (
    ("feed.atom", TYPES["atom"], "Atom"),
    ("feed.rss", TYPES["rss"], "RSS"),
    ("feed.json", TYPES["json"], "JSON Feed"),
)
WHAT_A_FEED_IS = (
    "A feed brings new articles to a reader of your choice, without an account: "
    "copy one of these addresses into your feed reader."
)


def buttons(folder: str, phrases: Phrases) -> list[Mapping[str, str]]:
    """The links of a publication whose files lie in `folder` ("" or a relative path that ends with a slash)."""
    feeds = [{"href": f"{folder}{file}", "type": kind, "label": label} for file, kind, label in FORMATS]
    responses = {"href": f"{folder}responses.atom", "type": TYPES["atom"], "label": phrases.say("Responses")}
    return [*feeds, responses]


def discoverable(publication: Publication, folder: str) -> list[Mapping[str, str]]:
    """Feed readers look for rel=alternate in the head (https://www.rssboard.org/rss-autodiscovery)."""
    return [
        {"href": f"{folder}{file}", "type": kind, "title": f"{publication.title} ({label})"}
        for file, kind, label in FORMATS
    ]


@lru_cache(maxsize=256)
def spoken(language: str | None, direction: str | None = None) -> Markup:
    """The attributes lang and dir of an element whose language differs from its page's; nothing where none is known."""
    known = {"lang": tag(language), "dir": direction}
    return Markup("").join(Markup(' {}="{}"').format(name, escape(value)) for name, value in known.items() if value)


def trail(site: Site, publication: Publication) -> list[Mapping[str, str]]:
    """The links above a page that lies in a folder of the publication's: to the site, and to the publication."""
    return [
        {"href": "../../index.html", "label": site.title},
        {"href": "../index.html", "label": publication.title},
    ]


def frame(phrases: Phrases, *, heading: str, root: str) -> dict[str, Any]:
    """The values that every template may use; `root` is the relative path to the site's first page.

    The page's own language and direction are those of `phrases` unless what is read in it is in another.
    """
    return {
        "say": phrases.say,
        "language": phrases.language,
        "direction": phrases.direction,
        "spoken": spoken(phrases.language, phrases.direction),
        "heading": heading,
        "root": root,
        "feeds": [],
        "trail": [],
        "what_a_feed_is": phrases.say(WHAT_A_FEED_IS),
    }
