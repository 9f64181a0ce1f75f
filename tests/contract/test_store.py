"""What every database that the store runs on must do. Each fact is run on SQLite and on PostgreSQL."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from syndicator.errors import StoreNewer, Superseded
from syndicator.model import (
    Agent,
    Changes,
    Credit,
    Derived,
    Entry,
    Errand,
    Evidence,
    Extension,
    FeedHead,
    Fragment,
    Hop,
    Note,
    ParsedEntry,
    Poll,
    Publication,
    Response,
    Rhythm,
    Subscription,
    SubscriptionState,
    Text,
    Translation,
    Validators,
)
from syndicator.store import Engine, documents, entries, open_store, outbox, publications, schema, subscriptions, tables
from syndicator.store.entries import known

NOW = datetime(2026, 11, 2, 8, 30, 15, 123456, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LATER = Poll(at=NOW + HOUR, why="every hour")
QUAY = Subscription(name="quay", url="https://quay.example/feed")
MOLE = Subscription(name="mole", url="https://mole.example/feed")
BOTH = Publication(name="harbour", title="Harbour", subscriptions=("quay", "mole"))

Story = Callable[[Engine], Awaitable[None]]


@pytest.fixture
def play(url: str) -> Callable[[Story], None]:
    """Runs a story on a store that has the subscriptions quay and mole."""

    def run(story: Story) -> None:
        async def told() -> None:
            async with open_store(url) as engine:
                await subscriptions.sync(engine, [QUAY, MOLE], NOW)
                await story(engine)

        asyncio.run(told())

    return run


def derived(
    number: int = 1, *, of: str = "quay", title: str = "", responses: tuple[Response, ...] = (), **facts: Any
) -> Derived:
    """An entry of `of`, published `number` minutes before NOW; `facts` are the Entry's, fingerprint the parsed one's."""
    address = facts.pop("id", f"https://{of}.example/{number}")
    fingerprint = facts.pop("fingerprint", f"{of}-{number}")
    parsed = ParsedEntry(fingerprint=fingerprint, raw_id=address, link=f"{address}/read", title=Text(value=title))
    times = {"published": NOW - number * MINUTE, "updated": NOW - number * MINUTE}
    given = {"subscription": of, "id": address, "url": f"{address}/read", "title": title or f"Entry {number}"}
    return Derived(parsed=parsed, entry=Entry(**{**times, **given, **facts}), responses=responses)


async def claimed(engine: Engine, name: str = "quay") -> SubscriptionState:
    (state,) = await subscriptions.claim(engine, NOW, limit=1, lease=5 * MINUTE, names=[name])
    return state


async def save(engine: Engine, *new: Derived, of: str = "quay", now: datetime = NOW, **options: Any) -> None:
    """Claim and save `new` (or `changes`) in one poll."""
    changes = options.pop("changes", Changes(new=new))
    errands = options.pop("errands", ())
    await entries.save(engine, await claimed(engine, of), LATER, changes, errands, now, **options)


async def stored(engine: Engine, number: int = 1, of: str = "quay") -> Any:
    (found,) = await entries.load(engine, [(of, f"https://{of}.example/{number}")])
    return found


def ids(found: Any) -> list[str]:
    return [one.id for one in found]


# ── opening ──────────────────────────────────────────────────────────────────────────────────────────────────────────


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
            await subscriptions.sync(engine, [QUAY], NOW)
            await save(engine, derived())
        async with open_store(url) as engine:
            assert (await stored(engine)).entry == derived().entry

    asyncio.run(story())


# ── subscriptions ────────────────────────────────────────────────────────────────────────────────────────────────────


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
            await subscriptions.sync(one, [Subscription(name=n, url=f"https://{n}.example/") for n in names], NOW)
            claims = [subscriptions.claim(engine, NOW, limit=3, lease=MINUTE) for engine in (one, other) * 8]
            taken = [state.name for states in await asyncio.gather(*claims) for state in states]
            left = [state.name for state in await subscriptions.claim(one, NOW, limit=99, lease=MINUTE)]
            assert sorted(taken + left) == names

    asyncio.run(story())


def test_those_longest_due_are_claimed_first_and_those_not_due_are_not(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        third = Subscription(name="pier", url="https://pier.example/")
        await subscriptions.sync(engine, [QUAY, MOLE, third], NOW)
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
        assert (await subscriptions.states(engine))[1] == replace(after, next_poll_at=LATER.at)

    play(story)


def test_a_poll_without_a_next_time_retires(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await subscriptions.sync(engine, [QUAY], NOW)
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
        await subscriptions.sync(engine, [QUAY], NOW)
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
        await subscriptions.sync(engine, [moved, MOLE], NOW)
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
        await subscriptions.sync(engine, [QUAY, MOLE], NOW)
        assert (await subscriptions.states(engine))[1] == replace(moved, next_poll_at=LATER.at)

    play(story)


def test_one_no_longer_configured_is_never_due_and_remembered_when_it_returns(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await subscriptions.record(engine, replace(await claimed(engine), body_hash="b"), LATER, NOW)
        await subscriptions.sync(engine, [MOLE], NOW)
        assert [state.name for state in await subscriptions.states(engine)] == ["mole"]
        assert await subscriptions.claim(engine, NOW + HOUR, limit=9, lease=MINUTE, names=["quay"]) == ()
        await subscriptions.sync(engine, [QUAY, MOLE], NOW)
        assert (await subscriptions.states(engine))[1].body_hash == "b"

    play(story)


# ── entries ──────────────────────────────────────────────────────────────────────────────────────────────────────────

RICH = {
    "title": "Ключи — مفاتيح 🔑",
    "content_html": "<p>" + "Brine and rope. " * 200 + "</p>",
    "credits": (
        Credit(
            role="translator",
            agent=Agent(kind="person", name="Ana Ruiz", uri="https://ana.example/"),
            evidence=(Evidence(where="content", rule="en-1", text="Translated by Ana Ruiz"),),
        ),
    ),
    "provenance": (Hop(role="original", url="https://o.example/", date=NOW),),
    "translation": Translation(from_language="ru", to_language="en-GB", source_updated=NOW),
    "updated": datetime(1, 1, 1, tzinfo=UTC),
}


def test_an_entry_comes_back_as_it_was_saved(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        reply = Response(id="r1", kind="pingback", site="Pier", published=NOW, truncated=None)
        new = derived(responses=(reply,), **RICH)
        new = replace(new, parsed=replace(new.parsed, extensions=(Extension(name="{x}y", attributes={"a": "b"}),)))
        await save(engine, new)
        found = await stored(engine)
        assert (found.entry, found.responses, found.first_seen) == (new.entry, (reply,), NOW)
        assert await entries.raw(engine, "quay", [new.entry.id, "unknown"]) == (new.parsed,)

    play(story)


def test_load_keeps_the_order_asked_for_and_leaves_out_the_unknown(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1), derived(2), derived(3))
        asked = [("quay", f"https://quay.example/{number}") for number in (3, 9, 1)]
        found = await entries.load(engine, asked)
        assert [one.entry.id for one in found] == ["https://quay.example/3", "https://quay.example/1"]

    play(story)


@pytest.mark.parametrize(
    ("again", "grows"),
    [
        (derived(), False),
        (derived(fingerprint="other bytes, same meaning"), False),
        (derived(title="Another title"), True),
        (derived(comments_count=7), True),
        (derived(responses=(Response(id="r", kind="comment"),)), True),
    ],
    ids=["nothing", "only the bytes", "the text", "the number of comments", "a response"],
)
def test_the_revision_grows_when_this_changed(play: Callable[[Story], None], again: Derived, grows: bool) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived())
        before = await stored(engine)
        await save(engine, changes=Changes(touched=(again,)), now=NOW + HOUR)
        after = await stored(engine)
        assert (after.revision > before.revision) is grows
        assert after.entry == again.entry
        assert again.parsed.fingerprint in await entries.fingerprints(engine, "quay")
        assert after.first_seen == NOW

    play(story)


def test_responses_are_mended_and_added_but_never_dropped(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        first = Response(id="1", kind="comment", published=NOW, content_text="Frist")
        second = Response(id="2", kind="comment", published=NOW + MINUTE)
        await save(engine, derived(responses=(first, second)))
        mended, third = replace(first, content_text="First"), Response(id="3", kind="trackback")
        await save(engine, changes=Changes(touched=(derived(responses=(mended, third)),)), now=NOW + HOUR)
        found = await stored(engine)
        assert found.responses == (mended, second, third)
        await save(engine, changes=Changes(touched=(derived(responses=(mended, third)),)), now=NOW + 2 * HOUR)
        assert (await stored(engine)).revision == found.revision

    play(story)


def test_entries_are_known_by_raw_id_by_link_and_by_id_within_their_subscription(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        minted = replace(derived(2), entry=replace(derived(2).entry, id="urn:uuid:2"))
        await save(engine, derived(1), minted, derived(3))
        await save(engine, derived(of="mole", id="https://quay.example/1"), of="mole")
        asked = [
            ParsedEntry(fingerprint="", raw_id="urn:uuid:2"),
            ParsedEntry(fingerprint="", link="https://quay.example/3/read"),
            ParsedEntry(fingerprint="", raw_id="https://quay.example/1"),
            ParsedEntry(fingerprint="", raw_id="never heard of"),
        ]
        for one, expected in zip(
            asked, ("urn:uuid:2", "https://quay.example/3", "https://quay.example/1"), strict=False
        ):
            assert ids(await entries.lookup(engine, "quay", [one])) == [expected]
        found = {one.id: one for one in await entries.lookup(engine, "quay", asked)}
        assert len(found) == 3
        assert found["urn:uuid:2"].raw_id == "https://quay.example/2"
        assert found["urn:uuid:2"].digest
        assert (found["urn:uuid:2"].first_seen, found["urn:uuid:2"].updated) == (NOW, derived(2).entry.updated)

    play(story)


def test_only_the_fingerprints_last_seen_are_given(
    play: Callable[[Story], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "REMEMBERED", 2)

    async def story(engine: Engine) -> None:
        await save(engine, derived(1), derived(2), derived(3))
        await save(engine, changes=Changes(), seen=["quay-1", "quay-3", "unknown"], now=NOW + HOUR)
        assert await entries.fingerprints(engine, "quay") == {"quay-1", "quay-3"}

    play(story)


def test_a_slug_is_fixed_at_the_first_save(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(title="First title"))
        await save(engine, changes=Changes(changed=(derived(title="Second title"),)))
        assert (await stored(engine)).slug.startswith("first-title-")

    play(story)


def test_a_withdrawn_entry_leaves_a_tombstone_and_never_resurrects(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        new = derived()
        await save(engine, new, derived(2))
        line = (await publications.listing(engine, BOTH, "r"))[0]
        await publications.keep(engine, "harbour", [fragment(line)])
        await save(engine, changes=Changes(withdrawn=(new.entry.id, "unknown")))
        late = Changes(changed=(derived(title="Back again", responses=(Response(id="r", kind="comment"),)),))
        await save(engine, changes=late)
        await publications.keep(engine, "harbour", [fragment(line)])
        assert await entries.load(engine, [("quay", new.entry.id)]) == ()
        assert await entries.raw(engine, "quay", [new.entry.id]) == ()
        assert ids(await publications.listing(engine, BOTH, "r")) == ["https://quay.example/2"]
        assert [one.withdrawn for one in await entries.lookup(engine, "quay", [new.parsed])] == [True]
        assert await entries.counts(engine) == {"quay": {"ready": 1, "withdrawn": 1}}
        async with engine.connect() as connection:
            assert (await connection.exec_driver_sql("SELECT count(*) FROM fragments")).scalar() == 0

    play(story)


def test_a_subscription_cannot_withdraw_anothers_entry(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived())
        await save(engine, changes=Changes(withdrawn=(derived().entry.id,)), of="mole")
        assert await stored(engine)

    play(story)


def test_a_poll_that_fails_half_way_is_not_saved_at_all(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        before = await claimed(engine)
        unwritable = Response(id="r", kind="comment", content_text="\ud800")
        changes = Changes(new=(derived(1), derived(2, responses=(unwritable,))))
        with pytest.raises(UnicodeEncodeError):
            await entries.save(engine, replace(before, body_hash="b"), LATER, changes, (), NOW)
        assert await entries.counts(engine) == {}
        assert (await subscriptions.states(engine))[1] == before

    play(story)


def test_a_cancelled_save_leaves_nothing_and_the_store_goes_on(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        changes = Changes(new=tuple(derived(number) for number in range(1, 30)))
        state = await claimed(engine)
        for pauses in range(1, 40, 3):
            task = asyncio.create_task(entries.save(engine, state, None, changes, (), NOW))
            for _ in range(pauses):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert await entries.counts(engine) in ({}, {"quay": {"ready": 29}})
        await entries.save(engine, state, LATER, changes, (), NOW)
        assert await entries.counts(engine) == {"quay": {"ready": 29}}

    play(story)


def test_without_a_poll_the_claim_is_kept(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        state = await claimed(engine)
        await entries.save(engine, replace(state, settings="new"), None, Changes(new=(derived(),)), (), NOW)
        assert await subscriptions.claim(engine, NOW, limit=9, lease=MINUTE, names=["quay"]) == ()
        await subscriptions.record(engine, state, LATER, NOW)

    play(story)


def test_entries_derived_under_other_settings_are_outdated_until_marked(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1), derived(2), derived(3))
        await save(engine, changes=Changes(withdrawn=("https://quay.example/3",)))
        assert await entries.outdated(engine, "quay", "", limit=9) == ()
        stale = await entries.outdated(engine, "quay", "new", limit=1)
        assert [(one.parsed, one.known.id) for one in stale] == [(derived(1).parsed, "https://quay.example/1")]
        await entries.mark_current(engine, "quay", ["https://quay.example/1"], "new")
        assert [one.known.id for one in await entries.outdated(engine, "quay", "new", limit=9)] == [derived(2).entry.id]

    play(story)


def test_ids_and_links_may_be_longer_than_an_index_row(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        # of changing letters: PostgreSQL would compress a repeated one
        tail = "".join(chr(97 + number * number % 26) + str(number) for number in range(4_000))
        new = derived(id=f"https://quay.example/{tail}", responses=(Response(id=tail, kind="comment"),))
        await save(engine, new, errands=[Errand(kind="hub", target=tail, topic=tail)])
        await documents.remember(engine, new.entry.id, Validators(), NOW)
        assert ids(await entries.lookup(engine, "quay", [new.parsed])) == [new.entry.id]
        assert len(await entries.load(engine, [("quay", new.entry.id)])) == 1

    play(story)


def test_more_entries_than_one_statement_takes_are_saved_and_found(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        many = [derived(number) for number in range(1, 2_600)]
        await save(engine, *many, seen=[one.parsed.fingerprint for one in many])
        assert len(await entries.lookup(engine, "quay", [one.parsed for one in many])) == len(many)
        assert len(await entries.load(engine, [("quay", one.entry.id) for one in many])) == len(many)

    play(story)


def test_find_takes_a_url_else_an_id(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1, id="urn:x"), derived(2))
        await save(engine, derived(1, of="mole", id="urn:x"), of="mole")
        for arg, expected in (
            ("https://quay.example/2/read", ["quay"]),
            ("urn:x", ["mole", "quay"]),
            ("https://nowhere.example/", []),
        ):
            assert sorted(one.entry.subscription for one in await entries.find(engine, arg)) == expected

    play(story)


def test_comment_feeds_are_due_when_it_was_said(play: Callable[[Story], None]) -> None:
    feed = {"comments_feed": "https://quay.example/comments"}

    async def story(engine: Engine) -> None:
        new = [derived(number, **feed) for number in (1, 2, 3)]
        when = (NOW + MINUTE, NOW, None)
        await save(engine, *new, responses_due={one.entry.id: at for one, at in zip(new, when, strict=True)})
        due = await entries.responses_due(engine, NOW + HOUR, limit=9)
        assert ids(due) == ["https://quay.example/2", "https://quay.example/1"]
        assert (due[0].subscription, due[0].url, due[0].comments_feed) == (
            "quay",
            "https://quay.example/2/read",
            feed["comments_feed"],
        )
        assert due[0].published == new[1].entry.published
        await save(engine, changes=Changes(withdrawn=(new[1].entry.id,)))
        assert await entries.responses_due(engine, NOW, limit=9) == ()

    play(story)


def test_a_comment_feed_without_news_owes_nothing(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        new = derived(comments_feed="https://quay.example/comments")
        await save(engine, new, responses_due={new.entry.id: NOW})
        (due,) = await entries.responses_due(engine, NOW, limit=9)
        owed = [Errand(kind="republish", target="harbour")]
        reply = (Response(id="r", kind="pingback"),)
        for found, revision, errands in (((), 1, 0), (reply, 2, 1), (reply, 2, 1)):
            await entries.save_responses(engine, due, found, NOW + HOUR, owed, NOW)
            assert (await stored(engine)).revision == revision
            assert len(await outbox.pending(engine)) == errands
        assert await entries.responses_due(engine, NOW + MINUTE, limit=9) == ()
        assert ids(await entries.responses_due(engine, NOW + HOUR, limit=9)) == [new.entry.id]

    play(story)


# ── publications ─────────────────────────────────────────────────────────────────────────────────────────────────────


def fragment(line: Any, recipe: str = "r", **facts: Any) -> Fragment:
    given = {"subscription": line.subscription, "id": line.id, "revision": line.revision, "recipe": recipe}
    return Fragment(**{**given, "updated": NOW, "atom": b"<a/>", "rss": b"<r/>", "json": b"{}", **facts})


def test_a_publication_lists_the_newest_that_are_ready(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1), derived(3), derived(5))
        await save(engine, derived(2, of="mole"), derived(4, of="mole"), of="mole")
        await save(engine, derived(6), queued=True)
        lines = await publications.listing(engine, replace(BOTH, limit=4), "r")
        assert [line.id[-1] for line in lines] == ["1", "2", "3", "4"]
        assert len(await publications.listing(engine, BOTH, "r")) == 5
        assert await publications.listing(engine, replace(BOTH, subscriptions=()), "r") == ()
        assert (await entries.counts(engine))["quay"] == {"ready": 3, "queued": 1}

    play(story)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (("quay", "mole"), [("quay", "urn:old"), ("quay", "urn:same")]),
        (("mole", "quay"), [("mole", "urn:same"), ("quay", "urn:old")]),
    ],
    ids=["quay first", "mole first"],
)
def test_equal_ids_stand_once_for_the_subscription_listed_first(
    play: Callable[[Story], None], order: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    """Even where the winner's own date is below the limit of the newest."""

    async def story(engine: Engine) -> None:
        await save(engine, derived(50, id="urn:same"), derived(40, id="urn:old"), derived(30, id="urn:older"))
        await save(engine, changes=Changes(withdrawn=("urn:older",)))
        await save(engine, derived(1, of="mole", id="urn:same"), of="mole")
        lines = await publications.listing(engine, replace(BOTH, subscriptions=order, limit=2), "r")
        assert [(line.subscription, line.id) for line in lines] == expected

    play(story)


