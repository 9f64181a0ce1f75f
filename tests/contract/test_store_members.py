"""What every database that the store runs on must do with the members of a publication, its archives and its people."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from syndicator.model import Changes, Credited, Errand, Publication, Ties
from syndicator.store import Engine, entries, members, news, outbox, people, publications
from syndicator.store.standing import AWAY
from syndicator.store.tables import GONE, LEFT
from tests.contract.harbour import BOTH, HOUR, NOW, OWED, Story, derived, ids, listed, save

Play = Callable[[Story], None]
ADA, IDA = (
    Credited(name="Ada", slug="ada-1", roles=("author",)),
    Credited(name="Ida", slug="ida-1", roles=("translator",)),
)
FEW = replace(BOTH, limit=2)


async def documents(engine: Engine, publication: Publication = FEW) -> list[list[str]]:
    """The numbers of the entries in the subscription document, and in each archive from the first."""
    await members.settle(engine, publication)
    last = await members.archived(engine, "harbour")
    lines = [await publications.listing(engine, "harbour", "r", archive=number) for number in range(last + 1)]
    return [[identity.rpartition("/")[2] for identity in ids(each)] for each in lines]


async def looked_at(engine: Engine) -> dict[str, int | None]:
    """What was told since the last time, with where it stands; and that is done now."""
    await members.settle(engine, FEW)
    told = await news.placed(engine, "harbour", limit=100)
    await news.done(engine, "harbour", told)
    await members.written(engine, "harbour", await members.stale_archives(engine, "harbour", limit=100))
    return {one.id.rpartition("/")[2]: one.archive for one in told}


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, [[]]),
        (1, [["1"]]),
        (3, [["1", "2", "3"]]),
        (4, [["1", "2"], ["3", "4"]]),
        (5, [["1", "2", "3"], ["4", "5"]]),
        (7, [["1", "2", "3"], ["6", "7"], ["4", "5"]]),
    ],
)
def test_the_subscription_document_holds_limit_to_twice_that_less_one(
    play: Play, count: int, shown: list[list[str]]
) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, *(derived(number) for number in range(1, count + 1)))
        assert await documents(engine) == shown

    play(story)


def test_a_higher_limit_opens_no_archive_and_the_subscription_document_fills_up_with_what_comes(play: Play) -> None:
    async def story(engine: Engine) -> None:
        more = replace(BOTH, limit=4)
        await save(engine, *(derived(number) for number in (4, 5, 6, 7)))
        assert await documents(engine) == [["4", "5"], ["6", "7"]]
        assert await documents(engine, more) == [["4", "5"], ["6", "7"]]
        await save(engine, *(derived(number) for number in (1, 2, 3)))
        assert await documents(engine, more) == [["1", "2", "3", "4", "5"], ["6", "7"]]
        assert await documents(engine) == [["1", "2", "3"], ["6", "7"], ["4", "5"]]

    play(story)


def test_one_by_one_the_archives_are_the_same_as_at_once(play: Play) -> None:
    async def story(engine: Engine) -> None:
        for number in range(7, 0, -1):
            await save(engine, derived(number))
            await members.settle(engine, FEW)
        assert await documents(engine) == [["1", "2", "3"], ["6", "7"], ["4", "5"]]

    play(story)


def test_an_old_entry_that_comes_late_is_shown_until_the_next_sealing(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1), derived(2))
        await save(engine, derived(9))
        assert await documents(engine) == [["1", "2", "9"]]
        await save(engine, derived(0))
        assert await documents(engine) == [["0", "1"], ["2", "9"]]

    play(story)


def test_a_corrected_entry_moves_back_to_the_subscription_document(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, *(derived(number) for number in range(1, 5)))
        await looked_at(engine)
        await save(engine, changes=Changes(changed=(derived(4, title="Mended", updated=NOW + HOUR),)))
        assert await documents(engine) == [["1", "2", "4"], ["3"]]
        assert list(await members.stale_archives(engine, "harbour", limit=9)) == [1]
        assert await looked_at(engine) == {"4": 0}

    play(story)


def test_a_corrected_entry_is_shown_though_the_document_is_full(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, *(derived(number) for number in range(1, 6)))
        assert await documents(engine) == [["1", "2", "3"], ["4", "5"]]
        await save(engine, changes=Changes(changed=(derived(5, title="Mended", updated=NOW + HOUR),)))
        assert await documents(engine) == [["1", "5"], ["4"], ["2", "3"]]

    play(story)


def test_what_is_no_material_change_leaves_the_archive_alone(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, *(derived(number) for number in range(1, 5)))
        await looked_at(engine)
        await save(engine, changes=Changes(touched=(derived(4, comments_count=3),)))
        assert await documents(engine) == [["1", "2"], ["3", "4"]]
        assert await members.stale_archives(engine, "harbour", limit=9) == {}
        assert await looked_at(engine) == {"4": 1}

    play(story)


def test_what_was_taken_down_leaves_a_tombstone_and_an_archive_to_be_written(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, *(derived(number) for number in range(1, 5)))
        await looked_at(engine)
        await entries.withdraw(engine, [("quay", "https://quay.example/3")], OWED, NOW + HOUR)
        assert await documents(engine) == [["1", "2"], ["4"]]
        assert list(await members.stale_archives(engine, "harbour", limit=9)) == [1]
        assert await looked_at(engine) == {"3": GONE}
        (tomb,) = await members.taken_down(engine, "harbour", NOW, limit=9)
        assert (tomb.ref, tomb.when) == ("https://quay.example/3", NOW + HOUR)
        await listed(engine)
        assert len(await members.taken_down(engine, "harbour", NOW, limit=9)) == 1

    play(story)


def test_what_never_stood_leaves_no_tombstone(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1), queued=True)
        await save(engine, changes=Changes(withdrawn=("https://quay.example/1",)))
        assert await looked_at(engine) == {"1": None}
        assert await members.taken_down(engine, "harbour", NOW, limit=9) == ()

    play(story)


def test_what_was_held_back_first_and_then_taken_down_leaves_a_tombstone(play: Play) -> None:
    """Subscribers have it from before it was held."""

    async def story(engine: Engine) -> None:
        await save(engine, derived(1), derived(2))
        await looked_at(engine)
        await entries.move(engine, [("quay", "https://quay.example/1")], "held", OWED, NOW)
        assert await looked_at(engine) == {"1": LEFT}
        assert await members.taken_down(engine, "harbour", NOW, limit=9) == ()
        await entries.withdraw(engine, [("quay", "https://quay.example/1")], OWED, NOW + HOUR)
        assert await looked_at(engine) == {"1": GONE}
        (tomb,) = await members.taken_down(engine, "harbour", NOW, limit=9)
        assert (tomb.ref, tomb.when) == ("https://quay.example/1", NOW + HOUR)

    play(story)


def test_subscribers_hear_of_a_take_down_though_the_publication_follows_that_subscription_no_more(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1))
        await looked_at(engine)
        await publications.shaped(engine, "harbour", "a digest")  # as before any file of it is made
        narrower = replace(FEW, subscriptions=("mole",))
        await news.tell_all(engine, "harbour", narrower.subscriptions)
        await members.settle(engine, narrower)
        assert await publications.listing(engine, "harbour", "r") == ()
        await entries.withdraw(engine, [("quay", "https://quay.example/1")], (), NOW + HOUR)
        assert [one.target for one in await outbox.due(engine, NOW + HOUR)] == ["harbour"]
        await members.settle(engine, narrower)
        (tomb,) = await members.taken_down(engine, "harbour", NOW, limit=9)
        assert tomb.ref == "https://quay.example/1"

    play(story)


def test_what_is_held_leaves_and_may_come_back(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, *(derived(number) for number in range(1, 5)))
        await entries.move(engine, [("quay", "https://quay.example/4")], "held", OWED, NOW)
        assert await documents(engine) == [["1", "2", "3"]]
        await entries.move(engine, [("quay", "https://quay.example/4")], "ready", OWED, NOW)
        assert await documents(engine) == [["1", "2"], ["3", "4"]]

    play(story)


def test_a_copy_comes_back_when_what_it_copies_is_taken_down(play: Play) -> None:
    """Though nothing of the copy has changed, and what tied the two is forgotten with the other."""

    async def story(engine: Engine) -> None:
        mine = derived(1, language="en")
        await save(engine, replace(mine, ties=Ties(own=("a",))))
        await save(engine, replace(derived(1, of="mole", language="en"), ties=Ties(own=("a",))), of="mole")
        assert [one.subscription for one in await listed(engine)] == ["quay"]
        await save(engine, changes=Changes(withdrawn=(mine.entry.id,)))
        assert [one.subscription for one in await listed(engine)] == ["mole"]

    play(story)


@pytest.mark.parametrize("again", [False, True], ids=["as it was", "brought again"])
def test_an_id_that_was_taken_down_by_the_first_who_had_it_comes_back_by_no_other(play: Play, again: bool) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1, id="urn:x"), derived(2))
        await save(engine, derived(1, of="mole", id="urn:x"), of="mole")
        assert [one.subscription for one in await listed(engine)] == ["quay", "quay"]
        await save(engine, changes=Changes(withdrawn=("urn:x",)))
        if again:
            await save(engine, changes=Changes(changed=(derived(1, of="mole", id="urn:x", title="Again"),)), of="mole")
        assert ids(await listed(engine)) == ["https://quay.example/2"]
        assert [one.ref for one in await members.taken_down(engine, "harbour", NOW, limit=9)] == ["urn:x"]

    play(story)


@pytest.mark.parametrize(("address", "shown"), [("https://mole.example/7", []), ("https://pier.example/7", ["quay"])])
def test_what_its_own_site_takes_down_is_not_shown_by_who_only_passes_it_on(
    play: Play, address: str, shown: list[str]
) -> None:
    """Who claims the id for another address takes nothing down."""

    async def story(engine: Engine) -> None:
        passed_on = derived(1, id="urn:x", url=address)
        await save(engine, replace(passed_on, ties=Ties(depth=AWAY + 1)))
        await save(engine, derived(1, of="mole", id="urn:x", url="https://mole.example/7"), of="mole")
        assert [one.subscription for one in await listed(engine)] == ["quay"]
        await save(engine, changes=Changes(withdrawn=("urn:x",)), of="mole")
        assert [one.subscription for one in await listed(engine)] == shown

    play(story)


def test_an_id_is_not_taken_down_by_who_never_showed_it(play: Play) -> None:
    """Though it is listed first: its entries wait for the editor."""

    async def story(engine: Engine) -> None:
        await save(engine, derived(1, id="urn:x"), queued=True)
        await save(engine, derived(1, of="mole", id="urn:x"), of="mole")
        assert [one.subscription for one in await listed(engine)] == ["mole"]
        await save(engine, changes=Changes(withdrawn=("urn:x",)))
        assert [one.subscription for one in await listed(engine)] == ["mole"]

    play(story)


def test_an_id_is_not_taken_down_by_who_claims_it_after_another(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1, id="urn:x"))
        await save(engine, derived(1, of="mole", id="urn:x"), of="mole")
        await save(engine, changes=Changes(withdrawn=("urn:x",)), of="mole")
        assert [one.subscription for one in await listed(engine)] == ["quay"]
        assert await members.taken_down(engine, "harbour", NOW, limit=9) == ()

    play(story)


def test_a_copy_comes_back_when_what_it_copies_moves_elsewhere(play: Play) -> None:
    async def story(engine: Engine) -> None:
        mine = derived(1, language="en")
        await save(engine, replace(mine, ties=Ties(own=("a",))))
        await save(engine, replace(derived(1, of="mole", language="en"), ties=Ties(own=("a",))), of="mole")
        assert len(await listed(engine)) == 1
        moved = replace(derived(1, language="en", title="Moved"), ties=Ties(own=("b",)))
        await save(engine, changes=Changes(changed=(moved,)))
        assert len(await listed(engine)) == 2

    play(story)


def test_what_is_told_while_files_are_written_is_looked_at_again(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1))
        await members.settle(engine, FEW)
        told = await news.placed(engine, "harbour", limit=9)
        await save(engine, changes=Changes(changed=(derived(1, title="Newer"),)))
        await news.done(engine, "harbour", told)
        assert await news.any_left(engine, "harbour")
        assert await looked_at(engine) == {"1": 0}
        assert not await news.any_left(engine, "harbour")

    play(story)


def test_an_archive_that_changes_while_it_is_written_is_written_again(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, *(derived(number) for number in range(1, 5)))
        await members.settle(engine, FEW)
        stale = await members.stale_archives(engine, "harbour", limit=9)
        await save(engine, changes=Changes(withdrawn=("https://quay.example/4",)))
        await members.settle(engine, FEW)
        await members.written(engine, "harbour", stale)
        assert list(await members.stale_archives(engine, "harbour", limit=9)) == [1]

    play(story)


def test_only_those_who_publish_a_subscription_are_told_of_it(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(
            engine, derived(1), errands=[Errand(kind="republish", target="other"), Errand(kind="hub", target="h")]
        )
        assert [await news.any_left(engine, name) for name in ("harbour", "other", "h")] == [False, True, False]

    play(story)


def test_people_are_found_with_their_newest_entries(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1), derived(2), derived(3))
        await members.settle(engine, BOTH)
        told = {one.id[-1]: one.place for one in await news.placed(engine, "harbour", limit=9)}
        await people.credit(engine, "harbour", {told["1"]: [ADA, IDA], told["2"]: [ADA], told["3"]: [ADA]})
        assert list(await people.hands(engine, "harbour", "ada-1", limit=2)) == [told["1"], told["2"]]
        stale = await people.stale(engine, "harbour", limit=9)
        assert set(stale) == {"ada-1", "ida-1"}
        await people.written(engine, "harbour", stale)
        await people.credit(engine, "harbour", {told["1"]: [ADA], told["2"]: ()})
        assert set(await people.stale(engine, "harbour", limit=9)) == {"ada-1", "ida-1"}
        assert await people.hands(engine, "harbour", "ida-1", limit=2) == {}
        assert list(await people.hands(engine, "harbour", "ada-1", limit=9)) == [told["1"], told["3"]]

    play(story)
