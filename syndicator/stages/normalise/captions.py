"""The images of a body and their captions, each said once. What a caption credits is read elsewhere."""

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from syndicator.model import Image
from syndicator.stages.normalise.text import plain_text, words_of


def captioned(root: HtmlElement) -> Iterator[Image]:
    """Every image with its caption, which afterwards stands in the tree once."""
    for image in list(root.iter("img")):
        source = image.get("src")
        if not source or {image.get("width"), image.get("height")} & {"0", "1"}:  # nothing to see: a counter
            image.drop_tree()
            continue
        caption = _caption(image)
        words = words_of(caption) if caption is not None else ""
        if words:
            _say_once(image, caption, words)
        yield Image(src=source, caption=words)


def _caption(image: HtmlElement) -> HtmlElement | None:
    for ancestor in islice(image.iterancestors("figure", "div"), 2):
        if ancestor.getparent() is None:  # the root: what stands in it belongs to no one image
            return None
        found = next(ancestor.iterdescendants("figcaption"), None)
        if found is None:
            found = _old_caption(ancestor)
        if found is not None and len(list(islice(ancestor.iterdescendants("img"), 2))) == 1:
            return found
        if ancestor.tag == "figure":
            return None
    return None


def _old_caption(box: HtmlElement) -> HtmlElement | None:
    """The caption of a theme older than HTML5, in the elements of today, so that readers of the text know it."""
    found: HtmlElement | None = box.find(".//*[@class='caption']")
    if found is not None and len(list(islice(box.iterdescendants("img"), 2))) == 1:
        box.tag, found.tag = "figure", "figcaption"
    return found


def _say_once(image: HtmlElement, caption: HtmlElement, words: str) -> None:
    if _same_words(image.get("alt", ""), words):
        image.set("alt", "")
    figure = next((parent for parent in caption.iterancestors("figure", "div")), caption)
    after = figure.getnext()
    if (
        after is not None
        and after.tag in ("p", "div")
        and _same_words(words_of(after), words)
        and after.find(".//img") is None
    ):
        after.drop_tree()


def _same_words(one: str, other: str) -> bool:
    return plain_text(one).rstrip(" .").casefold() == plain_text(other).rstrip(" .").casefold()
