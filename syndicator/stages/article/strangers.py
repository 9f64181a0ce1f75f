"""What stands on a page and is none of the article: told by what elements are and by how publishing systems name them.

It must not judge by an element's words: those are in any language.
"""

import re

from lxml.etree import XPath, _Element

from syndicator.stages.article.names import is_body, is_stranger, is_thread, names_of
from syndicator.stages.article.weights import Weights

# Never of an article, whatever they hold.
_NEVER = frozenset(
    {
        *("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "map", "link"),
        *("meta", "button", "select", "textarea", "input", "label", "fieldset", "dialog", "menu", "nav"),
    }
)
# Of the page rather than of the article, unless the article stands in them.
_USUALLY = frozenset({"aside", "form", "footer"})
_ROLES = frozenset(
    {"navigation", "complementary", "search", "banner", "contentinfo", "dialog", "alertdialog", "toolbar"}
)
# Whatever they are named.
_KEPT = frozenset(
    {
        *("html", "body", "article", "main", "h1", "blockquote", "pre", "img", "table", "tbody"),
        *("figure", "figcaption"),
    }
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_MARKED = XPath("descendant-or-self::*[@itemprop='articleBody' or @class]")
_MOST = 0.5  # of the page's prose: no stranger has that
_SHARE = 0.25  # of the page's prose: what has that and is marked as an article's body is one


def drop_strangers(root: _Element, weights: Weights) -> None:
    """Takes out of the page what is not an article by its kind or its name; `weights` are kept true."""
    gone: set[_Element] = set()
    for element in list(root.iter()):
        if element.getparent() in gone:
            gone.add(element)
        elif element is not root and _is_stranger(element, weights):
            gone.add(element)
            weights.drop(element)


def _is_stranger(element: _Element, weights: Weights) -> bool:
    if element.tag in _NEVER or element.get("itemtype", "").endswith("/Comment"):
        return True
    if element.tag in _KEPT:
        return False
    names = names_of(element)
    if is_thread(names):  # often longer than the article
        return not _holds_article(element, weights)
    if not _seems_strange(element, names) or _is_quoted(element, names):
        return False
    return weights.prose(element) <= _MOST * weights.total and not _holds_article(element, weights)


def _seems_strange(element: _Element, names: str) -> bool:
    if element.tag in _USUALLY or element.get("role") in _ROLES or element.get("hidden") is not None:
        return True
    return bool(is_stranger(names) or _UNSEEN.search(element.get("style", "")))


def _is_quoted(element: _Element, names: str) -> bool:
    """Whether it is an author's doing: a note, who a quotation is by, a quoted post of a social network."""
    if "footnote" in names or (element.tag == "footer" and next(element.iterancestors("blockquote"), None) is not None):
        return True
    return "embed" in names and next(element.iterdescendants("blockquote"), None) is not None


def _holds_article(element: _Element, weights: Weights) -> bool:
    """Whether the title, or what is marked as the article's body and has its share of the prose, is in `element`."""
    if next(element.iter("h1", "main"), None) is not None:
        return True
    enough = _SHARE * weights.total
    return weights.prose(element) >= enough and any(
        weights.prose(inner) >= enough and (inner.get("itemprop") == "articleBody" or is_body(names_of(inner)))
        for inner in _MARKED(element)
    )
