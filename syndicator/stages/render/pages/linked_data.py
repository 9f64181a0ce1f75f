"""What a page tells machines of its article: JSON-LD with the vocabulary of https://schema.org/Article.

It is data in a script element, which no browser runs; the template escapes it so that nothing in it ends that element.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ....model import Agent, Entry, Site
from ..markup import linkable, plain
from ..outgoing import tag
from .origin import first_publisher

TYPES = {"person": "Person", "organisation": "Organization", "software": "SoftwareApplication"}
ROLES = {"author": "author", "translator": "translator", "editor": "editor"}
"""The roles that schema.org has a property for; all others are contributors."""


def linked_data(entry: Entry, site: Site, *, canonical: str, credit: Sequence[str]) -> Mapping[str, Any]:
    """An Article node for `entry`; `credit` are the HTML lines that its page shows, `canonical` is its address.

    `publisher` published the text first, `sdPublisher` is who says all this: we.
    """
    licence = entry.licence
    told = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": entry.title,
        "url": canonical,
        "identifier": entry.id,
        "inLanguage": tag(entry.language),
        "datePublished": entry.published.isoformat(),
        "dateModified": entry.updated.isoformat(),
        **_people(entry),
        **_original(entry),
        "license": linkable(licence.url) or licence.id,
        "creditText": " · ".join(map(plain, credit)),
        "publisher": {"@type": "Organization", "name": first_publisher(entry)},
        "sdPublisher": {"@type": "Organization", "name": site.title, "url": site.base_url},
    }
    return {name: value for name, value in told.items() if value}


def _people(entry: Entry) -> Mapping[str, Sequence[Mapping[str, str]]]:
    named: dict[str, dict[Agent, None]] = {}
    for credit in entry.credits:
        if credit.of == "entry" and credit.role != "publisher" and credit.agent.name:
            named.setdefault(ROLES.get(credit.role, "contributor"), {})[credit.agent] = None
    return {role: [_agent(agent) for agent in agents] for role, agents in named.items()}


def _agent(agent: Agent) -> Mapping[str, str]:
    address = linkable(agent.uri)
    return {"@type": TYPES[agent.kind], "name": agent.name, **({"url": address} if address else {})}


def _original(entry: Entry) -> Mapping[str, Any]:
    """`translationOfWork` is the work with its language, `isBasedOn` its address for those who know only that."""
    original = entry.original
    if original is None:
        return {}
    address = linkable(original.url)
    publisher = {"@type": "Organization", "name": original.site} if original.site else None
    work = {"@type": "CreativeWork", "url": address, "inLanguage": tag(original.language), "publisher": publisher}
    return {"translationOfWork": {name: value for name, value in work.items() if value}, "isBasedOn": address}
