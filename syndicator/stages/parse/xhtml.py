"""Inline XHTML turned into the HTML text that every later reader takes. Must not clean anything.

feedparser writes XHTML element by element, three times slower, and says <br></br>, which an HTML parser reads as two.
"""

from html import escape

from lxml import etree

from syndicator.stages.parse.elements import local
from syndicator.stages.parse.vocabulary import XML

_LANG = f"{{{XML}}}lang"
_INHERITED = (_LANG, f"{{{XML}}}base")
_TYPES = ("xhtml", "application/xhtml+xml")


def flatten(element: etree._Element) -> None:
    """Make a text construct of type xhtml (RFC 4287 section 3.1.1.3) one of type html that says the same, in place."""
    if element.get("type", "").strip().lower() not in _TYPES or not len(element):
        return
    inside = _inside(element)
    text = escape(inside.text or "", quote=False) + "".join([_html(child) for child in list(inside)])
    for child in list(element):
        element.remove(child)
    element.text = text
    element.set("type", "html")


def _inside(element: etree._Element) -> etree._Element:
    """What holds the markup: the one <div> that Atom demands and that is no part of it, else the element itself."""
    around = [element.text, element[-1].tail]
    if len(element) > 1 or local(element[0]) != "div" or any(text and text.strip() for text in around):
        return element
    for name in _INHERITED:
        if (value := element[0].get(name)) is not None:
            element.set(name, value)
    return element[0]


def _plain_name(element: etree._Element) -> str:
    """The local name; "span" for one that recovery left unusable as a name on its own."""
    name = element.tag.rpartition("}")[2]
    return name if name.replace("-", "").isalnum() else "span"


def _html(element: etree._Element) -> str:
    """The element with its tail as HTML; it is taken out of the tree, away from the namespaces declared above it."""
    element.getparent().remove(element)
    for node in element.iter(etree.Element):
        if node.tag.startswith("{"):
            node.tag = _plain_name(node)
        if (language := node.attrib.pop(_LANG, None)) is not None:
            node.set("lang", node.get("lang", language))
    etree.cleanup_namespaces(element)
    return str(etree.tostring(element, method="html", encoding="unicode"))
