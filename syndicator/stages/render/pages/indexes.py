"""Index pages: what there is to subscribe to, and what was published last.

They are made from the configuration and from entries' JSON fragments; no entry's markup is ever put into them.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from ....model import Publication, Site
from ..headings import TYPES
from ..phrases import Phrases, phrases_for
from .listing import listed
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
    *,
    older: str = "",
) -> bytes:
    """A publication's page: subscribe links and its entries with their credits, from their JSON fragments.

    `pages` has the path of an entry's page by the entry's id, relative to the publication ("entries/SLUG.html"); an
    entry without one is linked to where it was taken from. `older` is the path of the newest archive's page, if there
    is one.
    """
    phrases = phrases_for(publication.language)
    values = frame(phrases, heading=publication.title, root="../")
    values["trail"] = [{"href": "../index.html", "label": site.title}]
    values["feeds"] = discoverable(publication, "")
    values["links"] = buttons("", phrases)
    values["entries"] = listed(map(json.loads, entries), pages, phrases)
    values |= {"days": "", "older": older, "newest": ""}
    return page("publication.html", values, templates)


def archive_index(
    site: Site,
    publication: Publication,
    number: int,
    entries: Sequence[bytes],
    pages: Mapping[str, str] = NO_PAGES,
    templates: Templates = OURS,
) -> bytes:
    """The page of the archive `number` (from 1), for NAME/archive/NUMBER.html: its entries, as the publication's page
    shows those that are newer, with the days between which they came out.

    It leads to the archive before it and to the publication's page, never to the archive after it.
    """
    phrases = phrases_for(publication.language)
    name = f"{phrases.say('Older entries')} ({number})"
    values = frame(phrases, heading=name, root="../../")
    values["trail"] = [
        {"href": "../../index.html", "label": site.title},
        {"href": "../index.html", "label": publication.title},
    ]
    itself = {"href": f"{number}.atom", "type": TYPES["atom"], "title": name}
    values["feeds"] = [*discoverable(publication, "../"), itself]
    values["links"] = buttons("../", phrases)
    told = [json.loads(each) for each in entries]
    values["entries"] = listed(told, pages, phrases, root="../")
    values |= {"days": _days(told, phrases), "older": f"{number - 1}.html" if number > 1 else ""}
    values["newest"] = "../index.html"
    return page("publication.html", values, templates)


def _days(told: Sequence[Mapping[str, Any]], phrases: Phrases) -> str:
    """From the first day to the last: which archive to open, of whom a visitor knows when it came out."""
    times = sorted(datetime.fromisoformat(each["date_published"]) for each in told)
    return " – ".join(dict.fromkeys(phrases.day(when) for when in (*times[:1], *times[-1:])))


def _publication(publication: Publication, phrases: Phrases) -> Mapping[str, Any]:
    folder = f"{publication.name}/"
    return {
        "title": publication.title,
        "href": f"{folder}index.html",
        "language": phrases.name_of(publication.language),
        "spoken": spoken(publication.language),
        "links": buttons(folder, phrases),
    }
