"""Entries are made again whatever comes in between: a kill, another worker, a fault in one subscription."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from syndicator import pipeline
from syndicator.doors import Doors
from syndicator.pipeline import remake
from syndicator.store import entries, subscriptions
from tests.rounds import Rounds
from tests.test_pipeline_works import atom, entry
from tests.upstream import serve

PATHS = ("/bell/1/", "/bell/2/", "/bell/3/")


class Killed(BaseException):
    """What a signal does."""


@pytest.fixture
def quay(tmp_path: Path) -> Iterator[Rounds]:
    with serve({}) as upstream:
        upstream.replies["/quay"] = atom(upstream, *(entry(upstream, path) for path in PATHS))
        upstream.replies["/mole"] = atom(upstream, entry(upstream, "/mole/", language="de"))
        rounds = Rounds(upstream, tmp_path, settings='full_text = "never"')
        rounds.once()
        rounds.settings += '\nlicence = "CC-BY-4.0"'
        yield rounds


def licences(quay: Rounds) -> set[str | None]:
    return {quay.find(path).entry.licence.id for path in PATHS}


def test_a_kill_in_the_middle_leaves_no_entry_behind(quay: Rounds, monkeypatch: pytest.MonkeyPatch) -> None:
    async def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(remake, "AT_ONCE", 1)
        patch.setattr(entries, "mark_current", killed)
        with pytest.raises(Killed):
            quay.once()
    quay.now += timedelta(minutes=20)
    quay.once()
    assert licences(quay) == {"CC-BY-4.0"}


def test_a_claim_that_is_lost_meanwhile_is_no_error(quay: Rounds, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = remake.decided

    async def taken_over(doors: Doors, name: str, *rest: Any) -> Any:
        await subscriptions.release(doors.store)
        await subscriptions.claim(doors.store, doors.now(), limit=1, lease=timedelta(minutes=1), names=[name])
        return await usual(doors, name, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(remake, "decided", taken_over)
        assert not quay.doing(pipeline.sync).whole
    quay.now += timedelta(minutes=20)
    assert quay.doing(pipeline.sync).whole
    assert licences(quay) == {"CC-BY-4.0"}


def test_a_fault_in_one_subscription_keeps_no_other_from_being_made_and_published(
    quay: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    quay.settings, changed = 'full_text = "never"', quay.settings
    quay.names = ("mole", "quay")
    quay.once()
    quay.settings = changed
    usual = remake.remake

    async def faulty(doors: Doors, state: Any) -> int:
        if state.name == "mole":
            raise RuntimeError("a fault of ours")
        return await usual(doors, state)

    async def story(doors: Doors) -> Any:
        for path in (*PATHS, "/mole/"):
            (found,) = await entries.find(doors.store, quay.upstream.url(path))
            await entries.order(doors.store, {(found.entry.subscription, found.entry.id): "x"})
        return await pipeline.settle(doors)

    monkeypatch.setattr(remake, "remake", faulty)
    _, failed = quay.doing(story)
    assert failed == ()
    assert licences(quay) == {"CC-BY-4.0"}
