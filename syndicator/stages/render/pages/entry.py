"""The page of one entry: what the feeds say of it, for people, search engines and the next republisher's machine.

What leaves is decided by `outgoing`, for pages as for feeds. This module must not decide about rights.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from babel.numbers import format_decimal
from markupsafe import Markup

from ....model import Agent, Entry, Publication, Response, Site, Stored
from ..credit_block import HOP_PHRASES, ROLE_PHRASES, language_pair, people_lines
from ..markup import anchor, host, linkable
from ..outgoing import Outgoing, outgoing, tag
from ..phrases import Phrases, phrases_for
from ..printable import printable
from .linked_data import linked_data
from .origin import first_published
from .subscribing import buttons, discoverable, frame
from .templating import OURS, Templates, page
from .text import in_page


def entry_page(stored: Stored, publication: Publication, site: Site, templates: Templates = OURS) -> bytes:
    """The HTML of `stored` in `publication`, for NAME/entries/SLUG.html; the same input gives the same bytes.

    The page is in the entry's language, our words around it in the publication's. Its canonical address is where the
    text was first published, which is here only for a translation of ours. Raises ValueError where one of the editor's
    `templates` cannot be used.
    """
    out = outgoing(stored, publication.language)
    publication, site = printable(publication), printable(site)
    phrases = phrases_for(publication.language, out.entry.language)
    here = f"{site.base_url}/{publication.name}/entries/{stored.slug}.html"
    values = {
        **frame(phrases, heading=out.entry.title or phrases.day(out.entry.published), root="../../"),
        "language": out.language or phrases.language,
        "direction": out.entry.direction,
        "trail": [
            {"href": "../../index.html", "label": site.title},
            {"href": "../index.html", "label": publication.title},
        ],
        "feeds": [*discoverable(publication, "../"), _thread(stored, phrases)],
        "links": buttons("../", phrases),
        **_article(out, phrases, site, here),
        **_responses(out, phrases),
    }
    return page("entry.html", values, templates)


def _thread(stored: Stored, phrases: Phrases) -> Mapping[str, str]:
    """The feed of the responses to this entry, which lies beside its page."""
    return {"href": f"{stored.slug}.atom", "type": "application/atom+xml", "title": phrases.say("Responses")}


def _article(out: Outgoing, phrases: Phrases, site: Site, here: str) -> Mapping[str, Any]:
    entry = out.entry
    canonical = first_published(entry) or here
    byline = [*_byline(entry, phrases)]
    return {
        "titled": bool(entry.title),
        "page": here,
        "canonical": canonical,
        "licence": linkable(entry.licence.url),
        "linked_data": linked_data(entry, site, canonical=canonical, credit=byline),
        "published": entry.published.isoformat(),
        "day": phrases.day(entry.published),
        "byline": [Markup(line) for line in byline],  # noqa: S704 — made of anchors
        "stale": entry.translation is not None and entry.translation.state == "stale",
        "body": in_page(out.body_html),
    }


def _byline(entry: Entry, phrases: Phrases) -> Iterator[str]:
    """HTML lines: authors as h-cards, then everybody else, then the original (https://microformats.org/wiki/h-entry)."""
    credits = [each for each in entry.credits if each.of == "entry" and each.role != "publisher" and each.agent.name]
    authors = dict.fromkeys(each.agent for each in credits if each.role == "author")
    if authors:
        yield phrases.say(ROLE_PHRASES["author"], names=phrases.together(map(_card, authors)))
    others = (each for each in credits if each.role != "author")
    yield from people_lines(others, phrases, language_pair(entry, phrases))
    original = entry.original
    if original and (label := original.site or host(original.url)):
        told = {"hreflang": tag(original.language), "class": "u-translation-of"}
        yield phrases.say(HOP_PHRASES["original"], where=anchor(label, original.url, **told))


def _card(agent: Agent) -> str:
    named = anchor(agent.name, agent.uri, **{"class": "u-url"})
    return f'<span class="p-author h-card"><span class="p-name">{named}</span></span>'


def _responses(out: Outgoing, phrases: Phrases) -> Mapping[str, Any]:
    """Pings as site, title and link, and how many comments there are besides: who wrote those stays with its origin."""
    comments = (out.replies or 0) - len(out.pings)
    number = anchor(format_decimal(comments, locale=phrases.locale), out.entry.comments_url) if comments > 0 else ""
    return {"comments": Markup(number), "pings": [_ping(each) for each in out.pings]}  # noqa: S704 — made of an anchor


def _ping(response: Response) -> Mapping[str, Any]:
    site = response.site or host(response.uri) or response.kind
    title = response.title or site
    told = {"rel": "ugc nofollow", "class": "u-url p-name"}  # a stranger chose the address
    link = Markup(anchor(title, response.uri, **told))  # noqa: S704 — anchor escapes
    return {"link": link, "site": "" if site == title else site}
