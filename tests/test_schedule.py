"""When a subscription is asked next, and the words for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from syndicator.model import (
    Answer,
    Document,
    Failed,
    Fetched,
    Gone,
    NotModified,
    Poll,
    Refused,
    Rhythm,
    SubscriptionState,
)
from syndicator.stages.schedule import next_poll, next_responses

URL = "https://lighthouse.example/feed/"
NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)  # a Monday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STATE = SubscriptionState(name="lighthouse", first_url=URL, url=URL)
FETCHED = Fetched(document=Document(body=b"", url=URL), body_hash="")
REFUSED = Refused(reason="not-a-feed", why="it is a page")
FAILED = Failed(url=URL, reason="timeout", why="no answer")


def poll(
    answer: Answer | Refused,
    *,
    failures: int = 0,
    rhythm: Rhythm = Rhythm(),  # noqa: B008 - frozen
    every: timedelta = HOUR,
    now: datetime = NOW,
    spread: float = 0.5,
) -> Poll:
    state = replace(STATE, failures=failures)
    return next_poll(answer, state=state, rhythm=rhythm, every=every, now=now, spread=spread)


def failed(status: int, retry_after: int | None = None) -> Failed:
    return replace(FAILED, reason="status", status=status, retry_after=retry_after)


PAUSES = {
    "an answer is asked for again after the configured interval": (FETCHED, {}, HOUR, "every 1 hour"),
    "and so is a 304": (NotModified(), {"every": 90 * timedelta(minutes=1)}, 1.5 * HOUR, "every 90 minutes"),
    "no interval is under a minute": (NotModified(), {"every": timedelta(seconds=1)}, HOUR / 60, "every 1 minute"),
    "max-age makes it later": (
        NotModified(max_age=6 * 3600),
        {},
        6.05 * HOUR,
        "the server calls its answer fresh for 6 hours",
    ),
    "max-age does not make it sooner": (NotModified(max_age=60), {}, HOUR, "every 1 hour"),
    "max-age counts up to a day": (
        replace(FETCHED, max_age=10**18),
        {},
        DAY + 0.05 * HOUR,
        "the server calls its answer fresh for 36500 days, which is cut to 1 day",
    ),
    "ttl makes it later": (
        FETCHED,
        {"rhythm": Rhythm(interval=3 * HOUR)},
        3.05 * HOUR,
        "the feed asks for a pause for 3 hours",
    ),
    "ttl counts up to a week": (
        FETCHED,
        {"rhythm": Rhythm(interval=timedelta.max)},
        7 * DAY + 0.05 * HOUR,
        "which is cut to 7 days",
    ),
    "a negative ttl is nothing": (FETCHED, {"rhythm": Rhythm(interval=-HOUR)}, HOUR, "every 1 hour"),
    "a long configured interval outlasts ttl": (
        FETCHED,
        {"rhythm": Rhythm(interval=HOUR), "every": DAY},
        DAY,
        "every 1 day",
    ),
    "a first failure is no reason to wait": (FAILED, {}, HOUR, "failed once (timeout): asked again after 1 hour"),
    "the interval doubles with each failure": (
        FAILED,
        {"failures": 3},
        8 * HOUR,
        "failed 4 times in a row (timeout): asked again after 8 hours",
    ),
    "up to a day": (FAILED, {"failures": 5_000}, DAY, "asked again after 1 day"),
    "or to the configured interval": (FAILED, {"failures": 5, "every": 3 * DAY}, 3 * DAY, "asked again after 3 days"),
    "a document that is no feed is a failure": (
        REFUSED,
        {"failures": 1},
        2 * HOUR,
        "failed 2 times in a row (not-a-feed)",
    ),
    "Retry-After makes it later": (
        failed(503, 7200),
        {},
        2.05 * HOUR,
        "the server asked to be left alone for 2 hours",
    ),
    "Retry-After does not shorten a backoff": (
        failed(429, 10),
        {"failures": 2},
        4 * HOUR,
        "failed 3 times in a row (status)",
    ),
    "Retry-After counts up to a week": (failed(429, 10**12), {}, 7 * DAY + 0.05 * HOUR, "which is cut to 7 days"),
    "a negative Retry-After is nothing": (failed(503, -5), {}, HOUR, "failed once"),
    "401 is asked again once a day": (failed(401), {}, DAY, "refused by the server (401): asked once in 1 day"),
    "403 is asked again once a day": (failed(403), {}, DAY, "refused by the server (403): asked once in 1 day"),
    "404 backs off": (failed(404), {"failures": 1}, 2 * HOUR, "failed 2 times"),
}


@pytest.mark.parametrize(("answer", "settings", "pause", "why"), PAUSES.values(), ids=PAUSES)
def test_pause(answer, settings, pause, why):
    result = poll(answer, **settings)
    assert result.at - NOW == pause
    assert why in result.why


def test_what_is_gone_is_not_asked_again():
    assert poll(Gone(url=URL)) == Poll(at=None, why="gone for good (410), not asked again")


SKIPS = {
    "an hour that is not skipped stays": (Rhythm(skip_hours=(12, 14)), NOW + HOUR, "every 1 hour"),
    "skipped hours are passed over": (
        Rhythm(skip_hours=(13, 14, 15)),
        NOW + 4 * HOUR + timedelta(minutes=5),
        "moved past",
    ),
    "the evening runs into the next day": (
        Rhythm(skip_hours=tuple(h for h in range(24) if h != 3)),
        NOW + 15 * HOUR + timedelta(minutes=5),
        "moved past",
    ),
    "skipped days are passed over": (Rhythm(skip_days=(0, 1)), NOW + 36 * HOUR + timedelta(minutes=5), "moved past"),
    "days and hours are both passed over": (
        Rhythm(skip_days=(0,), skip_hours=(0, 1)),
        NOW + 14 * HOUR + timedelta(minutes=5),
        "moved past",
    ),
    "to skip every hour is ignored": (
        Rhythm(skip_hours=tuple(range(24))),
        NOW + HOUR,
        "skip every hour, which is ignored",
    ),
    "to skip every day is ignored": (Rhythm(skip_days=tuple(range(7))), NOW + HOUR, "which is ignored"),
    "hours that do not exist are ignored": (Rhythm(skip_hours=(24, 99, -1)), NOW + HOUR, "every 1 hour"),
}


@pytest.mark.parametrize(("rhythm", "at", "why"), SKIPS.values(), ids=SKIPS)
def test_skipped_hours_and_days(rhythm, at, why):
    result = poll(NotModified(), rhythm=rhythm)
    assert result.at == at
    assert why in result.why


@pytest.mark.parametrize(("spread", "minutes"), [(0.0, 54), (0.5, 60), (0.75, 63)])
def test_the_interval_is_spread_by_a_tenth_either_way(spread, minutes):
    assert poll(NotModified(), spread=spread).at == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize("spread", [0.0, 0.3, 0.6, 0.999])
@pytest.mark.parametrize(
    ("answer", "rhythm", "floor"),
    [
        (failed(429, 3600), Rhythm(), HOUR),
        (NotModified(max_age=3600), Rhythm(), HOUR),
        (NotModified(), Rhythm(interval=HOUR), HOUR),
    ],
    ids=["Retry-After", "max-age", "ttl"],
)
def test_a_wish_is_never_undercut_by_the_spread(spread, answer, rhythm, floor):
    assert floor <= poll(answer, rhythm=rhythm, spread=spread).at - NOW <= 1.1 * HOUR


@pytest.mark.parametrize("spread", [0.0, 0.999])
def test_the_spread_stays_within_the_first_allowed_hour(spread):
    assert poll(NotModified(), rhythm=Rhythm(skip_hours=(12, 13)), spread=spread).at.hour == 14


RESPONSES = {
    "before its date": (-HOUR, HOUR),
    "new": (timedelta(0), HOUR),
    "of yesterday": (2 * DAY - timedelta(seconds=1), HOUR),
    "two days old": (2 * DAY, DAY),
    "a month old": (30 * DAY - timedelta(seconds=1), DAY),
    "older": (30 * DAY, None),
}


@pytest.mark.parametrize(("age", "pause"), RESPONSES.values(), ids=RESPONSES)
def test_responses_are_asked_for_hourly_then_daily_then_never(age, pause):
    assert next_responses(NOW - age, NOW) == (None if pause is None else NOW + pause)
