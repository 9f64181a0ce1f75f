"""The clock of one process: an APScheduler tick asks the store what is due and starts it, never more than fits.

One tick job on the memory store costs less than a job for each feed (18 µs against 162), and the store stays the only
memory of what is due. It must not know what a poll does.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from syndicator import pipeline
from syndicator.doors import Doors
from syndicator.errors import SyndicatorError
from syndicator.log import logger
from syndicator.model import Mistake, SubscriptionState
from syndicator.store import intact

TICK = 1.0
GRACE = 8.0
CHECK_EVERY = 30  # ticks
SHOWN = 20  # paths in a message of the log; a changed template writes every page


@dataclass(slots=True)
class Work:
    """What is in flight: polls, and by its name each of the `_STEPS` that follow them."""

    doors: Doors
    polls: set[asyncio.Task[None]] = field(default_factory=set)
    steps: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    ticked_at: datetime | None = None
    ticks: int = 0
    trouble: str = ""
    agreed: bool = False
    mistakes: tuple[Mistake, ...] = ()


async def work(work: Work, stop: asyncio.Event, *, reload: Callable[[Doors], Doors] = lambda doors: doors) -> None:
    """Poll and publish until `stop` is set, then finish what is in flight within `GRACE` seconds.

    `reload` gives the doors for the next tick: the same, or with a newer configuration.
    """
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(
        _tick,
        "interval",
        args=(work, reload),
        seconds=TICK,
        next_run_time=datetime.now(UTC),
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
    )
    scheduler.start()
    try:
        await stop.wait()
    finally:
        scheduler.shutdown(wait=False)
        await _finish(work)


async def _tick(work: Work, reload: Callable[[Doors], Doors]) -> None:
    """Start what is due. An error of the store is logged and the next tick tries again."""
    try:
        await intact(work.doors.store)
        doors = reload(work.doors)
        if doors is not work.doors:
            await _rested(work)  # what is made with the older configuration must not be the last to be made
        if doors is not work.doors or not work.agreed or work.ticks % CHECK_EVERY == 0:
            work.doors = doors
            await _agree(work)  # files that somebody deleted are missed here, too
        work.ticks += 1
        free = doors.config.concurrency - len(work.polls)
        for state in await pipeline.claim(doors, limit=free) if free > 0 else ():
            _start(work, _poll(doors, state))
        for name, step in _STEPS.items():
            if name not in work.steps or work.steps[name].done():
                work.steps[name] = asyncio.create_task(_guarded(name, step, doors))
        work.ticked_at = doors.now()
        work.trouble = ""
    except SyndicatorError as error:
        if str(error) != work.trouble:  # said once, not at every tick
            _say(logger(), error)
        work.trouble = str(error)


async def _agree(work: Work) -> None:
    agreement = await pipeline.sync(work.doors)
    for mistake in agreement.mistakes:
        if mistake not in work.mistakes:  # said once, not every half a minute
            logger().warning(mistake.subject, why=mistake.why, hint=mistake.hint)
    work.agreed, work.mistakes = agreement.whole, agreement.mistakes


def _start(work: Work, coroutine: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(coroutine)
    work.polls.add(task)
    task.add_done_callback(work.polls.discard)


async def _poll(doors: Doors, state: SubscriptionState) -> None:
    log = logger().bind(subscription=state.name)
    try:
        report = await pipeline.poll(doors, state)
    except SyndicatorError as error:
        _say(log, error)
    else:
        tell = log.info if report.ok else log.warning
        tell(report.outcome, why=report.why, **({"hint": report.hint} if report.hint else {}))
        for note in report.notes:
            log.info("note", code=note.code, text=note.text)


def _say(log: Any, error: SyndicatorError) -> None:
    """Our errors explain themselves: without a traceback, which would hide that."""
    log.error(f"{error.what}: {error.subject}", why=error.why, **({"hint": error.hint} if error.hint else {}))


async def _guarded(name: str, step: Callable[[Doors], Awaitable[None]], doors: Doors) -> None:
    try:
        await step(doors)
    except SyndicatorError as error:
        _say(logger(), error)
    except Exception:
        logger().exception("step failed", step=name)


async def _settle(doors: Doors) -> None:
    written, failed = await pipeline.settle(doors)
    for failure in failed:
        _say(logger(), failure)
    if written:
        logger().info("published", files=list(written[:SHOWN]), count=len(written))


# Side by side, so that a site or a hub that does not answer keeps no file from being written.
_STEPS: dict[str, Callable[[Doors], Awaitable[None]]] = {
    "publish": _settle,
    "listen": pipeline.hear,
    "notify": pipeline.deliver_pings,
}


async def _rested(work: Work) -> None:
    """Wait until nothing is made again or written, which takes no site's answer."""
    if "publish" in work.steps:
        await asyncio.wait({work.steps["publish"]})


async def _finish(work: Work) -> None:
    """Let what is in flight end; cancel what has not ended after `GRACE` seconds (its claim runs out by itself)."""
    tasks = {*work.polls, *work.steps.values()}
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=GRACE)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
