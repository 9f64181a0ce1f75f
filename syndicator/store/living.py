"""Which entries are not taken down, so that nothing is kept of one that is: whoever writes beside an entry asks here.

An editor, or a page that is gone, may withdraw an entry at any time, also while a poll is making it.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from syndicator.store.statements import blocks
from syndicator.store.tables import entries as table


async def living(opened: AsyncConnection, subscription: str, keys: Sequence[bytes]) -> frozenset[bytes]:
    """Those of `keys` whose entry is here and not withdrawn, which stays so to the end of the transaction."""
    found: set[bytes] = set()
    here = (table.c.subscription == subscription, table.c.withdrawn_at.is_(None))
    for block in blocks(keys):
        wanted = select(table.c.key).where(*here, table.c.key.in_(block))
        found |= set(await opened.scalars(wanted.with_for_update(key_share=True)))  # PostgreSQL: FOR NO KEY UPDATE
    return frozenset(found)
