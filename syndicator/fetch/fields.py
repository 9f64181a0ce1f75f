"""Header fields read. Values are latin-1 text, so that encoding them again gives the bytes received. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from syndicator.model import Validators

Fields = Mapping[str, str]

_LISTS = ("cache-control", "content-encoding")  # repeated lines of a list are one list (RFC 9110 5.3)
_MAX_AGE = re.compile(r'(?:^|[\s,])max-age\s*=\s*"?([0-9]{1,10})', re.IGNORECASE)
_NOT_KEPT = re.compile(r"(?:^|[\s,])no-(?:store|cache)\s*(?:,|$)", re.IGNORECASE)
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([^\s;"']+)""", re.IGNORECASE)
_SECONDS = re.compile(r"[0-9]{1,10}")


def fields(raw: Iterable[tuple[bytes, bytes]]) -> Fields:
    """Lower-case names to values; of a repeated field the first line counts, unless it is a list."""
    found: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in _LISTS and name in found else found.get(name, value)
    return found


def location(found: Fields) -> str | None:
    """The Location field; raw UTF-8 in it is read as such, as browsers do."""
    value = found.get("location")
    if value is None or value.isascii():
        return value
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return value


def validators(found: Fields) -> Validators:
    """ETag and Last-Modified as received; an empty field is none."""
    return Validators(etag=found.get("etag") or None, last_modified=found.get("last-modified") or None)


def max_age(found: Fields) -> int | None:
    """Seconds the answer stays fresh (RFC 9111 5.2.2.1), None where nothing is said or reuse is forbidden."""
    control = found.get("cache-control", "")
    match = _MAX_AGE.search(control)
    return int(match[1]) if match and not _NOT_KEPT.search(control) else None


def media_type(found: Fields) -> tuple[str, str | None]:
    """Type and charset of Content-Type in lower case: ("application/atom+xml", "utf-8"); ("", None) where absent."""
    value = found.get("content-type", "")
    charset = _CHARSET.search(value)
    return value.partition(";")[0].strip().lower(), charset[1].lower() if charset else None


def retry_after(found: Fields, now: datetime) -> int | None:
    """Seconds from `now` until the server wants to be asked again (RFC 9110 10.2.3), None where it does not say."""
    value = found.get("retry-after", "").strip()
    if _SECONDS.fullmatch(value):
        return int(value)
    try:
        when = parsedate_to_datetime(value)
        aware = when if when.tzinfo else when.replace(tzinfo=UTC)
        return max(0, round((aware - now).total_seconds()))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
