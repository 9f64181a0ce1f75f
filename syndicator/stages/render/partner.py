"""What a partner asked for, done to an entry that leaves: its own line and footer, its counter, its pictures and links.

What is added stands in elements of class `syndicator-partner` around the text and never in it: a text whose licence
forbids changes stays whole, and the next installation of ours takes them off and says them itself (stages/relayed).
No div: reading modes drop one that is mostly links.
This module must not fill in facts or clean: an Entry's terms come filled in, its footer clean.
"""

from dataclasses import replace
from html import escape
from typing import Any

from ...model import CreditPosition, Enclosure, Entry, Terms
from .markup import anchor, linkable, reworked
from .phrases import Phrases
from .pictures import NO_COPIES, Copies, beside, copied, is_picture, names_picture, show

ADDED = "syndicator-partner"


def as_agreed(text: str, entry: Entry, phrases: Phrases, copies: Copies = NO_COPIES) -> str:
    """`text` (HTML) with its pictures and links as the partner wants them; `phrases` are those of the text's language,
    `copies` what we may show of its pictures.

    Links stay where nothing may be changed. A picture may go there as well: a licence of the text is none of pictures
    that the partner does not let others show, and no word is touched.
    """
    terms, marked = entry.terms, entry.terms.images == "copy"
    unlinked = not terms.keep_links and entry.release.scope != "untouched"
    if terms.images == "keep" and not unlinked:
        return text

    def work(tree: Any) -> None:
        if unlinked:
            _unlink(tree, spared=terms.images == "link")
        if terms.images != "keep":
            show(tree, phrases, copies, marked=marked)

    done = reworked(text, work)
    return done + (beside(text, entry.enclosures, phrases, copies, marked=marked) if terms.images != "keep" else "")


def with_words(text: str, entry: Entry, position: CreditPosition) -> str:
    """`text` (HTML, not empty) with the partner's line at `position`, and below a whole text its footer and counter."""
    line = _line(entry)
    above = f'<p class="{ADDED}" dir="auto">{line}</p>' if line and position == "top" else ""
    below = [f"<p>{line}</p>"] if line and position == "end" else []
    if entry.release.scope in {"whole", "untouched"}:
        below += [entry.terms.footer or "", _counter(entry)]
    said = "".join(below)
    return above + text + (f'<section class="{ADDED}" dir="auto">{said}</section>' if said else "")


def attached(entry: Entry, copies: Copies = NO_COPIES) -> tuple[Enclosure, ...]:
    """The enclosures that readers may show: of pictures only our `copies`, where the partner wants no others."""
    offered = [each for each in entry.enclosures if linkable(each.url)]
    if entry.terms.images == "keep":
        return tuple(offered)
    shown = (copied(each, copies) if is_picture(each) else each for each in offered)
    return tuple(each for each in shown if each)


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


def _unlink(tree: Any, *, spared: bool) -> None:
    """Links become their words; one to a place in this text, as of a note, stays, and so does such a place.

    With `spared`, links to pictures stay: the installation that the text comes from may have put them there.
    """
    leading = [each for each in tree.iter("a") if not each.get("href", "#").startswith("#")]
    for link in leading:
        if spared and names_picture(link.get("href")):
            continue
        if link.get("id") or link.get("name"):
            link.attrib.pop("href")
            link.attrib.pop("hreflang", None)
        else:
            link.drop_tag()
