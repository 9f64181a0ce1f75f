"""The licences of words/licences.toml, by address, name or SPDX id."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from syndicator.model import Licence, Permit
from syndicator.stages.licence.mentions import ALL, Mention
from syndicator.stages.licence.spdx import canonical
from syndicator.stages.licence.words import any_of, table

_VERSION = re.compile(
    r"[\s,(/v-]*(?:version)?[\s/]*(?P<version>\d(?:\.\d)?)(?![\d.]*\d)(?P<later>.{0,4}or any later|.{0,4}or later|\+)?"
)
_INSIDE = re.compile(r"v(?P<version>\d\.\d)(?P<later>\+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Known:
    addresses: re.Pattern[str]
    names: re.Pattern[str]
    versions: dict[str, str]
    permits: tuple[Permit, ...]
    software: bool
    or_later: bool


def mentions(text: str, *, of_text: bool) -> list[Mention]:
    """Every such licence in `text`; `of_text` tells that the text says it is a text's, not software's."""
    return sorted(_mentions(text, of_text), key=lambda mention: mention.start)


def by_id(name: str) -> Licence | None:
    """The licence with this SPDX id; one that is not listed here permits an excerpt. None where it is no id."""
    known = canonical(name)
    if known is None:
        return None
    ours = next((one for one in _known() if known in _ids(one)), None)
    return Licence(id=known, permits=ours.permits) if ours else Licence(id=known)


def _ids(one: _Known) -> set[str]:
    ids = set(one.versions.values())
    return ids | {name.replace("-only", "-or-later") for name in ids} if one.or_later else ids


def _mentions(text: str, of_text: bool) -> Iterator[Mention]:
    for one in _known():
        for match in one.addresses.finditer(text):
            yield Mention(match.start(), match.end(), _licence(one, text, match, url=_address(text, match)))
        for match in one.names.finditer(text):
            if of_text or not one.software:
                yield Mention(match.start(), match.end(), _licence(one, text, match, url=None))


def _address(text: str, match: re.Match[str]) -> str:
    rest = re.match(r"[^\s<>\"']*", text[match.end() :])
    return match[0] + (rest[0] if rest else "")


def _licence(one: _Known, text: str, match: re.Match[str], url: str | None) -> Licence:
    named = _VERSION.match(text[match.end() :]) or _INSIDE.search(match[0])
    version = named["version"] if named and named["version"] in one.versions else ""
    name = one.versions.get(version)
    if named and named["later"] and one.or_later and version:
        name = (name or "").replace("-only", "-or-later")
    return Licence(id=name, url=url, permits=one.permits)


@cache
def _known() -> tuple[_Known, ...]:
    return tuple(
        _Known(
            addresses=re.compile(
                r"https?://(?:www\.)?(?:" + "|".join(map(re.escape, each["addresses"])) + r")(?![\w])", re.IGNORECASE
            ),
            names=any_of(each["names"]),
            versions=each["versions"],
            permits=tuple(each.get("permits", ALL)),
            software=each.get("software", False),
            or_later=each.get("or_later", False),
        )
        for each in table("licences")["licence"]
    )
