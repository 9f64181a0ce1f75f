"""Runs a chain function over many items in batches, so that one bad item costs itself and nothing else.

A batch that dies in the sandbox (deadline, memory) is run again item by item for as long as the policy's patience
lasts; an item that dies alone becomes a `Refused` in its place. It must not know what the function does.
"""

from collections.abc import Callable, Sequence
from random import sample
from time import monotonic
from typing import Any, TypeVar

from syndicator.model import Refused, SandboxPolicy
from syndicator.sandbox import Sandbox, run

Item = TypeVar("Item")
Result = TypeVar("Result")

BATCH = 50
BRIEF = 0.25  # seconds; an honest entry takes a hundredth of that
UNTRIED = Refused(
    reason="not-tried",
    why="other entries of its feed took all the time that a feed may take",
    hint="nothing to do: it is tried again with the next poll",
)


async def each(
    sandbox: Sandbox,
    policy: SandboxPolicy,
    function: Callable[..., tuple[Result | Refused, ...]],
    items: Sequence[Item],
    *arguments: Any,
    size: int = BATCH,
) -> tuple[Result | Refused, ...]:
    """Call ``function(batch, *arguments)`` for batches of `items`; one result or `Refused` for each, in order."""
    results: list[Result | Refused] = []
    for start in range(0, len(items), size):
        batch = items[start : start + size]
        outcome = await run(sandbox, function, batch, *arguments)
        if isinstance(outcome, Refused):
            results += await _one_by_one(sandbox, policy.patience, function, batch, outcome, *arguments)
        else:
            results += outcome
    return tuple(results)


async def _one_by_one(
    sandbox: Sandbox,
    patience: float,
    function: Callable[..., tuple[Result | Refused, ...]],
    batch: Sequence[Item],
    refused: Refused,
    *arguments: Any,
) -> list[Result | Refused]:
    """Each item alone: all of them briefly, then those that were too slow for that with the whole deadline.

    In random order, so that the same slow items do not take all the patience of every poll.
    """
    if len(batch) == 1:
        return [refused]
    give_up_at = monotonic() + patience
    results: list[Result | Refused] = [UNTRIED] * len(batch)
    for deadline in (BRIEF, None):
        open_ones = [n for n, result in enumerate(results) if result is UNTRIED or _slow(result)]
        for number in sample(open_ones, len(open_ones)):
            if monotonic() > give_up_at:
                return results
            outcome = await run(sandbox, function, (batch[number],), *arguments, deadline=deadline)
            results[number] = outcome if isinstance(outcome, Refused) else outcome[0]
    return results


def _slow(result: Any) -> bool:
    return isinstance(result, Refused) and result.reason == "too-slow"
