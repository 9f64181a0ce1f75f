"""Creative Commons: addresses, short names ("CC BY-NC 4.0") and names in many languages. It reads nothing else.

A name whose parts are not all understood is not read: an unknown part might be a restriction.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from syndicator.model import Licence, Permit
from syndicator.stages.licence.mentions import Mention, permitted
from syndicator.stages.licence.spdx import creative_commons
from syndicator.stages.licence.words import any_of, table

# licenses/by-sa/3.0/de, with deed.de and legalcode its pages, not ports; the badges name the licence in the same way.
_ADDRESS = re.compile(
    r"(?:https?:)?//(?:www\.|i\.)?(?:creativecommons\.org/(?:licen[sc]es|l)|licensebuttons\.net/l)/(?P<parts>(?:by|nc|nd|sa)(?:-(?:by|nc|nd|sa))*)"
    r"(?:/+(?P<version>\d\.\d)(?![\d.]))?(?:/(?P<port>igo|scotland|[a-z]{2})(?![\w.+-]))?(?![\w+-])",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"(?:https?:)?//(?:www\.|i\.)?(?:creativecommons\.org|licensebuttons\.net)/"
    r"(?:(?:publicdomain|p|l)/(?P<kind>zero|mark)|licen[sc]es/(?P<old>publicdomain))(?![\w-])",
    re.IGNORECASE,
)
_ANY_ADDRESS = re.compile(
    r"(?:https?:)?//[^\s<>]*creativecommons\.org/(?:licen[sc]es|publicdomain)/[^\s<>]*", re.IGNORECASE
)
# The end: another part might follow that we do not know; "-Lizenz" and a version are none.
_END = r"(?!\w)(?![-–‑](?!li[cz]|\d|v\d)[a-z])(?:[\s,()-]*(?:v|version)?[\s.]*(?P<version>[1-4]\.\d)(?!\d))?"
_SHORT = re.compile(
    r"(?<!\w)(?:\(?CC\)?|Creative[\s-]*Commons)[\s:(/,–-]*(?:li[cz]en[a-zç]*[\s:(/,–-]*)?(?:CC[\s-]+)?"
    r"(?P<parts>BY(?:[\s/–‑-]*(?:NC|ND|SA)(?![a-z]))*)" + _END,
    re.IGNORECASE,
)
# Parts by themselves, in a text that speaks of Creative Commons.
_LONE = re.compile(r"(?<![\w-])(?P<parts>BY(?:[\s-](?:NC|ND|SA))+)" + _END)
_CREATOR = re.compile(r"[\s:]+(?!li[cz])@?\w", re.IGNORECASE)
_ZERO = re.compile(
    r"(?<![\w-])CC[\s-]?(?:0|Zero)\b(?:[\s-]*v?1\.0)?|Creative\s+Commons\s+(?:CC\s*)?Zero\b", re.IGNORECASE
)
_VERSION = re.compile(r"(?<![\d.])(?P<version>[1-4]\.\d)(?!\.?\d)")
# What may follow a known part and is none: another script's particles are not letters after a hyphen.
_UNKNOWN_PART = re.compile(
    r"\s?[-–‑/]\s?(?!BY\b|CC\b|[A-Z]{2}\b|(?i:li[cz]|lisens|unported|intern|generic))([^\W\d_][^-–‑/\d]*)"
)
_PART = re.compile("by|nc|nd|sa")
_BEFORE, _AFTER = 100, 160  # characters around the name in which its parts stand
_PORT = 30  # characters after a version in which its port stands


def mentions(text: str) -> list[Mention]:
    """Every licence of Creative Commons that `text` names, in order."""
    found = [*_addresses(text), *_publics(text), *_shorts(text)]
    if not any(mention.licence.url is None for mention in found):
        found += _in_words(text)
    return sorted(found, key=lambda mention: mention.start)


def restriction(text: str) -> Licence | None:
    """What a text takes back in the words of the licences' parts, wherever they stand: "CC BY, non-commercial only"."""
    parts = [part for part in ("nc", "nd") if _part_patterns()[part].search(text)]
    return Licence(permits=_permits(parts), no_derivatives="nd" in parts) if parts else None


def without_parts(text: str) -> str:
    """`text` with the names of parts blotted out: the "no" of "no derivatives" denies nothing."""
    for pattern in _part_patterns().values():
        text = pattern.sub(lambda match: "_" * len(match[0]), text)
    return text


def is_vague(text: str) -> bool:
    """Whether `text` speaks of Creative Commons at all."""
    return bool(_names().search(text) or _ANY_ADDRESS.search(text))


def _addresses(text: str) -> Iterator[Mention]:
    for match in _ADDRESS.finditer(text):
        parts, version, port = (
            _ordered(match["parts"].lower().split("-")),
            match["version"],
            (match["port"] or "").lower(),
        )
        if version and version >= "4":  # 4.0 has no ports
            port = "" if port != "igo" else port
        path = filter(None, ("-".join(parts), version, port))
        url = f"https://creativecommons.org/licenses/{'/'.join(path)}/" if version else match[0]
        yield Mention(match.start(), match.end(), _licence(parts, version or "", port, url))


