"""The kinds of value a setting may have: how each is read, checked, and said in words.

Each kind is an annotated type that carries `Expected`, the words an error uses; pydantic does the rest.
This module must not know which settings exist.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, TypeAdapter, ValidationError

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
SIZES = {"B": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}


@dataclass(frozen=True, slots=True)
class Expected:
    """What a setting should have been, in the words of an error message."""

    words: str


def duration(value: object) -> timedelta:
    """A time span from "90s", "15m", "1h" or "2d" (a timedelta passes). Raises ValueError for anything else."""
    if isinstance(value, timedelta):
        return value
    match = re.fullmatch(r"([0-9]{1,6})([smhd])", str(value).strip())
    if not match or int(match[1]) == 0:
        raise ValueError("not a duration")
    return timedelta(seconds=int(match[1]) * UNITS[match[2]])


def duration_text(value: timedelta) -> str:
    """The shortest text that `duration` reads back as the same span: "90s", "15m", "1h", "2d"."""
    seconds = int(value.total_seconds())
    unit = next(unit for unit in reversed(UNITS) if seconds % UNITS[unit] == 0)
    return f"{seconds // UNITS[unit]}{unit}"


def size(value: object) -> int:
    """A number of bytes from "512MiB", "10MB", "64kB" … or a whole number. Raises ValueError for anything else."""
    match = re.fullmatch(r"([0-9]{1,15}) ?([kKMG]i?B|B)?", str(value).strip())
    unit = SIZES.get((match[2] or "B") if match else "")
    if not match or unit is None or int(match[1]) == 0:
        raise ValueError("not a size")
    return int(match[1]) * unit


def size_text(value: int) -> str:
    """The shortest text that `size` reads back as the same number of bytes."""
    unit = max((unit for unit in SIZES if value % SIZES[unit] == 0), key=lambda unit: SIZES[unit])
    return f"{value // SIZES[unit]}{unit}"


def _no_flag(value: object) -> object:
    if isinstance(value, bool):  # pydantic reads true as the number 1
        raise ValueError("not a number")  # noqa: TRY004  (pydantic turns a ValueError, not a TypeError, into a finding)
    return value


def words(value: object) -> object:
    """The list that text holds as words separated by commas (the environment has no lists); other values pass."""
    return [word.strip() for word in value.split(",") if word.strip()] if isinstance(value, str) else value


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0:
        raise ValueError("not a web address")
    return value


def _site_address(value: str) -> str:
    parts = urlsplit(_web_address(value))
    if parts.query or parts.fragment or parts.username or not value.isascii():
        raise ValueError("not a site's address")
    return value.rstrip("/")


def _store_address(value: str) -> str:
    scheme, separator, rest = value.partition("://")
    location = rest.removeprefix("/") if scheme == "sqlite" and rest.startswith("/") else ""
    is_file = bool(location) and location != ":memory:" and "?" not in location
    if not separator or not (is_file or (scheme == "postgresql" and rest)):
        raise ValueError("not a store's address")
    return value


def _spelled(tag: str) -> str:
    """A language tag as RFC 5646 2.1.1 writes it: zh-Hant-TW. What follows a singleton is lower case too."""
    language, *rest = tag.lower().split("-")
    private = next((n for n, part in enumerate(rest) if len(part) == 1), len(rest))
    cased = [part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in rest[:private]]
    return "-".join((language, *cased, *rest[private:]))


def _filled(*known: str) -> AfterValidator:
    """What only takes text whose braces hold the `known` names."""
    placeholder = re.compile(rf"\{{(?:{'|'.join(known)})\}}")

    def checked(value: str) -> str:
        if re.search(r"[{}]", placeholder.sub("", value)):
            raise ValueError("not a name for braces")
        return value

    return AfterValidator(checked)


def _simple_markup(value: str) -> str:
    """Our cleaner would quietly drop these, and the partner's wish with them; better to say so."""
    if re.search(r"<(?:script|iframe|style|form|object|embed|link|img)\b", value, re.IGNORECASE):
        raise ValueError("not simple HTML")
    return value


