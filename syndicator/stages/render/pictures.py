"""The pictures of a text where its partner lets none be loaded from its own server: shown from our copies, or linked
to. No word of the text is touched.

This module must not know what is kept: the copies come as values.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from ...model import Copy, Enclosure
from ...model.noun import noun
from .markup import anchor, linkable, read
from .phrases import Phrases

LINKED = "syndicator-picture"
"""The class of a link that stands for a picture until there is a copy: the next installation puts that back."""

Copies = Mapping[str, Copy]
"""Our copies by the picture's own address; `at` is an address."""

NO_COPIES: Copies = {}
_NAMED = re.compile(r"\.(?:avif|gif|jpe?g|png|svg|webp)$", re.IGNORECASE)
_TYPES = {"avif": "image/avif", "gif": "image/gif", "jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


@noun
class ToldPicture:
    """What the next installation is told of a picture: where our copy is, or, where there is none, the `html` that a
    link stands for, in the order of the text. One that came `beside` the text is told of in either case.
    """

    url: str
    copy: str | None = None
    html: str | None = None
    beside: bool = False


def told_pictures(text: str, enclosures: tuple[Enclosure, ...], copies: Copies) -> tuple[ToldPicture, ...]:
    """What is told of the pictures in `text` (HTML, as it is before `show`) and of those beside it."""
    attached = _beside(enclosures)
    bare = [_told(image) for image in read(text).iter("img") if image.get("src") not in copies]
    kept = [ToldPicture(url=url, copy=one.at, beside=url in attached) for url, one in copies.items()]
    return (*kept, *bare, *(ToldPicture(url=url, beside=True) for url in attached if url not in copies))


def pictures_in(text: str) -> Iterator[str]:
    """The addresses of the pictures that `text` shows: what an img has, and what stands for a film."""
    tree = read(text)
    found = (*(image.get("src") for image in tree.iter("img")), *(film.get("poster") for film in tree.iter("video")))
    return (url for url in found if linkable(url))


def show(tree: Any, phrases: Phrases, copies: Copies, *, marked: bool) -> None:
    """Our copy of each picture in its place; where there is none a link to it, called by its words; inside a link,
    which cannot hold another, the words. `marked`: so that the next installation knows them.
    """
    for image in list(tree.iter("img")):
        shown = next(image.iterancestors("picture"), image)  # not the parent: libxml2 puts it into the source
        copy = copies.get(image.get("src", ""))
        instead = _copied(image, copy) if copy else _linked(tree, image, phrases, marked=marked)
        if instead is not shown:
            instead.tail = shown.tail
            shown.getparent().replace(shown, instead)
    for film in tree.iter("video"):
        if poster := copies.get(film.get("poster", "")):
            film.set("poster", poster.at)
        else:
            film.attrib.pop("poster", None)


def beside(text: str, enclosures: tuple[Enclosure, ...], phrases: Phrases, copies: Copies, *, marked: bool) -> str:
    """Links to pictures that came beside `text` and not in it, and of which there is no copy."""
    bare = (url for url in _beside(enclosures) if url not in copies and escape(url) not in text)
    opening = f'<p class="{LINKED}">' if marked else "<p>"
    return "".join(f"{opening}{anchor(_called('', phrases), url)}</p>" for url in bare)


def copied(each: Enclosure, copies: Copies) -> Enclosure | None:
    """The enclosure that stands for the picture `each`: our copy of it; None where there is none."""
    copy = copies.get(each.url)
    return Enclosure(url=copy.at, type=_TYPES[copy.at.rpartition(".")[2]], length=copy.size) if copy else None


def is_picture(each: Enclosure) -> bool:
    """Whether an enclosure is a picture, by its type, or by its name where it states none."""
    return each.type.lower().startswith("image/") if each.type else names_picture(each.url)


def names_picture(url: str) -> bool:
    """Whether an address has the name of a picture."""
    try:
        return bool(_NAMED.search(unquote(urlsplit(url).path)))
    except ValueError:  # "http://[": an address that no library splits
        return False


def _beside(enclosures: tuple[Enclosure, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.url for each in enclosures if linkable(each.url) and is_picture(each)))


def _copied(image: Any, copy: Copy) -> Any:
    image.set("src", copy.at)
    return image


def _linked(tree: Any, image: Any, phrases: Phrases, *, marked: bool) -> Any:
    inside = next(image.iterancestors("a"), None) is not None
    address = linkable(image.get("src"))
    named = {"class": LINKED} if marked else {}
    target = {"href": address} if address and not inside else {}
    link = tree.makeelement("a" if target else "span", {**named, **target})
    link.text = _called(image.get("alt", ""), phrases)
    return link


def _told(image: Any) -> ToldPicture:
    html = etree.tostring(image, encoding="unicode", method="html", with_tail=False)
    return ToldPicture(url=image.get("src", ""), html=str(html))


def _called(words: str, phrases: Phrases) -> str:
    words = " ".join(words.split())
    return phrases.say("Picture: {words}", words=words) if words else phrases.say("Picture")
