"""Makes stored entries again, without the network, when what shapes them has changed: settings, an editor's override,
the program, a page that came late, an original that was changed.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from syndicator import chain
from syndicator.doors import Doors
from syndicator.errors import Superseded, SyndicatorError
from syndicator.log import logger
from syndicator.model import Changes, SubscriptionState
from syndicator.pipeline.deriving import decided, override_of, save, settings_of
from syndicator.pipeline.pages import with_page
from syndicator.store import entries, pages, subscriptions

LEASE = timedelta(minutes=15)
AT_ONCE = 200


async def remake_changed(doors: Doors) -> bool:
    """Make again what is older than the configuration. False where a subscription was busy: then call it again."""
    marked = await entries.disordered(doors.store)
    ours = doors.config.subscriptions
    known = await subscriptions.states(doors.store)
    here = [one for one in known if one.name in ours]  # another process may have read a newer configuration
    changed = [s.name for s in here if s.settings and s.settings != settings_of(doors, ours[s.name])]
    return await _each(doors, sorted({*changed, *(name for name in marked if name in ours)}))


async def remake_marked(doors: Doors) -> bool:
    """Make again the entries that were marked as out of date. False where a subscription was busy."""
    marked = await entries.disordered(doors.store)
    return await _each(doors, [name for name in marked if name in doors.config.subscriptions])


async def _each(doors: Doors, names: Sequence[str]) -> bool:
    return all([await _made(doors, name) for name in names])


async def _made(doors: Doors, name: str) -> bool:
    """Make the entries of one subscription again; False where another worker has it, or took it meanwhile.

    A fault of ours keeps neither the other subscriptions from being made nor files from being written.
    """
    async with held(doors, name) as claimed:
        try:
            for state in claimed:
                await remake(doors, state)
        except Superseded:
            return False
        except SyndicatorError:
            raise
        except Exception:
            logger().exception("entries not made again", subscription=name)
    return bool(claimed)


@asynccontextmanager
async def held(doors: Doors, name: str) -> AsyncIterator[tuple[SubscriptionState, ...]]:
    """The subscription, claimed until the block ends and then as due as it was; nothing where another worker has it."""
    claimed = await subscriptions.claim(doors.store, doors.now(), limit=1, lease=LEASE, names=[name])
    try:
        yield claimed
    finally:
        await subscriptions.give_back(doors.store, claimed)


async def remake(doors: Doors, state: SubscriptionState) -> int:
    """Derive again every entry of the claimed subscription that is out of date; how many there were.

    Only at the end it has the new settings itself: after a kill in between the rest is still out of date.
    """
    salt = settings_of(doors, doors.config.subscriptions[state.name])
    count = 0
    while stale := await entries.outdated(doors.store, state.name, salt, limit=AT_ONCE):
        materials = await _materials(doors, state.name, stale)
        changes = await decided(doors, state.name, materials, state.head, [one.known for one in stale])
        await save(doors, state, None, changes, settings=salt)
        await entries.mark_current(doors.store, state.name, [one.known.id for one in stale], salt)
        count += len(stale)
    if state.settings != salt:
        await save(doors, replace(state, settings=salt), None, Changes())
    return count


async def _materials(doors: Doors, name: str, stale: Sequence[entries.Outdated]) -> list[chain.Material]:
    kept = await pages.load(doors.store, name, [one.known.id for one in stale])
    return [
        with_page(
            chain.Material(
                parsed=one.parsed,
                id=one.known.id,
                dated=one.known.published,
                override=override_of(doors.config.overrides, one.known.id, one.parsed),
            ),
            kept.get(one.known.id),
        )
        for one in stale
    ]
