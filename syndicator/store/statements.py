"""The one place where the two engines are told apart in a query, and the size of lists in one. It must run nothing."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, Table, and_, tuple_
from sqlalchemy.dialects import postgresql, sqlite

Item = TypeVar("Item")

AT_ONCE = 1_000  # values of one IN list: SQLite binds at most 32,766 a statement, PostgreSQL 32,767

# Both inserts have the same `on_conflict_do_update`, `excluded` and `returning`; we are typed by one of them.
_INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_into(dialect: str, table: Table) -> postgresql.Insert:
    """An INSERT that knows ON CONFLICT, of the engine named `dialect` ("sqlite" or "postgresql")."""
    statement: postgresql.Insert = _INSERTS[dialect](table)  # type: ignore[assignment]
    return statement


def among(
    subscription: ColumnElement[str], key: ColumnElement[bytes], places: Sequence[tuple[str, bytes]]
) -> ColumnElement[bool]:
    """That (`subscription`, `key`) is one of `places`, found by an index on both.

    SQLite 3.40 reads the whole table for a list of pairs; it looks up the two lists beside it, and the pairs choose.
    """
    names, keys = dict.fromkeys(name for name, _ in places), [one for _, one in places]
    return and_(subscription.in_(list(names)), key.in_(keys), tuple_(subscription, key).in_(places))


def blocks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """`items` in runs of at most `AT_ONCE`."""
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
