"""Looks at an address that an editor pasted: finds the feed there, and says what it holds and what may be done with it.

It polls nothing and stores nothing; it must not write the configuration either: that is `amend`, once the editor saw
this.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from syndicator import chain, fetch
from syndicator.doors import utc_now
from syndicator.errors import UsageError
from syndicator.fetch import Client
from syndicator.model import (
    Derived,
    Document,
    Failed,
    Fetched,
    Licence,
    ParsedFeed,
    Permission,
    Refused,
    Release,
    Subscription,
)
from syndicator.sandbox import Sandbox, run
from syndicator.stages.discover import feeds_in
from syndicator.stages.responses import is_comment_feed

PAGE_TYPES = (
    "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.5"
)
TRIED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A feed that was found: `url` its address, what it says of itself, and the release that each entry would get."""

    url: str
    title: str
    language: str | None
    entries: int
    licence: Licence | None
    releases: tuple[tuple[Release, int], ...]
    latest: tuple[str, ...]
    others: tuple[str, ...] = ()


async def find(client: Client, sandbox: Sandbox, url: str, permission: Permission | None = None) -> Found:
    """Find the feed at `url`, which may be a site's page or the feed itself.

    Raises UsageError when nothing answers there, when neither it nor what it links to is a feed, and for a comment
    feed: its comments would be published as articles.
    """
    document = await _document(client, url)
    feed = await run(sandbox, chain.parse, document)
    if isinstance(feed, ParsedFeed):
        _refuse_comments(document.url, feed)
        return await _described(sandbox, document.url, feed, permission, others=())
    links = await run(sandbox, feeds_in, document)
    candidates = () if isinstance(links, Refused) else tuple(link.href for link in links)
    for candidate in candidates[:TRIED]:
        answer = await fetch.get(client, candidate)
        parsed = await run(sandbox, chain.parse, answer.document) if isinstance(answer, Fetched) else None
        if isinstance(parsed, ParsedFeed) and not is_comment_feed(parsed):
            others = tuple(other for other in candidates if other != candidate)
            return await _described(sandbox, candidate, parsed, permission, others=others)
    raise UsageError(url, f"no feed there: {feed.why}", "look for the site's RSS or Atom link and give that address")


def _refuse_comments(url: str, feed: ParsedFeed) -> None:
    if is_comment_feed(feed):
        title = f"{feed.head.title!r} " if feed.head.title else ""
        site = f", for example: syndicator add {feed.head.url}" if feed.head.url else ""
        raise UsageError(
            url, f"{title}is a comment feed: it holds responses, not articles", f"give the address of the site{site}"
        )


async def _document(client: Client, url: str) -> Document:
    answer = await fetch.get(client, url, accept=PAGE_TYPES)
    if isinstance(answer, Fetched):
        return answer.document
    why, hint = (answer.why, answer.hint) if isinstance(answer, Failed) else ("it is gone (410)", "")
    raise UsageError(url, why, hint or "open the address in a browser and check it")


async def _described(
    sandbox: Sandbox, url: str, feed: ParsedFeed, permission: Permission | None, others: Sequence[str]
) -> Found:
    trial = Subscription(name="trial", url=url, permission=permission)
    materials = [chain.Material(parsed=entry, id=f"urn:trial:{n}") for n, entry in enumerate(feed.entries)]
    outcome = await run(sandbox, chain.derive, materials, feed.head, trial, utc_now())
    derived = [] if isinstance(outcome, Refused) else [one.entry for one in outcome if isinstance(one, Derived)]
    languages = Counter(entry.language for entry in derived)
    return Found(
        url=url,
        title=feed.head.title,
        language=feed.head.language or next((language for language, _ in languages.most_common(1)), None),
        entries=len(feed.entries),
        licence=next((entry.licence for entry in derived if entry.licence.evidence), None),
        releases=tuple(Counter(entry.release for entry in derived).most_common()),
        latest=tuple(entry.title for entry in derived[:3]),
        others=tuple(others),
    )


def named(title: str, url: str, taken: Collection[str]) -> str:
    """A short name for a subscription, [a-z0-9-]+, from its title or else its host, not yet `taken`."""
    host = (urlsplit(url).hostname or "feed").removeprefix("www.")
    words, fallback = (re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:30].strip("-") for text in (title, host))
    stem = words if re.search("[a-z]", words) else fallback
    names = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
