"""Reads the comment feeds of recent entries and saves the responses in them, completed from the page that was kept.

It must not change an entry's own text.
"""

import asyncio

from syndicator import chain, fetch
from syndicator.doors import Doors
from syndicator.errors import SyndicatorError
from syndicator.log import logger
from syndicator.model import Answer, Failed, Fetched, Gone, Heard, NotModified, Refused, Validators
from syndicator.pipeline.republish import republishing
from syndicator.pipeline.visiting import read_rules
from syndicator.sandbox import run
from syndicator.stages import responses, schedule
from syndicator.store import documents, entries, pages

AT_ONCE = 20


async def listen(doors: Doors) -> None:
    """Ask the comment feeds that are due, at most `AT_ONCE`, save what they say and when to ask again."""
    due = await entries.responses_due(doors.store, doors.now(), limit=AT_ONCE)
    wanted = [one for one in due if one.subscription in doors.config.subscriptions]
    await asyncio.gather(*(_one(doors, one) for one in wanted))


async def _one(doors: Doors, due: entries.Due) -> None:
    """A fault of ours in one comment feed must not keep the others from being read, nor files from being written."""
    try:
        await _listen_to(doors, due)
    except SyndicatorError:
        raise
    except Exception:
        logger().exception("comment feed not read", subscription=due.subscription, feed=due.comments_feed)
        again = schedule.next_responses(due.published, doors.now())
        await entries.save_responses(doors.store, due, (), again, (), doors.now())


async def _listen_to(doors: Doors, due: entries.Due) -> None:
    now = doors.now()
    address, answer = await _heard(doors, due.comments_feed)
    found = await _read(doors, due, answer)
    gone = isinstance(answer, Gone)
    again = None if gone else schedule.next_responses(due.published, now)
    read = Heard() if isinstance(found, Refused) else found
    owed = republishing(doors, due.subscription)
    await entries.save_responses(doors.store, due, read.responses, again, owed, now, deleted=read.deleted)
    if gone:  # perhaps with its article: that one's page can tell
        await pages.look_soon(doors.store, due.subscription, due.id, now)
    if isinstance(answer, Fetched) and answer.complete and not isinstance(found, Refused):
        await documents.remember(doors.store, address, answer.validators, now)


async def _heard(doors: Doors, feed: str) -> tuple[str, Answer]:
    """What the comment feed says now, and the address that said it: the one that says most, or that answered before."""
    addresses = responses.preferred_feeds(feed)
    known = {address: await documents.validators(doors.store, address) for address in addresses}
    tried = [address for address in addresses if known[address] != Validators()] or list(addresses)
    for address in tried[:-1]:
        answer = await fetch.get(doors.client, address, validators=known[address])
        if isinstance(answer, Fetched | NotModified):
            return address, answer
    return tried[-1], await fetch.get(doors.client, tried[-1], validators=known[tried[-1]])


async def _read(doors: Doors, due: entries.Due, answer: Answer) -> Heard | Refused:
    """The responses in the feed and the page; only those in the page where the feed does not answer. What is deleted
    is told only where the feed came whole.
    """
    if isinstance(answer, NotModified):
        return Heard()
    page = (await pages.load(doors.store, due.subscription, [due.id])).get(due.id)
    shown = page.document if page else None
    known, silent = await entries.heard(doors.store, due)
    document, rest = (answer.document, await _listed(doors, due)) if isinstance(answer, Fetched) else (None, b"")
    judged = known if isinstance(answer, Fetched) and answer.complete else ()
    return await run(doors.sandbox, chain.hear, document, due.url, shown, rest, judged, silent, doors.now())


async def _listed(doors: Doors, due: entries.Due) -> bytes:
    """What WordPress lists as comments where that is open; empty where it is not, or nothing is known of it."""
    address = responses.rest_address(due.id)
    if address is None:
        return b""
    rules = await read_rules(doors, [address])
    if isinstance(rules, Failed) or not rules.allowed[0]:
        return b""
    answer = await fetch.get(doors.client, address, accept="application/json")
    return answer.document.body if isinstance(answer, Fetched) and answer.complete else b""
