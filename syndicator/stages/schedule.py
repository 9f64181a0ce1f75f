"""When to ask next: (an answer, upstream's wishes, our rhythm, now) -> a time, and why then in words for an editor.

The clock and the randomness are arguments. This module must not fetch, count failures or retire anything: it says when.
"""

from datetime import datetime, timedelta

from syndicator.model import Answer, Failed, Fetched, Gone, NotModified, Poll, Refused, Rhythm, SubscriptionState

_SHORTEST = timedelta(minutes=1)
_LONGEST_WISH = timedelta(
    days=7
)  # of ttl, sy:update* and Retry-After: a typing error must not silence a feed for years
_LONGEST_CACHE = timedelta(days=1)  # of max-age: mostly a cache's default, seldom a publisher's wish
_LONGEST_BACKOFF = timedelta(days=1)
_SPREAD = 0.2  # of the interval, so that feeds that were added together do not stay together
_DOORS_SHUT = (401, 403)  # "no" is an answer: ask again no more than once a day


def next_poll(
    answer: Answer | Refused,
    *,
    state: SubscriptionState,
    rhythm: Rhythm,
    every: timedelta,
    now: datetime,
    spread: float,
) -> Poll:
    """When to ask again after `answer`; `at` is None once a feed is gone for good (410).

    `state` is as it was before this answer: `state.failures` counts the failures in a row until then. `every` is the
    configured interval, moved by up to 10 % either way; `spread` in [0, 1) is the caller's randomness, 0.5 moves
    nothing. Upstream's wishes only ever make it later. Sources: RFC 9110 10.2.3 (Retry-After), RFC 9111 5.2.2.1
    (max-age), RSS 2.0 (ttl, skipHours, skipDays), RSS 1.0 mod_syndication (sy:update*).
    """
    if isinstance(answer, Gone):
        return Poll(at=None, why="gone for good (410), not asked again")
    interval, why = _interval(answer, state.failures, max(every, _SHORTEST))
    wish, wish_why = _wish(answer, rhythm)
    spacing = max(interval * (1 + _SPREAD * (spread - 0.5)), _SHORTEST)
    if wish > interval:
        why = wish_why
    # A wish is a floor: feeds that share one are spread behind it, never before.
    floor = wish + interval * (_SPREAD / 2 * spread) if wish else wish
    return _outside_skipped(now + max(spacing, floor), why, rhythm, spread)


def next_responses(published: datetime, now: datetime) -> datetime | None:
    """When to ask for an entry's responses again: hourly for 2 days, daily for 30, then never (most come early)."""
    age = now - published
    if age < timedelta(days=2):
        return now + timedelta(hours=1)
    return now + timedelta(days=1) if age < timedelta(days=30) else None


def _interval(
    answer: Fetched | NotModified | Failed | Refused, failures: int, every: timedelta
) -> tuple[timedelta, str]:
    """What we would do unasked: `every`, doubled with each failure in a row, up to a day (or `every` if longer)."""
    if isinstance(answer, Fetched | NotModified):
        return every, f"every {_words(every)}"
    longest = max(every, _LONGEST_BACKOFF)
    if isinstance(answer, Failed) and answer.status in _DOORS_SHUT:
        return longest, f"refused by the server ({answer.status}): asked once in {_words(longest)}"
    interval = min(every * 2 ** min(failures, 20), longest)
    return interval, f"failed {_times(failures + 1)} ({answer.reason}): asked again after {_words(interval)}"


def _wish(answer: Answer | Refused, rhythm: Rhythm) -> tuple[timedelta, str]:
    """The longest pause that upstream asks for, bounded; zero where it asks for none."""
    wishes = [_bounded(rhythm.interval, _LONGEST_WISH, "the feed asks for a pause")]
    if isinstance(answer, Fetched | NotModified):
        wishes.append(_bounded(_seconds(answer.max_age), _LONGEST_CACHE, "the server calls its answer fresh"))
    if isinstance(answer, Failed):
        wishes.append(_bounded(_seconds(answer.retry_after), _LONGEST_WISH, "the server asked to be left alone"))
    return max(wishes, key=lambda wish: wish[0])


def _bounded(wish: timedelta | None, longest: timedelta, who: str) -> tuple[timedelta, str]:
    if wish is None or wish <= timedelta(0):
        return timedelta(0), ""
    if wish > longest:
        return longest, f"{who} for {_words(wish)}, which is cut to {_words(longest)}"
    return wish, f"{who} for {_words(wish)}"


def _seconds(value: int | None) -> timedelta | None:
    """Seconds from a header, at most a century: larger ones do not fit a timedelta."""
    return None if value is None else timedelta(seconds=min(value, 100 * 365 * 86400))


def _outside_skipped(at: datetime, why: str, rhythm: Rhythm, spread: float) -> Poll:
    """Move `at` to the first hour that upstream does not ask to be skipped (RSS 2.0: hours and days in GMT)."""
    hours, days = set(rhythm.skip_hours), set(rhythm.skip_days)
    if hours.issuperset(range(24)) or days.issuperset(range(7)):
        return Poll(at=at, why=f"{why}; the feed asks to skip every hour, which is ignored")
    moved = at
    while moved.hour in hours or moved.weekday() in days:
        moved = moved.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if moved == at:
        return Poll(at=at, why=why)
    # Every feed that skips the night would be asked at the stroke of morning.
    return Poll(
        at=moved + timedelta(minutes=10) * spread, why=f"{why}; moved past the hours that the feed asks to skip"
    )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times in a row"


def _words(span: timedelta) -> str:
    """A duration in its largest unit that divides it: "90 minutes", "1 hour", "7 days"."""
    seconds = int(span.total_seconds())
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size} {unit}" + ("s" if seconds != size else "")
    return f"{seconds} seconds"
