"""Pings to hubs: what is sent, and when a failed one is tried again."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from syndicator.model import Errand, Failed
from syndicator.notify import deliver, retry_at

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
HUB, TOPIC = "https://hub.example/", "https://feeds.example/english/feed.atom"
DOWN = Failed(url=HUB, reason="refused", why="nobody listens")


def errand(attempts: int = 0, age: timedelta = timedelta(0)) -> Errand:
    return Errand(kind="hub", target=HUB, topic=TOPIC, attempts=attempts, created=NOW - age)


def test_a_ping_tells_the_hub_which_topic_changed() -> None:
    sent: list[tuple[str, Mapping[str, str]]] = []

    async def post(url: str, fields: Mapping[str, str]) -> int:
        sent.append((url, fields))
        return 204

    assert asyncio.run(deliver(errand(), post)) is None
    assert sent == [(HUB, {"hub.mode": "publish", "hub.url": TOPIC, "hub.topic": TOPIC})]


def test_what_the_hub_refused_comes_back_as_a_value() -> None:
    async def post(url: str, fields: Mapping[str, str]) -> Failed:
        return DOWN

    assert asyncio.run(deliver(errand(), post)) == DOWN


@pytest.mark.parametrize(
    ("attempts", "minutes"),
    [(0, 1), (1, 2), (5, 32), (9, 360), (500, 360)],
    ids=["a minute at first", "then two", "doubling", "never above six hours", "however often it failed"],
)
def test_a_failed_ping_waits_longer_each_time(attempts: int, minutes: int) -> None:
    assert retry_at(errand(attempts), DOWN, NOW) == NOW + timedelta(minutes=minutes)


def test_a_hub_that_names_a_time_is_not_asked_earlier() -> None:
    busy = Failed(url=HUB, reason="busy", why="503", status=503, retry_after=1800)
    assert retry_at(errand(), busy, NOW) == NOW + timedelta(minutes=30)


def test_a_ping_is_given_up_after_three_days() -> None:
    assert retry_at(errand(20, age=timedelta(days=3, minutes=1)), DOWN, NOW) is None
