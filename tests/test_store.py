"""The store on SQLite: what a file on a disk can do to it. What every engine must do is in contract/test_store.py."""

import asyncio
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from syndicator.errors import StoreError, StoreFull, StoreLocked
from syndicator.model import Changes, Derived, Entry, ParsedEntry, Poll, Publication, Response, Subscription, Text
from syndicator.store import (
    Engine,
    codec,
    entries,
    intact,
    members,
    news,
    open_store,
    outbox,
    publications,
    schema,
    subscriptions,
    transactions,
)
from syndicator.store.entries import saving

NOW = datetime(2026, 11, 2, tzinfo=UTC)
QUAY = Subscription(name="quay", url="https://quay.example/feed")


def derived(number: int, text: str = "") -> Derived:
    address = f"https://quay.example/{number}"
    parsed = ParsedEntry(fingerprint=address, raw_id=address, content=Text(value=text, html=True))
    entry = Entry(subscription="quay", id=address, url=address, title="T", published=NOW, updated=NOW)
    return Derived(parsed=parsed, entry=entry)


async def save(engine: Engine, *new: Derived) -> None:
    (state,) = await subscriptions.claim(engine, NOW, limit=1, lease=timedelta(0), names=["quay"])
    await entries.save(engine, state, Poll(at=NOW, why=""), Changes(new=new), (), NOW)


