"""Makes the files of a publication anew: those that what changed concerns, however many others there are.

It must not touch files whose bytes stay the same, and an errand is done only when its files are on the disk.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from syndicator.doors import Doors
from syndicator.errors import PublishError, TemplateAtFault
from syndicator.model import Errand, Publication
from syndicator.pipeline import documents
from syndicator.pipeline.digest import digest
from syndicator.pipeline.pictures import miss_pictures
from syndicator.pipeline.retracting import retract
from syndicator.publish import publish, remove, turn
from syndicator.stages import render
from syndicator.store import members, news, outbox, people, publications
from syndicator.store.picture_files import REMOVE

RETRY_AFTER = timedelta(minutes=1)
WAIT = 0.1  # seconds between two looks whether it is our turn
AT_ONCE = 10_000
PAGES, ARCHIVES, PEOPLE = 500, 20, 100  # at a time: some seconds of work, and as much as a kill may cost


def republishing(doors: Doors, subscription: str) -> tuple[Errand, ...]:
    """The errands that are owed when something of `subscription` changed: one for each publication that lists it."""
    touched = (p.name for p in doors.config.publications.values() if subscription in p.subscriptions)
    return tuple(Errand(kind="republish", target=publication) for publication in touched)


async def republish_changed(doors: Doors, *, at_once: bool) -> tuple[tuple[str, ...], tuple[PublishError, ...]]:
    """Carry out the errands to republish.

    Returns the paths written and what failed; a publication that failed keeps its errand and is tried again in a
    minute. Of one that has very much to write a part is written, and the rest owed; `at_once` writes it all.
    """
    written: list[str] = []
    failed: list[PublishError] = []
    until = doors.now() + (RETRY_AFTER if at_once else timedelta(0))
    carried_out: list[Errand] = []
    for errand in await outbox.due(doors.store, until, kind="republish", limit=AT_ONCE):
        try:
            written += await _carry_out(doors, errand.target, at_once=at_once)
            carried_out.append(errand)
        except PublishError as error:
            failed.append(error)
            await outbox.retry(doors.store, errand.id, doors.now() + RETRY_AFTER, str(error))
    try:
        written += await _site(doors) if carried_out else ()
    except PublishError as error:
        failed.append(error)
        for errand in carried_out:
            await outbox.retry(doors.store, errand.id, doors.now() + RETRY_AFTER, str(error))
    else:
        for errand in carried_out:
            await outbox.done(doors.store, errand.id, doors.now())
    return tuple(written), tuple(failed)


async def _site(doors: Doors) -> tuple[str, ...]:
    """Write what lies at the root of the site."""
    given = (doors.config.site, tuple(doors.config.publications.values()), doors.config.templates)
    with _templates_at_fault():
        files = await documents.with_templates(doors, render.site_documents, *given)
    return await _write(doors, files)


async def _carry_out(doors: Doors, name: str, *, at_once: bool) -> list[str]:
    publication = doors.config.publications.get(name)
    if publication is None:
        await retract(doors, name)
        return []
    written = await _or_in_our_looks(doors, publication)
    while at_once and await news.any_left(doors.store, publication.name):
        written += await _or_in_our_looks(doors, publication)
    if await news.any_left(doors.store, publication.name):
        await outbox.add(doors.store, [Errand(kind="republish", target=publication.name)], doors.now())
    return written


async def _or_in_our_looks(doors: Doors, publication: Publication) -> list[str]:
    """As `republish`; a template of the editor's that fails keeps nothing waiting, least of all what was taken down.

    Raises PublishError for it all the same, with everything written in our own looks.
    """
    try:
        return await republish(doors, publication)
    except TemplateAtFault:
        await republish(replace(doors, config=replace(doors.config, templates={})), publication)
        raise


async def order_reshaped(doors: Doors) -> None:
    """Have each publication looked through whose files are missing, or were made under another configuration."""
    made = await publications.shapes(doors.store)
    for name in made.keys() - doors.config.publications.keys():
        await publications.shaped(doors.store, name, None)  # nobody is told for it: back again, all is looked at
    absent = {one.name for one in doors.config.publications.values() if _absent(doors, one)}
    if absent:
        await miss_pictures(doors)
    for publication in doors.config.publications.values():
        shape = _shape(doors, publication)
        if made.get(publication.name) != shape or publication.name in absent:
            await news.tell_all(doors.store, publication.name, publication.subscriptions)
            await outbox.add(doors.store, [Errand(kind="republish", target=publication.name)], doors.now())
            await publications.shaped(doors.store, publication.name, shape)


async def republish(doors: Doors, publication: Publication) -> list[str]:
    """Write the files of one publication that changed, or a good part of them; returns the paths whose bytes changed.

    Waits for another process that is at it. Raises PublishError; what was published before is then still there, and
    what was told of is looked at again.
    """
    async with _in_turn(doors.config.output / publication.name):
        return await _republish(doors, publication)


@asynccontextmanager
async def _in_turn(folder: Path) -> AsyncIterator[None]:
    while True:
        with turn(folder) as ours:
            if ours:
                yield
                return
        await asyncio.sleep(WAIT)


async def _republish(doors: Doors, publication: Publication) -> list[str]:
    name, store = publication.name, doors.store
    await members.settle(store, publication)
    await outbox.add(store, [REMOVE], doors.now())  # the pictures of what has left
    told = await news.placed(store, name, limit=PAGES)
    stale = await members.stale_archives(store, name, limit=ARCHIVES)
    with _templates_at_fault():
        files = await documents.entry_pages(doors, publication, told)
        persons = await people.stale(store, name, limit=PEOPLE)
        subscribed = await documents.subscribed(doors, publication)
        theirs = await documents.person_pages(doors, publication, persons, subscribed)
        sealed = await documents.archives(doors, publication, stale)
        feeds = await documents.feeds(doors, publication, subscribed)
    written = await _write(doors, files.bodies | theirs.bodies | sealed | feeds)
    await asyncio.shield(asyncio.to_thread(remove, doors.config.output, [*files.gone, *theirs.gone]))
    await _owe_pings(doors, [path for path in written if path in feeds])
    await members.written(store, name, stale)
    await people.written(store, name, persons)
    await news.done(store, name, told)
    return list(written)


async def _owe_pings(doors: Doors, written: Sequence[str]) -> None:
    """Hubs are told of the feeds that changed."""
    site = doors.config.site
    feeds = [path for path in written if path.rpartition("/")[2].startswith("feed.") and not path.endswith(".css")]
    owed = [Errand(kind="hub", target=hub, topic=f"{site.base_url}/{path}") for hub in site.hubs for path in feeds]
    await outbox.add(doors.store, owed, doors.now())


@contextmanager
def _templates_at_fault() -> Iterator[None]:
    """What a template of the editor's raises in use names that template: it is theirs to mend."""
    try:
        yield
    except ValueError as error:
        subject, _, why = str(error).partition(": ")
        raise TemplateAtFault(subject, why or str(error), "mend that template; ours is used meanwhile") from error


async def _write(doors: Doors, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write in a thread: fsync waits for the disk. A cancelled write is still finished before it is left."""
    return await asyncio.shield(asyncio.to_thread(publish, doors.config.output, files))


def _absent(doors: Doors, publication: Publication) -> bool:
    names = ("feed.atom", "feed.rss", "feed.json", "feed.css", "index.html")
    return not all((doors.config.output / publication.name / name).exists() for name in names)


def _shape(doors: Doors, publication: Publication) -> str:
    everything = (
        publication,
        doors.config.site,
        sorted(doors.config.publications),
        render.page_recipe(publication, doors.config.site, doors.config.templates),
    )
    return digest(everything)
