"""What is known of an entry and why, as plain data for the command line: from files, or from the store.

It shows what the chain and the store say and must not judge anything itself.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from lxml.html import fragment_fromstring

from syndicator import chain
from syndicator.assemble import assemble
from syndicator.doors import utc_now
from syndicator.errors import UsageError
from syndicator.model import (
    Credit,
    Derived,
    Document,
    Entry,
    Refused,
    Response,
    Stored,
    Subscription,
    Translation,
)
from syndicator.sandbox import Sandbox, run
from syndicator.stages.normalise import body_text, plain_text
from syndicator.store import Engine, entries, pictures

Told = dict[str, Any]


async def explain_stored(store: Engine, argument: str) -> list[Told]:
    """The entries of the store with this URL, else this id.

    Raises UsageError when there is none.
    """
    found = await entries.find(store, argument)
    if not found and await entries.taken_down(store, [argument]):
        raise UsageError(argument, "it was taken down", "nothing of it is kept but that")
    if not found:
        raise UsageError(argument, "no such file, and no entry has this URL or id", "see the ids in a published feed")
    return [await _described_in(store, stored) for stored in found]


async def _described_in(store: Engine, stored: Stored) -> Told:
    """What the store alone knows comes last: where the entry stands, and the other entries of the same work."""
    family = await entries.relatives(store, stored.entry.subscription, stored.entry.id)
    links = await pictures.uncopied(store, stored.entry.subscription, stored.entry.id)
    told = described(stored.entry, stored.responses)
    return told | {
        "notes": [*told["notes"], *({"code": "picture-not-copied", "text": f"{url}: {why}"} for url, why in links)],
        "subscription": stored.entry.subscription,
        "state": stored.state,
        "left_out": stored.left_out,
        "same_work": [_fields(one, "subscription", "id", "url", "language") for one in family],
    }


async def explain_documents(sandbox: Sandbox, documents: Sequence[Document], *, together: bool) -> list[Told]:
    """What the chain makes of files: each entry of each feed, each page; or, `together`, of one article's documents.

    A comment feed alone gives its article with nothing but the responses. Raises UsageError for what is neither feed
    nor page.
    """
    if not together:
        return [told for document in documents for told in await _explained(sandbox, [document])]
    return await _explained(sandbox, documents)


async def _explained(sandbox: Sandbox, documents: Sequence[Document]) -> list[Told]:
    outcome = await run(sandbox, assemble, tuple(documents))
    subject = documents[0].url if len(documents) == 1 else f"{len(documents)} documents together"
    if isinstance(outcome, Refused):
        raise UsageError(subject, outcome.why, outcome.hint)
    head, materials = outcome
    subscription = Subscription(name="explained", url=documents[0].url)
    derived = await run(sandbox, chain.derive, materials, head, subscription, utc_now())
    if isinstance(derived, Refused):
        raise UsageError(subject, derived.why, derived.hint)
    return [
        described(one.entry, one.responses) if isinstance(one, Derived) else _refused(material, one)
        for material, one in zip(materials, derived, strict=True)
    ]


def described(entry: Entry, responses: Sequence[Response]) -> Told:
    """An entry and its responses as JSON-able data; every key is always there, times are RFC 3339 in UTC."""
    return {
        "id": entry.id,
        "title": entry.title,
        "language": entry.language,
        "canonical_url": entry.url,
        "published": _time(entry.published),
        "updated": _time(entry.updated),
        "summary": plain_text(entry.summary_html),
        "credits": [_credit(credit) for credit in entry.credits],
        "original": _fields(entry.original, "url", "site", "language") if entry.original else None,
        "translation": _translation(entry.translation) if entry.translation else None,
        "provenance": [_fields(hop, "role", "url", "publisher", "language", "date") for hop in entry.provenance],
        "licence": _fields(entry.licence, "id", "url", "permits") | {"evidence": _evidence(entry.licence.evidence)},
        "release": _fields(entry.release, "scope", "why"),
        "responses": [_response(response) for response in responses],
        "images": [_fields(image, "src", "caption") for image in entry.images],
        "content_html": entry.content_html,
        "content_text": body_text(fragment_fromstring(entry.content_html, create_parent="div")),
        "grounds": {ground.fact: _fields(ground.evidence, "where", "rule", "text") for ground in entry.grounds},
        "notes": [_fields(note, "code", "text") for note in entry.notes],
    }


def _translation(told: Translation) -> Told:
    return {
        "from": told.from_language,
        "to": told.to_language,
        "state": told.state,
        "source_updated": _time(told.source_updated) if told.source_updated else None,
    }


def _credit(credit: Credit) -> Told:
    agent = _fields(credit.agent, "kind", "name", "uri")
    return {
        "role": credit.role,
        **agent,
        "of": credit.of,
        "target": credit.target,
        "evidence": _evidence(credit.evidence),
    }


def _response(response: Response) -> Told:
    names = ("kind", "author", "uri", "title", "site", "published", "content_text", "in_reply_to", "marks", "truncated")
    return _fields(response, *names)


def _evidence(evidence: Sequence[Any]) -> list[Told]:
    return [_fields(one, "where", "rule", "text") for one in evidence]


def _fields(value: object, *names: str) -> Told:
    return {name: _plain(getattr(value, name)) for name in names}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return _time(value)
    return list(value) if isinstance(value, tuple) else value


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _refused(material: chain.Material, refused: Refused) -> Told:
    """An entry that could not be derived still has a line, with every key."""
    moment = datetime.fromtimestamp(0, UTC)
    empty = Entry(subscription="", id=material.id, url=material.parsed.link, title="", published=moment, updated=moment)
    note = {"code": f"entry-{refused.reason}", "text": refused.why}
    return described(empty, ()) | {"published": None, "updated": None, "notes": [note]}
