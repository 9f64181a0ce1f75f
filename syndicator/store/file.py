"""Whether SQLite's file is still the one that was opened. It must not open or read it.

A process whose database was deleted, or replaced by a copy, goes on in the old file, which has no name any more: all it
then writes is lost when it ends (https://sqlite.org/howtocorrupt.html#_unlinking_or_renaming_a_database_file_while_in_use).
A copy written into the same file (cp, not mv) is not noticed here.
"""

from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from syndicator.errors import StoreError
from syndicator.store.transactions import FILE_HINT, subject

_OPENED = "syndicator_file"
_HINT = "stop syndicator, put the database (or a backup) back in its place, and start it again"


def remember(engine: AsyncEngine) -> None:
    """Note, with `engine`, which file it has opened. Raises StoreError where that is gone already."""
    if engine.dialect.name == "sqlite":
        engine.sync_engine.update_execution_options(**{_OPENED: _identity(engine)})


async def intact(engine: AsyncEngine) -> None:
    """Return where the database's file is the one that was opened, at the cost of one `stat`; on PostgreSQL always.

    Raises StoreError where it was deleted, replaced or put out of reach: nothing that is written now would be kept.
    """
    opened = engine.get_execution_options().get(_OPENED)
    if opened is not None and _identity(engine) != opened:
        raise StoreError(subject(engine.url), "another file was put in its place while it was open", _HINT)


def _identity(engine: AsyncEngine) -> tuple[int, int]:
    """Device and inode of the file."""
    try:
        found = Path(subject(engine.url)).stat()
    except FileNotFoundError:
        raise StoreError(subject(engine.url), "the file was deleted or moved away while it was open", _HINT) from None
    except OSError as error:
        raise StoreError(subject(engine.url), f"the file cannot be reached ({error.strerror})", FILE_HINT) from error
    return found.st_dev, found.st_ino
