"""Pictures and what is said of them, as figures with one caption, whatever elements a page makes them of."""

from itertools import islice

from lxml.etree import SubElement, _Element

from syndicator.stages.article.names import is_caption, names_of
from syndicator.stages.article.weights import drop, words_of

_LAZY = ("data-src", "data-lazy-src", "data-original", "data-full-src")
_LONGEST = 600  # characters of a caption
_SAYING = frozenset({"div", "p", "span", "cite", "small", "em", "dd"})
_AROUND = frozenset({"div", "span", "p", "a", "li"})


def show_images(part: _Element) -> None:
    """Gives images that a script would load their address."""
    for image in part.iter("img"):
        source = image.get("src", "")
        later = next(filter(None, map(image.get, _LAZY)), None)
        if later and (not source or source.startswith("data:")):
            image.set("src", later)


def make_figures(part: _Element) -> None:
    """Makes every caption a `figcaption` in a `figure`; of equal captions the first stays."""
    said: set[str] = set()
    for element in list(part.iter()):
        if element is part or element.getparent() is None or not _is_caption(element):
            continue
        words = words_of(element)
        if not words or words in said:
            drop(element)
        else:
            _place(element, part)
        said.add(words)


def _is_caption(element: _Element) -> bool:
    if element.tag == "figcaption":
        return True
    if element.tag not in _SAYING or not is_caption(names_of(element)) or len(words_of(element)) > _LONGEST:
        return False
    if next(element.iterancestors("figcaption"), None) is not None:
        return False
    return next(element.iterdescendants("img", "figcaption"), None) is None


def _place(caption: _Element, part: _Element) -> None:
    """Makes `caption` the caption of the picture that it stands beside, or a figure of its own."""
    if next(caption.iterancestors("figure"), None) is not None:
        return
    for around in islice(caption.iterancestors(), 3):
        if around is part or around.tag not in _AROUND:
            break
        if next(around.iter("img"), None) is not None:
            around.tag, caption.tag = "figure", "figcaption"
            return
    inside = list(caption)
    inner = SubElement(caption, "figcaption")
    inner.text, caption.text = caption.text, None
    inner.extend(inside)
    caption.tag = "figure"
