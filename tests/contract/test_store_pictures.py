"""What every engine must keep of pictures: rows with their entry, files as long as somebody needs them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import text

from syndicator.model import Changes, Copy, Derived, Publication
from syndicator.store import Engine, entries, members, news, outbox, picture_files, pictures
from syndicator.store.pictures import DuePicture
from tests.contract.harbour import BOTH, HOUR, NOW, OWED, Story, derived, listed, save, stored

Play = Callable[[Story], None]
BELL, PIER = "https://quay.example/bell.png", "https://quay.example/pier.png"
NAME, OTHER = "ab.png", "cd.gif"


def showing(number: int, *urls: str, at: str = "", of: str = "quay") -> Derived:
    """An entry that shows the pictures `urls`."""
    wanted = tuple(Copy(url=url, at=at or url) for url in urls)
    return replace(derived(number, of=of), pictures=wanted)


async def due(engine: Engine) -> tuple[DuePicture, ...]:
    return await pictures.due(engine, NOW, limit=9)


async def kept(engine: Engine, name: str = NAME, body: bytes = b"bytes") -> None:
    """Everything that is due is fetched, and is `body`."""
    for one in await due(engine):
        await pictures.keep(engine, one, name, body, NOW)


async def shown(engine: Engine, name: str = NAME) -> None:
    """Everything that is due is fetched, written and shown."""
    await kept(engine, name)
    await picture_files.written(engine, name, NOW)


async def rows(engine: Engine, what: str) -> Sequence[object]:
    async with engine.begin() as opened:
        return [tuple(row) for row in (await opened.execute(text(what))).all()]


def test_a_picture_is_due_until_it_was_fetched(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, showing(1, BELL, PIER))
        assert {one.at for one in await due(engine)} == {BELL, PIER}
        await kept(engine)
        assert await due(engine) == ()

    play(story)


def test_a_picture_is_shown_once_its_file_is_written_and_its_entry_is_looked_at_again(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, showing(1, BELL))
        await listed(engine)
        for one in await news.placed(engine, BOTH.name, limit=9):
            await news.done(engine, BOTH.name, [one])
        before = await stored(engine)
        await kept(engine)
        assert ((await stored(engine)).copies, await picture_files.coming(engine)) == ((), (NAME, b"bytes"))
        await picture_files.written(engine, NAME, NOW)
        after = await stored(engine)
        assert after.copies == (Copy(url=BELL, at=f"pictures/{NAME}", size=5),)
        assert (after.revision, await news.any_left(engine, BOTH.name)) == (before.revision + 1, True)
        assert await picture_files.coming(engine) is None
        assert await rows(engine, "SELECT body FROM picture_files") == [(None,)]

    play(story)


def test_an_entry_that_is_read_again_keeps_its_pictures(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, showing(1, BELL))
        await shown(engine)
        again = replace(showing(1, BELL), entry=derived(1, title="Anew").entry)
        await save(engine, changes=Changes(changed=(again,)))
        assert (len((await stored(engine)).copies), await due(engine)) == (1, ())

    play(story)


def test_a_copy_that_stands_elsewhere_is_fetched_anew_and_shown_until_then(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, showing(1, BELL, at="https://first.example/a.png"))
        await shown(engine)
        moved = showing(1, BELL, at="https://first.example/b.png")
        moved = replace(moved, entry=derived(1, title="Anew").entry)
        await save(engine, changes=Changes(changed=(moved,)))
        assert [one.at for one in await due(engine)] == ["https://first.example/b.png"]
        assert len((await stored(engine)).copies) == 1
        await shown(engine, OTHER)
        assert (await stored(engine)).copies[0].at == f"pictures/{OTHER}"
        assert await picture_files.loose(engine, limit=9) == (NAME,)

    play(story)


def test_pictures_of_entries_that_nobody_shows_are_not_due(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, showing(1, BELL), queued=True)
        await save(engine, showing(2, BELL), errands=())
        assert await due(engine) == ()

    play(story)


def test_what_failed_waits_and_is_counted(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, showing(1, BELL, PIER))
        first, second = await due(engine)
        await pictures.put_off(engine, first, "it is busy", NOW + HOUR)
        await pictures.put_off(engine, second, "it is none", None)
        assert await due(engine) == ()
        (again,) = await pictures.due(engine, NOW + HOUR, limit=9)
        assert (again.at, again.attempts) == (first.at, 1)
        assert await pictures.missing(engine) == {"quay": 2}
        told = await pictures.uncopied(engine, "quay", "https://quay.example/1")
        assert dict(told) == {first.at: "it is busy", second.at: "it is none"}

    play(story)


def test_a_file_is_needed_as_long_as_one_entry_shows_it(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, showing(1, BELL), showing(2, PIER))
        await shown(engine)
        await entries.withdraw(engine, [("quay", "https://quay.example/1")], OWED, NOW)
        assert await picture_files.loose(engine, limit=9) == ()
        await entries.withdraw(engine, [("quay", "https://quay.example/2")], OWED, NOW)
        assert await picture_files.loose(engine, limit=9) == (NAME,)
        assert "remove" in {one.target for one in await outbox.due(engine, NOW, kind="pictures")}
        await picture_files.removed(engine, [NAME], NOW)
        assert await rows(engine, "SELECT file FROM picture_files UNION SELECT url FROM pictures") == []

    play(story)


def test_of_a_withdrawn_entry_no_bytes_are_kept_that_were_to_be_written(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, showing(1, BELL))
        await kept(engine)
        await entries.withdraw(engine, [("quay", "https://quay.example/1")], OWED, NOW)
        assert await picture_files.coming(engine) is None
        assert await rows(engine, "SELECT file, state, body FROM picture_files") == [(NAME, "loose", None)]

    play(story)


def test_nothing_is_kept_of_a_picture_that_came_when_its_entry_was_withdrawn_or_showed_another(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, showing(1, BELL), showing(2, BELL))
        asked = await due(engine)
        await entries.withdraw(engine, [("quay", "https://quay.example/1")], OWED, NOW)
        anew = replace(showing(2, PIER), entry=derived(2, title="Anew").entry)
        await save(engine, changes=Changes(changed=(anew,)))
        for each in asked:
            await pictures.keep(engine, each, NAME, b"bytes", NOW)
        assert await rows(engine, "SELECT file FROM picture_files") == []

    play(story)


def test_a_file_that_comes_back_while_it_is_being_deleted_is_written_again(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, showing(1, BELL))
        await shown(engine)
        await entries.withdraw(engine, [("quay", "https://quay.example/1")], OWED, NOW)
        names = await picture_files.loose(engine, limit=9)
        await save(engine, showing(2, BELL))
        await kept(engine)
        await picture_files.removed(engine, names, NOW)
        assert await picture_files.coming(engine) == (NAME, b"bytes")

    play(story)


def test_a_file_that_another_process_wrote_while_it_was_being_deleted_is_fetched_again(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, showing(1, BELL))
        await shown(engine)
        await entries.withdraw(engine, [("quay", "https://quay.example/1")], OWED, NOW)
        names = await picture_files.loose(engine, limit=9)
        await save(engine, showing(2, BELL))
        await shown(engine)
        await picture_files.removed(engine, names, NOW)
        assert ((await stored(engine, 2)).copies, [one.at for one in await due(engine)]) == ((), [BELL])

    play(story)


def test_who_leaves_the_last_publication_leaves_its_pictures(play: Play) -> None:
    async def story(engine: Engine) -> None:
        second = Publication(name="second", title="Second", subscriptions=("quay",))
        await save(engine, showing(1, BELL), errands=(*OWED, replace(OWED[0], target="second")))
        for publication in (BOTH, second):
            await members.settle(engine, publication)
        await shown(engine)
        for publication, loose in ((BOTH, ()), (second, (NAME,))):
            gone = replace(publication, languages=("fr",))
            await news.tell_all(engine, publication.name, publication.subscriptions)
            await members.settle(engine, gone)
            assert await picture_files.loose(engine, limit=9) == loose
        assert (await stored(engine)).copies == ()
        assert await due(engine) == ()

    play(story)


def test_what_one_publication_does_not_show_and_another_has_not_looked_at_yet_stays(play: Play) -> None:
    async def story(engine: Engine) -> None:
        second = Publication(name="second", title="Second", subscriptions=("quay",))
        await save(engine, showing(1, BELL), errands=(*OWED, replace(OWED[0], target="second")))
        await shown(engine)
        await members.settle(engine, replace(BOTH, languages=("fr",)))
        assert await picture_files.loose(engine, limit=9) == ()
        await members.settle(engine, second)
        assert len((await stored(engine)).copies) == 1

    play(story)


def test_files_that_are_missed_are_fetched_again(play: Play) -> None:
    async def story(engine: Engine) -> None:
        await save(engine, showing(1, BELL))
        await shown(engine)
        assert await picture_files.standing(engine) == (NAME,)
        await picture_files.missed(engine, [NAME], NOW)
        assert (await picture_files.standing(engine), [one.at for one in await due(engine)]) == ((), [BELL])

    play(story)
