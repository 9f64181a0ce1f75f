"""What every engine must keep of entries that are taken down: nothing, whatever comes in at the same time."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import text

from syndicator.model import Page, Response
from syndicator.store import Engine, entries, outbox, pages, subscriptions
from tests.contract.harbour import HOUR, MOLE, NOW, OWED, QUAY, Story, derived, ids, listed, save
from tests.contract.test_store_works import MINE, PAGE

Play = Callable[[Story], None]
HIS = ("mole", MINE)
SAID = Response(id="r1", kind="pingback", site="Pier", published=NOW)


async def kept(engine: Engine, table: str) -> int:
    async with engine.begin() as opened:
        found: int = (await opened.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()
    return found


def test_entries_of_several_subscriptions_are_withdrawn_together_with_the_errands(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1), derived(2))
        await save(engine, derived(1, of="mole", id=MINE), of="mole")
        for errand in await outbox.due(engine, NOW):
            await outbox.done(engine, errand.id, NOW)
        assert await entries.withdraw(engine, [("quay", MINE), HIS, ("quay", "nobody")], OWED, NOW) == 2
        assert (await entries.counts(engine)) == {"quay": {"ready": 1, "withdrawn": 1}, "mole": {"withdrawn": 1}}
        assert [one.target for one in await outbox.due(engine, NOW)] == ["harbour"]
        assert ids(await listed(engine)) == ["https://quay.example/2"]

    play(story)


def test_withdrawing_twice_counts_once_and_keeps_the_first_time(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1))
        assert await entries.withdraw(engine, [("quay", MINE)], (), NOW) == 1
        assert await entries.withdraw(engine, [("quay", MINE)], (), NOW + HOUR) == 0

    play(story)


def test_nothing_is_kept_of_a_poll_that_was_under_way_when_the_entry_was_withdrawn(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1))
        await entries.withdraw(engine, [("quay", MINE)], (), NOW)
        await save(engine, derived(1, title="Anew", responses=(SAID,)), pages={MINE: PAGE})
        for table in ("texts", "pages", "responses", "addresses", "fragments"):
            assert await kept(engine, table) == 0, table

    play(story)


def test_under_a_new_name_of_its_subscription_it_stays_taken_down(play: Play) -> None:
    async def story(engine: Engine) -> None:
        pier = replace(QUAY, name="pier")
        await save(engine, derived(1), derived(2))
        await entries.withdraw(engine, [("quay", MINE)], (), NOW)
        await subscriptions.sync(engine, [pier, MOLE])
        for _ in range(2):
            await entries.inherit(engine)
        assert await entries.counts(engine) == {"quay": {"ready": 1, "withdrawn": 1}, "pier": {"withdrawn": 1}}
        await save(engine, derived(1, of="pier", id=MINE, title="Again"), of="pier")
        assert await entries.load(engine, [("pier", MINE)]) == ()

    play(story)


def test_another_address_inherits_nothing(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1))
        await entries.withdraw(engine, [("quay", MINE)], (), NOW)
        await subscriptions.sync(engine, [replace(QUAY, name="pier", url="https://pier.example/feed")])
        await entries.inherit(engine)
        assert await entries.counts(engine) == {"quay": {"withdrawn": 1}}

    play(story)


def test_what_a_comment_feed_says_of_a_withdrawn_entry_is_not_kept(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1, comments_feed=f"{MINE}/feed"), responses_due={MINE: NOW})
        (due,) = await entries.responses_due(engine, NOW, limit=1)
        await entries.withdraw(engine, [("quay", MINE)], (), NOW)
        await entries.save_responses(engine, due, (SAID,), NOW, OWED, NOW)
        assert await kept(engine, "responses") == 0

    play(story)


def test_a_look_at_a_page_writes_down_when_the_next_is_due_and_no_body(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1), pages={MINE: PAGE}, settings="s")
        looked = replace(PAGE, looks=2, gone=(NOW,), due=NOW + HOUR)
        await pages.save(engine, "quay", MINE, looked, same=True)
        assert (await entries.disordered(engine), await pages.load(engine, "quay", [MINE])) == ((), {MINE: looked})

    play(story)


def test_a_look_soon_is_due_at_once_and_leaves_the_page_that_is_kept(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1), derived(2), pages={MINE: replace(PAGE, due=NOW + HOUR)})
        other = "https://quay.example/2"
        for identity in (MINE, other):
            await pages.look_soon(engine, "quay", identity, NOW)
        found = {one.id: one.page for one in await pages.due(engine, NOW, limit=9)}
        assert found == {MINE: replace(PAGE, due=NOW), other: Page(document=None, needed=False, due=NOW)}
        assert await pages.unread(engine) == {}

    play(story)
