"""Strings that every format can carry: what XML 1.0 forbids is taken out of a value before it is rendered.

One such character makes feedgen raise for the whole document, so this is the one way in. What HTML forbids goes with
it: the control characters of Latin-1 become what they were meant to be, Windows' quotation marks and dashes. Nothing
else is changed.
"""

import re
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")

_NEVER = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
FORBIDDEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef{_NEVER}]")
"""The complement of XML 1.0's Char production (https://www.w3.org/TR/xml/#charsets), and what Unicode will never make
characters, which HTML does not allow either (https://infra.spec.whatwg.org/#noncharacter)."""

MEANT = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x7F, 0xA0)} | {0x7F: ""}
"""As HTML reads references to them (https://html.spec.whatwg.org/#numeric-character-reference-end-state); five, and
DEL, mean nothing anywhere."""
DISCOURAGED = re.compile("[\x7f-\x9f]")


def printable(value: T) -> T:
    """`value` (a frozen dataclass, a tuple, a string, anything else) with what XML forbids removed from its strings.

    Returns the same object where there was nothing to remove.
    """
    cleaned: Any = value
    if isinstance(value, str):
        if value.isprintable():  # most are, and this is found out ten times faster; a line's end is not
            return value
        cleaned = FORBIDDEN.sub("", value)
        cleaned = cleaned.translate(MEANT) if DISCOURAGED.search(cleaned) else cleaned
    elif isinstance(value, tuple):
        members = tuple(printable(member) for member in value)
        cleaned = value if all(map(_same, members, value)) else members
    elif is_dataclass(value) and not isinstance(value, type):
        before = {name: getattr(value, name) for name in _names(type(value))}
        changed = {name: after for name, was in before.items() if (after := printable(was)) is not was}
        cleaned = replace(value, **changed) if changed else value
    return cleaned  # type: ignore[no-any-return]


def _same(one: object, other: object) -> bool:
    return one is other


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
