"""Which responses that are known were deleted at their origin, as far as its own lists of now tell.

A comment feed lists the newest few: what is older than all of those is not gone. A page tells nothing: it is a copy
that was kept. It must not decide what becomes of what was deleted.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from syndicator.model import ParsedFeed, Response
from syndicator.stages.responses.together import keys
from syndicator.stages.responses.wordpress import listed_whole

_SETTLED = timedelta(days=1)  # caches on the way hand out older copies of a feed; hardly one that is older than this
_NUMBER = re.compile(r"#(?:comment-?|c)(\d+)$", re.IGNORECASE)


def listed(found: Sequence[Response], heard: Sequence[Response]) -> tuple[Response, ...]:
    """Those of `found` in feed and page that the feed told of: `heard`."""
    names = _names(heard)
    return tuple(one for one in found if not names.isdisjoint(_names([one])))


def deleted(
    known: Sequence[Response],
    listed_now: Sequence[Response],
    feed: ParsedFeed,
    rest: bytes,
    entry_url: str | None,
    now: datetime,
) -> tuple[str, ...]:
    """The ids of those of `known` that the comment feed, which lists `listed_now`, or WordPress' REST answer would list
    if they were still there, or that the feed says were deleted (RFC 6721).

    A feed would list what is newer than the oldest it lists and older than the newest, or than a day. Not judged is
    what stood in a page only: without a number of its own, or an answer where the feed lists no answers.
    """
    names, threaded = _names(listed_now), any(map(_is_answer, listed_now))
    missing = [one for one in known if names.isdisjoint(_names([one]))]
    buried = {name for tombstone in feed.tombstones for name in (tombstone.ref, _number(tombstone.ref)) if name}
    whole = listed_whole(rest)
    gone = []
    for one in missing:
        number = _number(one.id)
        of_feed = (number or not one.id.startswith(f"{entry_url}#")) and (threaded or not _is_answer(one))
        if (
            {one.id, number} & buried
            or (of_feed and _is_covered(one, listed_now, feed, now))
            or (whole is not None and one.kind == "comment" and number and number not in whole)
        ):
            gone.append(one.id)
    return tuple(gone)


def _is_covered(one: Response, listed_now: Sequence[Response], feed: ParsedFeed, now: datetime) -> bool:
    """Whether the feed, in order of time, would list `one`; of numbers, which grow with time, the same is asked."""
    times = [entry.published or entry.updated for entry in feed.entries]
    dated = [time for time in times if time]
    falling = dated == sorted(dated, reverse=True)
    if one.published is None or len(dated) < len(times) or not dated or not (falling or dated == sorted(dated)):
        return False
    settled = falling and one.published < now - _SETTLED
    if not (min(dated) < one.published and (one.published < max(dated) or settled)):
        return False
    numbers = [int(number) for other in listed_now if (number := _number(other.id))]
    mine = _number(one.id)
    if mine is None or len(numbers) < len(listed_now):
        return mine is None and not numbers
    return min(numbers) < int(mine) and (int(mine) < max(numbers) or settled)


def _is_answer(one: Response) -> bool:
    return bool(one.in_reply_to and _number(one.in_reply_to))


def _names(responses: Iterable[Response]) -> set[Hashable]:
    return {name for one in responses for name in _all_names(one)}


def _all_names(one: Response) -> Iterator[Hashable]:
    yield one.id
    yield from keys(one)


def _number(identity: str) -> str | None:
    found = _NUMBER.search(identity)
    return found[1] if found else None
