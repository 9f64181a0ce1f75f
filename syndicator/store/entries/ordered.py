"""Which entries an editor's files speak of, and what was ordered for them. It must not know what an override says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from syndicator.model import Errand
from syndicator.store.codec import key
from syndicator.store.entries.known import TRANSLATED
from syndicator.store.outbox import owe
from syndicator.store.statements import insert_into
from syndicator.store.tables import addresses, entries
from syndicator.store.tables import overrides as table
from syndicator.store.transactions import connection, transaction, unbroken

Name = tuple[str, str | None]  # as the editor wrote it, and the address that is the same for every spelling of it
Entry = tuple[str, str]  # subscription, id


@unbroken
async def named(engine: AsyncEngine, names: Iterable[Name]) -> dict[Name, tuple[Entry, ...]]:
    """The entries that each of `names` means: those with it as their id or raw id, else as an address of their own.

    A translation of ours has the address of its original, but is not meant by that.
    """
    found: dict[Name, tuple[Entry, ...]] = {}
    async with connection(engine) as opened:
        for name in names:
            text, address = name
            ids = or_(entries.c.key == key(text), entries.c.raw_key == key(text))
            wanted = [select(entries.c.subscription, entries.c.id).where(ids)]
            if address is not None:
                wanted.append(_with_address(address))
            for statement in wanted:
                rows = (await opened.execute(statement.where(entries.c.withdrawn_at.is_(None)))).all()
                if rows:
                    found[name] = tuple((row.subscription, row.id) for row in rows)
                    break
    return found


def _with_address(address: str) -> Any:
    place = (addresses.c.subscription == entries.c.subscription) & (addresses.c.entry == entries.c.key)
    here = (addresses.c.address == key(address), addresses.c.own, entries.c.settings != TRANSLATED)
    return select(entries.c.subscription, entries.c.id).join_from(addresses, entries, place).where(*here)


@unbroken
async def orders(engine: AsyncEngine) -> dict[Entry, str]:
    """The digest of the override that each entry was last ordered to be made with."""
    place = (table.c.subscription == entries.c.subscription) & (table.c.entry == entries.c.key)
    wanted = select(table.c.subscription, entries.c.id, table.c.digest).join_from(table, entries, place)
    async with connection(engine) as opened:
        rows = await opened.execute(wanted)
    return {(row.subscription, row.id): row.digest for row in rows}


@unbroken
async def order(engine: AsyncEngine, digests: Mapping[Entry, str | None]) -> None:
    """Note what is ordered for entries (None: nothing any more) and mark them as out of date."""
    async with transaction(engine) as opened:
        for (subscription, identity), digest in digests.items():
            place = {"subscription": subscription, "entry": key(identity)}
            if digest is None:
                same = (table.c.subscription == subscription, table.c.entry == key(identity))
                await opened.execute(delete(table).where(*same))
            else:
                await opened.execute(_upsert(opened.dialect.name), place | {"digest": digest})
            this = (entries.c.subscription == subscription, entries.c.key == key(identity))
            await opened.execute(update(entries).where(*this).values(settings=""))


@cache
def _upsert(dialect: str) -> Any:
    statement = insert_into(dialect, table)
    new = {"digest": statement.excluded.digest}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """An entry that was made from an editor's file; its `raw_id` names the file."""

    subscription: str
    id: str
    raw_id: str
    fingerprint: str
    left_out: str


@unbroken
async def translated(engine: AsyncEngine) -> tuple[Translated, ...]:
    """The entries that were made from an editor's file, withdrawn ones not."""
    columns = (entries.c.subscription, entries.c.id, entries.c.raw_id, entries.c.fingerprint, entries.c.left_out)
    wanted = select(*columns).where(entries.c.settings == TRANSLATED, entries.c.withdrawn_at.is_(None))
    async with connection(engine) as opened:
        rows = (await opened.execute(wanted)).mappings().all()
    return tuple(Translated(**row) for row in rows)


@unbroken
async def leave_out(
    engine: AsyncEngine, subscription: str, identity: str, why: str, errands: Sequence[Errand], now: datetime
) -> None:
    """Take an entry out of every publication, `why` in words, until it is saved again."""
    place = (entries.c.subscription == subscription, entries.c.key == key(identity))
    async with transaction(engine) as opened:
        await opened.execute(update(entries).where(*place).values(left_out=why))
        await owe(opened, errands, now)
