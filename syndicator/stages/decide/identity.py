"""Which entry is which: the id of each, and the known entry that it is a newer state of.

In doubt nothing is given up: where two entries cannot be told apart, both stay. A known id is never recomputed.
This module must not look at what an entry says beyond what names it.
"""

import hashlib
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice

from syndicator.model import Known, ParsedEntry
from syndicator.model.iri import is_absolute_iri

_WEB = re.compile(r"https?://", re.IGNORECASE)
_HOMEPAGE = re.compile(r"//[^/?#]*/?(?:#.*)?")

Rule = Callable[[ParsedEntry], Iterable[Known]]


def identify(
    parsed: Sequence[ParsedEntry], known: Sequence[Known], first_url: str, *, present: frozenset[str] = frozenset()
) -> tuple[tuple[str, ParsedEntry, Known | None], ...]:
    """Give each entry its id and the known entry that it is a newer state of: (id, entry, known), in the order given.

    `known` are all that share a raw id, a link or an id with `parsed`; `first_url` is the subscription's first URL.
    `present` are the fingerprints of the whole document: a known entry that stands there unchanged is nobody's older
    state. No two entries get one id, no entry one that belongs to another (RFC 4287 4.2.6).
    """
    crowd = _Crowd(parsed, known)
    matches = _matches(parsed, known, crowd, first_url, present)
    taken = {one.id for one in known}
    identified = []
    for position, entry in enumerate(parsed):
        match = matches.get(position)
        id_ = match.id if match else next(one for one in _ids(entry, crowd, first_url) if one not in taken)
        taken.add(id_)
        identified.append((id_, entry, match))
    return tuple(identified)


@dataclass(slots=True, init=False)
class _Crowd:
    """How often a raw id, a link, and a pair of both occur among the entries at hand and among the known."""

    raw_ids: Counter[str | None]
    links: Counter[str | None]
    pairs: Counter[tuple[str | None, str | None]]
    known_raw_ids: Counter[str | None]
    known_links: Counter[str | None]
    known_pairs: Counter[tuple[str | None, str | None]]

    def __init__(self, parsed: Sequence[ParsedEntry], known: Sequence[Known]) -> None:
        self.raw_ids = Counter(one.raw_id for one in parsed)
        self.links = Counter(_article(one.link) for one in parsed)
        self.pairs = Counter(_pair(one) for one in parsed)
        self.known_raw_ids = Counter(one.raw_id for one in known)
        self.known_links = Counter(_article(one.link) for one in known)
        self.known_pairs = Counter(_pair(one) for one in known)


def _pair(one: ParsedEntry | Known) -> tuple[str | None, str | None]:
    return one.raw_id, one.link


# ── matching: the surest rule goes first, for all entries ────────────────────────────────────────────────────────


def _matches(
    parsed: Sequence[ParsedEntry], known: Sequence[Known], crowd: _Crowd, first_url: str, present: frozenset[str]
) -> dict[int, Known]:
    """Position of an entry -> its known one; each known one at most once."""
    elsewhere = [one for one in known if one.fingerprint not in present]
    rules = (
        _same_bytes(known),
        _same_pair(elsewhere, crowd),
        _same_name(elsewhere, crowd, first_url),
        _same_raw_id(elsewhere, crowd),
        _same_link(elsewhere, crowd),
    )
    matches: dict[int, Known] = {}
    claimed: set[str] = set()
    for rule in rules:
        for position, entry in enumerate(parsed):
            match = None if position in matches else next((one for one in rule(entry) if one.id not in claimed), None)
            if match:
                matches[position] = match
                claimed.add(match.id)
    return matches


def _same_bytes(known: Sequence[Known]) -> Rule:
    """Nothing changed at all."""
    by_bytes = _grouped(known, lambda one: (one.fingerprint, *_pair(one)))
    return lambda entry: by_bytes.get((entry.fingerprint, *_pair(entry)), ())


def _same_pair(known: Sequence[Known], crowd: _Crowd) -> Rule:
    """Raw id and link, or one of them where upstream gives no other; only while no second entry has the same."""
    by_pair = _grouped(known, _pair)

    def rule(entry: ParsedEntry) -> Iterable[Known]:
        pair = _pair(entry)
        alone = pair != (None, None) and crowd.pairs[pair] == 1 and crowd.known_pairs[pair] == 1
        return by_pair.get(pair, ()) if alone else ()

    return rule


