"""Which element of a page holds the article."""

from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.etree import XPath, _Element

from syndicator.stages.article.names import is_body, names_of
from syndicator.stages.article.weights import Weights, words_of

_MICROFORMAT = XPath("//@class[contains(concat(' ', normalize-space(), ' '), ' e-content ')]/..")
_MICRODATA = XPath("//@itemprop[.='articleBody']/..")
_NAMED = XPath("//*[@class or @id]")
_ARTICLE = XPath("//article")
_MAIN = XPath("//main | //@role[.='main']/..")
_BLOCKS = frozenset({"p", "blockquote", "li", "td", "pre", "ul", "ol", "h2", "h3"})
# Shares of prose. Found by trial on the pages of docs/decisions/0008-article.md.
_ENOUGH = 0.5  # of the heaviest element's: a marked element that has less is a teaser or a stub
_DOMINANT = 0.7  # of its parent's: all the rest is around the article
_WHOLE = 0.95
_RIVAL = 0.25  # of the largest cluster's: a cluster of that size is a part of the same article
_LEAST = 100  # characters of prose in an element that nothing marks as an article


def holder_of(root: _Element, weights: Weights, told: str) -> _Element | None:
    """The element that holds the article, or None where no element is marked as one and there is hardly any prose.

    `told` begins the page's description of itself, or is "": of several articles it is found in the right one.
    """
    heavy = _descend(root, weights, _DOMINANT)
    most = weights.prose(heavy)
    for marked in _marked(root):
        found = _best(marked, root, weights, told)
        if found is None or not (weights.prose(found) if weights.total else words_of(found)):
            continue
        if weights.prose(found) >= _ENOUGH * most or _is_meant(found, heavy, root, told):
            return _descend(found, weights, _WHOLE)
    return heavy if most >= _LEAST else None


def _marked(root: _Element) -> Iterator[Sequence[_Element]]:
    """What is marked as an article's body, the most telling marks first."""
    yield _MICROFORMAT(root)
    yield _MICRODATA(root)
    yield [element for element in _NAMED(root) if is_body(names_of(element))]
    yield _ARTICLE(root)
    yield _MAIN(root)


def _is_meant(found: _Element, heavy: _Element, root: _Element, told: str) -> bool:
    """Whether `found` and not `heavy` has the page's description or its only title: it is short, others are long."""
    if told and told in words_of(found) and told not in words_of(heavy):
        return True
    titled = _around_title(root)
    return found in titled and heavy not in titled


def _around_title(root: _Element) -> set[_Element]:
    titles = list(islice(root.iter("h1"), 2))
    return set(titles[0].iterancestors()) if len(titles) == 1 else set()


def _best(found: Sequence[_Element], root: _Element, weights: Weights, told: str) -> _Element | None:
    """Of several elements the one with the page's description or its only title in it, else the one with most prose."""
    if len(found) < 2:
        return next(iter(found), None)
    titled = _around_title(root)
    telling = [element for element in found if told and told in words_of(element)]
    telling = telling or [element for element in found if element in titled and weights.prose(element) >= _LEAST]
    candidates = telling or found
    return _joined(max(candidates, key=weights.prose), candidates, weights)


def _joined(first: _Element, found: Sequence[_Element], weights: Weights) -> _Element:
    """`first`, or what holds it and others like it: an article cut in parts, with something between them."""
    known = set(found)
    parts = [other for other in found if known.isdisjoint(other.iterancestors())]
    for around in islice(first.iterancestors(), 3):
        below = [part for part in parts if around in part.iterancestors()]
        inside = sum(map(weights.prose, below))
        whole = inside >= _WHOLE * weights.prose(around) and inside * _DOMINANT > weights.prose(first)
        if len(below) > 1 and whole and first.tag != "article":
            return around
    return first


def _descend(root: _Element, weights: Weights, share: float) -> _Element:
    """The innermost element in which at least `share` of its parent's prose stands, all the way down."""
    here = root
    while True:
        child = max(here, key=weights.prose, default=None)
        if child is None or child.tag in _BLOCKS:
            return here
        if weights.prose(child) < share * weights.prose(here):
            child = _clustered(here, weights) if share == _DOMINANT else None
        if child is None:
            return here
        here = child


def _clustered(here: _Element, weights: Weights) -> _Element | None:
    """The child of `here` with paragraphs side by side, where none of its siblings has such: those are teasers."""
    clusters = {child: max(map(weights.cluster, child.iter()), default=0) for child in here if weights.prose(child)}
    first = max(clusters, key=lambda child: clusters[child], default=None)
    if first is None or weights.cluster(here) >= clusters[first]:
        return None
    rivals = (size for child, size in clusters.items() if child is not first)
    return None if max(rivals, default=0) >= _RIVAL * clusters[first] else first