def _publics(text: str) -> Iterator[Mention]:
    for match in _PUBLIC.finditer(text):
        kind = (match["kind"] or "old").lower()
        name, path = {
            "zero": ("CC0-1.0", "publicdomain/zero/1.0/"),
            "mark": ("CC-PDM-1.0", "publicdomain/mark/1.0/"),
        }.get(kind, ("CC-PDDC", "licenses/publicdomain/"))
        yield Mention(match.start(), match.end(), _public(name, path))
    if zero := _ZERO.search(text):
        yield Mention(zero.start(), zero.end(), _public("CC0-1.0", "publicdomain/zero/1.0/"))


def _public(name: str, path: str) -> Licence:
    return Licence(id=name, url=f"https://creativecommons.org/{path}", permits=permitted())


def _shorts(text: str) -> Iterator[Mention]:
    lone = _LONE.finditer(text) if _names().search(text) else ()
    for match in (*_SHORT.finditer(text), *lone):
        if not _says_who(text, match):
            parts = _ordered(set(_PART.findall(match["parts"].lower())))
            version = match["version"] or ""
            port = _port(text[match.start() : match.end() + _PORT]) if version else ""
            yield Mention(match.start(), match.end(), _named(parts, version, port))


def _says_who(text: str, match: re.Match[str]) -> bool:
    """Whether "by" is a word and a name follows: "CC by Ana"."""
    if match["parts"].isupper() or len(match["parts"]) > 2 or match["version"] or "-" in match[0]:
        return False
    return _CREATOR.match(text[match.end() :]) is not None


def _in_words(text: str) -> Iterator[Mention]:
    """A licence whose name is written out, around the words Creative Commons."""
    text = _ADDRESS.sub(lambda address: " " * len(address[0]), text)
    for name in _names().finditer(text):
        around = text[max(0, name.start() - _BEFORE) : name.end() + _AFTER]
        parts = _ordered({part for part, pattern in _part_patterns().items() if pattern.search(around)})
        if parts and not _has_unknown_part(around):
            version = _version(text[name.end() : name.end() + _AFTER]) or _version(around)
            yield Mention(name.start(), name.end(), _written(parts, version, _port(around)))
            return


def _written(parts: Sequence[str], version: str, port: str) -> Licence:
    """All licences but a few of 2002 have "by"; where it is not named, what is named still binds."""
    if "by" in parts:
        return _named(parts, version, port)
    return Licence(permits=_permits(parts), no_derivatives="nd" in parts)


def _has_unknown_part(text: str) -> bool:
    """Whether a part that we do not know is joined to one that we do, as by a hyphen."""
    patterns = _part_patterns().values()
    ends = [match.end() for pattern in patterns for match in pattern.finditer(text)]
    joined = [unknown for end in ends if (unknown := _UNKNOWN_PART.match(text, end))]
    return not all(any(p.match(text, one.start(1)) or p.search(one[1]) for p in patterns) for one in joined)


def _named(parts: Sequence[str], version: str, port: str) -> Licence:
    """A licence known by its name: its address follows from a version, and is not made up without one."""
    path = "/".join(filter(None, ("-".join(parts), version, port if version < "4" else "")))
    return _licence(parts, version, port, f"https://creativecommons.org/licenses/{path}/" if version else None)


def _licence(parts: Sequence[str], version: str, port: str, url: str | None) -> Licence:
    known = creative_commons(parts, version, port)
    return Licence(id=known, url=url, permits=_permits(parts), no_derivatives="nd" in parts)


def _permits(parts: Sequence[str]) -> tuple[Permit, ...]:
    withheld: list[Permit] = []
    withheld += ["translate"] if "nd" in parts else []
    withheld += ["commercial"] if "nc" in parts else []
    return permitted(*withheld)


def _ordered(parts: Sequence[str] | set[str]) -> tuple[str, ...]:
    """In the order in which Creative Commons writes them since 2.0: by-nc-nd, by-nc-sa."""
    return tuple(part for part in ("by", "nc", "nd", "sa") if part in parts)


def _version(text: str) -> str:
    match = _VERSION.search(text)
    return match["version"] if match else ""


def _port(text: str) -> str:
    after = _VERSION.search(text)
    if not after:
        return ""
    rest = text[after.end() : after.end() + _PORT]
    return next((port for port, pattern in _port_patterns().items() if pattern.match(rest.lstrip(" ,-("))), "")


@cache
def _names() -> re.Pattern[str]:
    return any_of(table("creative_commons")["names"])


@cache
def _part_patterns() -> dict[str, re.Pattern[str]]:
    return {part: any_of(terms) for part, terms in table("creative_commons")["parts"].items()}


@cache
def _port_patterns() -> dict[str, re.Pattern[str]]:
    return {port: any_of(names) for port, names in table("creative_commons")["ports"].items()}
