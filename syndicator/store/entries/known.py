"""What is remembered of entries, as much as parsing and deciding need. It must not read what we made of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from syndicator.model import Known, ParsedEntry
from syndicator.store.codec import key, unpack
from syndicator.store.statements import blocks
from syndicator.store.tables import entries as table
from syndicator.store.tables import texts
from syndicator.store.transactions import connection, transaction, unbroken

TRANSLATED = "translated here"  # settings of an entry that is made from an editor's file
MARKED = ""  # settings of an entry that is out of date, whatever the settings
MAKING = "being made"  # those of one that was marked and is made again now: who marks it meanwhile is heard
REMEMBERED = 2_000  # fingerprints: more than any feed's window that was measured, and 130 kB to hand to the sandbox

_FACTS = (
    table.c.id,
    table.c.raw_id,
    table.c.link,
    table.c.fingerprint,
    table.c.digest,
    table.c.first_seen,
    table.c.updated,
    table.c.published,
    table.c.reworded,
    table.c.withdrawn_at,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """An entry that was derived under other settings: what upstream said, and what is known of it."""

    parsed: ParsedEntry
    known: Known


@unbroken
async def fingerprints(engine: AsyncEngine, subscription: str) -> frozenset[str]:
    """The fingerprints of the `REMEMBERED` entries that were last seen most recently, withdrawn ones too."""
    wanted = select(table.c.fingerprint).where(table.c.subscription == subscription)
    async with connection(engine) as opened:
        found = await opened.scalars(wanted.order_by(table.c.last_seen.desc()).limit(REMEMBERED))
    return frozenset(found)


@unbroken
async def lookup(engine: AsyncEngine, subscription: str, parsed: Sequence[ParsedEntry]) -> tuple[Known, ...]:
    """The entries, withdrawn ones too, that share a raw id, a link (http or https) or an id with one of `parsed`.

    Of our own translations only the id is told: it is taken, but nothing upstream says is a newer state of them.
    """
    found: dict[str, Known] = {}
    mine = (table.c.settings == TRANSLATED).label("mine")
    async with connection(engine) as opened:
        for block in blocks(parsed):
            ids = [key(entry.raw_id) for entry in block if entry.raw_id]
            links = [key(link) for entry in block if entry.link for link in _spellings(entry.link)]
            same = or_(table.c.raw_key.in_(ids), table.c.key.in_(ids), table.c.link_key.in_(links))
            rows = await opened.execute(select(*_FACTS, mine).where(table.c.subscription == subscription, same))
            found |= {row.id: _nameless(_known(row)) if row.mine else _known(row) for row in rows}
    return tuple(found.values())


def _spellings(link: str) -> tuple[str, ...]:
    """A link under http and https: a site that moves to https moves all its links."""
    scheme, colon, rest = link.partition("://")
    return tuple(f"{web}{colon}{rest}" for web in ("http", "https")) if scheme in ("http", "https") else (link,)


@unbroken
async def outdated(engine: AsyncEngine, subscription: str, settings: str, *, limit: int) -> tuple[Outdated, ...]:
    """At most `limit` entries that were derived under other settings than `settings`, newest first, none withdrawn.

    Our own translations are not among them: they are made from an editor's file. What is marked as out of date from now
    on is so again, though it is made meanwhile.
    """
    marked = (table.c.subscription == subscription, table.c.settings == MARKED)
    both = texts.join(table, (texts.c.subscription == table.c.subscription) & (texts.c.key == table.c.key))
    stale = select(*_FACTS, texts.c.raw).select_from(both).where(table.c.subscription == subscription)
    newest = (
        stale.where(table.c.settings.not_in((settings, TRANSLATED))).order_by(table.c.published.desc()).limit(limit)
    )
    async with transaction(engine) as opened:
        if settings != MARKED:
            await opened.execute(update(table).where(*marked).values(settings=MAKING))
        rows = (await opened.execute(newest)).all()
    return tuple(Outdated(parsed=unpack(ParsedEntry, row.raw), known=_known(row)) for row in rows)


@unbroken
async def disordered(engine: AsyncEngine) -> tuple[str, ...]:
    """The subscriptions that have entries which were marked as out of date, whatever the settings."""
    marked = select(table.c.subscription).where(table.c.settings.in_((MARKED, MAKING)), table.c.withdrawn_at.is_(None))
    async with connection(engine) as opened:
        return tuple(await opened.scalars(marked.distinct()))


@unbroken
async def mark_current(engine: AsyncEngine, subscription: str, ids: Sequence[str], settings: str) -> None:
    """Note that the entries `ids` are what `settings` make of them, but for those that were marked meanwhile."""
    async with connection(engine) as opened:
        for block in blocks(ids):
            these = (table.c.subscription == subscription, table.c.key.in_([key(identity) for identity in block]))
            made = update(table).where(*these, table.c.settings != MARKED)
            await opened.execute(made.values(settings=settings))


@unbroken
async def mark_outdated(engine: AsyncEngine, subscription: str, ids: Sequence[str]) -> None:
    """Have the entries `ids` made again."""
    async with connection(engine) as opened:
        for block in blocks(ids):
            these = (table.c.subscription == subscription, table.c.key.in_([key(identity) for identity in block]))
            await opened.execute(update(table).where(*these).values(settings=MARKED))


def _nameless(known: Known) -> Known:
    return replace(known, raw_id=None, link=None, fingerprint="")


def _known(row: Any) -> Known:
    return Known(
        id=row.id,
        raw_id=row.raw_id,
        link=row.link,
        fingerprint=row.fingerprint,
        digest=row.digest,
        first_seen=row.first_seen,
        updated=row.updated,
        published=row.published,
        reworded=row.reworded,
        withdrawn=row.withdrawn_at is not None,
    )
