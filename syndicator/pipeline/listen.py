"""Reads the comment feeds of recent entries and saves the responses in them. It must not change an entry's own text."""

import asyncio

from syndicator import chain, fetch
from syndicator.doors import Doors
from syndicator.errors import SyndicatorError
from syndicator.log import logger
from syndicator.model import Fetched, Refused, Response
from syndicator.pipeline.republish import republishing
from syndicator.sandbox import run
from syndicator.stages import schedule
from syndicator.store import documents, entries

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
    known = await documents.validators(doors.store, due.comments_feed)
    answer = await fetch.get(doors.client, due.comments_feed, validators=known)
    responses: tuple[Response, ...] | Refused = ()
    if isinstance(answer, Fetched):
        responses = await run(doors.sandbox, chain.read_responses, answer.document, due.url)
    again = schedule.next_responses(due.published, now)
    found = () if isinstance(responses, Refused) else responses
    await entries.save_responses(doors.store, due, found, again, republishing(doors, due.subscription), now)
    if isinstance(answer, Fetched) and answer.complete and not isinstance(responses, Refused):
        await documents.remember(doors.store, due.comments_feed, answer.validators, now)
