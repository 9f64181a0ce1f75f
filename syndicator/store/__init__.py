"""What the program remembers: subscriptions, entries, responses, publications, errands; on SQLite or PostgreSQL.

The only door to SQLAlchemy and Alembic. `open_store` gives an engine, which the functions of the modules beside take as
their first argument; `intact` says whether its file is still there. Each is one transaction and raises, besides what it
says itself, the StoreErrors of `errors`.
This room must not parse, judge or render: it keeps what it is given. docs/decisions/0003-store.md says why it is so.
"""

from sqlalchemy.ext.asyncio import AsyncEngine as Engine

from syndicator.store.file import intact
from syndicator.store.opening import open_store

__all__ = ["Engine", "intact", "open_store"]
