"""What every database that the store runs on must do, run on SQLite and on PostgreSQL: opening and claims."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from syndicator.errors import StoreNewer, Superseded
from syndicator.model import (
    Changes,
    Errand,
    FeedHead,
    Note,
    Poll,
    Rhythm,
    Subscription,
    Validators,
)
from syndicator.store import Engine, entries, open_store, outbox, schema, subscriptions, tables
from tests.contract.harbour import (
    HOUR,
    LATER,
    MINUTE,
    MOLE,
    NOW,
    QUAY,
    Story,
    claimed,
    derived,
    save,
    stored,
)


def test_the_migrations_make_exactly_the_tables_that_the_queries_use(empty_url: str) -> None:
    def differences(connection: Any) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [one for one in compare_metadata(context, tables.metadata) if "alembic_version" not in str(one)]

    async def story() -> None:
        async with open_store(empty_url) as engine, engine.connect() as connection:
            assert await connection.run_sync(differences) == []

    asyncio.run(story())


def test_processes_that_open_a_fresh_database_at_the_same_time_all_succeed(empty_url: str) -> None:
    opening = "import asyncio, sys\nfrom syndicator.store import open_store\n"
    opening += "async def main():\n    async with open_store(sys.argv[1]): pass\nasyncio.run(main())"
    command = [sys.executable, "-c", opening, empty_url]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate()[1] for process in started] == ["", "", ""]


def test_a_newer_schema_is_refused_and_left_alone(url: str) -> None:
    async def story() -> None:
        async with open_store(url) as engine, engine.begin() as connection:
            await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(StoreNewer, match=f"its schema is 9999, this program knows up to {schema.HEAD}") as refusal:
            async with open_store(url):
                pass
        assert refusal.value.hint

    asyncio.run(story())


def test_what_was_saved_is_there_after_reopening(url: str) -> None:
    async def story() -> None:
        async with open_store(url) as engine:
            await subscriptions.sync(engine, [QUAY])
            await save(engine, derived())
        async with open_store(url) as engine:
            assert (await stored(engine)).entry == derived().entry

    asyncio.run(story())


def test_a_new_subscription_is_due_at_once(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        assert await subscriptions.next_due(engine) == datetime(1970, 1, 1, tzinfo=UTC)
        states = await subscriptions.claim(engine, NOW, limit=9, lease=MINUTE)
        assert [(state.name, state.url, state.first_url, state.epoch) for state in states] == [
            ("mole", MOLE.url, MOLE.url, 1),
            ("quay", QUAY.url, QUAY.url, 1),
        ]

    play(story)


def test_what_is_claimed_is_nobody_elses_until_the_lease_ran_out(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        first = await claimed(engine)
        assert await subscriptions.claim(engine, NOW, limit=9, lease=MINUTE, names=["quay"]) == ()
        assert [s.name for s in await subscriptions.claim(engine, NOW, limit=9, lease=MINUTE)] == ["mole"]
        (again,) = await subscriptions.claim(engine, NOW + 5 * MINUTE, limit=9, lease=MINUTE, names=["quay"])
        assert again.epoch == first.epoch + 1

    play(story)


def test_claimers_at_the_same_time_never_share(url: str) -> None:
    names = [f"s{number:02}" for number in range(20)]

    async def story() -> None:
        async with open_store(url) as one, open_store(url) as other:
            await subscriptions.sync(one, [Subscription(name=n, url=f"https://{n}.example/") for n in names])
            claims = [subscriptions.claim(engine, NOW, limit=3, lease=MINUTE) for engine in (one, other) * 8]
            taken = [state.name for states in await asyncio.gather(*claims) for state in states]
            left = [state.name for state in await subscriptions.claim(one, NOW, limit=99, lease=MINUTE)]
            assert sorted(taken + left) == names

    asyncio.run(story())


def test_those_longest_due_are_claimed_first_and_those_not_due_are_not(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        third = Subscription(name="pier", url="https://pier.example/")
        await subscriptions.sync(engine, [QUAY, MOLE, third])
        for name, at in (("quay", NOW - MINUTE), ("mole", NOW - HOUR), ("pier", NOW + MINUTE)):
            await subscriptions.record(engine, await claimed(engine, name), Poll(at=at, why=""), NOW)
        assert await subscriptions.next_due(engine) == NOW - HOUR
        assert [s.name for s in await subscriptions.claim(engine, NOW, limit=1, lease=MINUTE)] == ["mole"]
        assert [s.name for s in await subscriptions.claim(engine, NOW, limit=9, lease=MINUTE)] == ["quay"]

    play(story)


def test_a_recorded_poll_is_remembered_in_full(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        after = replace(
            await claimed(engine),
            url="https://quay.example/moved",
            validators=Validators(etag='W/"ä\\"', last_modified="yesterday, perhaps"),
            body_hash="b" * 64,
            settings="salt",
            head=FeedHead(title="Кай", rhythm=Rhythm(interval=HOUR, skip_days=(6,)), updated=NOW),
            failures=3,
            last_polled_at=NOW,
            last_answer="503",
            last_error="busy",
            notes=(Note(code="a-code", text="A sentence."),),
        )
        await subscriptions.record(engine, after, LATER, NOW)
        assert (await subscriptions.states(engine))[1] == replace(after, next_poll_at=LATER.at, next_poll_why=LATER.why)

    play(story)


def test_a_poll_without_a_next_time_retires(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await subscriptions.sync(engine, [QUAY])
        await subscriptions.record(engine, await claimed(engine), Poll(at=None, why="410"), NOW)
        assert await subscriptions.claim(engine, NOW + 999 * HOUR, limit=9, lease=MINUTE) == ()
        assert await subscriptions.next_due(engine) is None
        by_name = await claimed(engine)
        assert by_name.retired_at == NOW
        await subscriptions.record(engine, replace(by_name, retired_at=None), LATER, NOW)
        assert await subscriptions.next_due(engine) == LATER.at

    play(story)


@pytest.mark.parametrize("writer", ["record", "save"])
def test_a_worker_whose_claim_was_taken_over_writes_nothing(play: Callable[[Story], None], writer: str) -> None:
    async def story(engine: Engine) -> None:
        late = await claimed(engine)
        (holder,) = await subscriptions.claim(engine, NOW + HOUR, limit=1, lease=HOUR, names=["quay"])
        owed = [Errand(kind="republish", target="harbour")]
        writing = {
            "record": partial(subscriptions.record, engine, replace(late, last_answer="late"), LATER, NOW),
            "save": partial(entries.save, engine, late, LATER, Changes(new=(derived(),)), owed, NOW),
        }
        with pytest.raises(Superseded, match="quay"):
            await writing[writer]()
        assert await entries.counts(engine) == {}
        assert await outbox.pending(engine) == ()
        assert (await subscriptions.states(engine))[1] == holder

    play(story)


def test_release_frees_what_a_killed_daemon_held(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await claimed(engine)
        await subscriptions.release(engine)
        assert (await claimed(engine)).epoch == 2

    play(story)


def test_a_lease_puts_off_when_the_next_is_due(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await subscriptions.sync(engine, [QUAY])
        await claimed(engine)
        assert await subscriptions.next_due(engine) == NOW + 5 * MINUTE

    play(story)


def test_a_changed_address_is_asked_at_once_and_forgets_the_old_ones_answers(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived())
        before = replace(await claimed(engine), failures=4, body_hash="b", validators=Validators(etag="e"))
        await subscriptions.record(engine, before, Poll(at=None, why="410"), NOW)
        under_way = await claimed(engine)
        moved = replace(QUAY, url="https://new.example/feed")
        await subscriptions.sync(engine, [moved, MOLE])
        with pytest.raises(Superseded):
            await subscriptions.record(engine, under_way, LATER, NOW)
        after = await claimed(engine)
        assert (after.url, after.first_url, after.failures) == (moved.url, QUAY.url, 0)
        assert (after.validators, after.body_hash, after.retired_at) == (Validators(), None, None)
        assert (await stored(engine)).entry == derived().entry

    play(story)


def test_a_subscription_that_moved_by_itself_is_not_reset_by_the_configuration(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        moved = replace(await claimed(engine), url="https://elsewhere.example/", body_hash="b")
        await subscriptions.record(engine, moved, LATER, NOW)
        await subscriptions.sync(engine, [QUAY, MOLE])
        assert (await subscriptions.states(engine))[1] == replace(moved, next_poll_at=LATER.at, next_poll_why=LATER.why)

    play(story)


def test_one_no_longer_configured_is_never_due_and_remembered_when_it_returns(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await subscriptions.record(engine, replace(await claimed(engine), body_hash="b"), LATER, NOW)
        await subscriptions.sync(engine, [MOLE])
        assert [state.name for state in await subscriptions.states(engine)] == ["mole"]
        assert await subscriptions.claim(engine, NOW + HOUR, limit=9, lease=MINUTE, names=["quay"]) == ()
        await subscriptions.sync(engine, [QUAY, MOLE])
        assert (await subscriptions.states(engine))[1].body_hash == "b"

    play(story)
