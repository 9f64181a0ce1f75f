"""Which entries stand in a publication: all that may, each work once in a language. It must not read texts.

An id that several subscriptions have stands for the first of them, and for none once it was taken down there. Copies of
one text stand once, for the one that the others come from: the one that they name, else the one with the shortest
provenance, else the first subscription's.
What is not among the publication's languages, or stands for another one itself, hides nothing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from syndicator.model import Publication
from syndicator.store.statements import among, blocks
from syndicator.store.tables import addresses, entries, members

Place = tuple[str, bytes]  # subscription, key of the entry's id

# Added to the depth of an entry that has no address at its subscription's own site. Any feed may claim an address of
# another site: that hides nobody who is at home.
AWAY = 1_000

SHOWN: tuple[ColumnElement[bool], ...] = (entries.c.state == "ready", entries.c.left_out == "")


async def standing(opened: AsyncConnection, publication: Publication, places: Sequence[Place]) -> dict[Place, Any]:
    """The rows of `entries` (slug, published, updated) that stand in `publication`, of those at `places`."""
    names = set(publication.subscriptions)
    rows = [row for row in await _shown(opened, places, publication.languages) if row.subscription in names]
    firsts = await _firsts(opened, publication, [row.key for row in rows])
    first = {(row.subscription, row.key): row for row in rows if row.subscription == firsts.get(row.key)}
    copied = await copies(opened, publication, tuple(first))
    return {place: row for place, row in first.items() if place not in copied}


async def _shown(opened: AsyncConnection, places: Sequence[Place], languages: Sequence[str]) -> list[Any]:
    columns = (entries.c.subscription, entries.c.key, entries.c.slug, entries.c.published, entries.c.updated)
    wanted = select(*columns).where(*SHOWN, *in_languages(languages))
    found: list[Any] = []
    for block in blocks(places):
        found += await opened.execute(wanted.where(among(entries.c.subscription, entries.c.key, block)))
    return found


async def kin(opened: AsyncConnection, places: Sequence[Place]) -> frozenset[Place]:
    """The entries of other subscriptions that share an id or an address with one of `places`: where one of the two
    changes, it may be the other that stands.
    """
    found: set[Place] = set()
    mine, his = addresses.alias("mine"), addresses.alias("his")
    tie = select(his.c.subscription, his.c.entry).join_from(mine, his, _tied(mine, his))
    for block in blocks(places):
        keys = [key for _, key in block]
        same = select(entries.c.subscription, entries.c.key).where(entries.c.key.in_(keys))
        found |= {(name, key) for name, key in await opened.execute(same)}
        rows = await opened.execute(tie.where(among(mine.c.subscription, mine.c.entry, block)))
        found |= {(name, key) for name, key in rows}
    return frozenset(found - set(places))


def in_languages(
    languages: Sequence[str], column: ColumnElement[Any] = entries.c.language
) -> tuple[ColumnElement[bool], ...]:
    """That `column` is one of `languages` or a variety of it ("en" admits "en-GB"); no condition without any."""
    if not languages:
        return ()
    spoken = func.lower(column)
    exact = (spoken == language.lower() for language in languages)
    varieties = (spoken.startswith(f"{language.lower()}-", autoescape=True) for language in languages)
    return (or_(*exact, *varieties),)


async def _firsts(opened: AsyncConnection, publication: Publication, keys: Sequence[bytes]) -> dict[bytes, str | None]:
    """The first subscription that has each of the ids `keys` to show; None where the entry was taken down.

    By the one that showed it in `publication` before any other; or by the site of its address, where that is none of
    the first one's: that one only passes on what others publish, and two that follow each other would for ever.
    """
    place = {name: number for number, name in enumerate(dict.fromkeys(publication.subscriptions))}
    if len(place) == 1:
        return dict.fromkeys(keys, publication.subscriptions[0])
    having: dict[bytes, list[Any]] = defaultdict(list)
    for block in blocks(list(dict.fromkeys(keys))):
        wanted = {"keys": block, "publication": publication.name}
        for row in await opened.execute(_holders(tuple(publication.languages)), wanted):
            if row.subscription in place:
                having[row.key].append(row)
    return {key: _first(sorted(rows, key=lambda row: place[row.subscription])) for key, rows in having.items()}


def _first(rows: Sequence[Any]) -> str | None:
    first = next((row for row in rows if row.withdrawn_at is None or row.stood), None)
    at_home = {row.url for row in rows if row.withdrawn_at and row.depth < AWAY}
    if first is None or first.withdrawn_at or (first.depth >= AWAY and first.url in at_home):
        return None
    return str(first.subscription)


@cache
def _holders(languages: tuple[str, ...]) -> Select[Any]:
    """Who has each of some ids to show, or had it and has taken it down."""
    same = and_(members.c.subscription == entries.c.subscription, members.c.key == entries.c.key)
    stood = select(members.c.key).where(members.c.publication == bindparam("publication"), same).exists()
    columns = (entries.c.subscription, entries.c.key, entries.c.withdrawn_at, entries.c.depth, entries.c.url)
    have = or_(and_(*SHOWN, *in_languages(languages)), entries.c.withdrawn_at.is_not(None))
    here = entries.c.key.in_(bindparam("keys", expanding=True))
    return select(*columns, stood.label("stood")).where(here, have)


async def copies(opened: AsyncConnection, publication: Publication, places: Sequence[Place]) -> frozenset[Place]:
    """Of the entries `places` (subscription, key) those that are copies of another one that `publication` may show.

    A copy is in the same language, comes by another subscription, and shares an address that is the own one of at
    least one of the two, and of no second entry of that one's subscription. Two texts that name the same original are
    two translations of it.
    """
    place = {name: number for number, name in enumerate(dict.fromkeys(publication.subscriptions))}
    if len(place) == 1:
        return frozenset()
    pairs: list[Any] = []
    for block in blocks(list(places)):
        rows = await opened.execute(_pairs(block, publication.languages))
        pairs += (row for row in rows if row.other_subscription in place and _comes_after(row, place))
    firsts = await _firsts(opened, publication, [row.other_entry for row in pairs])
    after: dict[Place, set[Place]] = defaultdict(set)
    for row in pairs:
        copy, holder = (row.subscription, row.entry), firsts[row.other_entry]
        if holder and copy != (holder, row.other_entry):  # which stands for the other one already
            after[copy].add((holder, row.other_entry))
    return frozenset(copy for copy in after if _reaches_an_end(copy, after))


def _reaches_an_end(copy: Place, after: Mapping[Place, set[Place]]) -> bool:
    """Whether one stands that `copy` comes after; of texts that all name one another none would."""
    seen, open_ones = {copy}, [copy]
    while open_ones:
        here = open_ones.pop()
        if here not in after:
            return True
        open_ones += after[here] - seen
        seen |= after[here]
    return False


def _comes_after(row: Any, place: Mapping[str, int]) -> bool:
    """Whether the first of a pair is the copy: it names the other, else its way was longer, else it is listed later."""
    if row.own != row.other_own:  # one of the two names the other
        return bool(row.other_own) and not row.depth < AWAY <= row.other_depth
    return (row.depth, place[row.subscription]) > (row.other_depth, place[row.other_subscription])


def _pairs(places: Sequence[Place], languages: Sequence[str]) -> Select[Any]:
    mine, his = addresses.alias("mine"), addresses.alias("his")
    me, he = entries.alias("me"), entries.alias("he")
    columns = (mine.c.subscription, mine.c.entry, mine.c.own, me.c.depth)
    others = (
        his.c.subscription.label("other_subscription"),
        his.c.entry.label("other_entry"),
        his.c.own.label("other_own"),
        he.c.depth.label("other_depth"),
    )
    pairs = select(*columns, *others).join_from(mine, his, _tied(mine, his))
    pairs = pairs.join(me, and_(me.c.subscription == mine.c.subscription, me.c.key == mine.c.entry))
    pairs = pairs.join(he, and_(he.c.subscription == his.c.subscription, he.c.key == his.c.entry))
    spoken, other = (_primary(one.c.language) for one in (me, he))
    return pairs.where(
        among(mine.c.subscription, mine.c.entry, places),
        he.c.state == "ready",
        he.c.left_out == "",
        *in_languages(languages, he.c.language),
        spoken == other,
        *(or_(one.c.own.is_(False), ~_shared(one)) for one in (mine, his)),
    )


def _tied(mine: FromClause, his: FromClause) -> ColumnElement[bool]:
    """That entries of two subscriptions share an address, which is the own one of at least one of them."""
    other = mine.c.subscription != his.c.subscription
    return and_(mine.c.address == his.c.address, other, or_(mine.c.own, his.c.own))


def _shared(mine: FromClause) -> ColumnElement[bool]:
    """That several entries of a subscription have an address as their own: it is a page that lists them, of no one."""
    another = addresses.alias("another")
    same = (another.c.subscription == mine.c.subscription, another.c.address == mine.c.address)
    return select(another.c.entry).where(*same, another.c.own, another.c.entry != mine.c.entry).exists()


def _primary(language: ColumnElement[Any]) -> ColumnElement[Any]:
    """The language without region and script, empty where it is unknown (RFC 5646: two or three letters come first)."""
    return func.lower(func.substr(func.replace(func.coalesce(language, "") + "---", "-", "   "), 1, 3))
