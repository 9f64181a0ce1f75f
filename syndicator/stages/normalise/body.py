"""The body of an entry as a tree: what feeds add is taken out, captions are said once, images are listed.

The tree is lxml's, made from markup that nh3 has cleaned; what leaves it again is only a subset of that.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import ElementDefaultClassLookup, XPath, fromstring, tostring
from lxml.html import HtmlElement, HTMLParser

from syndicator.model import Image, Note
from syndicator.stages.normalise.captions import captioned
from syndicator.stages.normalise.clean import clean_html, is_bounded
from syndicator.stages.normalise.footer import drop_footer, without_footer
from syndicator.stages.normalise.text import as_markup, plain_text, words_of
from syndicator.stages.normalise.urls import absolute

EXCERPT_CHARACTERS = 300  # docs/explanation/the-gate.md

_BLOCKS = (
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "dd",
    "dt",
    "td",
    "th",
    "div",
    "section",
    "article",
)
# lxml.html asks Python for the class of every element it touches; all of ours are of one class.
_PARSER = HTMLParser(huge_tree=True)  # libxml2 else drops what is more than 256 deep; clean_html has bounded it
_PARSER.set_element_class_lookup(ElementDefaultClassLookup(element=HtmlElement))
_TO_FRAGMENT = XPath("descendant::a[starts-with(@href, '#')]")
_CLASSED = XPath("descendant::*[@class]")
_MEDIA = ("img", "picture")
_BOXES = ("div", "section", "article", "main")
_APART = ("figure", "table", "audio", "video")
_EMPHASIS = frozenset({"em", "i", "strong", "b"})
_UNBOUNDED = Note(
    code="markup-unbounded",
    text="the markup was too long, too deeply nested or full of bare &: only its words were kept",
)
_SPACE = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")  # a single space needs no work


@dataclass(frozen=True, slots=True)
class Body:
    """A cleaned body: its tree under one `div` (the caller's to change) and the images in it."""

    root: HtmlElement
    images: tuple[Image, ...]
    notes: tuple[Note, ...] = ()


def read_body(markup: str, *, base: str | None, url: str | None, site: str | None) -> Body:
    """The body in `markup`: cleaned, without the feed's footer, each caption said once.

    Addresses are relative to `base`, fragments to the entry: `#n` is a place in this text. `url` is the entry's own
    address and `site` its site's; a footer is told by its links to both.
    """
    notes = () if is_bounded(markup) else (_UNBOUNDED,)
    root = _tree(clean_html(markup, base=base))
    for link in _TO_FRAGMENT(root):
        _place(link, url or base)
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


def _place(link: HtmlElement, page: str | None) -> None:
    """Makes a link to a fragment one to a place in `page`."""
    if url := absolute(link.get("href"), page):
        link.set("href", url)
    else:
        del link.attrib["href"]


def html_of(root: HtmlElement) -> str:
    """What stands inside `root`, as markup."""
    whole: str = tostring(root, encoding="unicode", method="html", with_tail=False)
    return whole.removeprefix("<div>").removesuffix("</div>").strip()


def body_text(root: HtmlElement) -> str:
    """The words of the body, paragraphs separated by an empty line; captions, tables and the standfirst are left
    out.
    """
    lead = _standfirst(root)
    return "\n\n".join(text for element, text in _paragraphs(root) if element is not lead)


def standfirst(root: HtmlElement) -> str:
    """The words of the standfirst: a first paragraph set apart by emphasis from end to end, or ""."""
    lead = _standfirst(root)
    return words_of(lead) if lead is not None else ""


def excerpt(summary: str, root: HtmlElement) -> str:
    """What may always be shown, as markup of one paragraph without media.

    The words of upstream's own `summary` (markup) where it is shorter than the body, else the first 300 characters
    of the body, cut at a word.
    """
    words = without_footer(plain_text(summary))
    text = root.text_content()
    if not words or len(words) >= len(text.strip()) > 0:
        words = _beginning(text)
    return as_markup(words) if words else ""


def _beginning(text: str) -> str:
    words = _SPACE.sub(" ", text[: 4 * EXCERPT_CHARACTERS].strip())
    if len(words) <= EXCERPT_CHARACTERS:
        return words
    return words[: EXCERPT_CHARACTERS - 1].rsplit(" ", 1)[0] + " …"


def _unwrap(root: HtmlElement) -> None:
    """Takes off the boxes around a whole body, so that its first and last blocks are the article's own."""
    while len(root) == 1 and root[0].tag in _BOXES and not root[0].attrib and not _loose_words(root):
        root[0].drop_tag()


def _loose_words(root: HtmlElement) -> bool:
    return bool((root.text or "").strip() or (root[0].tail or "").strip())


# ── paragraphs ───────────────────────────────────────────────────────────────────────────────────────────────────


def _paragraphs(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """The innermost blocks that hold words, in order, outside figures and tables; loose text as a paragraph of its
    own.
    """
    yield from _loose(root, root.text)
    for child in root:
        if child.tag in _BLOCKS and not any(True for _ in child.iterdescendants(*_BLOCKS)):
            if words := words_of(child):
                yield child, words
        elif child.tag not in _APART and child.tag not in _MEDIA:
            if any(True for _ in child.iterdescendants(*_BLOCKS)):
                yield from _paragraphs(child)
            elif words := words_of(child):
                yield child, words
        yield from _loose(child, child.tail)


def _loose(element: HtmlElement, text: str | None) -> Iterator[tuple[HtmlElement, str]]:
    if words := _SPACE.sub(" ", text or "").strip(" "):
        yield element, words


def _standfirst(root: HtmlElement) -> HtmlElement | None:
    if len(root) < 2 or root[0].tag != "p" or _loose_words(root) or not root[0].text_content().strip():
        return None
    return root[0] if _emphasised(root[0]) else None


def _emphasised(element: HtmlElement) -> bool:
    """Whether all of its words stand in emphasis, links between them included."""
    if (element.text or "").strip():
        return False
    for child in element:
        if (child.tail or "").strip(" \t\r\n.") or not (
            child.tag in _EMPHASIS or not child.text_content().strip() or _emphasised(child)
        ):
            return False
    return True
