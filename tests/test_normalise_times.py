"""Dates that cannot be are not used, and said so; none is invented."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from syndicator.stages.normalise import plausible_times

SEEN = datetime(2026, 5, 1, 12, tzinfo=UTC)
BEFORE = SEEN - timedelta(days=30)


def at(*date):
    return datetime(*date, tzinfo=UTC)


@pytest.mark.parametrize(
    "impossible",
    [
        at(1, 1, 1),
        at(1899, 12, 30),
        at(1900, 1, 1),
        at(1904, 1, 1),
        datetime(1970, 1, 1, tzinfo=timezone(-timedelta(hours=8))),
        at(1970, 1, 1),
        at(1980, 1, 1),
        at(1984, 6, 8),
        SEEN + timedelta(days=1, seconds=1),
        at(2038, 1, 19),
        at(9999, 12, 31),
    ],
)
def test_a_date_that_cannot_be_gives_way_to_when_the_entry_was_first_seen(impossible):
    published, updated, notes = plausible_times(impossible, None, first_seen=SEEN, now=SEEN)
    assert (published, updated) == (SEEN, SEEN)
    assert [note.code for note in notes] == ["implausible-date"]
    assert impossible.isoformat() in notes[0].text


@pytest.mark.parametrize(
    "possible", [at(1991, 8, 6), at(1999, 3, 15), at(2000, 2, 29), SEEN + timedelta(hours=14), SEEN]
)
def test_an_old_date_and_a_clock_that_is_ahead_by_hours_are_believed(possible):
    assert plausible_times(possible, None, first_seen=SEEN, now=SEEN) == (possible, possible, ())


@pytest.mark.parametrize(
    ("published", "updated", "expected"),
    [
        (None, None, (SEEN, SEEN)),
        (BEFORE, None, (BEFORE, BEFORE)),
        (None, BEFORE, (BEFORE, BEFORE)),
        (BEFORE, SEEN, (BEFORE, SEEN)),
        (SEEN, BEFORE, (SEEN, SEEN)),
        (at(1970, 1, 1), BEFORE, (BEFORE, BEFORE)),
        (BEFORE, at(1970, 1, 1), (BEFORE, BEFORE)),
        (BEFORE, at(9999, 12, 31), (BEFORE, BEFORE)),
        (at(1, 1, 1), at(9999, 12, 31), (SEEN, SEEN)),
    ],
)
def test_each_date_stands_in_for_the_other(published, updated, expected):
    assert plausible_times(published, updated, first_seen=SEEN, now=SEEN)[:2] == expected


def test_what_was_changed_long_after_it_was_first_seen_is_believed() -> None:
    changed = SEEN + timedelta(days=90)
    assert plausible_times(SEEN, changed, first_seen=SEEN, now=changed)[1:] == (changed, ())
