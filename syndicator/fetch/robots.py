"""The robots.txt of a site, asked for once in a while. It must not read what it says."""

import asyncio

from syndicator.fetch.client import Client
from syndicator.fetch.follow import get
from syndicator.fetch.trouble import Trouble
from syndicator.fetch.urls import askable
from syndicator.model import Failed, Fetched

_KEPT = 3600.0  # seconds; RFC 9309 2.4 allows a day
_KEPT_IN_TROUBLE = 600.0
_LONGEST = 500 * 1024  # bytes: what a reader must take in at least (RFC 9309 2.5)
_SITES = 200  # whose rules are kept: a feed may link to thousands
_SHUT = (401, 403, 429)


async def robots_txt(client: Client, url: str) -> bytes | Failed:
    """The robots.txt of the site that `url` is on, b"" where the site has none; Failed where that cannot be known.

    By RFC 9309 2.3.1 a 4xx says that there is none and an unreachable one forbids all. 401, 403 and 429 count as
    forbidden here: a door that is shut is not tried again elsewhere. Raises nothing for a URL that cannot be asked.
    """
    try:
        address = str(askable(url).copy_with(path="/robots.txt", query=None))
    except Trouble as trouble:
        return trouble.failed(url)
    now = asyncio.get_running_loop().time()
    until, kept = client.robots.get(address, (0.0, b""))
    if now < until:
        return kept
    told = _told(await get(client, address, accept="text/plain, */*;q=0.5"))
    client.robots.pop(address, None)  # the latest is the last
    client.robots[address] = (now + (_KEPT_IN_TROUBLE if isinstance(told, Failed) else _KEPT), told)
    for oldest in list(client.robots)[:-_SITES]:
        del client.robots[oldest]
    return told


def _told(answer: object) -> bytes | Failed:
    if isinstance(answer, Fetched):
        return answer.document.body[:_LONGEST]
    if not isinstance(answer, Failed) or answer.reason == "empty-body":
        return b""
    none = answer.status is not None and 400 <= answer.status < 500 and answer.status not in _SHUT
    return b"" if none else answer
