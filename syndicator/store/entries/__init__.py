"""The entries of a subscription: what is known of them, their text, their responses, and how a poll is saved.

An entry is keyed by (subscription, id): no feed can touch another's. This package must not decide what is new.
"""

from syndicator.store.entries.editing import move, waiting
from syndicator.store.entries.heard import Due, heard, responses_due, save_responses
from syndicator.store.entries.known import (
    TRANSLATED,
    Outdated,
    disordered,
    fingerprints,
    lookup,
    mark_current,
    mark_outdated,
    outdated,
)
from syndicator.store.entries.ordered import Name, Translated, leave_out, named, order, orders, taken_down, translated
from syndicator.store.entries.saving import save
from syndicator.store.entries.stored import counts, find, left_out, load, releases
from syndicator.store.entries.tied import Relative, followed, relatives
from syndicator.store.entries.withdrawing import inherit, withdraw

__all__ = [
    "TRANSLATED",
    "Due",
    "Name",
    "Outdated",
    "Relative",
    "Translated",
    "counts",
    "disordered",
    "find",
    "fingerprints",
    "followed",
    "heard",
    "inherit",
    "leave_out",
    "left_out",
    "load",
    "lookup",
    "mark_current",
    "mark_outdated",
    "move",
    "named",
    "order",
    "orders",
    "outdated",
    "relatives",
    "releases",
    "responses_due",
    "save",
    "save_responses",
    "taken_down",
    "translated",
    "waiting",
    "withdraw",
]
