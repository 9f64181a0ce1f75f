"""Reading what was rendered: the entry in each format, its texts and links."""

import json
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from syndicator.model import Publication, Site, Stored
from syndicator.stages import render
from syndicator.stages.render.vocabulary import NAMESPACES
from tests.entries import (
    ENGLISH,
    SITE,
)

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
ATOM = {"a": "http://www.w3.org/2005/Atom", **NAMESPACES}


def published(*entries: Stored, publication: Publication = ENGLISH, site: Site = SITE) -> dict[str, bytes]:
    responses = [(each, response) for each in entries for response in each.responses]
    return render.documents(publication, site, render.fragments(entries, publication, site), responses, SINCE)


def atom_entry(each: Stored) -> Any:
    return etree.fromstring(published(each)["english/feed.atom"]).find("a:entry", ATOM)


def rss_entry(each: Stored) -> Any:
    return etree.fromstring(published(each)["english/feed.rss"]).find("channel/item")


def json_entry(each: Stored) -> dict[str, Any]:
    return dict(json.loads(published(each)["english/feed.json"])["items"][0])


def texts(entry: Any, path: str) -> list[str]:
    return [each.text for each in entry.findall(path, ATOM)]


def links(entry: Any, rel: str, path: str = "a:link") -> list[dict[str, str]]:
    found = [dict(link.attrib) for link in entry.findall(path, ATOM) if link.get("rel") == rel]
    return [{name: value for name, value in link.items() if name != "rel"} for link in found]
