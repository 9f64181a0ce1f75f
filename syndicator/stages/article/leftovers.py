"""What is left inside the article's element and is none of it: lists of links, the date line, the title again, and
headings with nothing below them.
"""

from lxml.etree import _Element

from syndicator.stages.article.names import is_date, names_of
from syndicator.stages.article.weights import Weights, drop, linked, words_of

_LISTS = frozenset({"div", "section", "ul", "ol", "header", "dl", "center"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_TITLES = frozenset({"p", "div", "header", *_HEADINGS})
_LINES = frozenset({"p", "h2", "h3", "h4"})
_PICTURES = ("img", "picture")
_APART = ("figure", "table", "video", "audio", "pre", "math")
_PLAIN = 60  # characters of links below one picture are still its caption
_BEFORE = 2  # paragraphs: a link above them may be the article's origin
_LABEL = 40  # characters, as all below
_NAME = 4  # words
_DATE_LINE = 80
_HEADING = 60  # a longer one is a sentence
_LIST = 200  # in a longer block of links, pictures and tables are teasers'


def drop_leftovers(holder: _Element, weights: Weights, *, title: str) -> None:
    """Takes out of `holder` what is not its article; `title` are the words of the title, which is told elsewhere."""
    _drop_title(holder, weights, title)
    for element in list(holder.iterdescendants()):
        if element.getparent() is not None and (_is_links(element, weights) or _is_date(element, weights)):
            weights.drop(element)
    for line in _lone_links(holder, weights):
        drop(line)
    _drop_idle_headings(holder)


def _drop_title(holder: _Element, weights: Weights, title: str) -> None:
    """The title where it stands above the first paragraph, however it is marked."""
    for element in list(holder.iterdescendants()):
        if element.getparent() is None:
            continue
        if element.tag == "h1" or (title and element.tag in _TITLES and words_of(element) == title):
            weights.drop(element)
        elif element.tag == "p" and weights.own(element):
            return


def _is_links(element: _Element, weights: Weights) -> bool:
    """Whether most words of a block without prose are links."""
    if element.tag not in _LISTS or weights.prose(element):
        return False
    words = len(words_of(element))
    media = _APART if words > _PLAIN else (*_APART, *_PICTURES)
    if words <= _LIST and next(element.iter(*media), None) is not None:
        return False
    return words > 0 and linked(element) > 0.5 * words


def _is_date(element: _Element, weights: Weights) -> bool:
    """Whether an element says when the article was published, and little else: that is told elsewhere."""
    if weights.prose(element) or element.tag in ("td", "th"):
        return False
    if element.get("itemprop") not in ("datePublished", "dateModified") and not is_date(names_of(element)):
        return False
    words = words_of(element)
    return len(words) <= _DATE_LINE and any(map(str.isdigit, words))


def _lone_links(holder: _Element, weights: Weights) -> list[_Element]:
    """Paragraphs that are a link from end to end: between paragraphs of prose, or two and more of them at the end.

    One alone, first or last, may say where the article comes from.
    """
    seen = 0
    between: list[_Element] = []
    run: list[_Element] = []
    for element in holder.iterdescendants():
        if weights.own(element):
            between, run, seen = between + run, [], seen + 1
        elif element.tag in _LINES and seen >= _BEFORE and _is_link(element):
            run.append(element)
    if len(run) < 2:
        return between
    return [*between, *_label(run[0], weights), *run]


def _label(line: _Element, weights: Weights) -> list[_Element]:
    """The short paragraph above a list of links."""
    label = line.getprevious()
    short = label is not None and label.tag == "p" and not weights.own(label) and len(words_of(label)) <= _LABEL
    return [label] if short else []


def _is_link(element: _Element) -> bool:
    """Whether a paragraph is one link, perhaps with a label before it that ends in a colon."""
    words, inside = words_of(element), linked(element)
    if not inside or next(element.iter(*_APART, *_PICTURES), None) is not None:
        return False
    if _names_somebody(element):
        return False
    outside = len(words) - inside
    labelled = outside <= _LABEL and words[: max(outside, 0)].rstrip().endswith((":", "："))
    return labelled or inside >= 0.75 * len(words)


def _names_somebody(element: _Element) -> bool:
    """Whether a line has words before links of a name's length, as "Text: Ada Brook" has: titles are longer."""
    before = element.text or ""
    links = [words_of(link) for link in element.iter("a")]
    return any(map(str.isalpha, before)) and all(len(link.split()) <= _NAME for link in links)


def _drop_idle_headings(holder: _Element) -> None:
    """Headings at the end of the article: what they headed is gone."""
    for element in reversed(list(holder.iterdescendants())):
        if element.tag in _HEADINGS:
            if len(words_of(element)) > _HEADING or (element.tail or "").strip():
                return
            drop(element)
        elif element.tag in (*_APART, *_PICTURES) or _says(element):
            return


def _says(element: _Element) -> bool:
    """Whether there are words in or right behind an element, other than a heading's."""
    if (element.tail or "").strip():
        return next(element.iterancestors(*_HEADINGS), None) is None
    return bool((element.text or "").strip()) and next(element.iterancestors(*_HEADINGS), None) is None
