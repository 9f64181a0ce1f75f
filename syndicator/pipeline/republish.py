"""Makes the files of a publication from what the store holds, rendering only entries that have no fragment yet.

It must not touch files whose bytes stay the same, and an errand is done only when its files are on the disk.
"""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256

from syndicator import chain
from syndicator.doors import Doors
from syndicator.errors import PublishError
from syndicator.hops import each
from syndicator.log import logger
from syndicator.model import Errand, Fragment, Publication
from syndicator.publish import publish
from syndicator.stages import render
from syndicator.store import entries, outbox, publications

RETRY_AFTER = timedelta(minutes=1)
AT_ONCE = 10_000


def republishing(doors: Doors, subscription: str) -> tuple[Errand, ...]:
    """The errands that are owed when something of `subscription` changed: one for each publication that lists it."""
    touched = (p.name for p in doors.config.publications.values() if subscription in p.subscriptions)
    return tuple(Errand(kind="republish", target=publication) for publication in touched)


async def republish_changed(doors: Doors, *, at_once: bool) -> tuple[tuple[str, ...], tuple[PublishError, ...]]:
    """Carry out the errands to republish.

    Returns the paths written and what failed; a publication that failed keeps its errand and is tried again in a
    minute.
    """
    written: list[str] = []
    failed: list[PublishError] = []
    until = doors.now() + (RETRY_AFTER if at_once else timedelta(0))
    errands = await outbox.due(doors.store, until, kind="republish", limit=AT_ONCE)
    for errand in errands:
        publication = doors.config.publications.get(errand.target)
        try:
            written += await republish(doors, publication) if publication else ()
            await outbox.done(doors.store, errand.id, doors.now())
        except PublishError as error:
            failed.append(error)
            await outbox.retry(doors.store, errand.id, doors.now() + RETRY_AFTER, str(error))
    if errands and not failed:
        publications_now = tuple(doors.config.publications.values())
        written += await _write(doors, render.site_documents(doors.config.site, publications_now))
    return tuple(written), tuple(failed)


async def order_reshaped(doors: Doors) -> None:
    """Leave an errand for each publication whose files are missing, or were made under another configuration."""
    made = await publications.shapes(doors.store)
    reshaped = (
        p for p in doors.config.publications.values() if made.get(p.name) != _shape(doors, p) or _absent(doors, p)
    )
    errands = [Errand(kind="republish", target=publication.name) for publication in reshaped]
    if errands:
        await outbox.add(doors.store, errands, doors.now())


async def republish(doors: Doors, publication: Publication) -> tuple[str, ...]:
    """Render what is missing, stitch and write one publication's files; returns the paths whose bytes changed.

    Raises PublishError; what was published before is then still there.
    """
    fragments = await _fragments(doors, publication)
    keys = [(fragment.subscription, fragment.id) for fragment in fragments]
    pings = await publications.pings(doors.store, keys, limit=publication.limit)
    since = await publications.since(doors.store, publication.name, doors.now())
    site, standing = doors.config.site, {fragment.id for fragment in fragments}
    gone = [one for one in await publications.taken_down(doors.store, publication) if one.ref not in standing]
    written = await _write(doors, render.documents(publication, site, fragments, pings, since, gone))
    feeds = [path for path in written if path.startswith(f"{publication.name}/feed.")]
    pings_owed = [
        Errand(kind="hub", target=hub, topic=f"{site.base_url}/{path}") for hub in site.hubs for path in feeds
    ]
    await outbox.add(doors.store, pings_owed, doors.now())
    await publications.shaped(doors.store, publication.name, _shape(doors, publication))
    return written


async def _fragments(doors: Doors, publication: Publication) -> list[Fragment]:
    """The fragments of a publication in order, the missing ones rendered and kept."""
    recipe = render.recipe(publication, doors.config.site)
    lines = await publications.listing(doors.store, publication, recipe)
    missing = [(line.subscription, line.id) for line in lines if line.fragment is None]
    made: dict[tuple[str, str], Fragment] = {}
    if missing:
        stored = await entries.load(doors.store, missing)  # without those withdrawn meanwhile
        outcomes = await each(doors.sandbox, doors.config.sandbox, chain.render, stored, publication, doors.config.site)
        for one, outcome in zip(stored, outcomes, strict=True):
            if isinstance(outcome, Fragment):
                made[one.entry.subscription, one.entry.id] = outcome
            else:
                why = outcome.why
                logger().warning("entry not rendered", publication=publication.name, entry=one.entry.id, why=why)
        await publications.keep(doors.store, publication.name, list(made.values()))
    placed = (line.fragment or made.get((line.subscription, line.id)) for line in lines)
    return [fragment for fragment in placed if fragment is not None]


async def _write(doors: Doors, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write in a thread: fsync waits for the disk. A cancelled write is still finished before it is left."""
    return await asyncio.shield(asyncio.to_thread(publish, doors.config.output, files))


def _absent(doors: Doors, publication: Publication) -> bool:
    return not all(
        (doors.config.output / publication.name / f"feed.{kind}").exists() for kind in ("atom", "rss", "json")
    )


def _shape(doors: Doors, publication: Publication) -> str:
    everything = (
        publication,
        doors.config.site,
        sorted(doors.config.publications),
        render.recipe(publication, doors.config.site),
    )
    return sha256(repr(everything).encode()).hexdigest()[:16]
