"""Times that can be true. A date that cannot be is replaced and said so; none is ever invented from the text."""

from datetime import UTC, datetime, timedelta

from syndicator.model import Note

# The first page of the web (info.cern.ch); nothing was published there before. The usual impossible dates are zero,
# printed in the several epochs that generators use (year 1, 1900, 1904, 1970, 1980), and a birthday.
EARLIEST = datetime(1990, 12, 20, tzinfo=UTC)
# Clocks and zones are off by hours, not by days; a day ahead still passes.
AHEAD = timedelta(days=1)


def plausible_times(
    published: datetime | None, updated: datetime | None, *, first_seen: datetime, now: datetime
) -> tuple[datetime, datetime, tuple[Note, ...]]:
    """(published, updated, notes): stated where they can be true `now`, else each other, else `first_seen`.

    RFC 4287 4.2.15 wants `updated` on every entry; it is never before `published`.
    """
    notes = tuple(
        Note(code="implausible-date", text=f"{name} was {stated.isoformat()}, which cannot be; it was not used")
        for name, stated in (("published", published), ("updated", updated))
        if stated is not None and not _plausible(stated, now)
    )
    published, updated = (plausible_time(time, now=now) for time in (published, updated))
    first = published or updated or first_seen
    return first, max(updated or first, first), notes


def plausible_time(stated: datetime | None, *, now: datetime) -> datetime | None:
    """`stated` where it can be true `now`, else None."""
    return stated if stated and _plausible(stated, now) else None


def _plausible(time: datetime, now: datetime) -> bool:
    return EARLIEST <= time <= now + AHEAD
