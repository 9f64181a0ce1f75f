"""Index pages: what there is to subscribe to, and what was published last.

A publication's page lists its entries from their JSON fragments, so that it costs no second rendering; no entry's
markup is ever put into it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from ....model import Agent, Credit, Publication, Site
from ..credit_block import HOP_PHRASES, people_lines
from ..markup import anchor, host, linkable
from ..phrases import Phrases, phrases_for
from .subscribing import buttons, discoverable, frame, spoken
from .templating import OURS, Templates, page

NO_PAGES: Mapping[str, str] = MappingProxyType({})
"""No entry has a page of ours."""


def site_index(site: Site, publications: Sequence[Publication], templates: Templates = OURS) -> bytes:
    """The root page: every publication with its subscribe links. Spoken in the language all publications share."""
    shared = {publication.language for publication in publications}
    phrases = phrases_for(shared.pop() if len(shared) == 1 else None)
    values = frame(phrases, heading=site.title, root="")
    values["feeds"] = [feed for each in publications for feed in discoverable(each, f"{each.name}/")]
    values["publications"] = [_publication(each, phrases) for each in publications]
    return page("site.html", values, templates)


def publication_index(
    site: Site,
    publication: Publication,
    entries: Sequence[bytes],
    pages: Mapping[str, str] = NO_PAGES,
    templates: Templates = OURS,
) -> bytes:
    """A publication's page: subscribe links and its entries with their credits, from their JSON fragments.

    `pages` has the path of an entry's page by the entry's id, relative to the publication ("entries/SLUG.html"); an
    entry without one is linked to where it was taken from.
    """
    phrases = phrases_for(publication.language)
    values = frame(phrases, heading=publication.title, root="../")
    values["trail"] = [{"href": "../index.html", "label": site.title}]
    values["feeds"] = discoverable(publication, "")
    values["links"] = buttons("", phrases)
    values["entries"] = [_entry(json.loads(entry), pages, phrases) for entry in entries]
    return page("publication.html", values, templates)


def _publication(publication: Publication, phrases: Phrases) -> Mapping[str, Any]:
    folder = f"{publication.name}/"
    return {
        "title": publication.title,
        "href": f"{folder}index.html",
        "language": phrases.name_of(publication.language),
        "spoken": spoken(publication.language),
        "links": buttons(folder, phrases),
    }


def _entry(told: Mapping[str, Any], pages: Mapping[str, str], phrases: Phrases) -> Mapping[str, Any]:
    published = datetime.fromisoformat(told["date_published"])
    day = phrases.day(published)
    return {
        "title": told.get("title") or day,
        "href": pages.get(told["id"]) or linkable(told.get("url")),
        "spoken": spoken(told.get("language")) if told.get("title") else "",
        "published": published.date().isoformat(),
        "day": day,
        "credit": [Markup(line) for line in _credit(told["_syndicator"], phrases)],  # noqa: S704 — made of anchors
    }


def _credit(facts: Mapping[str, Any], phrases: Phrases) -> Iterator[str]:
    """People, original and licence in a line: what the credit block says, without its details."""
    credits = (credit for credit in facts["credits"] if credit["of"] == "entry" and credit["role"] != "publisher")
    yield from people_lines(map(_read_credit, credits), phrases)
    original = facts["original"]
    if original and (label := original["site"] or host(original["url"])):
        yield phrases.say(HOP_PHRASES["original"], where=anchor(label, original["url"], hreflang=original["language"]))
    licence = facts["licence"]
    if label := licence["id"] or licence["url"]:
        yield phrases.say("Licence: {licence}", licence=anchor(label, licence["url"], rel="license"))


def _read_credit(told: Mapping[str, Any]) -> Credit:
    return Credit(role=told["role"], agent=Agent(kind=told["kind"], name=told["name"], uri=told["uri"]))
