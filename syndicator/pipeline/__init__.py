"""The order of the I/O: refresh what is due, listen for responses, make again what is out of date, republish what
changed, deliver what is owed.

A kill at any point loses nothing: what is saved is in one transaction with the errand to republish it, and an errand
stays until it is done. One subscription's trouble is its own report. This package must not parse, judge or render; it
asks the pure stages to, in the sandbox.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from syndicator.doors import Doors
from syndicator.errors import PublishError, Superseded, SyndicatorError
from syndicator.log import logger
from syndicator.model import Mistake, SubscriptionState
from syndicator.pipeline.deliver import deliver_pings
from syndicator.pipeline.listen import listen
from syndicator.pipeline.overriding import order_overrides
from syndicator.pipeline.pictures import copy_pictures, remove_pictures, write_pictures
from syndicator.pipeline.refresh import refresh
from syndicator.pipeline.remake import LEASE, remake_changed, remake_marked
from syndicator.pipeline.report import Report, Round
from syndicator.pipeline.republish import order_reshaped, republish_changed
from syndicator.pipeline.translating import translate_changed
from syndicator.pipeline.watching import ask_again
from syndicator.store import entries, subscriptions

__all__ = ["Agreement", "Report", "Round", "claim", "deliver_pings", "hear", "once", "poll", "settle", "sync"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """`whole` is false where a subscription was busy: then call again; `mistakes` are what no entry answers to."""

    whole: bool
    mistakes: tuple[Mistake, ...]


async def sync(doors: Doors) -> Agreement:
    """Make the store agree with the configuration and the editor's files.

    Which subscriptions there are, which entries are made in another way now, which publications need new files.
    """
    await subscriptions.sync(doors.store, tuple(doors.config.subscriptions.values()))
    await entries.inherit(doors.store)
    unmet = await order_overrides(doors)
    remade = await remake_changed(doors)
    translated, untold = await translate_changed(doors)
    await order_reshaped(doors)
    return Agreement(whole=remade and translated, mistakes=unmet + untold)


async def claim(doors: Doors, limit: int, names: Sequence[str] | None = None) -> tuple[SubscriptionState, ...]:
    """Take up to `limit` due subscriptions (or the named ones, due or not), so that nobody else polls them
    meanwhile.
    """
    return await subscriptions.claim(doors.store, doors.now(), limit=limit, lease=LEASE, names=names)


async def poll(doors: Doors, state: SubscriptionState) -> Report:
    """Refresh one claimed subscription. Another worker's claim, and a fault of ours, are reports: the others go on.

    Raises StoreError when the database cannot be used.
    """
    try:
        return await refresh(doors, state)
    except Superseded as error:
        return Report(subscription=state.name, outcome="unchanged", why=error.why)
    except SyndicatorError:
        raise
    except Exception as error:
        logger().exception("poll failed", subscription=state.name)
        hint = "the fault is the program's: please report it with the feed's address"
        return Report(subscription=state.name, outcome="failed", why=f"{type(error).__name__}: {error}", hint=hint)


async def hear(doors: Doors) -> None:
    """Ask sites for what is due beside feeds: comment feeds, pages, pictures. It waits for the slowest of them."""
    await asyncio.gather(listen(doors), ask_again(doors), copy_pictures(doors))


async def settle(doors: Doors, *, at_once: bool = False) -> tuple[tuple[str, ...], tuple[PublishError, ...]]:
    """Make again what is out of date and write the files, waiting for nobody. Returns the paths written and what
    failed.

    `at_once` tries again what failed before, though its time has not come.
    """
    await remake_marked(doors)
    unwritten = await write_pictures(doors, at_once=at_once)
    written, failed = await republish_changed(doors, at_once=at_once)
    left = await remove_pictures(doors, at_once=at_once)
    return written, (*unwritten, *failed, *left)


async def once(
    doors: Doors, names: Sequence[str] | None = None, *, seen: Callable[[Report], None] | None = None
) -> Round:
    """One whole round: poll what is due (or the named ones), then settle. `seen` hears of each report as it comes.

    A round that is interrupted gives back what it had not polled yet.
    """
    agreement = await sync(doors)
    claimed = await claim(doors, limit=10_000, names=names)
    reports: list[Report] = []
    places = asyncio.Semaphore(doors.config.concurrency)

    async def one(state: SubscriptionState) -> None:
        async with places:
            report = await poll(doors, state)
        reports.append(report)
        if seen:
            seen(report)

    try:
        async with asyncio.TaskGroup() as group:
            for state in claimed:
                group.create_task(one(state))
        await translate_changed(doors)  # of what came just now
    finally:
        polled = {report.subscription for report in reports}
        await subscriptions.give_back(doors.store, [state for state in claimed if state.name not in polled])
    await hear(doors)
    written, failed = await settle(doors, at_once=True)
    await deliver_pings(doors)
    return Round(
        reports=tuple(reports), written=written, failed=failed, mistakes=doors.config.mistakes + agreement.mistakes
    )
