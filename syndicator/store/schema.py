"""Brings the schema to the newest version, or says why not. It must not know a table but Alembic's own.

Versions are four digits that count up. The check is one query: Alembic (110 ms to import) is loaded only to migrate.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import AsyncEngine

from syndicator.errors import StoreNewer
from syndicator.store.transactions import connection, subject, transaction

HEAD = "0006"
MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 0x73796E64  # "synd": any number that every process of ours agrees on
_NEWER_HINT = "run the version of syndicator that wrote it, or name another database in store.url"


async def bring_up_to_date(engine: AsyncEngine) -> None:
    """Migrate an empty or older database to `HEAD`; processes that start together do it once.

    Raises StoreNewer where the schema is none that this program knows.
    """
    async with connection(engine) as opened:
        version = await opened.run_sync(_version)
    if version > HEAD:
        why = f"its schema is {version}, this program knows up to {HEAD}"
        raise StoreNewer(subject(engine.url), why, _NEWER_HINT)
    if version < HEAD:
        await _migrate(engine)


async def _migrate(engine: AsyncEngine) -> None:
    async with transaction(engine) as opened:
        if engine.dialect.name == "postgresql":  # SQLite's BEGIN IMMEDIATE locks already
            await opened.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
        if await opened.run_sync(_version) < HEAD:
            await opened.run_sync(_upgrade)


def _version(opened: Connection) -> str:
    """The schema's version; empty in a database without one."""
    if not inspect(opened).has_table("alembic_version"):
        return ""
    return str(opened.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")


def _upgrade(opened: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": opened})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))  # ConfigParser interpolates
    command.upgrade(config, HEAD)
