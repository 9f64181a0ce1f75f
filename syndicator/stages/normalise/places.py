"""Links from one place of an entry to another, as footnotes have: kept, and unlike those of every other entry.

An id that nothing in the entry links to is dropped; a link to a place that is not in the entry leads to its page.
"""

import re
from hashlib import sha256
from urllib.parse import unquote, urldefrag

from lxml.etree import XPath
from lxml.html import HtmlElement

from syndicator.stages.normalise.urls import absolute

_FRAGMENT = re.compile(r"href\s*+=[\s\"']*+[^\"'>\s#]*+#", re.IGNORECASE)
_PLACES = XPath("descendant::*[@id] | descendant::a[@name]")
_LINKS = XPath("descendant::a[contains(@href, '#')]")
_PLAIN = re.compile(r"[\w:.-]{1,100}")


def has_links_to_places(markup: str) -> bool:
    """Whether `markup` may hold a link to a fragment, so that ids in it may matter."""
    return "#" in markup and _FRAGMENT.search(markup) is not None


def settle(root: HtmlElement, *, url: str | None, base: str | None) -> None:
    """Joins each link with the place that it leads to in `root`; `url` is the entry's own address, `base` its markup's.

    Ids get a prefix made of `url`, so that several entries may stand on one page.
    """
    places = _places(root)
    prefix = "n" + sha256((url or base or "").encode()).hexdigest()[:8]
    linked = set()
    for link in _LINKS(root):
        page, fragment = urldefrag(link.get("href"))
        name = unquote(fragment)
        if name in places and page in ("", url, base):
            linked.add(name)
            link.set("href", f"#{prefix}-{name}")
        elif not page:
            _lead_away(link, url or base)
    for name, place in places.items():
        if name in linked:
            place.set("id", f"{prefix}-{name}")


def _places(root: HtmlElement) -> dict[str, HtmlElement]:
    """The elements with an id (or, before HTML5, anchors with a name), the first of each; it is taken off all."""
    places: dict[str, HtmlElement] = {}
    for element in _PLACES(root):
        names = [element.attrib.pop("id", None), element.attrib.pop("name", None)]
        for name in filter(None, names):
            if _PLAIN.fullmatch(name):
                places.setdefault(name, element)
    return places


def _lead_away(link: HtmlElement, page: str | None) -> None:
    if url := absolute(link.get("href"), page):
        link.set("href", url)
    else:
        del link.attrib["href"]