def test_a_fragment_is_given_only_for_its_revision_and_recipe(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived())
        (line,) = await publications.listing(engine, BOTH, "r")
        made = fragment(line)
        await publications.keep(engine, "harbour", [made])
        assert (await publications.listing(engine, BOTH, "r"))[0].fragment == made
        assert (await publications.listing(engine, BOTH, "other"))[0].fragment is None
        assert (await publications.listing(engine, replace(BOTH, name="other"), "r"))[0].fragment is None
        await save(engine, changes=Changes(changed=(derived(title="Changed"),)))
        await publications.keep(engine, "harbour", [fragment(line, atom=b"late")])
        (changed,) = await publications.listing(engine, BOTH, "r")
        assert changed.fragment is None
        await publications.keep(engine, "harbour", [fragment(changed)])
        assert (await publications.listing(engine, BOTH, "r"))[0].fragment == fragment(changed)

    play(story)


def test_pings_are_the_newest_responses_that_are_no_comments(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        said = [
            Response(id=kind, kind=kind, published=NOW + number * MINUTE)
            for number, kind in enumerate(("pingback", "comment", "trackback", "webmention"))
        ]
        await save(engine, derived(1, responses=(said[0], said[1])), derived(2, responses=(said[2],)))
        await save(engine, derived(3, responses=(said[3],)))
        keys = [("quay", f"https://quay.example/{number}") for number in (1, 2)]
        found = await publications.pings(engine, keys, limit=9)
        assert [(entry.entry.id[-1], one.id) for entry, one in found] == [("2", "trackback"), ("1", "pingback")]
        assert [one.id for _, one in await publications.pings(engine, keys, limit=1)] == ["trackback"]

    play(story)


def test_a_publication_is_as_old_as_its_first_making(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await publications.shaped(engine, "harbour", "shape")
        assert await publications.since(engine, "harbour", NOW) == NOW
        assert await publications.since(engine, "harbour", NOW + HOUR) == NOW
        await publications.shaped(engine, "harbour", "new shape")
        await publications.since(engine, "other", NOW)
        assert await publications.shapes(engine) == {"harbour": "new shape"}

    play(story)


# ── outbox and documents ─────────────────────────────────────────────────────────────────────────────────────────────

HUB = Errand(kind="hub", target="https://hub.example/", topic="https://us.example/feed.atom")
FILES = Errand(kind="republish", target="harbour")


def test_an_errand_still_owed_is_not_doubled_but_its_older_asking_cannot_settle_it(
    play: Callable[[Story], None],
) -> None:
    async def story(engine: Engine) -> None:
        await outbox.add(engine, [HUB, FILES, HUB], NOW)
        (taken,) = await outbox.due(engine, NOW, kind="hub")
        await outbox.add(engine, [HUB], NOW + MINUTE)
        await outbox.done(engine, taken.id, NOW + MINUTE)
        (again,) = await outbox.due(engine, NOW + MINUTE, kind="hub")
        assert replace(again, id=taken.id) == taken
        await outbox.done(engine, again.id, NOW + MINUTE)
        assert [one.kind for one in await outbox.due(engine, NOW + HOUR)] == ["republish"]

    play(story)


def test_a_failed_errand_waits_and_keeps_waiting_when_it_is_asked_for_again(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await outbox.add(engine, [HUB], NOW)
        (taken,) = await outbox.due(engine, NOW)
        await outbox.retry(engine, taken.id, NOW + HOUR, "503")
        await outbox.add(engine, [HUB], NOW + MINUTE)
        assert await outbox.due(engine, NOW + MINUTE) == ()
        (later,) = await outbox.due(engine, NOW + HOUR)
        assert (later.attempts, later.last_error, later.created, later.not_before) == (1, "503", NOW, NOW + HOUR)

    play(story)


@pytest.mark.parametrize("settled", ["done", "given up"])
def test_a_settled_errand_starts_afresh_when_it_is_asked_for_again(play: Callable[[Story], None], settled: str) -> None:
    async def story(engine: Engine) -> None:
        await outbox.add(engine, [HUB], NOW)
        (taken,) = await outbox.due(engine, NOW)
        if settled == "done":
            await outbox.done(engine, taken.id, NOW)
        else:
            await outbox.give_up(engine, taken.id, NOW, "404")
        assert await outbox.due(engine, NOW + HOUR) == ()
        assert [one.last_error for one in await outbox.pending(engine)] == ([] if settled == "done" else ["404"])
        await outbox.add(engine, [HUB], NOW + HOUR)
        (afresh,) = await outbox.due(engine, NOW + HOUR)
        assert (afresh.attempts, afresh.last_error, afresh.created) == (0, "", NOW + HOUR)

    play(story)


def test_errands_come_in_the_order_in_which_they_wait_and_not_before_their_time(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        errands = [Errand(kind="hub", target=t, not_before=NOW + n * MINUTE) for n, t in enumerate("cab")]
        await outbox.add(engine, errands, NOW)
        assert [one.target for one in await outbox.due(engine, NOW + MINUTE)] == ["c", "a"]
        assert [one.target for one in await outbox.due(engine, NOW + HOUR, limit=1)] == ["c"]

    play(story)


def test_a_document_is_asked_with_its_newest_validators(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        address = "https://quay.example/comments"
        assert await documents.validators(engine, address) == Validators()
        for etag in ("one", "two"):
            await documents.remember(engine, address, Validators(etag=etag, last_modified="m"), NOW)
        assert await documents.validators(engine, address) == Validators(etag="two", last_modified="m")

    play(story)
