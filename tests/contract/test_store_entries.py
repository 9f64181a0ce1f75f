"""What every database that the store runs on must do with entries and their responses."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from syndicator.model import (
    Agent,
    Changes,
    Credit,
    Derived,
    Errand,
    Evidence,
    Extension,
    Hop,
    ParsedEntry,
    Release,
    Response,
    Translation,
    Validators,
)
from syndicator.store import Engine, documents, entries, outbox, publications, subscriptions
from syndicator.store.entries import known
from tests.contract.harbour import (
    HOUR,
    LATER,
    MINUTE,
    NOW,
    Story,
    claimed,
    derived,
    fragment,
    ids,
    listed,
    save,
    stored,
)

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
        (outdated,) = await entries.outdated(engine, "quay", "newer settings", limit=9)
        assert outdated.parsed == new.parsed

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


def test_an_entry_is_looked_up_by_its_link_under_http_and_https(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1))
        for link, found in (("http://quay.example/1/read", 1), ("https://quay.example/1/read", 1), ("//quay", 0)):
            moved = ParsedEntry(fingerprint="", raw_id="other", link=link)
            assert len(await entries.lookup(engine, "quay", [moved])) == found

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
        line = (await listed(engine))[0]
        await publications.keep(engine, "harbour", [fragment(line)])
        await save(engine, changes=Changes(withdrawn=(new.entry.id, "unknown")))
        late = Changes(changed=(derived(title="Back again", responses=(Response(id="r", kind="comment"),)),))
        await save(engine, changes=late)
        await publications.keep(engine, "harbour", [fragment(line)])
        assert await entries.load(engine, [("quay", new.entry.id)]) == ()
        told = await entries.outdated(engine, "quay", "newer settings", limit=9)
        assert new.entry.id not in [one.known.id for one in told]
        assert ids(await listed(engine)) == ["https://quay.example/2"]
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
        await save(engine, new, responses_due={new.entry.id: NOW}, errands=())
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


def test_of_a_deleted_response_only_the_id_is_left_and_it_comes_back_when_it_is_heard_again(
    play: Callable[[Story], None],
) -> None:
    async def story(engine: Engine) -> None:
        new = derived(comments_feed="https://quay.example/comments")
        await save(engine, new, responses_due={new.entry.id: NOW})
        (due,) = await entries.responses_due(engine, NOW, limit=9)
        ida, jon = (
            Response(id=name, kind="comment", author=name.upper(), content_text="Hm.") for name in ("ida", "jon")
        )
        owed = [Errand(kind="republish", target="harbour")]
        await entries.save_responses(engine, due, (ida, jon), NOW, (), NOW)
        await entries.save_responses(engine, due, (jon,), NOW, owed, NOW, deleted=("ida", "nobody"))
        assert (await stored(engine)).responses == (jon,)
        assert (await stored(engine)).revision == 3
        assert await entries.heard(engine, due) == ((jon,), ("ida",))
        assert len(await outbox.pending(engine)) == 1
        keys = [("quay", new.entry.id)]
        assert [one.id for _, one in await publications.said(engine, keys, comments=True, limit=9)] == ["jon"]
        await entries.save_responses(engine, due, (), NOW, (), NOW, deleted=("ida",))
        assert (await stored(engine)).revision == 3
        await entries.save_responses(engine, due, (ida,), NOW, (), NOW)
        assert {one.id for one in (await stored(engine)).responses} == {"ida", "jon"}

    play(story)


def test_releases_are_counted_for_each_subscription_and_reason(play) -> None:
    async def story(engine: Engine) -> None:
        short, whole = Release(scope="excerpt", why="nothing stated"), Release(scope="whole", why="letter")
        await save(engine, *(derived(n, release=short) for n in (1, 2)), derived(3, release=whole))
        assert await entries.releases(engine) == {"quay": ((short, 2), (whole, 1))}

    play(story)
