"""Takes out of the files of a publication that is configured no more what was taken down since. It must not write any.

Its files stay as they were when its table went: it may come back, and its subscribers lose nothing meanwhile. But a
document that holds what was taken down cannot be made anew without it: it goes.
"""

import asyncio

from syndicator.doors import Doors
from syndicator.model import Publication
from syndicator.publish import remove
from syndicator.stages import render
from syndicator.store import members, people

OF_ALL = ("feed.atom", "feed.rss", "feed.json", "responses.atom", "index.html", "sitemap.xml")
EVERYBODY = 1_000_000


async def retract(doors: Doors, name: str) -> None:
    """Delete the documents of the publication `name` that may hold what was taken down; come back, it has them again.

    Raises PublishError where a file cannot be deleted.
    """
    fallen = await members.fallen(doors.store, name)
    if not fallen:
        return
    await people.credit(doors.store, name, dict.fromkeys(fallen, ()))
    persons = await people.stale(doors.store, name, limit=EVERYBODY)
    ended = Publication(name=name, title="", subscriptions=())
    files = [f"{name}/{each}" for each in OF_ALL]
    for slug, archive in fallen.values():
        files += [*render.entry_paths(ended, slug), *(render.archive_paths(ended, archive) if archive else ())]
    for slug in persons:
        files += render.person_paths(ended, slug)
    await asyncio.shield(asyncio.to_thread(remove, doors.config.output, dict.fromkeys(files)))
    await people.written(doors.store, name, persons)
    await members.bury(doors.store, name, list(fallen))
