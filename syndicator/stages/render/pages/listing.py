"""Lists of entries, read from their JSON fragments: title, day and credit, and no entry's markup.

A list costs no second rendering, and what the gate withheld is not in it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from markupsafe import Markup

from ....model import Agent, Credit
from ..credit_block import HOP_PHRASES, people_lines
from ..markup import anchor, host, linkable
from ..phrases import Phrases
from .naming import Naming, named_by
from .subscribing import spoken


def listed(
    entries: Iterable[Mapping[str, Any]], pages: Mapping[str, str], phrases: Phrases, *, root: str = "", here: str = ""
) -> list[Mapping[str, Any]]:
    """What a template needs of each of `entries`, which are their JSON fragments, read; `root` is the relative path to
    the publication's folder, `here` the slug of the person whose page this is.

    `pages` has the path of an entry's page by the entry's id, relative to that folder; an entry without one is linked
    to where it was taken from, and its people to their own addresses.
    """
    naming = named_by(None), named_by(f"{root}people/", here)
    made = []
    for told in entries:
        page = pages.get(told["id"])
        href = f"{root}{page}" if page else linkable(told.get("url"))
        made.append(_entry(told, href, phrases, naming[bool(page)]))
    return made


def credits_of(told: Mapping[str, Any]) -> Iterator[Credit]:
    """The credits of the entry itself, from its JSON, without its publishers."""
    for each in told["_syndicator"]["credits"]:
        if each["of"] == "entry" and each["role"] != "publisher":
            yield Credit(role=each["role"], agent=Agent(kind=each["kind"], name=each["name"], uri=each["uri"]))


def _entry(told: Mapping[str, Any], href: str | None, phrases: Phrases, naming: Naming) -> Mapping[str, Any]:
    published = datetime.fromisoformat(told["date_published"])
    day = phrases.day(published)
    return {
        "title": told.get("title") or day,
        "href": href,
        "spoken": spoken(told.get("language")) if told.get("title") else "",
        "published": published.date().isoformat(),
        "day": day,
        "credit": [Markup(line) for line in _credit(told, phrases, naming)],  # noqa: S704 — made of anchors
    }


def _credit(told: Mapping[str, Any], phrases: Phrases, naming: Naming) -> Iterator[str]:
    """People, original and licence in a line: what the credit block says, without its details."""
    yield from people_lines(credits_of(told), phrases, named=naming)
    facts = told["_syndicator"]
    original = facts["original"]
    if original and (label := original["site"] or host(original["url"])):
        yield phrases.say(HOP_PHRASES["original"], where=anchor(label, original["url"], hreflang=original["language"]))
    licence = facts["licence"]
    if label := licence["id"] or licence["url"]:
        yield phrases.say("Licence: {licence}", licence=anchor(label, licence["url"], rel="license"))
