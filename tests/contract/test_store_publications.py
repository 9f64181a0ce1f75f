"""What every database that the store runs on must do with publications, errands and documents."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from syndicator.model import (
    Changes,
    Errand,
    Response,
    Subscription,
    Validators,
)
from syndicator.store import Engine, documents, entries, outbox, publications, subscriptions
from tests.contract.harbour import BOTH, HOUR, MINUTE, NOW, QUAY, Story, derived, fragment, listed, save


def test_a_publication_lists_what_is_ready_the_newest_first(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1), derived(3), derived(5))
        await save(engine, derived(2, of="mole"), derived(4, of="mole"), of="mole")
        await save(engine, derived(6), queued=True)
        assert [line.id[-1] for line in await listed(engine)] == ["1", "2", "3", "4", "5"]
        assert await listed(engine, replace(BOTH, subscriptions=())) == ()
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
        lines = await listed(engine, replace(BOTH, subscriptions=order, limit=2))
        assert [(line.subscription, line.id) for line in lines] == expected

    play(story)


def test_a_publication_may_have_more_subscriptions_than_a_statement_has_terms(play: Callable[[Story], None]) -> None:
    """SQLite ends at 500 terms of a UNION, both at some 32,000 values; of these subscriptions three have entries."""

    async def story(engine: Engine) -> None:
        names = tuple(f"pier-{number}" for number in range(600))
        piers = [Subscription(name=name, url=f"https://{name}.example/") for name in names]
        await subscriptions.sync(engine, [QUAY, *piers])
        await save(engine, derived(2), derived(4, id="urn:same"), derived(6))
        await save(engine, derived(1, of=names[0]), derived(3, of=names[0], id="urn:same"), of=names[0])
        await save(engine, derived(5, of=names[-1]), derived(0, of=names[-1], id="urn:same"), of=names[-1])
        many = replace(BOTH, subscriptions=(*names[:-1], "quay", names[-1], *map(str, range(40_000))), limit=5)
        lines = await listed(engine, many)
        assert [(line.subscription, line.id.rpartition("/")[2]) for line in lines] == [
            ("pier-0", "1"),
            ("quay", "2"),
            ("pier-0", "urn:same"),
            ("pier-599", "5"),
            ("quay", "6"),
        ]

    play(story)


def test_a_fragment_is_given_only_for_its_revision_and_recipe(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived())
        (line,) = await listed(engine)
        made = fragment(line)
        await publications.keep(engine, "harbour", [made])
        assert (await listed(engine))[0].fragment == made
        assert (await listed(engine, BOTH, "other"))[0].fragment is None
        assert (await listed(engine, replace(BOTH, name="other")))[0].fragment is None
        await save(engine, changes=Changes(changed=(derived(title="Changed"),)))
        await publications.keep(engine, "harbour", [fragment(line, atom=b"late")])
        (changed,) = await listed(engine)
        assert changed.fragment is None
        await publications.keep(engine, "harbour", [fragment(changed)])
        assert (await listed(engine))[0].fragment == fragment(changed)

    play(story)


def test_the_newest_responses_are_told_comments_among_them_where_asked_for(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        said = [
            Response(id=kind, kind=kind, published=NOW + number * MINUTE)
            for number, kind in enumerate(("pingback", "comment", "trackback", "webmention"))
        ]
        await save(engine, derived(1, responses=(said[0], said[1])), derived(2, responses=(said[2],)))
        await save(engine, derived(3, responses=(said[3],)))
        keys = [("quay", f"https://quay.example/{number}") for number in (1, 2)]
        found = await publications.said(engine, keys, comments=False, limit=9)
        assert [(entry.entry.id[-1], one.id) for entry, one in found] == [("2", "trackback"), ("1", "pingback")]
        newest = await publications.said(engine, keys, comments=True, limit=2)
        assert [one.id for _, one in newest] == ["trackback", "comment"]

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


def test_entries_that_do_not_appear_for_another_has_their_id_are_counted(play: Callable[[Story], None]) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1), derived(2))
        await save(engine, derived(1, of="mole", id=derived(1).entry.id), of="mole")
        assert await publications.shadowed(engine, BOTH) == {("mole", "quay"): 1}

    play(story)