async def open_and_close(url: str) -> None:
    async with open_store(url):
        pass


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with one subscription."""
    file = tmp_path / "store.db"

    async def make() -> None:
        async with open_store(f"sqlite:///{file}") as engine:
            await subscriptions.sync(engine, [QUAY])

    asyncio.run(make())
    return file


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another program holds the lock to write."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def test_the_folder_is_made(tmp_path: Path) -> None:
    asyncio.run(open_and_close(f"sqlite:///{tmp_path}/not/yet/there/store.db"))
    assert (tmp_path / "not/yet/there/store.db").is_file()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"file/store.db: its folder cannot be made \(File exists\)\nhint: check"):
        asyncio.run(open_and_close(f"sqlite:///{tmp_path}/file/store.db"))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("var/store.db", "it is not a database URL"),
        ("mysql://user:secret@host/name", "unknown database 'mysql', expected sqlite or postgresql"),
        ("sqlite://", "it names no file"),
        ("sqlite:///:memory:", "it names no file"),
        ("sqlite:///var/store.db?timeout=long", "/store.db: the driver does not take its query string .*'long'"),
        ("postgresql://user:secret@127.0.0.1:1/name?sslmode=require", "Connect call failed"),
        ("postgresql://user:secret@127.0.0.1:1/name", r"postgresql://user:\*\*\*@127.0.0.1:1/name: "),
    ],
)
def test_a_wrong_address_is_refused_without_telling_a_password(
    url: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if url.startswith("postgresql"):
        pytest.importorskip("asyncpg", reason="PostgreSQL's driver is not installed")
    with pytest.raises(StoreError, match=said) as refusal:
        asyncio.run(open_and_close(url))
    assert "secret" not in str(refusal.value)
    assert refusal.value.hint


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear harbour master, " * 200)
    with pytest.raises(StoreError, match="file is not a database") as refusal:
        asyncio.run(open_and_close(f"sqlite:///{file}"))
    assert refusal.value.subject == str(file)
    assert file.read_text() == "Dear harbour master, " * 200


def test_a_damaged_database_is_refused(path: Path) -> None:
    damaged = bytearray(path.read_bytes())
    damaged[1024:] = b"\xff" * (len(damaged) - 1024)
    path.write_bytes(damaged)
    with pytest.raises(StoreError, match="malformed") as refusal:
        asyncio.run(open_and_close(f"sqlite:///{path}"))
    assert refusal.value.hint


def test_a_locked_database_is_said_to_be_locked_and_nothing_is_lost(path: Path) -> None:
    async def story() -> None:
        async with open_store(f"sqlite:///{path}?timeout=0.01") as engine:
            await save(engine, derived(1))
            with held(path):
                with pytest.raises(StoreLocked) as refusal:
                    await save(engine, derived(2))
                assert refusal.value.subject == str(path)
                assert refusal.value.hint
                assert await entries.counts(engine) == {"quay": {"ready": 1}}  # reading goes on
            await save(engine, derived(2))
            assert await entries.counts(engine) == {"quay": {"ready": 2}}

    asyncio.run(story())


def test_an_empty_database_that_another_program_holds_is_said_to_be_locked(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    with held(file), pytest.raises(StoreLocked):
        asyncio.run(open_and_close(f"sqlite:///{file}?timeout=0.01"))


def test_a_full_disk_is_said_to_be_full_and_what_was_stored_stays(path: Path) -> None:
    async def story() -> None:
        async with open_store(f"sqlite:///{path}") as engine:
            await save(engine, derived(1))
            async with engine.connect() as connection:  # there is one connection; SQLite's quota stands for a full disk
                await connection.exec_driver_sql("PRAGMA max_page_count = 1")
            noise = "".join(chr(33 + number * number * 7919 % 9001) for number in range(200_000))
            with pytest.raises(StoreFull) as refusal:
                await save(engine, derived(2, noise))
            assert refusal.value.subject == str(path)
            assert await entries.counts(engine) == {"quay": {"ready": 1}}
            async with engine.connect() as connection:
                await connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
            await save(engine, derived(2, noise))

    asyncio.run(story())


def test_a_wrong_statement_is_not_blamed_on_the_folder(path: Path) -> None:
    wrong = (
        "SELECT nothing FROM nowhere",
        " UNION ALL ".join(["SELECT 1"] * 600),
        "INSERT INTO publications VALUES (1)",
    )

    async def story() -> None:
        async with open_store(f"sqlite:///{path}") as engine:
            for statement in wrong:
                with pytest.raises(StoreError) as refusal:
                    async with transactions.connection(engine) as connection:
                        await connection.exec_driver_sql(statement)
                assert refusal.value.hint == transactions.FAULT_HINT

    asyncio.run(story())


def test_a_folder_that_may_not_be_written_is_blamed(path: Path) -> None:
    async def story() -> None:
        async with open_store(f"sqlite:///{path}") as engine:
            async with engine.connect() as connection:
                await connection.exec_driver_sql("PRAGMA query_only = ON")  # root may write everywhere
            with pytest.raises(StoreError, match="readonly") as refusal:
                await subscriptions.sync(engine, [QUAY])
            assert refusal.value.hint == transactions.FILE_HINT

    asyncio.run(story())


def _deleted(path: Path) -> None:
    path.unlink()


def _replaced(path: Path) -> None:
    copy = path.with_suffix(".backup")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)


def _folder_gone(path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))


@pytest.mark.parametrize(
    ("loss", "said"),
    [(_deleted, "deleted or moved"), (_replaced, "another file"), (_folder_gone, "deleted or moved")],
)
def test_a_file_that_is_lost_while_it_is_open_is_told(path: Path, loss: Callable[[Path], None], said: str) -> None:
    async def story() -> None:
        async with open_store(f"sqlite:///{path}") as engine:
            await save(engine, derived(1))
            await intact(engine)
            loss(path)
            with pytest.raises(StoreError, match=said) as lost:
                await intact(engine)
            assert lost.value.subject == str(path)
            assert "stop syndicator" in lost.value.hint

    asyncio.run(story())


@pytest.mark.parametrize("cancelled", [1, 3])
def test_opening_may_be_cancelled_at_any_moment(tmp_path: Path, cancelled: int) -> None:
    """Once, or by somebody impatient: no thread stays behind that speaks to a loop which is gone."""
    before = set(threading.enumerate())

    async def story(url: str, turns: int) -> bool:
        opening = asyncio.create_task(open_and_close(url))
        for _ in range(turns):
            await asyncio.sleep(0)
        for _ in range(cancelled):
            opening.cancel()
            await asyncio.sleep(0)
        with suppress(asyncio.CancelledError):
            await opening
        return opening.cancelled()

    ends = [asyncio.run(story(f"sqlite:///{tmp_path}/{turns}.db", turns)) for turns in range(60)]
    assert ends[0]
    for left in set(threading.enumerate()) - before:  # one that was told to end may need a moment for it
        left.join(5)
        assert not left.is_alive()
    asyncio.run(open_and_close(f"sqlite:///{tmp_path}/4.db"))


def test_a_killed_process_leaves_whole_polls_only(path: Path) -> None:
    program = f"""
