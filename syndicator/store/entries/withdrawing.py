"""Takes entries down for good: what is left of one is the row that knows it again. It must not know why.

Who withdraws owes the errands that make the files anew of the publications it knows; those in which an entry stands, or
stood once, are owed theirs here: also one that is configured no more, or follows the subscription no more.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from syndicator.model import Errand
from syndicator.store.codec import key
from syndicator.store.news import tell
from syndicator.store.outbox import owe
from syndicator.store.picture_files import REMOVE
from syndicator.store.pictures import let_go
from syndicator.store.standing import kin
from syndicator.store.statements import among, blocks, insert_into
from syndicator.store.tables import (
    GONE,
    addresses,
    fragments,
    members,
    pages,
    publications,
    responses,
    subscriptions,
    texts,
)
from syndicator.store.tables import entries as table
from syndicator.store.transactions import connection, transaction, unbroken

_OF_AN_ENTRY = ((texts, "key"), (fragments, "key"), (responses, "entry"), (pages, "entry"), (addresses, "entry"))


@unbroken
async def withdraw(
    engine: AsyncEngine, places: Sequence[tuple[str, str]], errands: Sequence[Errand], now: datetime
) -> int:
    """Take the entries `places` (subscription, id) down and owe `errands`, together or not at all; how many that were.

    What was withdrawn before stays as it is and is not counted; neither is an id that nobody knows.
    """
    of_each: dict[str, list[str]] = defaultdict(list)
    for subscription, identity in places:
        of_each[subscription].append(identity)
    async with transaction(engine) as opened:
        here = [(subscription, key(identity)) for subscription, identity in places]
        await tell(opened, errands, [*here, *await kin(opened, here)])  # who is kin is not known afterwards
        taken = [await withdraw_in(opened, subscription, ids, now) for subscription, ids in of_each.items()]
        await owe(opened, errands, now)
    await forget_older_versions(engine)
    return sum(taken)


async def withdraw_in(opened: AsyncConnection, subscription: str, ids: Sequence[str], now: datetime) -> int:
    """`withdraw` for one subscription within a transaction; afterwards `forget_older_versions` is due.

    Leaves a tombstone: the row that knows the entry again, without its text, what was said of it and what was rendered
    from it.
    """
    taken = 0
    await _tell_who_showed(opened, [(subscription, key(identity)) for identity in ids], now)
    for block in blocks([key(identity) for identity in ids]):
        these = (table.c.subscription == subscription, table.c.key.in_(block), table.c.withdrawn_at.is_(None))
        gone = {"state": "withdrawn", "withdrawn_at": now, "responses_due": None, "revision": table.c.revision + 1}
        taken += (await opened.execute(update(table).where(*these).values(gone))).rowcount
        for kept, place in _OF_AN_ENTRY:
            await opened.execute(delete(kept).where(kept.c.subscription == subscription, kept.c[place].in_(block)))
        if await let_go(opened, [(subscription, place) for place in block], for_good=True):
            await owe(opened, [REMOVE], now)
    return taken


async def _tell_who_showed(opened: AsyncConnection, places: Sequence[tuple[str, bytes]], now: datetime) -> None:
    named = members.c.publication.in_(select(publications.c.name))  # the index begins with it
    for block in blocks(places):
        here = among(members.c.subscription, members.c.key, block)
        wanted = select(members.c.publication).where(named, here, members.c.archive != GONE).distinct()
        owed = [Errand(kind="republish", target=name) for name in await opened.scalars(wanted)]
        await tell(opened, owed, block)
        await owe(opened, owed, now)


@unbroken
async def inherit(engine: AsyncEngine) -> None:
    """What was taken down of a subscription that is configured no more is taken down of one that has its address: the
    same under another name.
    """
    former, present = subscriptions.alias("former"), subscriptions.alias("present")
    addresses_of = or_(*(present.c.config_url == former.c[name] for name in ("config_url", "first_url", "url")))
    renamed = and_(present.c.configured, ~former.c.configured, addresses_of)
    columns = [present.c.name if column.name == "subscription" else column for column in table.c]
    theirs = and_(table.c.subscription == former.c.name, table.c.state == "withdrawn")
    graves = select(*columns).select_from(former.join(present, renamed).join(table, theirs)).where(renamed)
    statement = insert_into(engine.dialect.name, table).from_select([column.name for column in table.c], graves)
    async with connection(engine) as opened:
        await opened.execute(statement.on_conflict_do_nothing())


async def forget_older_versions(engine: AsyncEngine) -> None:
    """Empty SQLite's journal: until then it holds pages of the database as they were before."""
    if engine.dialect.name == "sqlite":
        async with connection(engine) as opened:
            await opened.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
