"""Which entries an editor's files speak of, and what was ordered for them. It must not know what an override says."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from syndicator.model import Errand
from syndicator.store.codec import key
from syndicator.store.entries.known import TRANSLATED
from syndicator.store.news import tell
from syndicator.store.outbox import owe
from syndicator.store.statements import blocks, insert_into
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
    wanted = list(dict.fromkeys(names))
    async with connection(engine) as opened:
        by_id = await _with_ids(opened, [text for text, _ in wanted])
        others = [address for text, address in wanted if address is not None and text not in by_id]
        by_address = await _with_addresses(opened, others)
    found = {(text, address): by_id.get(text) or by_address.get(address or "") for text, address in wanted}
    return {name: tuple(places) for name, places in found.items() if places}


async def _with_ids(opened: AsyncConnection, texts: Sequence[str]) -> dict[str, list[Entry]]:
    names = {key(text): text for text in texts}
    columns = (entries.c.subscription, entries.c.id, entries.c.key, entries.c.raw_key)
    found: dict[str, list[Entry]] = defaultdict(list)
    for block in blocks(list(names)):
        same = or_(entries.c.key.in_(block), entries.c.raw_key.in_(block))
        for row in await opened.execute(select(*columns).where(same, entries.c.withdrawn_at.is_(None))):
            for name in {row.key, row.raw_key} & names.keys():
                found[names[name]].append((row.subscription, row.id))
    return found


async def _with_addresses(opened: AsyncConnection, texts: Sequence[str]) -> dict[str, list[Entry]]:
    names = {key(text): text for text in texts}
    place = (addresses.c.subscription == entries.c.subscription) & (addresses.c.entry == entries.c.key)
    columns = (entries.c.subscription, entries.c.id, addresses.c.address)
    here = (addresses.c.own, entries.c.settings != TRANSLATED, entries.c.withdrawn_at.is_(None))
    found: dict[str, list[Entry]] = defaultdict(list)
    for block in blocks(list(names)):
        wanted = select(*columns).join_from(addresses, entries, place).where(addresses.c.address.in_(block), *here)
        for row in await opened.execute(wanted):
            found[names[row.address]].append((row.subscription, row.id))
    return found


@unbroken
async def taken_down(engine: AsyncEngine, names: Sequence[str]) -> bool:
    """Whether an entry was withdrawn that has one of `names` as its id, raw id or address. It may read the table."""
    keys = [key(name) for name in names]
    ids = or_(entries.c.key.in_(keys), entries.c.raw_key.in_(keys))
    same = or_(ids, entries.c.url.in_(names), entries.c.link.in_(names))
    async with connection(engine) as opened:
        found = await opened.scalar(select(entries.c.id).where(entries.c.withdrawn_at.is_not(None), same).limit(1))
    return found is not None


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
        await tell(opened, errands, [(subscription, key(identity))])
        await owe(opened, errands, now)