import asyncio, importlib.util
spec = importlib.util.spec_from_file_location("facts", {__file__!r})
facts = importlib.util.module_from_spec(spec)
spec.loader.exec_module(facts)
async def main():
    async with facts.open_store("sqlite:///{path}") as engine:
        for first in range(0, 100_000, 10):
            await facts.save(engine, *(facts.derived(first + more) for more in range(10)))
            print(first, flush=True)
asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        acknowledged = [worker.stdout.readline() for _ in range(3)]
        worker.kill()
        acknowledged += worker.stdout.readlines()

    async def story() -> None:
        async with open_store(f"sqlite:///{path}") as engine:
            kept = (await entries.counts(engine))["quay"]["ready"]
            assert kept in (10 * len(acknowledged), 10 * len(acknowledged) + 10)

    asyncio.run(story())


def test_the_file_is_in_wal_mode_and_references_are_kept(path: Path) -> None:
    async def story() -> None:
        async with open_store(f"sqlite:///{path}") as engine, engine.connect() as connection:
            said = [(await connection.exec_driver_sql(f"PRAGMA {name}")).scalar() for name in PRAGMAS]
            assert dict(zip(PRAGMAS, said, strict=True)) == PRAGMAS

    asyncio.run(story())


PRAGMAS = {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "busy_timeout": 5000}


