"""Index pages: what there is to subscribe to, and what was published last.

They are made from the configuration and from entries' JSON fragments; no entry's markup is ever put into them.
"""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ....model import Publication, Site
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
    entry without one is linked to where it was taken from. `older` is the path of the newest archive, if there is one.
    """
    phrases = phrases_for(publication.language)
    values = frame(phrases, heading=publication.title, root="../")
    values["trail"] = [{"href": "../index.html", "label": site.title}]
    values["feeds"] = discoverable(publication, "")
    values["links"] = buttons("", phrases)
    values["entries"] = listed(map(json.loads, entries), pages, phrases)
    values["older"] = older
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
