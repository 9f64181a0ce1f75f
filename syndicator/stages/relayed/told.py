"""What is told of an entry in `syn:` elements (Atom, RSS) or in `_syndicator` (JSON Feed), as nouns.

It must not judge what is told, nor read another vocabulary.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, get_args

from syndicator.model import (
    Agent,
    AgentKind,
    Copy,
    Credit,
    CreditOf,
    CreditPosition,
    Evidence,
    Hop,
    Original,
    ParsedEntry,
    Terms,
    Translation,
    TranslationState,
)
from syndicator.model.iri import as_iri
from syndicator.model.noun import noun
from syndicator.model.vocabulary import SYN

RULE = "relayed"
_MOST = 200  # credits or hops of one entry
_NAMES = ("credit", "hop", "translation", "untitled", "abridged", "terms", "picture")
_HOPS = ("original", "translation", "republication")

Told = Mapping[str, Any]


@noun
class Relayed:
    """What was told: `original` is None where the entry is its own original, or no address of another was stated.

    `untitled`: the title that stands there is none, but Atom wants one. `abridged`: the text is an excerpt. `licences`
    and `rights` are JSON Feed's; Atom and RSS have elements of their own for them. `copies` are those of its pictures,
    `linked` the markup of pictures that stand as links in the text for now, in order, `beside` the addresses of those
    that came beside it.
    """

    credits: tuple[Credit, ...] = ()
    provenance: tuple[Hop, ...] = ()
    original: Original | None = None
    translation: Translation | None = None
    untitled: bool = False
    abridged: bool = False
    licences: tuple[str, ...] = ()
    rights: str | None = None
    terms: Terms = Terms()
    copies: tuple[Copy, ...] = ()
    linked: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def read_relayed(parsed: ParsedEntry) -> Relayed | None:
    """What the `syn:` elements (Atom, RSS) or the `_syndicator` member (JSON Feed) of an entry tell; None without any.

    A credit, hop or translation that is told wrongly is left out. Raises nothing.
    """
    told: dict[str, list[Told]] = {
        name: [one.attributes for one in parsed.extensions if one.name == f"{{{SYN}}}{name}"] for name in _NAMES
    }
    if not any(told.values()):
        told = _of_json(parsed)
    if not any(told.values()):
        return None
    terms = next(iter(told.get("licence", ())), {})
    hops = tuple(hop for one in told["hop"][:_MOST] if (hop := _hop(one)))
    return Relayed(
        credits=tuple(dict.fromkeys(credit for one in told["credit"][:_MOST] if (credit := _credit(one)))),
        provenance=hops,
        original=_original(hops),
        translation=next((_translation(one) for one in told["translation"]), None),
        untitled=bool(told.get("untitled")),
        abridged=bool(told.get("abridged")),
        licences=tuple(filter(None, [_text(terms, "url") or _text(terms, "id")])),
        rights=_text(terms, "rights") or None,
        terms=next((_terms(one) for one in told["terms"]), Terms()),
        copies=tuple(copy for one in told["picture"][:_MOST] if (copy := _copy(one))),
        linked=tuple(html for one in told["picture"][:_MOST] if (html := _text(one, "html"))),
        beside=tuple(url for one in told["picture"][:_MOST] if _is_beside(one) and (url := _address(one, "url"))),
    )


def _of_json(parsed: ParsedEntry) -> dict[str, list[Told]]:
    text = next((one.text for one in parsed.extensions if one.name == "_syndicator"), "")
    try:
        told = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        told = {}
    told = told if isinstance(told, dict) else {}
    return {
        "credit": [*_objects(told.get("credits"))],
        "hop": [*_objects(told.get("provenance"))],
        "translation": [
            {**one, "source-updated": one.get("source_updated")} for one in _objects([told.get("translation")])
        ],
        "licence": [*_objects([told.get("licence")])],
        "abridged": [{}] if told.get("abridged") is True else [],
        "terms": [*map(_as_attributes, _objects([told.get("terms")]))],
        "picture": [*_objects(told.get("pictures"))],
    }


def _objects(value: object) -> Iterator[Told]:
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else iter(())


def _credit(told: Told) -> Credit | None:
    role, name, kind, of = (_text(told, key) for key in ("role", "name", "kind", "of"))
    if not role or not name or kind not in get_args(AgentKind) or of not in get_args(CreditOf):
        return None
    return Credit(
        role=role,
        agent=Agent(kind=kind, name=name, uri=_address(told, "uri")),  # type: ignore[arg-type]
        of=of,  # type: ignore[arg-type]
        target=_text(told, "target"),
        evidence=tuple(_evidence(told.get("evidence"))),
    )


def _evidence(told: object) -> Iterator[Evidence]:
    """A list in JSON; in XML one text, "where: words", which goes out again as it came in."""
    if isinstance(told, str) and told:
        where, _, text = told.partition(": ")
        yield Evidence(where=where, rule=RULE, text=text)
    for one in _objects(told):
        yield Evidence(where=_text(one, "where"), rule=_text(one, "rule") or RULE, text=_text(one, "text"))


def _copy(told: Told) -> Copy | None:
    url, at = _address(told, "url"), _address(told, "copy")
    return Copy(url=url, at=at) if url and at else None


def _is_beside(told: Told) -> bool:
    return told.get("beside") in ("yes", True)


def _hop(told: Told) -> Hop | None:
    role = _text(told, "role")
    if role not in _HOPS:
        return None
    return Hop(
        role=role,  # type: ignore[arg-type]
        url=_address(told, "url"),
        publisher=_text(told, "publisher") or None,
        language=_text(told, "language") or None,
        date=_time(told, "date"),
    )


def _original(hops: tuple[Hop, ...]) -> Original | None:
    """The first hop, where others follow and its address was stated."""
    first = hops[0] if len(hops) > 1 and hops[0].role == "original" and hops[0].url else None
    return Original(url=first.url, site=first.publisher, language=first.language) if first else None


def _translation(told: Told) -> Translation:
    state = _text(told, "state")
    return Translation(
        from_language=_text(told, "from") or None,
        to_language=_text(told, "to") or None,
        state=state if state in get_args(TranslationState) else "unknown",  # type: ignore[arg-type]
        source_updated=_time(told, "source-updated"),
    )


def _terms(told: Told) -> Terms:
    """What a partner asks for; the footer is cleaned where the text is."""
    position, images, pixel = (_text(told, key) for key in ("credit-position", "images", "counter-pixel"))
    return Terms(
        credit_line=_text(told, "credit-line") or None,
        credit_position=position if position in get_args(CreditPosition) else None,  # type: ignore[arg-type]
        images=images if images in ("copy", "link") else "keep",  # type: ignore[arg-type]
        keep_links=_text(told, "keep-links") != "no",
        counter_pixel=pixel if pixel.startswith("https://") else None,
        canonical="original" if _text(told, "canonical") == "original" else None,
        footer=_text(told, "footer") or None,
    )


def _as_attributes(told: Told) -> Told:
    """A JSON object named and worded as the attributes of an element are."""
    words = {key.replace("_", "-"): value for key, value in told.items()}
    return {**words, "keep-links": "no" if told.get("keep_links") is False else "yes"}


def _text(told: Told, key: str) -> str:
    value = told.get(key)
    return value.strip() if isinstance(value, str) else ""


def _address(told: Told, key: str) -> str | None:
    value = _text(told, key)
    return as_iri(value) if value.lower().startswith(("http://", "https://")) else None


def _time(told: Told, key: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(_text(told, key))
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):  # at either end of the calendar, in UTC it would be beyond
        return None
