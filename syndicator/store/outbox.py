"""The errands we owe others, each kept until it is done or given up. It must not carry them out.

There is one row for each (kind, target, topic). Asking again for one that is still owed does not double it but gives it
a new id: whoever carries out the older asking cannot settle the newer one with it, so the news that came meanwhile goes
out too.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from secrets import randbits
from typing import Any

from sqlalchemy import and_, case, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from syndicator.model import Errand
from syndicator.store.codec import key
from syndicator.store.statements import insert_into
from syndicator.store.tables import outbox as table
from syndicator.store.transactions import connection, unbroken

_OPEN = and_(table.c.delivered_at.is_(None), table.c.given_up_at.is_(None))


@unbroken
async def add(engine: AsyncEngine, errands: Sequence[Errand], now: datetime) -> None:
    """Owe `errands` from `now` or their own `not_before` on; one still owed keeps its attempts and its waiting time."""
    if errands:
        async with connection(engine) as opened:
            await owe(opened, errands, now)


async def owe(opened: AsyncConnection, errands: Sequence[Errand], now: datetime) -> None:
    """`add` within a transaction."""
    if errands:
        await opened.execute(_upsert(opened.dialect.name), [_row(errand, now) for errand in errands])


def _row(errand: Errand, now: datetime) -> dict[str, object]:
    return {
        "key": key("\0".join((errand.kind, errand.target, errand.topic))),
        "id": randbits(53),  # exact in JSON too; two alike among a million: 1 in 18,000
        "kind": errand.kind,
        "target": errand.target,
        "topic": errand.topic,
        "created": now,
        "attempts": 0,
        "not_before": errand.not_before or now,
        "last_error": "",
    }


@cache
def _upsert(dialect: str) -> Any:
    statement = insert_into(dialect, table)
    afresh = ("created", "attempts", "not_before", "last_error")
    restarted = {name: case((_OPEN, table.c[name]), else_=statement.excluded[name]) for name in afresh}
    reopened = {"id": statement.excluded.id, "delivered_at": null(), "given_up_at": null()}
    return statement.on_conflict_do_update(index_elements=[table.c.key], set_=restarted | reopened)


@unbroken
async def due(engine: AsyncEngine, now: datetime, *, kind: str | None = None, limit: int = 100) -> tuple[Errand, ...]:
    """At most `limit` errands to carry out now, of one `kind` or all, the longest waiting first."""
    wanted = select(table).where(_OPEN, table.c.not_before <= now)
    if kind is not None:
        wanted = wanted.where(table.c.kind == kind)
    async with connection(engine) as opened:
        rows = await opened.execute(wanted.order_by(table.c.not_before, table.c.id).limit(limit))
    return tuple(_errand(row) for row in rows)


@unbroken
async def done(engine: AsyncEngine, errand_id: int, now: datetime) -> None:
    """The errand is delivered, unless it was asked for again since."""
    await _settle(engine, errand_id, {"delivered_at": now, "last_error": ""})


@unbroken
async def retry(engine: AsyncEngine, errand_id: int, at: datetime, error: str) -> None:
    """The errand failed and waits until `at`."""
    await _settle(engine, errand_id, {"not_before": at, "last_error": error, "attempts": table.c.attempts + 1})


@unbroken
async def give_up(engine: AsyncEngine, errand_id: int, now: datetime, error: str) -> None:
    """The errand failed for good; it stays visible in `pending` until it is asked for again."""
    await _settle(engine, errand_id, {"given_up_at": now, "last_error": error, "attempts": table.c.attempts + 1})


async def _settle(engine: AsyncEngine, errand_id: int, values: dict[str, Any]) -> None:
    async with connection(engine) as opened:
        await opened.execute(update(table).where(table.c.id == errand_id).values(values))


@unbroken
async def pending(engine: AsyncEngine) -> tuple[Errand, ...]:
    """Every errand that is owed or given up, oldest first."""
    async with connection(engine) as opened:
        owed = select(table).where(table.c.delivered_at.is_(None)).order_by(table.c.created, table.c.id)
        rows = await opened.execute(owed)
    return tuple(_errand(row) for row in rows)


def _errand(row: Any) -> Errand:
    return Errand(
        kind=row.kind,
        target=row.target,
        topic=row.topic,
        id=row.id,
        attempts=row.attempts,
        not_before=row.not_before,
        created=row.created,
        given_up_at=row.given_up_at,
        last_error=row.last_error,
    )
