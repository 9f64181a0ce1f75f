"""How a function of this room reaches the database, and how the database's refusals are said. It must not hold a query.

`connection` is for one statement (alone it is atomic on both engines) and for reads; `transaction` for several writes.
On SQLite a transaction is opened with BEGIN IMMEDIATE: a deferred one that first reads fails at once, without waiting,
when another process has written in between (https://sqlite.org/lang_transaction.html).
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from syndicator.errors import StoreError, StoreFull, StoreLocked

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

LOCKED_HINT = "stop the other program that uses the database, or try again when it is done"
FULL_HINT = "make room on the disk; nothing that was stored is lost"
BROKEN_HINT = "name another file in store.url, or put back a copy of the database"
FILE_HINT = "check the folder's permissions and store.url"
FAULT_HINT = "this is a fault of syndicator, and nothing was stored: report it with these words"
SERVER_HINT = "check store.url, and that the server runs and lets this user in"

# primary result codes, https://sqlite.org/rescode.html
_SQLITE: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (StoreLocked, LOCKED_HINT),
    sqlite3.SQLITE_LOCKED: (StoreLocked, LOCKED_HINT),
    sqlite3.SQLITE_FULL: (StoreFull, FULL_HINT),
    sqlite3.SQLITE_NOTADB: (StoreError, BROKEN_HINT),
    sqlite3.SQLITE_CORRUPT: (StoreError, BROKEN_HINT),
    sqlite3.SQLITE_PERM: (StoreError, FILE_HINT),
    sqlite3.SQLITE_READONLY: (StoreError, FILE_HINT),
    sqlite3.SQLITE_IOERR: (StoreError, FILE_HINT),
    sqlite3.SQLITE_CANTOPEN: (StoreError, FILE_HINT),
    sqlite3.SQLITE_NOLFS: (StoreError, FILE_HINT),
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL: dict[str, tuple[type[StoreError], str]] = {
    "55P03": (StoreLocked, LOCKED_HINT),  # lock_not_available
    "40P01": (StoreLocked, LOCKED_HINT),  # deadlock_detected
    "53100": (StoreFull, FULL_HINT),  # disk_full
    "42501": (StoreError, SERVER_HINT),  # insufficient_privilege, which stands among the faults
}
_FAULTS = ("0A", "21", "22", "23", "42", "54")  # classes: unsupported, cardinality, data, constraint, syntax, limits


def subject(url: URL) -> str:
    """What messages call the database: its path, or its address without the password."""
    if url.get_backend_name() == "sqlite":
        return url.database or "sqlite"
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)


@contextmanager
def refusals(url: URL) -> Iterator[None]:
    """Turn what the drivers and the network raise into StoreError, StoreLocked or StoreFull."""
    try:
        yield
    except Exception as error:
        # asyncpg's own errors, which carry a sqlstate, reach us unwrapped while connecting
        if isinstance(error, (DBAPIError, PoolTimeout, OSError)) or hasattr(error, "sqlstate"):
            raise _said(url, error) from error
        raise


def _said(url: URL, error: Exception) -> StoreError:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    if isinstance(error, PoolTimeout):
        return StoreLocked(subject(url), "no connection came free", LOCKED_HINT)
    kind, hint = (_of_sqlite if url.get_backend_name() == "sqlite" else _of_postgresql)(cause)
    return kind(subject(url), str(cause).partition("\n")[0] or type(cause).__name__, hint)


def _of_sqlite(cause: BaseException) -> tuple[type[StoreError], str]:
    """Whatever else SQLite itself refuses, a statement of ours was wrong."""
    if isinstance(cause, OSError):
        return StoreError, FILE_HINT
    code: int = getattr(cause, "sqlite_errorcode", 0)
    return _SQLITE.get(code & 0xFF, (StoreError, FAULT_HINT))


def _of_postgresql(cause: BaseException) -> tuple[type[StoreError], str]:
    state = getattr(cause, "sqlstate", None) or ""
    return _POSTGRESQL.get(state) or (StoreError, FAULT_HINT if state[:2] in _FAULTS else SERVER_HINT)


@asynccontextmanager
async def connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection for one statement or for reads, committed at the end."""
    with refusals(engine.url):
        async with engine.begin() as opened:
            yield opened


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection whose statements happen together or, when the block raises, not at all."""
    async with connection(engine) as opened:
        if engine.dialect.name == "sqlite":
            await opened.exec_driver_sql("BEGIN IMMEDIATE")
        yield opened


def unbroken(
    function: Callable[Parameters, Coroutine[Any, Any, Result]],
) -> Callable[Parameters, Coroutine[Any, Any, Result]]:
    """`function` runs to its end although its caller is cancelled, who is told only then.

    A statement cancelled while it runs in SQLite's thread leaves a connection that is closed but holds the lock, or
    one that never returns to the pool (seen with aiosqlite 0.22: one of some hundred cancelled saves).
    """

    @wraps(function)
    async def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        task = asyncio.ensure_future(function(*args, **kwargs))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await _ended(task)
            raise

    return run


async def _ended(task: "asyncio.Future[Any]") -> None:
    """Wait for the end of `task`, however often the one who waits is cancelled; that one is told already."""
    while not task.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait({task})
    if not task.cancelled():
        task.exception()  # looked at, lest the loop complain