_Line = StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\x00-\x1f\x7f]*$")
_Solid = StringConstraints(strip_whitespace=True, pattern=r"^[^\s\x00-\x1f\x7f]+$")

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$"), Expected("a name of a-z, 0-9 and -")]
Line = Annotated[str, _Line, Expected("one line of text")]
CreditLine = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\x00-\x1f\x7f<>]*$"),
    _filled("author", "title", "date", "url"),
    Expected("one line of text without HTML; {author}, {title}, {date} and {url} are filled in"),
]
CounterPixel = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^https://[^\s\x00-\x1f\x7f\"'<>]+$"),
    _filled("url", "id"),
    AfterValidator(_web_address),
    Expected("the https:// address of a picture; {url} and {id} are filled in"),
]
Markup = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$"),
    AfterValidator(_simple_markup),
    Expected("text, or simple HTML without pictures, scripts and frames"),
]
Contact = Annotated[
    str,  # travels in the User-Agent header, whose comments end at a parenthesis (RFC 9110 5.6.5)
    StringConstraints(strip_whitespace=True, pattern=r"^[ -'*-~]*$"),
    Expected("an e-mail or web address in ASCII"),
]
Language = Annotated[
    str,  # RFC 5646 2.1: the shape; no longer language is registered (2.2.1), so that "german" is none
    StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"),
    AfterValidator(_spelled),
    Expected("a language tag such as en or pt-BR (BCP 47)"),
]
LicenceName = Annotated[
    str,
    StringConstraints(pattern=r"^([A-Za-z0-9][A-Za-z0-9.+-]*|https?://\S+)$"),
    Expected("an SPDX id such as CC-BY-SA-4.0, or the licence's web address"),
]
_ADDRESS = Expected("an http:// or https:// address")
WebAddress = Annotated[str, _Solid, AfterValidator(_web_address), _ADDRESS]
SiteAddress = Annotated[
    str,
    _Solid,
    AfterValidator(_site_address),
    Expected("an http:// or https:// address in ASCII, without ? and #"),
]
StoreAddress = Annotated[
    str, _Solid, AfterValidator(_store_address), Expected("sqlite:///PATH or postgresql://USER:PASSWORD@HOST/DATABASE")
]
Languages = Annotated[
    tuple[Language, ...], BeforeValidator(words), Expected("a list of language tags such as en or pt-BR")
]
EntryName = Annotated[
    str,  # RFC 4287 4.2.6: an id is an IRI
    StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x1f\x7f]+$"),
    Expected("the entry's address with https://, or its id, as syndicator explain shows them"),
]
Flag = Annotated[bool, Expected("true or false")]
Duration = Annotated[timedelta, BeforeValidator(duration), Expected("a duration such as 90s, 15m, 1h or 2d")]
Rhythm = Annotated[
    timedelta,
    BeforeValidator(duration),
    Field(ge=timedelta(minutes=1)),
    Expected("a duration of at least 1m, such as 15m, 1h or 2d"),
]
Size = Annotated[int, BeforeValidator(size), Expected("a size such as 10MB or 512MiB")]
Port = Annotated[int, BeforeValidator(_no_flag), Field(ge=0, le=65535), Expected("a port from 0 to 65535")]
Few = Annotated[int, BeforeValidator(_no_flag), Field(ge=0, le=20), Expected("a whole number from 0 to 20")]
Count = Annotated[int, BeforeValidator(_no_flag), Field(ge=1, le=1000), Expected("a whole number from 1 to 1000")]
Names = Annotated[tuple[Line, ...], BeforeValidator(words), Expected("a list of names")]
WebAddresses = Annotated[tuple[WebAddress, ...], BeforeValidator(words), Expected("a list of web addresses")]


def why_no_address(url: str) -> str | None:
    """None for an address that a subscription may have; for another, what it should have been."""
    try:
        TypeAdapter(WebAddress).validate_python(url)
    except ValidationError:
        return f"expected {_ADDRESS.words}"
    return None
