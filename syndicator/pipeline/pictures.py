"""Fetches the pictures that a partner wants nobody to load from its own server, and keeps the copies: writes them into
the output folder, deletes those that nobody needs any more.

Fetching waits for sites and writes nothing but the database; the files are written and deleted where publications are,
one after the other. It must not read a picture.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from syndicator import fetch
from syndicator.doors import Doors
from syndicator.errors import PublishError, SyndicatorError
from syndicator.log import logger
from syndicator.model import Answer, Failed, Fetched, Gone
from syndicator.pipeline.visiting import Visit, visit
from syndicator.publish import publish, remove
from syndicator.stages import looking
from syndicator.stages.pictures import file_of
from syndicator.store import outbox, picture_files, pictures
from syndicator.store.pictures import FOLDER, DuePicture

AT_ONCE = 100
LATER = timedelta(minutes=10)
RETRY_AFTER = timedelta(minutes=1)
TYPES = "image/avif, image/webp, image/png, image/jpeg, image/gif, */*;q=0.1"


async def copy_pictures(doors: Doors) -> None:
    """Fetch the pictures that are due, at most `AT_ONCE`; one that cannot be fetched is asked for again where that may
    help.
    """
    due = await pictures.due(doors.store, doors.now(), limit=AT_ONCE)
    asked: set[DuePicture] = set()

    async def ask(at: Visit[DuePicture]) -> None:
        try:
            await _copy(doors, at)
            asked.update(at.names)
        except SyndicatorError:
            raise
        except Exception as error:  # a fault of ours in one picture must not keep the others from being fetched
            logger().exception("picture not copied", picture=at.url)
            await _put_off(doors, at, f"{type(error).__name__}: {error}", passing=True)
            asked.update(at.names)

    await visit(doors, {one: one.at for one in due}, ask)
    late = [one for one in due if one not in asked]
    if late:
        await pictures.wait(doors.store, late, doors.now() + LATER)


async def write_pictures(doors: Doors, *, at_once: bool = False) -> tuple[PublishError, ...]:
    """Write the copies that came, so that the texts that are made next show them. Returns what failed, which is tried
    again in a minute.
    """

    async def write() -> None:
        while found := await picture_files.coming(doors.store):
            file, body = found
            await asyncio.shield(asyncio.to_thread(publish, doors.config.output, {f"{FOLDER}/{file}": body}))
            await picture_files.written(doors.store, file, doors.now())

    return await _owed(doors, "write", write, at_once=at_once)


async def remove_pictures(doors: Doors, *, at_once: bool = False) -> tuple[PublishError, ...]:
    """Delete the copies that nobody needs any more. Returns what failed, which is tried again in a minute."""

    async def clear() -> None:
        while names := await picture_files.loose(doors.store, limit=AT_ONCE):
            paths = [f"{FOLDER}/{name}" for name in names]
            await asyncio.shield(asyncio.to_thread(remove, doors.config.output, paths))
            await picture_files.removed(doors.store, names, doors.now())

    return await _owed(doors, "remove", clear, at_once=at_once)


async def miss_pictures(doors: Doors) -> None:
    """Have the copies fetched again that are not on the disk, though they should be: somebody cleared the folder."""
    folder = doors.config.output / FOLDER
    names = await picture_files.standing(doors.store)
    gone = await asyncio.to_thread(lambda: [name for name in names if not (folder / name).exists()])
    if gone:
        await picture_files.missed(doors.store, gone, doors.now())


async def _owed(
    doors: Doors, what: str, work: Callable[[], Awaitable[None]], *, at_once: bool
) -> tuple[PublishError, ...]:
    until = doors.now() + (RETRY_AFTER if at_once else timedelta(0))
    owed = await outbox.due(doors.store, until, kind="pictures")
    for errand in (one for one in owed if one.target == what):
        try:
            await work()
            await outbox.done(doors.store, errand.id, doors.now())
        except PublishError as error:
            await outbox.retry(doors.store, errand.id, doors.now() + RETRY_AFTER, str(error))
            return (error,)
    return ()


async def _copy(doors: Doors, at: Visit[DuePicture]) -> None:
    if at.kept_out:
        await _put_off(doors, at, at.kept_out, passing=at.passing)
        return
    answer = await fetch.get(doors.client, at.url, accept=TYPES, pause=at.pause)
    if not isinstance(answer, Fetched) or not answer.complete:
        await _put_off(doors, at, *_trouble(answer))
        return
    file, unfit = file_of(answer)
    if unfit:
        await _put_off(doors, at, unfit, passing=False)
        return
    for name in at.names:
        await pictures.keep(doors.store, name, file, answer.document.body, doors.now())


def _trouble(answer: Answer) -> tuple[str, bool]:
    """Why there is no picture, and whether that may pass."""
    match answer:
        case Failed():
            return answer.why, looking.may_pass(answer) and answer.reason != "too-large"
        case Gone():
            return f"{answer.url} answered 410 (Gone)", False
    return "it was cut short", True


async def _put_off(doors: Doors, at: Visit[DuePicture], why: str, passing: bool) -> None:
    for name in at.names:
        again = looking.again(name.attempts + 1, doors.now()) if passing else None
        await pictures.put_off(doors.store, name, why, again)
    logger().info("picture not copied", picture=at.url, why=why)
