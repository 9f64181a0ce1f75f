"""Opens the database: folder, driver, pragmas, pool, a schema that is neither older nor newer. It must not query."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from syndicator.errors import StoreError, StoreLocked
from syndicator.store.file import remember
from syndicator.store.schema import bring_up_to_date
from syndicator.store.transactions import FILE_HINT, LOCKED_HINT, connection, subject, unbroken

URL_HINT = 'write store.url = "sqlite:///var/syndicator.db", or "postgresql://user@host/name"'
SWITCHING = 100  # attempts in five seconds
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}


@asynccontextmanager
async def open_store(url: str) -> AsyncIterator[AsyncEngine]:
    """Open the database at `url` ("sqlite:///path" or "postgresql://…"), make or upgrade it where needed, close it.

    A query string goes to the driver: "sqlite:///path?timeout=30" waits 30 s for another process's lock instead of 5.
    Raises StoreNewer, StoreLocked, StoreFull, or StoreError where it is not a database, cannot be reached or written.
    """
    understood = _understood(url)
    with _parameters_of(understood):
        engine = _engine(understood)
    # A server that does not answer is waited for a minute, which asyncpg lets be cut short; a file takes a moment.
    ready = unbroken(_ready) if understood.get_backend_name() == "sqlite" else _ready
    try:
        await ready(engine, understood)
        yield engine
    finally:
        await unbroken(engine.dispose)()


async def _ready(engine: AsyncEngine, url: URL) -> None:
    with _parameters_of(url):
        async with connection(engine):
            pass
    if url.get_backend_name() == "sqlite":
        await _write_ahead(engine)
    await bring_up_to_date(engine)
    remember(engine)


async def _write_ahead(engine: AsyncEngine) -> None:
    """Switch the file to WAL, which stays with it.

    Of two that switch a new file at once SQLite refuses one without waiting (seen once in 150 double openings), so
    this waits in its place.
    """
    for _ in range(SWITCHING):
        with suppress(StoreLocked):
            async with connection(engine) as opened:
                await opened.exec_driver_sql("PRAGMA journal_mode = WAL")
                return
        await asyncio.sleep(0.05)
    raise StoreLocked(subject(engine.url), "its journal cannot be switched", LOCKED_HINT)


def _understood(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreError(
            "store.url", "it is not a database URL", URL_HINT
        ) from None  # not quoted: it may hold a password
    driver = _DRIVERS.get(parsed.drivername)
    if driver is None:
        expected = " or ".join(_DRIVERS)
        raise StoreError("store.url", f"unknown database {parsed.drivername!r}, expected {expected}", URL_HINT)
    if "sslmode" in parsed.query:  # as libpq and hosting companies write it; asyncpg takes the same words as `ssl`
        parsed = parsed.update_query_dict({"ssl": parsed.query["sslmode"]}).difference_update_query(["sslmode"])
    return parsed.set(drivername=driver)


@contextmanager
def _parameters_of(url: URL) -> Iterator[None]:
    """Drivers take the query string as arguments, and raise what a wrong call raises."""
    try:
        yield
    except (TypeError, ValueError) as error:
        why = f"the driver does not take its query string ({error})"
        raise StoreError(subject(url), why, "leave out what follows the ? in store.url, or mend it") from error


def _engine(url: URL) -> AsyncEngine:
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    try:
        return create_async_engine(
            url, pool_size=5, max_overflow=5, pool_pre_ping=True
        )  # a restarted server is met again
    except ModuleNotFoundError as error:
        hint = 'pip install "syndicator[postgresql]"'
        raise StoreError("store.url", f"PostgreSQL needs the package {error.name}", hint) from error


def _sqlite(url: URL) -> AsyncEngine:
    if url.database in (None, "", ":memory:"):
        raise StoreError("store.url", "it names no file", URL_HINT)
    try:
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(str(url.database), f"its folder cannot be made ({error.strerror})", FILE_HINT) from error
    # Every connection is a thread. SQLite has one writer anyway: in a process, waiting for the one connection is
    # cheaper and fairer than polling for the file's lock; readers in other processes are not kept waiting (WAL).
    # isolation_level=None keeps the sqlite3 module from opening transactions of its own. Each of ours is ended before
    # its connection goes back, so the pool's own rollback (a thread hop each time) is left out.
    engine = create_async_engine(
        url, connect_args={"isolation_level": None}, pool_size=1, max_overflow=0, pool_reset_on_return=None
    )
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(opened: Any, _record: object) -> None:
    """In WAL synchronous=NORMAL: a killed process loses nothing; a power cut may cost the last transactions, no more.

    With secure_delete what is deleted is overwritten: what was taken down is in no free page of the file.
    A lost transaction is a poll that is repeated (https://sqlite.org/pragma.html#pragma_synchronous). The busy timeout
    is the sqlite3 module's: 5 s, or the URL's `timeout`.
    """
    cursor = opened.cursor()
    for pragma in ("synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