def test_no_query_of_a_poll_or_of_a_publication_reads_a_whole_table(path: Path) -> None:
    """The plan of every statement that a poll and a publication run; 100,000 entries must cost what 100 do."""
    statements: list[tuple[str, object]] = []

    async def story() -> None:
        async with open_store(f"sqlite:///{path}") as engine:
            run = engine.sync_engine.dialect.do_execute

            def noted(cursor: object, statement: str, parameters: object, context: object = None) -> None:
                statements.append((statement, parameters))
                run(cursor, statement, parameters, context)

            engine.sync_engine.dialect.do_execute = noted
            await poll_and_publish(engine)

    asyncio.run(story())
    with closing(sqlite3.connect(path)) as database:
        plans = {
            statement: [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            for statement, parameters in statements
            if statement.startswith(("SELECT", "UPDATE", "INSERT", "DELETE", "WITH"))
        }
    tables = ("entries", "texts", "responses", "fragments")
    scans = [plan for steps in plans.values() for plan in steps if any(f"SCAN {table}" in plan for table in tables)]
    assert scans == []
    assert len(plans) > 15


async def poll_and_publish(engine: Engine) -> None:
    await save(engine, derived(1))
    await entries.fingerprints(engine, "quay")
    await entries.lookup(engine, "quay", [derived(1).parsed])
    (state,) = await subscriptions.claim(engine, NOW, limit=1, lease=timedelta(hours=1))
    withdrawn = Changes(withdrawn=("urn:x",))
    due = {derived(1).entry.id: NOW}
    await entries.save(engine, state, Poll(at=NOW, why=""), withdrawn, (), NOW, seen=["x"], responses_due=due)
    await entries.responses_due(engine, NOW, limit=9)
    publication = Publication(name="p", title="P", subscriptions=("quay", "mole", "pier"))
    await news.tell_all(engine, "p", publication.subscriptions)
    await members.settle(engine, publication)
    (line,) = await publications.listing(engine, "p", "r")
    keys = [(line.subscription, line.id)]
    await entries.load(engine, keys)
    await publications.said(engine, keys, comments=True, limit=9)
    await outbox.due(engine, NOW)


def test_the_newest_migration_is_the_version_that_is_checked_for() -> None:
    assert ScriptDirectory(schema.MIGRATIONS).get_current_head() == schema.HEAD


def test_a_database_of_the_first_schema_is_upgraded_and_keeps_what_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.db"

    async def opened() -> tuple[str, ...]:
        async with open_store(f"sqlite:///{path}") as engine:
            await subscriptions.sync(engine, [QUAY])
            return tuple(one.name for one in await subscriptions.states(engine))

    with monkeypatch.context() as patch:
        patch.setattr(schema, "HEAD", "0001")
        assert asyncio.run(opened()) == ("quay",)
    assert asyncio.run(opened()) == ("quay",)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT 1 FROM sqlite_master WHERE name = 'entries_key'").fetchall()
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [(schema.HEAD,)]


def test_opening_an_up_to_date_database_does_not_load_alembic(path: Path) -> None:
    program = f"""
import asyncio, sys
from syndicator.store import open_store
async def main():
    async with open_store("sqlite:///{path}"): pass
asyncio.run(main())
print("alembic" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout == b"False\n"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Tides & Ropes: a Letter", "tides-ropes-a-letter-1ff30242f9"),
        ("Éloge de la Marée", "eloge-de-la-maree-1ff30242f9"),
        ("Приливы", "1ff30242f9"),
        ("x" * 70, "x" * 60 + "-1ff30242f9"),
        ("--../../etc", "etc-1ff30242f9"),
    ],
)
def test_a_slug_is_the_title_in_ascii_and_ten_digits_of_the_id(title: str, expected: str) -> None:
    assert saving.slug(title, "urn:x") == expected


def test_a_value_stored_before_a_field_was_added_takes_its_default() -> None:
    assert codec.unpack(Subscription, b'{"name": "quay", "url": "u", "dropped": 1}') == Subscription(
        name="quay", url="u"
    )


def test_a_long_value_is_compressed_and_comes_back() -> None:
    long = Text(value="Rope and brine. " * 500)
    assert len(codec.pack(long)) < 500
    assert codec.unpack(Text, codec.pack(long)) == long


def test_a_time_without_a_zone_is_refused(path: Path) -> None:
    async def story() -> None:
        async with open_store(f"sqlite:///{path}") as engine:
            with pytest.raises(Exception, match="offset-naive"):
                await subscriptions.claim(engine, datetime(2026, 11, 2), limit=1, lease=timedelta(hours=1))

    asyncio.run(story())


def test_what_was_taken_down_is_in_no_byte_of_the_files_while_the_store_is_open(tmp_path: Path) -> None:
    secret = "the second key is under the third stone"
    path = tmp_path / "store.db"

    async def story() -> None:
        async with open_store(f"sqlite:///{path}") as engine:
            await subscriptions.sync(engine, [QUAY])
            one = derived(1, secret)
            said = Response(id="r", kind="comment", content_text=secret)
            told = replace(one, entry=replace(one.entry, title=secret, content_html=secret), responses=(said,))
            await save(engine, Changes(new=(told,)))
            assert secret.encode() in everything()
            await save(engine, Changes(withdrawn=(one.entry.id,)))
            assert secret.encode() not in everything()

    async def save(engine: Engine, changes: Changes) -> None:
        (state,) = await subscriptions.claim(engine, NOW, limit=1, lease=timedelta(hours=1), names=["quay"])
        await entries.save(engine, state, Poll(at=NOW, why=""), changes, (), NOW)

    def everything() -> bytes:
        return b"".join(file.read_bytes() for file in tmp_path.iterdir())

    asyncio.run(story())


def test_several_can_make_the_same_new_database_at_once(tmp_path: Path) -> None:
    async def opened(url: str) -> None:
        async with open_store(url) as engine:
            assert await subscriptions.states(engine) == ()

    async def crowd(url: str) -> None:
        await asyncio.gather(*(opened(url) for _ in range(6)))

    for number in range(10):
        asyncio.run(crowd(f"sqlite:///{tmp_path / str(number) / 'syndicator.db'}"))
