"""What is remembered of each subscription, and who may poll it when. It must not touch entries.

A claim is a lease with a number, the epoch. A worker that slept through its lease finds the number grown and can write
nothing (a fencing token: Kleppmann, "How to do distributed locking", 2016).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, bindparam, case, func, literal, null, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from syndicator.errors import Superseded
from syndicator.model import FeedHead, Note, Poll, Subscription, SubscriptionState, Validators
from syndicator.store.codec import pack, unpack
from syndicator.store.statements import insert_into
from syndicator.store.tables import EPOCH, Moment
from syndicator.store.tables import subscriptions as table
from syndicator.store.transactions import connection, transaction, unbroken

_NOW = bindparam("now", type_=Moment)
_FREE = and_(table.c.configured, or_(table.c.leased_until.is_(None), table.c.leased_until <= _NOW))
_DUE = and_(table.c.retired_at.is_(None), or_(table.c.next_poll_at.is_(None), table.c.next_poll_at <= _NOW))


@unbroken
async def sync(engine: AsyncEngine, subscriptions: Sequence[Subscription]) -> None:
    """Make the rows agree with the configured `subscriptions`.

    A new one gets a row that is due at once, and keeps its first URL for good. A changed URL makes the subscription due
    at once and forgets what belonged to the old address; entries stay, and a poll under way is fenced out. One that is
    no longer configured is never due.
    """
    rows = [_first_row(subscription) for subscription in subscriptions]
    names = [subscription.name for subscription in subscriptions]
    async with transaction(engine) as opened:
        await opened.execute(update(table).values(configured=table.c.name.in_(names)))
        if rows:
            await opened.execute(_upsert(engine.dialect.name), rows)


def _first_row(subscription: Subscription) -> dict[str, object]:
    url = subscription.url
    addresses = {"config_url": url, "first_url": url, "url": url}
    nothing = {"settings": "", "failures": 0, "next_poll_why": "", "last_answer": "", "last_error": "", "epoch": 0}
    packed = {"head": pack(FeedHead()), "notes": pack(())}
    return {"name": subscription.name, "configured": True} | addresses | nothing | packed


@cache
def _upsert(dialect: str) -> Any:
    statement = insert_into(dialect, table)
    columns = ("etag", "last_modified", "body_hash", "next_poll_at", "retired_at", "leased_until")
    forgotten: dict[str, object] = dict.fromkeys(columns, null())
    changed = {"config_url": statement.excluded.config_url, "url": statement.excluded.url}
    counted = {"failures": 0, "last_error": "", "epoch": table.c.epoch + 1}
    return statement.on_conflict_do_update(
        index_elements=[table.c.name],
        set_=forgotten | changed | counted,
        where=table.c.config_url != statement.excluded.config_url,
    )


@unbroken
async def claim(
    engine: AsyncEngine, now: datetime, *, limit: int, lease: timedelta, names: Sequence[str] | None = None
) -> tuple[SubscriptionState, ...]:
    """Take at most `limit` subscriptions until `now + lease`, those longest due first; none that somebody else holds.

    With `names` those are taken, though not due or retired. Two callers never get the same one; each claim has a new
    `epoch`.
    """
    parameters: dict[str, object] = {"now": now, "until": now + lease, "most": limit}
    statement = _CLAIM_DUE
    if names is not None:
        statement, parameters["names"] = _CLAIM_NAMED, list(names)
    async with connection(engine) as opened:
        rows = (await opened.execute(statement, parameters)).all()
    return tuple(_state(row) for row in sorted(rows, key=lambda row: (row.next_poll_at or EPOCH, row.name)))


def _taking(which: ColumnElement[bool]) -> Any:
    """One UPDATE that claims. A CTE is evaluated once: PostgreSQL may run a plain LIMIT subquery again for each row."""
    order = (table.c.next_poll_at.nulls_first(), table.c.name)
    free = select(table.c.name).where(_FREE, which).order_by(*order).limit(bindparam("most"))
    taken = free.with_for_update(skip_locked=True).cte("taken")
    leased = {"epoch": table.c.epoch + 1, "leased_until": bindparam("until", type_=Moment)}
    return update(table).where(table.c.name.in_(select(taken.c.name))).values(leased).returning(*table.c)


_CLAIM_DUE = _taking(_DUE)
_CLAIM_NAMED = _taking(table.c.name.in_(bindparam("names", expanding=True)))


@unbroken
async def states(engine: AsyncEngine) -> tuple[SubscriptionState, ...]:
    """The configured subscriptions, ordered by name."""
    async with connection(engine) as opened:
        rows = (await opened.execute(select(table).where(table.c.configured))).all()
    return tuple(_state(row) for row in sorted(rows, key=lambda row: str(row.name)))  # PostgreSQL sorts by its locale


@unbroken
async def record(engine: AsyncEngine, state: SubscriptionState, poll: Poll, now: datetime) -> None:
    """Write down a poll that brought no entries, when the next one is due, and free the lease.

    A poll without a time retires the subscription. Raises Superseded when the claim was lost.
    """
    async with connection(engine) as opened:
        await write_down(opened, state, poll, now)


async def write_down(opened: AsyncConnection, state: SubscriptionState, poll: Poll | None, now: datetime) -> None:
    """`record` within a transaction; without `poll` the lease is kept and the next poll stays when it was.

    Raises Superseded when the claim was lost.
    """
    values = _row(state)
    if poll is not None:
        retired_at = (state.retired_at or now) if poll.at is None else state.retired_at
        values |= {"next_poll_at": poll.at, "next_poll_why": poll.why, "leased_until": None, "retired_at": retired_at}
    result = await opened.execute(_WRITE, values | {"this": state.name, "held": state.epoch})
    if result.rowcount == 0:
        why = f"claim {state.epoch} was taken over or its address changed; nothing was written"
        raise Superseded(state.name, why, "nothing to do: the next poll brings what this one would have")


_WRITE: Update = update(table).where(table.c.name == bindparam("this"), table.c.epoch == bindparam("held"))


@unbroken
async def give_back(engine: AsyncEngine, states: Sequence[SubscriptionState]) -> None:
    """Free the leases of claimed subscriptions that were not polled after all; they stay as due as they were."""
    async with transaction(engine) as opened:
        for state in states:
            mine = and_(table.c.name == state.name, table.c.epoch == state.epoch)
            await opened.execute(update(table).where(mine).values(leased_until=null()))


@unbroken
async def release(engine: AsyncEngine) -> None:
    """Free all leases: for a daemon that knows itself alone, when it starts."""
    async with connection(engine) as opened:
        await opened.execute(update(table).where(table.c.leased_until.is_not(None)).values(leased_until=null()))


@unbroken
async def next_due(engine: AsyncEngine) -> datetime | None:
    """When the next subscription can be claimed: 1970 for one never polled, None where there is none."""
    at_once = literal(EPOCH, Moment)
    due, free = func.coalesce(table.c.next_poll_at, at_once), func.coalesce(table.c.leased_until, at_once)
    claimable = case((due > free, due), else_=free)
    alive = and_(table.c.configured == true(), table.c.retired_at.is_(None))
    async with connection(engine) as opened:
        found: datetime | None = await opened.scalar(select(func.min(claimable, type_=Moment)).where(alive))
    return found


def _row(state: SubscriptionState) -> dict[str, object]:
    """What a poll may change of a subscription."""
    return {
        "url": state.url,
        "etag": state.validators.etag,
        "last_modified": state.validators.last_modified,
        "body_hash": state.body_hash,
        "settings": state.settings,
        "head": pack(state.head),
        "notes": pack(state.notes),
        "failures": state.failures,
        "last_polled_at": state.last_polled_at,
        "last_answer": state.last_answer,
        "last_error": state.last_error,
        "retired_at": state.retired_at,
    }


def _state(row: Any) -> SubscriptionState:
    return SubscriptionState(
        name=row.name,
        first_url=row.first_url,
        url=row.url,
        validators=Validators(etag=row.etag, last_modified=row.last_modified),
        body_hash=row.body_hash,
        settings=row.settings,
        head=unpack(FeedHead, row.head),
        failures=row.failures,
        next_poll_at=row.next_poll_at,
        next_poll_why=row.next_poll_why,
        last_polled_at=row.last_polled_at,
        last_answer=row.last_answer,
        last_error=row.last_error,
        retired_at=row.retired_at,
        notes=unpack(tuple[Note, ...], row.notes),
        epoch=row.epoch,
    )
