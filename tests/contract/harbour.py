"""The sample that the contract's tests tell stories of: two subscriptions, entries by number, one publication."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from syndicator.model import (
    Changes,
    Derived,
    Entry,
    Errand,
    Fragment,
    Listing,
    ParsedEntry,
    Poll,
    Publication,
    Response,
    Subscription,
    SubscriptionState,
    Text,
)
from syndicator.stages.decide import digest
from syndicator.store import Engine, entries, members, news, publications, subscriptions

NOW = datetime(2026, 11, 2, 8, 30, 15, 123456, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LATER = Poll(at=NOW + HOUR, why="every hour")
QUAY = Subscription(name="quay", url="https://quay.example/feed")
MOLE = Subscription(name="mole", url="https://mole.example/feed")
BOTH = Publication(name="harbour", title="Harbour", subscriptions=("quay", "mole"))
OWED = (Errand(kind="republish", target=BOTH.name),)

Story = Callable[[Engine], Awaitable[None]]


def derived(
    number: int = 1, *, of: str = "quay", title: str = "", responses: tuple[Response, ...] = (), **facts: Any
) -> Derived:
    """An entry of `of`, published `number` minutes before NOW; `facts` are the Entry's, but for fingerprint."""
    address = facts.pop("id", f"https://{of}.example/{number}")
    fingerprint = facts.pop("fingerprint", f"{of}-{number}")
    parsed = ParsedEntry(fingerprint=fingerprint, raw_id=address, link=f"{address}/read", title=Text(value=title))
    times = {"published": NOW - number * MINUTE, "updated": NOW - number * MINUTE}
    given = {"subscription": of, "id": address, "url": f"{address}/read", "title": title or f"Entry {number}"}
    entry = Entry(**{**times, **given, **facts})
    return Derived(parsed=parsed, entry=entry, responses=responses, digest=digest(entry))


async def claimed(engine: Engine, name: str = "quay") -> SubscriptionState:
    (state,) = await subscriptions.claim(engine, NOW, limit=1, lease=5 * MINUTE, names=[name])
    return state


async def save(engine: Engine, *new: Derived, of: str = "quay", now: datetime = NOW, **options: Any) -> None:
    """Claim and save `new` (or `changes`) in one poll."""
    changes = options.pop("changes", Changes(new=new))
    errands = options.pop("errands", OWED)
    await entries.save(engine, await claimed(engine, of), LATER, changes, errands, now, **options)


async def stored(engine: Engine, number: int = 1, of: str = "quay") -> Any:
    (found,) = await entries.load(engine, [(of, f"https://{of}.example/{number}")])
    return found


def ids(found: Any) -> list[str]:
    return [one.id for one in found]


async def listed(engine: Engine, publication: Publication = BOTH, recipe: str = "r") -> tuple[Listing, ...]:
    """What stands in the document that subscribers poll.

    For BOTH, who is told of every change, that must be what it is when everything is looked at anew.
    """
    if publication != BOTH:
        publication = replace(publication, name=f"{publication.name}-{hash(publication)}")
    await members.settle(engine, publication)
    told = await publications.listing(engine, publication.name, recipe)
    await news.tell_all(engine, publication.name, publication.subscriptions)
    await members.settle(engine, publication)
    everything = await publications.listing(engine, publication.name, recipe)
    assert publication != BOTH or told == everything, "somebody was not told of a change"
    return everything


def fragment(line: Any, recipe: str = "r", **facts: Any) -> Fragment:
    given = {"subscription": line.subscription, "id": line.id, "revision": line.revision, "recipe": recipe}
    return Fragment(**{**given, "updated": NOW, "atom": b"<a/>", "rss": b"<r/>", "json": b"{}", **facts})
