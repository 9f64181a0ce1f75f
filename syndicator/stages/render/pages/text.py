"""An entry's clean text as it stands in a page of ours: a guest whose markup must not speak for the page.

Cleaning is the normaliser's; nothing here makes markup safe, and no word is changed.
"""

from lxml import etree, html
from markupsafe import Markup

from ..markup import read, written

OURS = "syndicator-"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
GUESTS = {
    "main": "div",  # a page has one main part, and that is its own
    "acronym": "abbr",  # what HTML has given up (16.2), and what stands for it now
    "big": "span",
    "center": "div",
    "rb": "span",
    "strike": "s",
    "tt": "code",
}
DIRECTIONS = ("ltr", "rtl", "auto")


def in_page(markup: str) -> Markup:
    """`markup` (clean HTML) for the body of a page.

    Classes go, since any of them may be one of a microformat or of our style sheet, and would name, say, another
    author of the page (https://microformats.org/wiki/microformats2-parsing); ours stay. A picture without a text of its
    own gets an empty one, so that its address is not read aloud (HTML, 4.8.4.4).
    A table scrolls on a telephone, so a keyboard must reach it (WCAG 2.2, 2.1.1). Headings come one level below the
    page's title, however deep they were at home, and none is skipped.
    """
    root = read(markup)
    instead = GUESTS | _levels(root)
    for element in root.iterdescendants(etree.Element):
        element.tag = instead.get(element.tag, element.tag)
        _unclass(element)
        if element.get("dir", "auto").lower() not in DIRECTIONS:
            element.attrib.pop("dir")
        if element.tag == "img":
            if element.get("width") != "1":  # a counter counts whoever opens the page, not who reads to its end
                element.set("loading", "lazy")
            element.set("alt", element.get("alt", ""))
        elif element.tag == "table":
            element.set("tabindex", "0")
    return Markup(written(root))  # noqa: S704 — clean when it came


def _levels(root: html.HtmlElement) -> dict[str, str]:
    """The heading that stands for each which the text has: from h2 on, in the order of their depth."""
    found = {element.tag for element in root.iter(*HEADINGS)}
    return dict(zip(filter(found.__contains__, HEADINGS), HEADINGS[1:], strict=False))


def _unclass(element: html.HtmlElement) -> None:
    told = element.attrib.pop("class", "")
    if ours := [name for name in told.split() if name.startswith(OURS)]:
        element.set("class", " ".join(ours))
