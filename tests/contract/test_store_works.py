"""What every engine must keep of works: the addresses that tie entries, copies that stand once, pages, overrides."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from syndicator.model import Changes, Document, Page, Ties, Validators
from syndicator.store import Engine, entries, pages, subscriptions
from syndicator.store.standing import AWAY
from tests.contract.harbour import BOTH, HOUR, MOLE, NOW, OWED, QUAY, Story, derived, ids, listed, save, stored

Play = Callable[[Story], None]

PAGE = Page(
    document=Document(body=b"<p>bell</p>" * 100, url="https://quay.example/1/read", content_type="text/html"),
    validators=Validators(etag='"1"'),
)
HIS, MINE = "https://mole.example/1", "https://quay.example/1"


def tied(number: int = 1, *, of: str = "quay", own: str = "", stated: str = "", depth: int = 1, **facts: Any) -> Any:
    """An entry with addresses: its own, and one that it names."""
    ties = Ties(own=(own,) if own else (), stated=(stated,) if stated else (), depth=depth)
    return replace(derived(number, of=of, **{"language": "en", **facts}), ties=ties)


@pytest.mark.parametrize(
    ("mine", "his", "shown"),
    [
        pytest.param({"own": "a"}, {"own": "b"}, [MINE, HIS], id="two works"),
        pytest.param({"own": "a"}, {"own": "a"}, [MINE], id="one text twice: the first subscription's"),
        pytest.param({"own": "a", "depth": 2}, {"own": "a"}, [HIS], id="one text twice: the one with the shorter way"),
        pytest.param({"own": "a", "stated": "b"}, {"own": "b"}, [HIS], id="the one that the other names"),
        pytest.param({"own": "a"}, {"own": "b", "stated": "a", "depth": 2}, [MINE], id="named by the later one"),
        pytest.param(
            {"own": "a", "stated": "b"},
            {"own": "b", "language": "de"},
            [MINE, HIS],
            id="a translation and its original",
        ),
        pytest.param(
            {"own": "a", "stated": "o"}, {"own": "b", "stated": "o"}, [MINE, HIS], id="two translations of one"
        ),
        pytest.param(
            {"own": "a", "stated": "b"}, {"own": "b", "stated": "a"}, [MINE, HIS], id="two that name each other"
        ),
        pytest.param({"own": "a"}, {"own": "a", "language": "en-US"}, [MINE], id="another region"),
        pytest.param({"own": "a"}, {"own": "a", "language": None}, [MINE, HIS], id="a language that is not known"),
    ],
)
def test_copies_of_one_text_stand_once(play: Play, mine: dict[str, Any], his: dict[str, Any], shown: list[str]) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, tied(of="mole", **his), of="mole")  # whichever came first
        await save(engine, tied(**mine))
        assert sorted(ids(await listed(engine))) == sorted(shown)

    play(story)


def test_a_copy_stands_where_the_other_one_is_not_shown(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, tied(own="a"))
        await save(engine, tied(of="mole", own="b", stated="a", depth=2), of="mole")
        await entries.move(engine, [("quay", MINE)], "held", OWED, NOW)
        assert ids(await listed(engine)) == [HIS]
        assert ids(await listed(engine, replace(BOTH, subscriptions=("mole",)))) == [HIS]

    play(story)


def test_a_publication_may_show_some_languages_only(play: Play) -> None:
    async def story(engine: Engine) -> None:
        tags = ("en-GB", "de", "EN", None, "eng")
        await save(engine, *(derived(number, language=tag) for number, tag in enumerate(tags, start=1)))
        assert len(ids(await listed(engine))) == 5
        english = ids(await listed(engine, replace(BOTH, languages=("en",))))
        assert english == ["https://quay.example/1", "https://quay.example/3"]

    play(story)


def test_an_entry_that_is_left_out_is_not_shown_until_it_is_no_more(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, replace(derived(1), left_out="drop.words: bell"), derived(2))
        assert ids(await listed(engine)) == ["https://quay.example/2"]
        assert await entries.left_out(engine) == {"quay": (("drop.words: bell", 1),)}
        await save(engine, changes=Changes(touched=(derived(1),)))
        assert len(ids(await listed(engine))) == 2

    play(story)


def test_a_changed_entry_makes_those_that_name_it_out_of_date_and_nothing_else(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, tied(of="mole", own="b", stated="a"), tied(2, of="mole", own="c"), of="mole", settings="s")
        await save(engine, tied(own="a"), settings="s")
        assert await entries.disordered(engine) == ("mole",)
        assert [one.known.id for one in await entries.outdated(engine, "mole", "s", limit=9)] == [HIS]
        await entries.mark_current(engine, "mole", [HIS], "s")
        await save(engine, changes=Changes(touched=(tied(own="a", fingerprint="other"),)), settings="s")
        assert await entries.disordered(engine) == ()

    play(story)


def test_what_is_known_of_an_original_is_found_by_its_address(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, tied(1, own="a", updated=NOW), tied(2, own="b", stated="c"))
        found = await entries.followed(engine, ["a", "c"])
        assert {address: one.reworded for address, one in found.items()} == {"a": NOW}

    play(story)


def test_relatives_are_all_that_share_an_address(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, tied(1, own="a", stated="o"), tied(2, own="b"))
        await save(engine, tied(1, of="mole", own="o", language="de"), of="mole")
        (found,) = await entries.relatives(engine, "quay", MINE)
        assert (found.subscription, found.id, found.language) == ("mole", HIS, "de")

    play(story)


def test_a_page_is_kept_whole_and_goes_with_its_entry(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1), pages={MINE: PAGE, "unsaved": PAGE})
        assert await pages.load(engine, "quay", [MINE, "unsaved"]) == {MINE: PAGE}
        await save(engine, changes=Changes(withdrawn=(MINE,)))
        assert await pages.load(engine, "quay", [MINE]) == {}

    play(story)


def test_a_page_that_failed_is_due_and_makes_its_entry_out_of_date_when_it_comes(play: Play) -> None:
    failed = Page(document=None, why="timeout", attempts=1, due=NOW + HOUR)

    async def story(engine: Engine) -> None:
        await save(engine, derived(1), pages={MINE: failed}, settings="s")
        assert await pages.due(engine, NOW, limit=9) == ()
        (due,) = await pages.due(engine, NOW + HOUR, limit=9)
        assert (due.id, due.url, due.page) == (MINE, f"{MINE}/read", failed)
        await pages.save(engine, "quay", MINE, replace(failed, due=NOW + 2 * HOUR))
        assert await entries.disordered(engine) == ()
        await pages.save(engine, "quay", MINE, PAGE)
        assert await entries.disordered(engine) == ("quay",)
        assert await pages.due(engine, NOW + timedelta(days=9), limit=9) == ()

    play(story)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param((MINE, None), True, id="by its id"),
        pytest.param(("https://www.quay.example/bell?x", "a"), True, id="by its address"),
        pytest.param(("https://quay.example/other", "o"), False, id="not by the address of what it was made from"),
        pytest.param(("urn:x:unknown", None), False, id="not by another id"),
    ],
)
def test_an_entry_is_found_by_what_an_editor_calls_it(play: Play, name: entries.Name, found: bool) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, tied(1, own="a", stated="o"))
        assert await entries.named(engine, [name]) == ({name: (("quay", MINE),)} if found else {})

    play(story)


def test_an_order_is_remembered_and_makes_its_entry_out_of_date(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1), settings="s")
        await entries.order(engine, {("quay", MINE): "x"})
        assert await entries.orders(engine) == {("quay", MINE): "x"}
        assert await entries.disordered(engine) == ("quay",)
        await entries.order(engine, {("quay", MINE): None})
        assert await entries.orders(engine) == {}

    play(story)


def test_a_translation_of_ours_is_known_by_its_file_and_is_not_made_again_with_the_others(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, tied(1, own="a"), settings=entries.TRANSLATED)
        (made,) = await entries.translated(engine)
        assert (made.id, made.raw_id, made.left_out) == (MINE, MINE, "")
        assert await entries.outdated(engine, "quay", "s", limit=9) == ()
        assert await entries.named(engine, [("https://quay.example/x", "a")]) == {}
        await entries.leave_out(engine, "quay", MINE, "its file is gone", OWED, NOW)
        assert ids(await listed(engine)) == []
        assert (await entries.translated(engine))[0].left_out == "its file is gone"
        assert (await stored(engine)).entry.id == MINE

    play(story)


# ── nothing that may be shown disappears ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("mine", "his", "languages", "shown"),
    [
        pytest.param(
            {"own": "a", "language": "en-US"},
            {"own": "b", "stated": "a", "language": "en-GB"},
            ("en-GB",),
            [HIS],
            id="the text that a copy names is not among the publication's languages",
        ),
        pytest.param(
            {"id": "urn:x:one", "language": "de"},
            {"id": "urn:x:one", "language": "en"},
            ("en",),
            ["urn:x:one"],
            id="the first that has an id is not among them",
        ),
        pytest.param(
            {"own": "a", "depth": 2},
            {"own": "a", "depth": 1 + AWAY},
            (),
            [MINE],
            id="a claim on another site's address does not hide whom it belongs to",
        ),
        pytest.param(
            {"own": "a", "stated": "o", "depth": 2},
            {"own": "o", "depth": 1 + AWAY},
            (),
            [MINE, HIS],
            id="nor those who name it",
        ),
    ],
)
def test_nothing_is_hidden_behind_what_is_not_shown_or_not_at_home(
    play: Play, mine: dict[str, Any], his: dict[str, Any], languages: tuple[str, ...], shown: list[str]
) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, tied(of="mole", **his), of="mole")
        await save(engine, tied(**mine))
        assert sorted(ids(await listed(engine, replace(BOTH, languages=languages)))) == sorted(shown)

    play(story)


def test_an_address_that_several_entries_of_a_subscription_have_is_nobodys(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, *(tied(number, own="a") for number in (1, 2)))
        await save(engine, *(tied(number, of="mole", own="a") for number in (3, 4)), of="mole")
        assert len(ids(await listed(engine))) == 4

    play(story)


def test_texts_that_hide_one_another_in_a_circle_are_shown(play: Play) -> None:
    third = replace(BOTH, subscriptions=("quay", "mole", "pier"))

    async def story(engine: Engine) -> None:
        await subscriptions.sync(engine, (QUAY, MOLE, replace(MOLE, name="pier")))
        await save(engine, tied(1, own="a", stated="b", id="urn:x:one"))
        await save(engine, tied(2, of="mole", own="b", stated="c"), of="mole")
        await save(engine, tied(3, of="pier", own="c", id="urn:x:one"), of="pier")  # stands for the first of quay
        assert "urn:x:one" in ids(await listed(engine, third))

    play(story)


def test_a_mark_that_comes_while_an_entry_is_made_again_is_not_lost(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1), derived(2), settings="s")
        await entries.order(engine, {("quay", MINE): "first"})
        assert [one.known.id for one in await entries.outdated(engine, "quay", "s", limit=9)] == [MINE]
        assert await entries.disordered(engine) == ("quay",)  # a crash now loses nothing
        await entries.order(engine, {("quay", MINE): "second"})
        await save(engine, changes=Changes(changed=(derived(1, title="first"),)), settings="s")
        await entries.mark_current(engine, "quay", [MINE], "s")
        assert [one.known.id for one in await entries.outdated(engine, "quay", "s", limit=9)] == [MINE]
        await entries.mark_current(engine, "quay", [MINE], "s")
        assert await entries.disordered(engine) == ()

    play(story)


def test_a_page_that_comes_after_its_entry_was_withdrawn_is_not_kept(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, derived(1))
        await save(engine, changes=Changes(withdrawn=(MINE,)))
        await pages.save(engine, "quay", MINE, PAGE)
        assert await pages.load(engine, "quay", [MINE]) == {}

    play(story)


def test_what_waits_in_a_subscription_that_is_not_followed_any_more_keeps_nothing_else_waiting(play: Play) -> None:
    failed = Page(document=None, why="timeout", attempts=1, due=NOW)
    feed = "https://{}.example/comments"

    async def story(engine: Engine) -> None:
        for of, identity in (("quay", MINE), ("mole", HIS)):
            asked = {"pages": {identity: failed}, "responses_due": {identity: NOW}}
            await save(engine, derived(1, of=of, comments_feed=feed.format(of)), of=of, **asked)
        await subscriptions.sync(engine, (MOLE,))
        assert [one.subscription for one in await pages.due(engine, NOW, limit=1)] == ["mole"]
        assert [one.subscription for one in await entries.responses_due(engine, NOW, limit=1)] == ["mole"]

    play(story)
