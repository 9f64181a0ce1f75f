"""An entry's clean text as it stands in a page of ours: a guest whose markup must not speak for the page.

Cleaning is the normaliser's; nothing here makes markup safe, and no word is changed.
"""

from lxml import etree, html
from markupsafe import Markup

OURS = "syndicator-"
GUESTS = {"h1": "h2", "main": "div"}
"""A page has one title and one main part, and those are its own."""


def in_page(markup: str) -> Markup:
    """`markup` (clean HTML) for the body of a page.

    Classes go, since any of them may be one of a microformat or of our style sheet, and would name, say, another
    author of the page (https://microformats.org/wiki/microformats2-parsing); ours stay. A picture without a text of its
    own gets an empty one, so that its address is not read aloud (HTML, 4.8.4.4).
    A table scrolls on a telephone, so a keyboard must reach it (WCAG 2.2, 2.1.1).
    """
    parser = html.HTMLParser(huge_tree=True, encoding="utf-8")
    root = html.fragment_fromstring(markup, create_parent="div", parser=parser)
    for element in root.iterdescendants(etree.Element):
        element.tag = GUESTS.get(element.tag, element.tag)
        _unclass(element)
        if element.tag == "img":
            if element.get("width") != "1":  # a counter counts whoever opens the page, not who reads to its end
                element.set("loading", "lazy")
            element.set("alt", element.get("alt", ""))
        elif element.tag == "table":
            element.set("tabindex", "0")
    written = str(etree.tostring(root, encoding="unicode", method="html"))
    return Markup(written.removeprefix("<div>").removesuffix("</div>"))  # noqa: S704 — clean when it came


def _unclass(element: html.HtmlElement) -> None:
    told = element.attrib.pop("class", "")
    if ours := [name for name in told.split() if name.startswith(OURS)]:
        element.set("class", " ".join(ours))
