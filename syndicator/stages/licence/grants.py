"""Leave to reprint that a publisher gives in its own words, and its refusal. It must not read licences with a name.

A sentence grants what it says: reprinting as it is, with attribution and without selling; translating and selling only
where it names them. Whatever forbids, or binds to asking, makes it no grant.
"""

import re
from functools import cache

from syndicator.model import Licence, Permit
from syndicator.stages.licence.mentions import permitted
from syndicator.stages.licence.words import any_of, reading, table

_SELLING = re.compile(r"[kc]omm?er[czts]|коммерч|комерц|商业|商用|商業|営利|영리|تجاري", re.IGNORECASE)

_NO_CONDITION = re.compile(
    r"permission (?:is )?(?:hereby )?(?:granted|given)|no (?:prior )?permission (?:is )?(?:needed|required|necessary)"
    r"|without (?:asking|needing|the need)[^,.;]{0,20}permission",
    re.IGNORECASE,
)


def grant_in(clause: str) -> Licence | None:
    """What the clause allows beyond an excerpt, or None."""
    if not _reuse().search(clause) or _forbids().search(_unbound(clause)):
        return None
    if not any(_grants(language, clause) for language in _languages()):
        return None
    translate, sell = _names_translating(clause), _sells().search(clause) is not None
    permits: list[Permit] = ["excerpt", "verbatim"]
    permits += ["translate"] if translate else []
    permits += ["commercial"] if sell else []
    return Licence(permits=tuple(permits), no_derivatives=not translate)


def is_refused(clause: str) -> bool:
    """Whether reprinting is forbidden there or bound to asking; a refusal of selling alone is none."""
    spoken_of = _reuse().search(clause) is not None and not _SELLING.search(clause)
    return spoken_of and _forbids().search(_unbound(clause)) is not None


def withheld(text: str) -> Licence:
    """What a text that names a licence takes back in words of its own: "CC BY, but not for commercial use"."""
    parts: tuple[tuple[Permit, str], ...] = (("commercial", _SELLING.pattern), ("translate", _changing()))
    refusal = rf"(?:{_forbids().pattern}|{reading('denies').pattern})[^.;,。]{{0,30}}?"
    lost = [permit for permit, words in parts if re.search(rf"{refusal}(?:{words})", text, re.IGNORECASE)]
    return Licence(permits=permitted(*lost), no_derivatives="translate" in lost)


def _grants(language: tuple[re.Pattern[str], re.Pattern[str]], clause: str) -> bool:
    reuse, leave = language
    bare = _unbound(clause)
    return reuse.search(bare) is not None and leave.search(bare) is not None


def _unbound(clause: str) -> str:
    """The clause without what sounds like a condition and is none: "unless otherwise noted", "no permission needed".

    What is forbidden of selling alone goes too: no grant here includes it.
    """
    bare = _NO_CONDITION.sub(" free ", reading("otherwise").sub(" ", clause))
    return _no_selling().sub(" ", bare)


def _names_translating(clause: str) -> bool:
    return any(
        re.search(rf"(?:{first})\w*[\s,/&-]*(?:(?:{_joins()})[\s]+)?(?:{second})", clause, re.IGNORECASE)
        for reuse, _ in _languages()
        for first, second in ((reuse.pattern, _translating()), (_translating(), reuse.pattern))
        if reuse.search(clause)
    )


@cache
def _languages() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((any_of(words["reuse"]), any_of(words["leave"])) for words in table("grants")["languages"].values())


@cache
def _reuse() -> re.Pattern[str]:
    """That of all languages."""
    return any_of(term for words in table("grants")["languages"].values() for term in words["reuse"])


@cache
def _forbids() -> re.Pattern[str]:
    return any_of(table("grants")["forbids"])


@cache
def _no_selling() -> re.Pattern[str]:
    """A refusal of selling alone, which no grant here includes."""
    return re.compile(rf"(?:{_forbids().pattern})[^,.;，；]{{0,20}}?(?:{_SELLING.pattern})\w*", re.IGNORECASE)


@cache
def _sells() -> re.Pattern[str]:
    return any_of(table("grants")["commercial"])


@cache
def _translating() -> str:
    return any_of(table("grants")["translate"]).pattern


@cache
def _changing() -> str:
    return any_of([*table("grants")["translate"], *table("grants")["change"]]).pattern


@cache
def _joins() -> str:
    return any_of(table("grants")["joins"]).pattern
