"""get: a conditional GET that follows redirects by hand, so that each hop is judged and nothing leaks to another host.

It must not know sockets, codings or header syntax.
"""

from dataclasses import dataclass, replace

import httpx

from syndicator.fetch import answers
from syndicator.fetch.client import Client
from syndicator.fetch.exchange import Headers, Reply, exchange, opening
from syndicator.fetch.fields import location
from syndicator.fetch.trouble import Trouble
from syndicator.fetch.urls import askable, site, target
from syndicator.model import Answer, Failed, Gone, Validators

FEED_TYPES = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
PAGE_TYPES = "text/html, application/xhtml+xml, */*;q=0.5"

_NOTHING_KNOWN = Validators()
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trail:
    """The way so far: where we are, where we have been, and the address to ask next time."""

    here: httpx.URL
    lasting: httpx.URL
    been: tuple[httpx.URL, ...] = ()

    def step(self, status: int, there: httpx.URL) -> "_Trail":
        """The way one redirect on; `lasting` moves along while every hop was permanent."""
        permanent = status in _PERMANENT and self.lasting == self.here
        return _Trail(here=there, lasting=there if permanent else self.lasting, been=(*self.been, self.here))

    @property
    def moved_to(self) -> str | None:
        return str(self.lasting) if self.been and self.lasting != self.been[0] else None


async def get(
    client: Client,
    url: str,
    *,
    validators: Validators = _NOTHING_KNOWN,
    accept: str = FEED_TYPES,
    pause: float = 0.0,
) -> Answer:
    """Asks `url` for what it is now, given the `validators` of what it was.

    `accept` is the Accept field; each host has been left alone for `pause` seconds before it is asked. Never raises for
    what the outside does; `Failed.url` is `url`. Redirects, at most `policy.max_redirects`, share `policy.timeout`.
    Validators go only to the host that `url` names.
    """
    try:
        trail, reply, sent = await _followed(client, askable(url), validators, accept, pause)
    except Trouble as trouble:
        return trouble.failed(url)
    answer = _answer(client, trail, reply, sent)
    return replace(answer, url=url) if isinstance(answer, Failed) else answer


async def _followed(
    client: Client, first: httpx.URL, validators: Validators, accept: str, pause: float
) -> tuple[_Trail, Reply, Validators]:
    """The end of the way: the trail, the last reply, and the validators sent for it."""
    trail = _Trail(here=first, lasting=first)
    seconds = client.policy.timeout
    for _ in range(client.policy.max_redirects + 1):
        sent = validators if site(trail.here) == site(first) else _NOTHING_KNOWN
        request = httpx.Request("GET", trail.here, headers=opening(client, accept) + _conditions(sent))
        reply = await exchange(client, request, seconds=seconds, wanted=answers.WITH_DOCUMENT, pause=pause)
        if reply.status not in _REDIRECTS:
            return trail, reply, sent
        seconds -= reply.seconds
        trail = trail.step(reply.status, target(trail.here, location(reply.fields)))
        if trail.here in trail.been:
            raise Trouble(
                "redirect-loop", f"{trail.been[-1]} redirects back to {trail.here}", "tell the site's operator"
            )
    why = f"{first} redirects more than {client.policy.max_redirects} times"
    raise Trouble("too-many-redirects", why, "subscribe to the address where the feed is now")


def _answer(client: Client, trail: _Trail, reply: Reply, sent: Validators) -> Answer:
    url = str(trail.here)
    if reply.status in answers.WITH_DOCUMENT:
        # The validators of a host that next time is not the first one asked would be sent to a stranger.
        keep = site(trail.here) == site(trail.lasting)
        return answers.fetched(reply, url, keep_validators=keep, moved_to=trail.moved_to)
    if reply.status == 304 and sent != _NOTHING_KNOWN:
        return answers.not_modified(reply, sent, trail.moved_to)
    if reply.status == 410 and trail.here == trail.lasting:  # behind a temporary redirect only that stop is gone
        return Gone(url=url)
    return answers.failed(reply, url, client.clock())


def _conditions(validators: Validators) -> Headers:
    """The conditional fields (RFC 9110 13.1): the bytes received, since fields are kept as latin-1."""
    pairs = ((b"If-None-Match", validators.etag), (b"If-Modified-Since", validators.last_modified))
    return [(name, value.encode("latin-1", "replace")) for name, value in pairs if value]
