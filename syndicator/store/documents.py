"""The validators of documents that are no subscription: comment feeds and pages. It must not keep their content."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from syndicator.model import Validators
from syndicator.store import codec
from syndicator.store.statements import insert_into
from syndicator.store.tables import documents as table
from syndicator.store.transactions import connection, unbroken


@unbroken
async def validators(engine: AsyncEngine, url: str) -> Validators:
    """What `url` last gave to be asked with; empty where it was never read."""
    wanted = select(table.c.etag, table.c.last_modified).where(table.c.key == codec.key(url))
    async with connection(engine) as opened:
        row = (await opened.execute(wanted)).first()
    return Validators(etag=row.etag, last_modified=row.last_modified) if row else Validators()


@unbroken
async def remember(engine: AsyncEngine, url: str, validators: Validators, now: datetime) -> None:
    """Keep the newest validators of `url`."""
    kept = {"etag": validators.etag, "last_modified": validators.last_modified, "seen_at": now}
    statement = insert_into(engine.dialect.name, table).values(key=codec.key(url), url=url, **kept)
    async with connection(engine) as opened:
        await opened.execute(statement.on_conflict_do_update(index_elements=[table.c.key], set_=kept))
