"""Who is credited in a publication, and with which of its members. It must not know what a credit is.

A person's files are stale from when one of their entries came, changed or went until they are written again.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import delete, insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from syndicator.model import Credited
from syndicator.store.codec import pack, unpack
from syndicator.store.news import Place, token
from syndicator.store.statements import among, blocks, insert_into
from syndicator.store.tables import credited as table
from syndicator.store.tables import members, people
from syndicator.store.transactions import connection, transaction, unbroken


@unbroken
async def credit(engine: AsyncEngine, publication: str, found: Mapping[Place, Sequence[Credited]]) -> None:
    """Write down who has a hand in each of the members `found`, in place of those known; nobody, where one has left."""
    async with transaction(engine) as opened:
        touched = {person.slug for persons in found.values() for person in persons}
        for block in blocks(list(found)):
            these = (table.c.publication == publication, among(table.c.subscription, table.c.key, block))
            touched |= set(await opened.scalars(select(table.c.slug).where(*these)))
            await opened.execute(delete(table).where(*these))
        await _write(opened, publication, found)
        rows = [{"publication": publication, "slug": slug, "stale": token()} for slug in sorted(touched)]
        if rows:
            await opened.execute(_upsert(opened.dialect.name), rows)


async def _write(opened: AsyncConnection, publication: str, found: Mapping[Place, Sequence[Credited]]) -> None:
    dates: dict[Place, Any] = {}
    for block in blocks(list(found)):
        these = (members.c.publication == publication, among(members.c.subscription, members.c.key, block))
        dates |= {
            (row.subscription, row.key): row.published for row in await opened.execute(select(members).where(*these))
        }
    rows = [
        {
            "publication": publication,
            "slug": person.slug,
            "subscription": place[0],
            "key": place[1],
            "person": pack(person),
            "published": dates[place],
        }
        for place, persons in found.items()
        for person in persons
        if place in dates
    ]
    if rows:
        await opened.execute(insert(table), rows)


@cache
def _upsert(dialect: str) -> Any:
    statement = insert_into(dialect, people)
    return statement.on_conflict_do_update(
        index_elements=list(people.primary_key), set_={"stale": statement.excluded.stale}
    )


@unbroken
async def stale(engine: AsyncEngine, publication: str, *, limit: int) -> dict[str, int]:
    """The slugs of at most `limit` persons whose files are to be written, each with what `written` takes."""
    wanted = select(people).where(people.c.publication == publication).limit(limit)
    async with connection(engine) as opened:
        return {row.slug: row.stale for row in await opened.execute(wanted)}


@unbroken
async def written(engine: AsyncEngine, publication: str, slugs: Mapping[str, int]) -> None:
    """The files of persons are on the disk, but for what changed meanwhile: nothing is kept that would name them."""
    if not slugs:
        return
    same = tuple_(people.c.slug, people.c.stale).in_(list(slugs.items()))
    async with connection(engine) as opened:
        await opened.execute(delete(people).where(people.c.publication == publication, same))


@unbroken
async def hands(engine: AsyncEngine, publication: str, slug: str, *, limit: int) -> dict[Place, Credited]:
    """The newest `limit` entries that a person is credited with, newest first, each with the person as named there."""
    here = (table.c.publication == publication, table.c.slug == slug)
    newest = select(table).where(*here).order_by(table.c.published.desc(), table.c.key.desc()).limit(limit)
    async with connection(engine) as opened:
        rows = await opened.execute(newest)
        return {(row.subscription, row.key): unpack(Credited, row.person) for row in rows}
