"""Delivers the pings that the outbox owes to hubs, and records what became of each. It must not give up silently."""

from functools import partial

from syndicator import fetch, notify
from syndicator.doors import Doors
from syndicator.log import logger
from syndicator.model import Errand
from syndicator.store import outbox


async def deliver_pings(doors: Doors) -> None:
    """Deliver every ping that is due; a failed one is tried again later or, after three days, given up and kept
    visible.
    """
    for errand in await outbox.due(doors.store, doors.now(), kind="hub"):
        await _deliver(doors, errand)


async def _deliver(doors: Doors, errand: Errand) -> None:
    failed = await notify.deliver(errand, partial(fetch.post_form, doors.client))
    now = doors.now()
    if failed is None:
        await outbox.done(doors.store, errand.id, now)
    elif (again := notify.retry_at(errand, failed, now)) is None:
        logger().warning("ping given up", hub=errand.target, topic=errand.topic, why=failed.why)
        await outbox.give_up(doors.store, errand.id, now, failed.why)
    else:
        await outbox.retry(doors.store, errand.id, again, failed.why)