def _same_name(known: Sequence[Known], crowd: _Crowd, first_url: str) -> Rule:
    """For entries that share their raw id and link: one that we named by its title, date or words, and still would."""
    by_id = _grouped(known, lambda one: (one.id, *_pair(one)))

    def rule(entry: ParsedEntry) -> Iterable[Known]:
        names = islice(_ids_by_words(entry, first_url), 1 + crowd.pairs[_pair(entry)])
        return [one for name in names for one in by_id.get((name, *_pair(entry)), ())]

    return rule


def _same_raw_id(known: Sequence[Known], crowd: _Crowd) -> Rule:
    """The link moved, the raw id stayed; not for one that means several entries."""
    by_raw_id = _grouped(known, lambda one: one.raw_id)

    def rule(entry: ParsedEntry) -> Iterable[Known]:
        alone = not entry.duplicate and crowd.raw_ids[entry.raw_id] == 1 and crowd.known_raw_ids[entry.raw_id] == 1
        return by_raw_id.get(entry.raw_id, ()) if entry.raw_id and alone else ()

    return rule


def _same_link(known: Sequence[Known], crowd: _Crowd) -> Rule:
    """The link stayed, the raw id went or is another: a feed that numbers its entries anew, at every poll or once.

    Only while no other entry, here or known, has the link, no raw id here names either of the two, and the date of
    publication is the same: a page of the day keeps its address, too, and each day is an entry.
    """
    by_link = _grouped(known, lambda one: _article(one.link))

    def rule(entry: ParsedEntry) -> Iterable[Known]:
        link = _article(entry.link)
        alone = link is not None and crowd.links[link] == 1 and crowd.known_links[link] == 1
        renamed = entry.raw_id is None or (not entry.duplicate and crowd.known_raw_ids[entry.raw_id] == 0)
        if not (alone and renamed):
            return ()
        dates = {entry.published, entry.updated} - {None}
        same_date = (one for one in by_link.get(link, ()) if one.published in dates)
        return (one for one in same_date if one.raw_id is None or crowd.raw_ids[one.raw_id] == 0)

    return rule


def _article(link: str | None) -> str | None:
    """What a link points to, http and https alike; None for a homepage, which is where entries of all kinds point."""
    place = _WEB.sub("//", link, count=1) if link else ""
    return None if not place or _HOMEPAGE.fullmatch(place) else place


def _grouped(known: Sequence[Known], key: Callable[[Known], object]) -> dict[object, list[Known]]:
    groups: dict[object, list[Known]] = {}
    for one in known:
        groups.setdefault(key(one), []).append(one)
    return groups


# ── naming: what an entry that nobody knows may be called, best first, without end ───────────────────────────────


def _ids(entry: ParsedEntry, crowd: _Crowd, first_url: str) -> Iterator[str]:
    """Its own id where that is one; else by raw id, else by link, each only where no other entry has the same."""
    if entry.raw_id and not entry.duplicate and crowd.raw_ids[entry.raw_id] + crowd.known_raw_ids[entry.raw_id] == 1:
        if is_absolute_iri(entry.raw_id):
            yield entry.raw_id
        yield _uuid(first_url, entry.raw_id)
    if entry.link and crowd.pairs[_pair(entry)] + crowd.known_pairs[_pair(entry)] == 1:
        yield _uuid(first_url, entry.raw_id, entry.link)
    yield from _ids_by_words(entry, first_url)


def _ids_by_words(entry: ParsedEntry, first_url: str) -> Iterator[str]:
    """By title and date (one alone is shared by too many), else by all that it says, numbered where it stands twice."""
    title = entry.title.value if entry.title else None
    date = entry.published.isoformat() if entry.published else None
    if title and date:
        yield _uuid(first_url, entry.raw_id, entry.link, title, date)
    words = repr((title, date, entry.summary, entry.content, entry.authors, entry.enclosures))
    # Not the fingerprint: that changes with our settings and versions.
    content = hashlib.sha256(words.encode("utf-8", "backslashreplace")).hexdigest()
    for number in count(1):
        yield _uuid(first_url, entry.raw_id, entry.link, content, str(number))


def _uuid(first_url: str, *names: str | None) -> str:
    """The `urn:uuid` (v5) of what names an entry, within its subscription."""
    name = "\n".join(one for one in names if one)
    space = uuid.uuid5(uuid.NAMESPACE_URL, first_url)
    return uuid.uuid5(space, name.encode("utf-8", "backslashreplace").decode()).urn
