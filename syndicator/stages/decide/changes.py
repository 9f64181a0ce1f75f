"""What a poll changes, compared with what is known: new, changed, touched and withdrawn entries.

Disappearing from a feed's window is no withdrawal; only a tombstone is, and only for the feed's own entries.
This module must not repair what an entry says (times are normalise's), nor decide what is published.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import msgspec

from syndicator.model import Changes, Derived, Entry, Known, Note, Tombstone

# Between entries that change at once: a reader that sorts by `updated` has the feed's order, and no two are the same.
_BETWEEN = timedelta(milliseconds=1)
_MARKUP = ("summary_html", "content_html", "untouched_html")
# Not what a reader reads: where we keep it, the date that the digest decides on, a counter, what we tell editors. What
# a partner asks for is read, and yet no news: a new footer must not bring a hundred old entries back.
_NOT_READ = ("subscription", "id", "updated", "comments_count", "copies", "grounds", "notes", "terms")


def decide(
    derived: Sequence[Derived], known: Sequence[Known], tombstones: Sequence[Tombstone], now: datetime
) -> Changes:
    """Sort a poll's entries into what is new, changed for a reader, touched (bytes or responses only) and withdrawn.

    `known` are this subscription's entries that `derived` or `tombstones` may mean. A changed entry's `updated` moves
    forward: to upstream's where that is later than the known one, else to `now`; a touched entry keeps the known one,
    so that nothing reappears in readers. What was withdrawn never comes back.
    """
    withdrawn, discarded = _withdrawals(derived, known, tombstones)
    known_by_id = {one.id: one for one in known}
    lists: dict[str, list[Derived]] = {"new": [], "changed": [], "touched": []}
    notes = []
    for one in derived:
        before = known_by_id.get(one.entry.id)
        if (before and before.withdrawn) or one.entry.id in discarded:
            notes.append(_kept_out(one.entry))
        elif one.entry.id not in withdrawn:
            which, dated = _dated(one, before, now - len(lists["changed"]) * _BETWEEN)
            lists[which].append(dated)
    return Changes(
        new=tuple(lists["new"]),
        changed=tuple(lists["changed"]),
        touched=tuple(lists["touched"]),
        withdrawn=withdrawn,
        notes=tuple(notes),
    )


def digest(entry: Entry) -> str:
    """The hash of what a reader sees: not of notes, evidence, counters or dates of change.

    White space in markup is none of it: publishing systems lay the same text out anew. Values that are empty leave no
    trace, so that a new field of the model changes no stored digest until it is used.
    """
    facts = {key: value for key, value in msgspec.to_builtins(entry).items() if key not in _NOT_READ}
    facts["source"].pop("updated")
    facts["release"].pop("why")
    facts |= {name: _folded(facts[name]) for name in _MARKUP}
    written = json.dumps(_told(facts), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode("ascii")).hexdigest()


def _folded(markup: str) -> str:
    return " ".join(markup.split()).replace("> ", ">").replace(" <", "<")


def _told(value: Any) -> Any:
    """A fact as JSON, without what is empty and without evidence."""
    if isinstance(value, dict):
        told = {key: _told(inner) for key, inner in value.items() if key != "evidence"}
        return {key: inner for key, inner in told.items() if inner not in (None, "", [], {}, False)}
    return [_told(inner) for inner in value] if isinstance(value, list | tuple) else value


def _dated(one: Derived, before: Known | None, now: datetime) -> tuple[str, Derived]:
    """Which list the entry belongs to, and the entry with its digest and the `updated` that it goes out with."""
    one = replace(one, digest=digest(one.entry))
    if before is None:
        return "new", one
    if one.digest == before.digest:
        return "touched", _with_updated(one, before.updated)
    if one.entry.updated > before.updated:
        return "changed", one
    # A clock that went back must not take a correction back with it.
    return "changed", _with_updated(one, max(now, before.updated + timedelta(seconds=1)))


def _with_updated(one: Derived, updated: datetime) -> Derived:
    return replace(one, entry=replace(one.entry, updated=updated))


# ── taken down ───────────────────────────────────────────────────────────────────────────────────────────────────


def _withdrawals(
    derived: Sequence[Derived], known: Sequence[Known], tombstones: Sequence[Tombstone]
) -> tuple[tuple[str, ...], frozenset[str]]:
    """Ids of known entries to withdraw now, and of new ones that were taken down before we ever had them."""
    here = {one.entry.id: one for one in derived}
    known_ids = {one.id for one in known}
    withdrawn: dict[str, None] = {}
    discarded: set[str] = set()
    for tombstone in tombstones:
        for before in _meant(tombstone.ref, known):
            # not our own `updated`, which moves with what we find out, too
            seen = here[before.id].parsed.updated if before.id in here else before.reworded or before.updated
            if not before.withdrawn and not _outlived(tombstone, seen):
                withdrawn[before.id] = None
        for one in derived:
            if (
                one.entry.id not in known_ids
                and _names(tombstone.ref, one)
                and not _outlived(tombstone, one.parsed.updated)
            ):
                discarded.add(one.entry.id)
    return tuple(withdrawn), frozenset(discarded)


def _meant(ref: str, known: Sequence[Known]) -> list[Known]:
    """The known entries that a tombstone means: by id; only where none has that id, by link."""
    return [one for one in known if ref in (one.raw_id, one.id)] or [one for one in known if ref == one.link]


def _names(ref: str, one: Derived) -> bool:
    return ref in (one.parsed.raw_id, one.entry.id, one.parsed.link)


def _outlived(tombstone: Tombstone, updated: datetime | None) -> bool:
    """Whether the entry says that it changed after it was taken down, so the tombstone is of the past (RFC 6721 3)."""
    return bool(tombstone.when and updated and updated > tombstone.when)


def _kept_out(entry: Entry) -> Note:
    return Note(
        code="withdrawn-stays-withdrawn",
        text=f"{entry.id} was taken down by its publisher and stays so, though the feed still carries it",
    )
