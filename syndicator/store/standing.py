"""Which entries stand in a publication: the newest that may, each work once in a language. It must not read texts.

An id that several subscriptions have stands for the first of them. Copies of one text stand once, for the one that the
others come from: the one that they name, else the one with the shortest provenance, else the first subscription's.
What is not among the publication's languages, or stands for another one itself, hides nothing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, bindparam, func, literal, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from syndicator.model import Publication
from syndicator.store.statements import blocks
from syndicator.store.tables import Moment, addresses, entries, subscriptions

Place = tuple[str, bytes]  # subscription, key of the entry's id
_BEGINNING = datetime.min.replace(tzinfo=UTC)

# Added to the depth of an entry that has no address at its subscription's own site. Any feed may claim an address of
# another site: that hides nobody who is at home.
AWAY = 1_000

SHOWN: tuple[ColumnElement[bool], ...] = (entries.c.state == "ready", entries.c.left_out == "")


async def standing(opened: AsyncConnection, publication: Publication) -> list[Any]:
    """The rows of `entries` (subscription, key, id, revision, published) that stand, newest first, to its limit.

    The newest of all are read first, and twice as many again as long as too few of them stand: ids and texts that two
    subscriptions share are rare.
    """
    names = tuple(dict.fromkeys(publication.subscriptions))
    depth = publication.limit
    while True:
        newest = await _newest(opened, names, publication.languages, depth)
        firsts = await _firsts(opened, names, [row.key for row in newest], publication.languages)
        first = [row for row in newest if row.subscription == firsts.get(row.key)]
        places = [(row.subscription, row.key) for row in first]
        copied = await copies(opened, names, places, publication.languages)
        found = [row for row in first if (row.subscription, row.key) not in copied]
        if len(found) >= publication.limit or len(newest) < depth:
            return found[: publication.limit]
        depth *= 2


async def _newest(opened: AsyncConnection, names: Sequence[str], languages: Sequence[str], depth: int) -> list[Any]:
    """The newest `depth` entries of `names` that may stand, equal ids as often as they come."""
    newest: list[Any] = []
    for block in blocks(names):
        newest += await opened.execute(
            _newest_of(tuple(languages)), {"names": block, "depth": depth, "before": depth - 1}
        )
        newest = sorted(newest, key=lambda row: (row.published, row.key), reverse=True)[:depth]
    return newest


@cache
def _newest_of(languages: tuple[str, ...]) -> Select[Any]:
    """The newest `depth` of the subscriptions `names`, of each no more than that read off `entries_listing`.

    Each subscription's `depth`-th newest date comes first, once for each (hence MATERIALIZED): a UNION of subscriptions
    ends at 500 on SQLite, a window function reads every entry.
    """
    may = (*SHOWN, *in_languages(languages))
    order = (entries.c.published.desc(), entries.c.key.desc())
    last = select(entries.c.published).where(entries.c.subscription == subscriptions.c.name, *may)
    last = last.order_by(*order).limit(1).offset(bindparam("before"))
    floor = func.coalesce(last.scalar_subquery(), literal(_BEGINNING, Moment)).label("published")
    named = select(subscriptions.c.name, floor).where(subscriptions.c.name.in_(bindparam("names", expanding=True)))
    floors = named.cte("floors").prefix_with("MATERIALIZED")
    columns = (entries.c.subscription, entries.c.key, entries.c.id, entries.c.revision, entries.c.published)
    above = (entries.c.subscription == floors.c.name) & (entries.c.published >= floors.c.published)
    wanted = select(*columns).join_from(floors, entries, above).where(*may)
    return wanted.order_by(*order).limit(bindparam("depth"))


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


async def _firsts(
    opened: AsyncConnection, names: Sequence[str], keys: Sequence[bytes], languages: Sequence[str]
) -> dict[bytes, str]:
    """The first of `names` that has each of the ids `keys` to show."""
    if len(names) == 1:
        return dict.fromkeys(keys, names[0])
    place = {name: number for number, name in enumerate(names)}
    found: list[Any] = []
    for block in blocks(list(dict.fromkeys(keys))):
        found += await opened.execute(_holders(tuple(languages)), {"keys": block})
    ours = (row for row in found if row.subscription in place)
    return {row.key: row.subscription for row in sorted(ours, key=lambda row: place[row.subscription], reverse=True)}


@cache
def _holders(languages: tuple[str, ...]) -> Select[Any]:
    here = entries.c.key.in_(bindparam("keys", expanding=True))
    return select(entries.c.subscription, entries.c.key).where(*SHOWN, *in_languages(languages), here)


async def copies(
    opened: AsyncConnection, names: Sequence[str], places: Sequence[Place], languages: Sequence[str]
) -> frozenset[Place]:
    """Of the entries `places` (subscription, key) those that are copies of another one of `names` in `languages`.

    A copy is in the same language, comes by another subscription, and shares an address that is the own one of at
    least one of the two, and of no second entry of that one's subscription. Two texts that name the same original are
    two translations of it.
    """
    if len(names) == 1:
        return frozenset()
    place = {name: number for number, name in enumerate(names)}
    pairs: list[Any] = []
    for block in blocks(list(places)):
        rows = await opened.execute(_pairs(tuple(languages)), {"places": block})
        pairs += (row for row in rows if row.other_subscription in place and _comes_after(row, place))
    firsts = await _firsts(opened, names, [row.other_entry for row in pairs], languages)
    after: dict[Place, set[Place]] = defaultdict(set)
    for row in pairs:
        copy, other = (row.subscription, row.entry), (firsts[row.other_entry], row.other_entry)
        if copy != other:  # which stands for the other one already
            after[copy].add(other)
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


@cache
def _pairs(languages: tuple[str, ...]) -> Select[Any]:
    mine, his = addresses.alias("mine"), addresses.alias("his")
    me, he = entries.alias("me"), entries.alias("he")
    columns = (mine.c.subscription, mine.c.entry, mine.c.own, me.c.depth)
    others = (
        his.c.subscription.label("other_subscription"),
        his.c.entry.label("other_entry"),
        his.c.own.label("other_own"),
        he.c.depth.label("other_depth"),
    )
    tied = and_(mine.c.address == his.c.address, mine.c.subscription != his.c.subscription, or_(mine.c.own, his.c.own))
    pairs = select(*columns, *others).join_from(mine, his, tied)
    pairs = pairs.join(me, and_(me.c.subscription == mine.c.subscription, me.c.key == mine.c.entry))
    pairs = pairs.join(he, and_(he.c.subscription == his.c.subscription, he.c.key == his.c.entry))
    spoken, other = (_primary(one.c.language) for one in (me, he))
    return pairs.where(
        tuple_(mine.c.subscription, mine.c.entry).in_(bindparam("places", expanding=True)),
        he.c.state == "ready",
        he.c.left_out == "",
        *in_languages(languages, he.c.language),
        spoken == other,
        *(or_(one.c.own.is_(False), ~_shared(one)) for one in (mine, his)),
    )


def _shared(mine: FromClause) -> ColumnElement[bool]:
    """That several entries of a subscription have an address as their own: it is a page that lists them, of no one."""
    another = addresses.alias("another")
    same = (another.c.subscription == mine.c.subscription, another.c.address == mine.c.address)
    return select(another.c.entry).where(*same, another.c.own, another.c.entry != mine.c.entry).exists()


def _primary(language: ColumnElement[Any]) -> ColumnElement[Any]:
    """The language without region and script, empty where it is unknown (RFC 5646: two or three letters come first)."""
    return func.lower(func.substr(func.replace(func.coalesce(language, "") + "---", "-", "   "), 1, 3))
