"""Delivers what the outbox holds for others: the pings that tell a WebSub hub that a topic has new content.

`deliver` speaks to one hub and judges the answer; `retry_at` says when to try again. The HTTP client comes as an
argument. It must not read or write the store: the pipeline records what became of an errand.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from syndicator.model import Errand, Failed

PATIENCE = timedelta(days=3)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)

Post = Callable[[str, Mapping[str, str]], Awaitable[int | Failed]]


async def deliver(errand: Errand, post: Post) -> Failed | None:
    """Tell a hub that `errand.topic` changed (WebSub section 7: a publisher informs its hub; form-encoded by
    convention).

    Returns None when the hub answered 2xx, else what it said. Raises nothing for what the outside does.
    """
    fields = {"hub.mode": "publish", "hub.url": errand.topic, "hub.topic": errand.topic}
    answer = await post(errand.target, fields)
    return answer if isinstance(answer, Failed) else None


def retry_at(errand: Errand, failed: Failed, now: datetime) -> datetime | None:
    """When to try a failed errand again: doubling from a minute to six hours; None once it is older than three days."""
    if errand.created is not None and now - errand.created > PATIENCE:
        return None
    wait: timedelta = min(FIRST_WAIT * 2 ** min(errand.attempts, 16), LONGEST_WAIT)
    asked = timedelta(seconds=failed.retry_after or 0)
    return now + max(wait, asked)
