"""When a response was written, from what a page says in attributes or in words. It must not guess an order of numbers.

A time without a zone counts as UTC, as it does in feeds.
"""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from syndicator.stages.responses.months import MONTHS

_DAY = r"(?P<day>\d{1,2})(?!\d)(?:st|nd|rd|th|er|º|°)?\.?"
_MONTH = r"(?P<month>[^\W\d_]{3,12}\.?)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_OF = r"(?:(?:de|del|of)\s+|d[’'])?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_DAY}\s*{_OF}{_MONTH},?\s*{_OF}{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"(?<!\d){_YEAR}\s*[-/.年년]\s*(?P<month>\d{{1,2}})\s*[-/.月월]\s*(?P<day>\d{{1,2}})(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
        rf"(?<!\d)(?P<day>\d{{1,2}})[/-](?P<month>\d{{1,2}})[/-]{_YEAR}",
    )
)
_SLASHED = _DATES[-1]  # day or month first: only read where one of them can be no month
_CLOCK = re.compile(
    r"(?<!\d)(?P<hour>[01]?\d|2[0-3])\s?[:.h]\s?(?P<minute>[0-5]\d)(?!\d)(?::[0-5]\d)?\s*(?P<half>[ap]\.?\s?m\b)?",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"(?P<seconds>1\d{9})(?:\d{3})?")
_ZONED = re.compile(r"[A-Za-z]{3}\.? .*\s(?:[+-]\d{4}|GMT|UTC?|[ECMP][SD]T)$")  # RFC 5322
_LONGEST = 200  # characters


def moment(said: str) -> datetime | None:
    """A machine's time (ISO 8601, RFC 5322, seconds or milliseconds since 1970) or a date in words, in UTC; or None."""
    said = said.strip()[:_LONGEST]
    if epoch := _EPOCH.fullmatch(said):
        return datetime.fromtimestamp(int(epoch["seconds"]), UTC)
    try:
        return _utc(parsedate_to_datetime(said) if _ZONED.search(said) else datetime.fromisoformat(said))
    except (ValueError, TypeError, OverflowError, IndexError):
        return in_words(said)


def in_words(text: str) -> datetime | None:
    """The first date in `text` with its time of day, else midnight; None where there is none or it may mean two."""
    found = found_in(text)
    return found[1] if found else None


def found_in(text: str) -> tuple[int, datetime] | None:
    """As `in_words`, with where the date begins in `text`."""
    text = text[:_LONGEST]
    for pattern in _DATES:
        for found in pattern.finditer(text):
            day, month = int(found["day"]), _month(found["month"])
            if month is None or (pattern is _SLASHED and day <= 12 and day != month and month <= 12):
                continue
            if pattern is _SLASHED and month > 12:
                day, month = month, day
            when = _at(int(found["year"]), month, day, text[found.end() :])
            return (found.start(), when) if when else None
    return None


def _at(year: int, month: int, day: int, rest: str) -> datetime | None:
    clock = _CLOCK.search(rest)
    hour, minute = (int(clock["hour"]), int(clock["minute"])) if clock else (0, 0)
    if clock and clock["half"]:
        hour = hour % 12 + (12 if clock["half"][0] in "pP" else 0)
    try:
        return datetime(year, month, day, hour, minute, tzinfo=UTC)
    except ValueError:
        return None


def _utc(when: datetime) -> datetime:
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def _month(name: str) -> int | None:
    return int(name) if name.isdigit() else MONTHS.get(name.rstrip(".").casefold())
