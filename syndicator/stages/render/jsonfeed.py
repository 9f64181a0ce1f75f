"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), written by ourselves: feedgen has no JSON.

One entry is one line, so that a stored fragment is stitched by putting it on a line. Facts that are not known are left
out rather than written as null, but for `_syndicator`, whose keys are always there.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ...model import Agent, Credit, Enclosure, Hop, Response, Source, Terms, Translation
from ...model.vocabulary import SYN
from .markup import host, linkable, media_type, plain
from .outgoing import Outgoing, authors, hops
from .partner import passed_on


def entry_json(out: Outgoing) -> bytes:
    """One entry as a JSON object on one line, UTF-8."""
    entry = out.entry
    people = authors(entry)
    told = {
        "id": entry.id,
        "url": out.address,
        "external_url": entry.original.url if entry.original else None,
        "title": entry.title,
        "language": out.language,
        "author": _joined(people),
        "authors": [_agent(agent) for agent in people],
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "tags": list(entry.categories),
        "attachments": [_attachment(each) for each in out.enclosures],
        "_syndicator": _facts(out),
        "summary": plain(out.summary_html),
    }
    return _line({**_known(told), "content_html": out.body_html})


def feed_json(head: Mapping[str, Any], hubs: Sequence[str], entries: Sequence[bytes]) -> bytes:
    """The document. `head`: title, home_page_url, feed_url, description, language; `entries`: `entry_json` lines."""
    opening = {
        "version": "https://jsonfeed.org/version/1.1",
        **_known(head),
        **_known({"hubs": [{"type": "WebSub", "url": hub} for hub in hubs]}),
        "_syndicator": {"about": SYN},
    }
    return _line(opening)[:-1] + b',"items":[\n' + b",\n".join(entries) + b"\n]}\n"


def _facts(out: Outgoing) -> dict[str, Any]:
    entry = out.entry
    licence = entry.licence
    return {
        "credits": [_credit(credit) for credit in entry.credits],
        "source": _source(entry.source),
        "original": None if entry.original is None else _of(entry.original, "url", "site", "language"),
        "provenance": [_hop(hop) for hop in hops(entry)],
        "licence": {**_of(licence, "id", "url", "no_derivatives"), "permits": licence.permits, "rights": entry.rights},
        "translation": _translation(entry.translation),
        "abridged": out.abridged,
        "terms": _terms(passed_on(entry.terms)),
        "pictures": [_of(picture, "url", "copy", "html", "beside") for picture in out.pictures],
        "responses": {
            "count": out.replies,
            "updated": _time(out.replied),
            "url": entry.comments_url,
            "feed": entry.comments_feed,
            "pings": [_ping(response) for response in out.pings],
        },
    }


def _joined(people: Sequence[Agent]) -> dict[str, str]:
    """JSON Feed 1.0 knows one author, and many readers only that: the names joined; one alone keeps its address."""
    if len(people) == 1:
        return _agent(people[0])
    return _known({"name": ", ".join(agent.name for agent in people)})


def _agent(agent: Agent) -> dict[str, str]:
    return _known({"name": agent.name, "url": linkable(agent.uri)})


def _attachment(each: Enclosure) -> dict[str, Any]:
    kind = media_type(each.type) or "application/octet-stream"
    return _known({"url": each.url, "mime_type": kind, "size_in_bytes": each.length})


def _credit(credit: Credit) -> dict[str, Any]:
    evidence = [_of(each, "where", "rule", "text") for each in credit.evidence]
    who = {"role": credit.role, **_of(credit.agent, "kind", "name", "uri")}
    return {**who, "of": credit.of, "target": credit.target, "evidence": evidence}


def _source(source: Source) -> dict[str, Any]:
    people = [_of(person, "name", "uri") for person in source.authors if person.name]
    told = _of(source, "id", "title", "url", "self_url", "language", "rights", "licences")
    return {**told, "authors": people, "updated": _time(source.updated)}


def _hop(hop: Hop) -> dict[str, Any]:
    return {**_of(hop, "role", "url", "publisher", "language"), "date": _time(hop.date)}


def _translation(told: Translation | None) -> dict[str, Any] | None:
    if told is None:
        return None
    ends = {"from": told.from_language, "to": told.to_language}
    return {**ends, "state": told.state, "source_updated": _time(told.source_updated)}


def _terms(asked: Terms | None) -> dict[str, Any] | None:
    names = ("credit_line", "credit_position", "images", "keep_links", "counter_pixel", "canonical", "footer")
    return _of(asked, *names) if asked else None


def _ping(response: Response) -> dict[str, Any]:
    """Site, title and link: who wrote it stays with its origin."""
    link = linkable(response.uri)
    return {"kind": response.kind, "site": response.site or host(link), "title": response.title, "url": link}


def _of(value: object, *names: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def _known(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in (None, "", [], {})}


def _time(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def _line(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
