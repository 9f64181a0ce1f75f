"""Asks again for pages whose time has come: those that could not be read, and now and then those that were.

A page that has changed makes its entry out of date; one that answered 410 (Gone) twice, a day or more apart, takes its
entry down, though its feed may bring that still or never speak of it again. It must not take down anything else: a page
that is not found, or does not answer, has not been withdrawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from syndicator import chain
from syndicator.doors import Doors
from syndicator.log import logger
from syndicator.model import Page
from syndicator.pipeline.pages import asked
from syndicator.pipeline.taking_down import take_down
from syndicator.sandbox import run
from syndicator.stages import looking
from syndicator.store import pages

AT_ONCE = 20
LATER = timedelta(minutes=10)
_LESS = "it holds less than half of the text that it had, which was kept"
_LESS_HINT = "if the publisher shortened it, withdraw the entry or mend it by an override"

Place = tuple[str, str]  # subscription, id


async def ask_again(doors: Doors) -> None:
    """Ask for the pages whose time has come, at most `AT_ONCE`, and do what follows from their answers."""
    waiting = await pages.due(doors.store, doors.now(), limit=AT_ONCE)
    ours = doors.config.subscriptions
    due = {(one.subscription, one.id): one for one in waiting if one.subscription in ours}
    before = {place: one.page for place, one in due.items()}
    wanted = {place: one.url for place, one in due.items() if ours[one.subscription].full_text != "never"}
    found = await asked(doors, wanted, before)
    late = doors.now() + LATER  # what there was no time for lets other sites go first
    found |= {place: replace(before[place], due=late) for place in wanted.keys() - found.keys()}
    found |= {place: replace(before[place], due=None) for place in due.keys() - wanted.keys()}
    found = {place: await _whole(doors, before[place], page) for place, page in found.items()}
    gone = [place for place, page in found.items() if looking.gone_for_good(page)]
    await _keep(doors, before, {place: page for place, page in found.items() if place not in gone})
    if gone:
        await _take_down(doors, gone)


async def _whole(doors: Doors, before: Page, now: Page) -> Page:
    """`now`, but with what was kept where that was much more: no text is lost to a paywall that came later."""
    if before.document is None or now.document is None or now.document == before.document:
        return now
    shrank = await run(doors.sandbox, chain.shrank, before.document, now.document)
    if shrank is False:
        return now
    logger().warning("page not taken", page=now.document.url, why=_LESS, hint=_LESS_HINT)
    return replace(now, document=before.document, why=_LESS)


async def _keep(doors: Doors, before: Mapping[Place, Page], found: Mapping[Place, Page]) -> None:
    for (subscription, identity), page in found.items():
        same = page.document == before[subscription, identity].document
        await pages.save(doors.store, subscription, identity, page, same=same)


async def _take_down(doors: Doors, gone: Sequence[Place]) -> None:
    why = "its page answered 410 (Gone) twice, a day or more apart"
    for subscription, identity in await take_down(doors.store, doors.config, gone, doors.now()):
        of = why if (subscription, identity) in gone else "it was made of an entry that was taken down"
        logger().info("entry withdrawn", subscription=subscription, entry=identity, why=of)
