"""Runs a chain function over many items in batches, so that one bad item costs itself and nothing else.

A batch that dies in the sandbox (deadline, memory) is run again item by item for as long as the policy's patience
lasts; an item that dies alone becomes a `Refused` in its place. It must not know what the function does.
"""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any, TypeVar

from syndicator.model import Refused, SandboxPolicy
from syndicator.sandbox import Sandbox, run

Item = TypeVar("Item")
Result = TypeVar("Result")

BATCH = 50


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
    if len(batch) == 1:
        return [refused]
    give_up_at = monotonic() + patience
    results: list[Result | Refused] = []
    for item in batch:
        outcome = await run(sandbox, function, (item,), *arguments) if monotonic() < give_up_at else refused
        results += [outcome] if isinstance(outcome, Refused) else outcome
    return results
