"""The doors that are open while a command or the daemon runs: the store, the HTTP client, the sandbox, the clock.

`open_doors` opens them once for the process and closes them in order. It must not hold anything that changes between
two polls: a new configuration makes a new `Doors` that shares the open doors.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from syndicator.config import Config
from syndicator.fetch import Client, open_client
from syndicator.plugins import Transform, load
from syndicator.sandbox import Sandbox, open_sandbox
from syndicator.store import Engine, open_store

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What a step of the pipeline needs: the configuration, the open doors, the editor's transforms and the clock."""

    config: Config
    store: Engine
    client: Client
    sandbox: Sandbox
    transforms: tuple[Transform, ...]
    now: Clock


def utc_now() -> datetime:
    """The time in UTC; the one place where the program asks for it."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_doors(config: Config, now: Clock = utc_now) -> AsyncIterator[Doors]:
    """Open store, client and sandbox for `config`.

    Raises StoreError when the database cannot be used, ConfigError when a plugin is not installed.
    """
    transforms = load(config.plugins)
    async with (
        open_store(config.store_url) as store,
        open_client(config.fetch) as client,
        open_sandbox(config.sandbox) as sandbox,
    ):
        yield Doors(config=config, store=store, client=client, sandbox=sandbox, transforms=transforms, now=now)
