"""The editor's hand over the state of entries: what waits for a decision, and the decision. It must not change
texts.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from syndicator.model import Errand, Stored
from syndicator.store.codec import key
from syndicator.store.entries.stored import read
from syndicator.store.news import tell
from syndicator.store.outbox import owe
from syndicator.store.statements import among, blocks
from syndicator.store.tables import entries as table
from syndicator.store.transactions import connection, transaction, unbroken


@unbroken
async def waiting(engine: AsyncEngine, *, held: bool = False, limit: int) -> tuple[Stored, ...]:
    """At most `limit` entries that wait for an editor, or those that one holds back, the newest first."""
    state = "held" if held else "queued"
    queued = select(table.c.subscription, table.c.key).where(table.c.state == state)
    async with connection(engine) as opened:
        rows = (await opened.execute(queued.order_by(table.c.published.desc(), table.c.key).limit(limit))).all()
        found = await read(opened, [(row.subscription, row.key) for row in rows])
    return tuple(found[row.subscription, row.key] for row in rows if (row.subscription, row.key) in found)


@unbroken
async def move(
    engine: AsyncEngine,
    keys: Sequence[tuple[str, str]],
    state: Literal["ready", "held"],
    errands: Sequence[Errand],
    now: datetime,
) -> int:
    """Let the entries `keys` (subscription, id) out, or hold them back, and owe `errands`; how many that changed.

    What was withdrawn stays so.
    """
    places = [(subscription, key(identity)) for subscription, identity in keys]
    moved = 0
    async with transaction(engine) as opened:
        for block in blocks(places):
            these = (among(table.c.subscription, table.c.key, block), table.c.withdrawn_at.is_(None))
            result = await opened.execute(update(table).where(*these, table.c.state != state).values(state=state))
            moved += result.rowcount
        await tell(opened, errands, places)
        await owe(opened, errands, now)
    return moved
