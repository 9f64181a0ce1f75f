"""What may be done with an entry: declared licences as SPDX and what they permit; the gate that decides what goes out.

Never more permissive than the evidence: what cannot be read permits an excerpt, and of two licences that disagree only
what both permit counts. A copyright notice alone says who owns, not what is allowed; it neither grants nor withholds.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from syndicator.model import Evidence, Licence, Permission, Permit, Release

Where = Literal["entry", "page", "feed", "configuration"]

# A Creative Commons address: parts, version, port; `deed.de` and `legalcode` are its pages, not ports.
_CC_URL = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:licen[sc]es/(?P<parts>by(?:-(?:nc|nd|sa))*)|publicdomain/(?P<public>zero|mark))"
    r"(?:/(?P<version>\d\.\d))?(?:/(?P<port>[a-z]{2,4})(?![\w.]))?",
    re.IGNORECASE,
)
_CC_SHORT = re.compile(
    r"\bCC[\s-]*(?P<parts>BY(?:[\s-]+(?:NC|ND|SA))*)(?![a-z])(?:[\s-]*v?(?P<version>\d\.\d))?(?:[\s-]+(?P<port>[A-Z]{2,3}|igo)\b)?",
    re.IGNORECASE,
)
_CC_ZERO = re.compile(r"\bCC[\s-]?0\b(?:[\s-]*(?P<version>1\.0))?", re.IGNORECASE)
_CC_WORDS = re.compile(
    r"Creative\s+Commons\s+(?:(?:licen[cs]e|lizenz)\s+)?(?P<words>(?:Attribution|Namensnennung|Reconocimiento|Atribución|Atribuição|Attribuzione)(?:[\s–-]+[A-Za-zäöüÄÖÜ]+){0,8}?)"
    r"(?:\s+(?P<version>\d\.\d))(?:\s+(?P<port>[A-Z]{2})\b)?",
    re.IGNORECASE,
)
_WORDS = (
    (
        "nc",
        re.compile(
            r"non\W?commercial|nicht\W?kommerziell|pas d.utilisation commerciale|no\W?comercial|non commerciale",
            re.IGNORECASE,
        ),
    ),
    (
        "nd",
        re.compile(
            r"no\W?deriv|keine\W?bearbeitung|pas de modification|sin\W?(?:obra\W?)?derivad|sem deriva|non opere",
            re.IGNORECASE,
        ),
    ),
    (
        "sa",
        re.compile(
            r"share\W?alike|weitergabe unter gleichen|partage dans les mêmes|compartir\W?igual|compartilha|condividi",
            re.IGNORECASE,
        ),
    ),
)
_RESERVED = re.compile(
    r"all rights reserved|alle rechte (?:vorbehalten|voorbehouden)|tous droits réservés|todos los derechos reservados"
    r"|todos os direitos reservados"
    r"|tutti i diritti (?:sono )?riservati|все права защищены|усі права захищені|wszelkie prawa zastrzeżone"
    r"|alla rättigheter förbehålls",
    re.IGNORECASE,
)
_PUBLIC_DOMAIN = re.compile(
    r"(?:this (?:work|text|article) is (?:in|dedicated to) the )?public domain\.?"
    r"|gemeinfrei\.?|domaine public\.?|dominio público\.?",
    re.IGNORECASE,
)
_HELD = re.compile(r"\b(?:not|except|unless|pictures?|photos?|images?|illustrations?)\b", re.IGNORECASE)

EXCERPT: tuple[Permit, ...] = ("excerpt",)
_ORDER: tuple[Permit, ...] = ("excerpt", "verbatim", "translate", "commercial")


def read_licence(
    *, entry: Sequence[str] = (), page: Sequence[str] = (), feed: Sequence[str] = (), configured: str | None = None
) -> Licence:
    """What the most specific place says: entry, then page, then feed, then the configuration's default.

    RFC 4946 2: an entry's own licence replaces the feed's.

    Each statement is an address or a sentence as printed. Nothing stated anywhere permits an excerpt.
    """
    places: tuple[tuple[Where, Sequence[str]], ...] = (
        ("entry", entry),
        ("page", page),
        ("feed", feed),
        ("configuration", (configured,) if configured else ()),
    )
    for where, statements in places:
        stated = [licence for text in statements if text and (licence := _stated(where, " ".join(text.split())))]
        if stated:
            return _strictest(stated)
    return Licence()


def gate(licence: Licence, permission: Permission | None, now: datetime) -> Release:
    """What goes out of an entry, and why: a permission first, else its licence, else an excerpt.

    A permission that is over counts as nothing and, where no licence grants the text, leaves the link.
    """
    expired = permission is not None and permission.until is not None and permission.until < now
    if permission and not expired and "verbatim" in permission.scope:
        return _release(
            f"permission: {permission.sentence}",
            untouched=licence.no_derivatives and "translate" not in permission.scope,
        )
    if "verbatim" in licence.permits:
        return _release(f"licence: {licence.id or 'public domain'}", untouched=licence.no_derivatives)
    if permission and expired and permission.until:
        return Release(scope="link", why=f"the permission ended on {permission.until:%Y-%m-%d}: {permission.sentence}")
    if permission and not permission.scope:
        return Release(scope="link", why=f"permission: {permission.sentence}")
    said = licence.evidence[0].text if licence.evidence else ""
    return Release(
        scope="excerpt", why=f"{said!r} permits no more" if said else "no licence and no permission is stated"
    )


def _release(why: str, *, untouched: bool) -> Release:
    return Release(
        scope="untouched" if untouched else "whole", why=why + (" (no derivatives: left as it is)" if untouched else "")
    )


def _stated(where: Where, text: str) -> Licence | None:
    """The licence that one statement declares, or None where it declares none."""
    if _RESERVED.search(text):
        return Licence(evidence=(Evidence(where=where, rule="licence: all rights reserved", text=text),))
    for rule, pattern in (("address", _CC_URL), ("short name", _CC_SHORT), ("words", _CC_WORDS), ("CC0", _CC_ZERO)):
        matches = list(pattern.finditer(text))
        if matches:
            evidence = (Evidence(where=where, rule=f"licence: Creative Commons {rule}", text=text),)
            return _strictest([_creative_commons(match, evidence) for match in matches])
    if _PUBLIC_DOMAIN.fullmatch(text):
        return Licence(permits=_ORDER, evidence=(Evidence(where=where, rule="licence: public domain", text=text),))
    if text.startswith(("http://", "https://")) or where == "configuration":
        url = text if text.startswith("http") else None
        return Licence(
            id=None if url else text,
            url=url,
            evidence=(Evidence(where=where, rule="licence: not one we can read", text=text),),
        )
    return None


def _creative_commons(match: re.Match[str], evidence: tuple[Evidence, ...]) -> Licence:
    groups = match.groupdict()
    if groups.get("public") == "mark":
        return Licence(
            id=None, url="https://creativecommons.org/publicdomain/mark/1.0/", permits=_ORDER, evidence=evidence
        )
    if groups.get("public") or not (groups.get("parts") or groups.get("words")):
        return Licence(
            id="CC0-1.0", url="https://creativecommons.org/publicdomain/zero/1.0/", permits=_ORDER, evidence=evidence
        )
    parts = _parts(groups.get("parts") or "", groups.get("words") or "")
    version, port = groups.get("version"), (groups.get("port") or "").lower()
    name = "-".join(filter(None, ("CC", *(part.upper() for part in parts), version, port.upper())))
    url = (
        "/".join(filter(None, ("https://creativecommons.org/licenses", "-".join(parts), version, port))) + "/"
        if version
        else None
    )
    return Licence(id=name, url=url, permits=_permits(parts), no_derivatives="nd" in parts, evidence=evidence)


def _parts(short: str, words: str) -> tuple[str, ...]:
    """("by", "nc", "sa") in the order that Creative Commons writes them."""
    named = set(re.split(r"[\s-]+", short.lower())) | {part for part, pattern in _WORDS if pattern.search(words)}
    return ("by", *(part for part in ("nc", "nd", "sa") if part in named))


def _permits(parts: Sequence[str]) -> tuple[Permit, ...]:
    withheld = {"translate"} if "nd" in parts else set()
    return tuple(permit for permit in _ORDER if permit not in withheld | ({"commercial"} if "nc" in parts else set()))


def _strictest(stated: Sequence[Licence]) -> Licence:
    """One licence where all agree; else only what every one of them permits, under no name."""
    first = stated[0]
    evidence = tuple(dict.fromkeys(item for licence in stated for item in licence.evidence))
    if all((licence.id, licence.url) == (first.id, first.url) for licence in stated):
        return Licence(
            id=first.id, url=first.url, permits=first.permits, no_derivatives=first.no_derivatives, evidence=evidence
        )
    permits = tuple(permit for permit in _ORDER if all(permit in licence.permits for licence in stated))
    return Licence(permits=permits, no_derivatives=any(licence.no_derivatives for licence in stated), evidence=evidence)
