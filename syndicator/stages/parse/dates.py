"""Times: aware UTC, or None where upstream gave none that exists. Must not know what time it is."""

from calendar import timegm
from datetime import UTC, datetime

LONGEST = 64  # characters; feedparser's date patterns are slow on longer ones, and no date is longer


def from_parsed(value: object) -> datetime | None:
    """A feedparser `*_parsed` time (UTC) as a datetime; None where it is missing or names no moment of years 1–9999."""
    if not isinstance(value, tuple) or len(value) < 6:
        return None
    try:
        return datetime.fromtimestamp(timegm(value), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def rfc3339(text: object) -> datetime | None:
    """An RFC 3339 time (Atom, JSON Feed, tombstones) in UTC, where no offset means UTC; None if it is none."""
    if not isinstance(text, str) or not 10 <= len(text.strip()) <= LONGEST:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
