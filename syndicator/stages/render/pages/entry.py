"""The page of one entry: what the feeds say of it, for people, search engines and the next republisher's machine.

What leaves is decided by `outgoing`, for pages as for feeds. This module must not decide about rights.
"""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from markupsafe import Markup

from ....model import Credit, Entry, Publication, Site, Stored
from ..credit_block import HOP_PHRASES, ROLE_PHRASES, language_pair, people_lines
from ..headings import TYPES
from ..markup import anchor, host, linkable
from ..outgoing import Outgoing, outgoing, tag
from ..phrases import Phrases, phrases_for
from ..printable import printable
from .linked_data import linked_data
from .naming import named_by
from .origin import canonical_address
from .subscribing import buttons, discoverable, frame, trail
from .templating import OURS, Templates, page
from .text import in_page
from .thread import thread

PEOPLE = "../people/"


def entry_page(stored: Stored, publication: Publication, site: Site, templates: Templates = OURS) -> bytes:
    """The HTML of `stored` in `publication`, for NAME/entries/SLUG.html; the same input gives the same bytes.

    The page is in the entry's language, our words around it in the publication's. Its canonical address is where the
    text was first published, which is here only for a translation of ours, unless a partner asks for another. Raises
    ValueError where one of the editor's `templates` cannot be used.
    """
    publication, site = printable(publication), printable(site)
    out = outgoing(stored, publication, site)
    phrases = phrases_for(publication.language, out.entry.language)
    here = f"{site.base_url}/{publication.name}/entries/{stored.slug}.html"
    values = {
        **frame(phrases, heading=out.entry.title or phrases.day(out.entry.published), root="../../"),
        "language": out.language or phrases.language,
        "direction": out.entry.direction,
        "trail": trail(site, publication),
        "feeds": [*discoverable(publication, "../"), _thread(stored, phrases)],
        "links": buttons("../", phrases),
        **_article(out, phrases, site, here),
        **thread(out, phrases),
    }
    return page("entry.html", values, templates)


def _thread(stored: Stored, phrases: Phrases) -> Mapping[str, str]:
    """The feed of the responses to this entry, which lies beside its page."""
    return {"href": f"{stored.slug}.atom", "type": TYPES["atom"], "title": phrases.say("Responses")}


def _article(out: Outgoing, phrases: Phrases, site: Site, here: str) -> Mapping[str, Any]:
    entry = out.entry
    canonical = canonical_address(entry, here)
    byline = [*_byline(entry, phrases)]
    shown = [] if out.credited_above else byline  # the block right below says it all
    return {
        "titled": bool(entry.title),
        "page": here,
        "canonical": canonical,
        "licence": linkable(entry.licence.url),
        "linked_data": linked_data(entry, site, canonical=canonical, credit=byline),
        "published": entry.published.isoformat(timespec="seconds"),  # HTML has milliseconds at most (2.3.5.5)
        "day": phrases.day(entry.published),
        "byline": [Markup(line) for line in shown],  # noqa: S704 — made of anchors
        "unseen": Markup("".join(_unseen(entry))) if out.credited_above else "",  # noqa: S704 — escaped values
        "stale": not out.credited_above and entry.translation is not None and entry.translation.state == "stale",
        "body": in_page(out.body_html),
    }


def _byline(entry: Entry, phrases: Phrases) -> Iterator[str]:
    """HTML lines: authors as h-cards, then everybody else, then the original (https://microformats.org/wiki/h-entry).

    A person's name leads to their page here; their own addresses are in the credit block, and in the h-card as data.
    """
    if authors := _authors(entry):
        yield phrases.say(ROLE_PHRASES["author"], names=phrases.together(map(_card, authors)))
    others = (each for each in _credits(entry) if each.role != "author")
    yield from people_lines(others, phrases, language_pair(entry, phrases), named_by(PEOPLE))
    original = entry.original
    if original and (label := original.site or host(original.url)):
        told = {"hreflang": tag(original.language), "class": "u-translation-of"}
        yield phrases.say(HOP_PHRASES["original"], where=anchor(label, original.url, **told))


def _credits(entry: Entry) -> list[Credit]:
    return [each for each in entry.credits if each.of == "entry" and each.role != "publisher" and each.agent.name]


def _authors(entry: Entry) -> list[Credit]:
    return [*{each.agent: each for each in _credits(entry) if each.role == "author"}.values()]


def _card(credit: Credit) -> str:
    name = f'<span class="p-name">{named_by(PEOPLE)(credit)}</span>'
    return f'<span class="p-author h-card">{name}{_data("u-url", linkable(credit.agent.uri))}</span>'


def _unseen(entry: Entry) -> Iterator[str]:
    """What the byline would say to machines, where it does not say it to people."""
    for credit in _authors(entry):
        data = _data("p-name", credit.agent.name) + _data("u-url", linkable(credit.agent.uri))
        yield f'<span class="p-author h-card">{data}</span>'
    yield _data("u-translation-of", linkable(entry.original.url) if entry.original else None)


def _data(name: str, value: str | None) -> str:
    return f'<data class="{name}" value="{escape(value)}"></data>' if value else ""
