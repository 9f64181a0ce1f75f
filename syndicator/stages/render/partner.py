"""What a partner asked for, done to an entry that leaves: its own line and footer, its counter, its pictures and links.

What is added stands in elements of class `syndicator-partner` around the text and never in it: a text whose licence
forbids changes stays whole, and the next installation of ours takes them off and says them itself (stages/relayed.py).
This module must not fill in facts or clean: an Entry's terms come filled in, its footer clean.
"""

import re
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import unquote, urlsplit

from ...model import CreditPosition, Enclosure, Entry, Terms
from .markup import anchor, linkable, reworked
from .phrases import Phrases

ADDED = "syndicator-partner"
PICTURE = re.compile(r"\.(?:avif|gif|jpe?g|png|svg|webp)$", re.IGNORECASE)


def as_agreed(text: str, entry: Entry, phrases: Phrases) -> str:
    """`text` (HTML) with its pictures and links as the partner wants them; `phrases` are those of the text's language.

    Links stay where nothing may be changed. A picture may go there as well: a licence of the text is none of pictures
    that the partner does not let others show, and no word is touched.
    """
    terms = entry.terms
    unlinked = not terms.keep_links and entry.release.scope != "untouched"
    if terms.images == "keep" and not unlinked:
        return text

    def work(tree: Any) -> None:
        if unlinked:
            _unlink(tree, spared=terms.images == "link")
        if terms.images == "link":
            _link_pictures(tree, phrases)

    return reworked(text, work) + (_beside(text, entry, phrases) if terms.images == "link" else "")


def with_words(text: str, entry: Entry, position: CreditPosition) -> str:
    """`text` (HTML, not empty) with the partner's line at `position`, and below a whole text its footer and counter."""
    line = _line(entry)
    above = f'<p class="{ADDED}" dir="auto">{line}</p>' if line and position == "top" else ""
    below = [f"<p>{line}</p>"] if line and position == "end" else []
    if entry.release.scope in {"whole", "untouched"}:
        below += [entry.terms.footer or "", _counter(entry)]
    said = "".join(below)
    return above + text + (f'<div class="{ADDED}" dir="auto">{said}</div>' if said else "")


def attached(entry: Entry) -> tuple[Enclosure, ...]:
    """The enclosures that readers may show: no pictures where the partner wants links to them."""
    shown = (each for each in entry.enclosures if linkable(each.url))
    return tuple(each for each in shown if entry.terms.images == "keep" or not _is_picture(each))


def passed_on(terms: Terms) -> Terms | None:
    """What the next republisher is asked, too; that our page is the canonical one is between the partner and us."""
    asked = replace(terms, canonical=None) if terms.canonical == "here" else terms
    return asked if asked != Terms() else None


def _line(entry: Entry) -> str:
    line = entry.terms.credit_line
    return f"<em>{anchor(line, _article(entry))}</em>" if line else ""


def _article(entry: Entry) -> str | None:
    """The partner's article. An editor's translation, whose hop has no address, keeps the terms of its original."""
    theirs = entry.original.url if entry.original else None
    translated = [hop.url for hop in entry.provenance if hop.role == "translation"]
    return theirs if translated and translated[-1] is None and linkable(theirs) else linkable(entry.url) or theirs


def _counter(entry: Entry) -> str:
    pixel = linkable(entry.terms.counter_pixel)
    return f'<img src="{escape(pixel)}" width="1" height="1" alt="">' if pixel else ""


# ── links and pictures ───────────────────────────────────────────────────────────────────────────────────────────


def _unlink(tree: Any, *, spared: bool) -> None:
    """Links become their words; one to a place in this text, as of a note, stays, and so does such a place.

    With `spared`, links to pictures stay: the installation that the text comes from may have put them there.
    """
    leading = [each for each in tree.iter("a") if not each.get("href", "#").startswith("#")]
    for link in leading:
        if spared and _names_picture(link.get("href")):
            continue
        if link.get("id") or link.get("name"):
            link.attrib.pop("href")
            link.attrib.pop("hreflang", None)
        else:
            link.drop_tag()


def _link_pictures(tree: Any, phrases: Phrases) -> None:
    """A link to each picture in its place, called by its words; inside a link, which cannot hold another, the words."""
    for image in list(tree.iter("img")):
        shown = next(image.iterancestors("picture"), image)  # not the parent: libxml2 puts it into the source
        inside = next(image.iterancestors("a"), None) is not None
        address = linkable(image.get("src"))
        instead = tree.makeelement("a", href=address) if address and not inside else tree.makeelement("span")
        instead.text, instead.tail = _called(image.get("alt", ""), phrases), shown.tail
        shown.getparent().replace(shown, instead)
    for film in tree.iter("video"):
        film.attrib.pop("poster", None)


def _beside(text: str, entry: Entry, phrases: Phrases) -> str:
    """Links to pictures that came beside the text, not in it."""
    pictures = dict.fromkeys(each.url for each in entry.enclosures if linkable(each.url) and _is_picture(each))
    return "".join(f"<p>{anchor(_called('', phrases), url)}</p>" for url in pictures if escape(url) not in text)


def _called(words: str, phrases: Phrases) -> str:
    words = " ".join(words.split())
    return phrases.say("Picture: {words}", words=words) if words else phrases.say("Picture")


def _is_picture(each: Enclosure) -> bool:
    return each.type.lower().startswith("image/") if each.type else _names_picture(each.url)


def _names_picture(url: str) -> bool:
    try:
        return bool(PICTURE.search(unquote(urlsplit(url).path)))
    except ValueError:  # "http://[": an address that no library splits
        return False
