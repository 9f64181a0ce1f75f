"""The body of an entry as a tree: what feeds add is taken out, captions are said once, images are listed.

The tree is lxml's, made from markup that nh3 has cleaned; what leaves it again is only a subset of that.
"""

import re
from dataclasses import dataclass

from lxml.etree import ElementDefaultClassLookup, XPath, fromstring, tostring
from lxml.html import HtmlElement, HTMLParser

from syndicator.model import Image, Note
from syndicator.stages.normalise.captions import captioned
from syndicator.stages.normalise.clean import clean_html, is_bounded
from syndicator.stages.normalise.footer import drop_footer, without_footer
from syndicator.stages.normalise.paragraphs import loose_words, paragraphs
from syndicator.stages.normalise.places import has_links_to_places, settle
from syndicator.stages.normalise.text import as_markup, plain_text

EXCERPT_CHARACTERS = 300  # docs/explanation/the-gate.md

# lxml.html asks Python for the class of every element it touches; all of ours are of one class.
_PARSER = HTMLParser(huge_tree=True)  # libxml2 else drops what is more than 256 deep; clean_html has bounded it
_PARSER.set_element_class_lookup(ElementDefaultClassLookup(element=HtmlElement))
_CLASSED = XPath("descendant::*[@class]")
_NEVER_CLOSED = re.compile("</(?:wbr|source)>")  # void in HTML, which libxml2 is too old to know
_BOXES = ("div", "section", "article", "main")
_UNBOUNDED = Note(
    code="markup-unbounded",
    text="the markup was too long, too deeply nested or full of bare &: only its words were kept",
)


@dataclass(frozen=True, slots=True)
class Body:
    """A cleaned body: its tree under one `div` (the caller's to change) and the images in it."""

    root: HtmlElement
    images: tuple[Image, ...]
    notes: tuple[Note, ...] = ()


def read_body(markup: str, *, base: str | None, url: str | None, site: str | None) -> Body:
    """The body in `markup`: cleaned, without the feed's footer, each caption said once.

    Addresses are relative to `base`, fragments to the entry: `#n` is a place in this text, where that has it, else in
    its page. `url` is the entry's own address and `site` its site's; a footer is told by its links to both.
    """
    notes = () if is_bounded(markup) else (_UNBOUNDED,)
    linked = has_links_to_places(markup)
    root = _tree(clean_html(markup, base=base, places=linked))
    if linked:
        settle(root, url=url, base=base)
    _unwrap(root)
    drop_footer(root, url, site)
    images = tuple(captioned(root))
    for element in _CLASSED(root):
        del element.attrib["class"]
    return Body(root, images, notes)


def _tree(cleaned: str) -> HtmlElement:
    """`cleaned` under one `div` that has no parent, without white space before its first element."""
    body = fromstring(f"<html><body><div>{cleaned}</div></body></html>", _PARSER)[0]
    root: HtmlElement = body[0]
    body.remove(root)
    if not (root.text or "").strip():
        root.text = None
    return root


def html_of(root: HtmlElement) -> str:
    """What stands inside `root`, as markup."""
    whole: str = tostring(root, encoding="unicode", method="html", with_tail=False)
    inside = whole.removeprefix("<div>").removesuffix("</div>").strip()
    return _NEVER_CLOSED.sub("", inside) if "</wbr>" in inside or "</source>" in inside else inside


def excerpt(summary: str, root: HtmlElement) -> str:
    """What may always be shown, as markup of one paragraph without media.

    The words of upstream's own `summary` (markup) where it is shorter than the body, else the first 300 characters
    of the body, cut at a word.
    """
    words = without_footer(plain_text(summary))
    text = root.text_content()
    if not words or len(words) >= len(text.strip()) > 0:
        words = _beginning(root)
    return as_markup(words) if words else ""


def _beginning(root: HtmlElement) -> str:
    words = ""
    for _, paragraph in paragraphs(root):
        words = f"{words} {paragraph}".replace("\n", " ").replace("\t", " ").lstrip(" ")
        if len(words) > EXCERPT_CHARACTERS:
            break
    if len(words) <= EXCERPT_CHARACTERS:
        return words
    return words[: EXCERPT_CHARACTERS - 1].rsplit(" ", 1)[0] + " …"


def _unwrap(root: HtmlElement) -> None:
    """Takes off the boxes around a whole body, so that its first and last blocks are the article's own."""
    box = root
    while len(box) == 1 and box[0].tag in _BOXES and not box[0].attrib and not loose_words(box):
        box = box[0]
    if box is not root:
        root.text = box.text
        root[:] = list(box)
