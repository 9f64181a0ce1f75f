"""The entries of a subscription: what is known of them, their text, their responses, and how a poll is saved.

An entry is keyed by (subscription, id): no feed can touch another's. This package must not decide what is new.
"""

from syndicator.store.entries.editing import move, waiting
from syndicator.store.entries.heard import Due, responses_due, save_responses
from syndicator.store.entries.known import Outdated, fingerprints, lookup, mark_current, outdated
from syndicator.store.entries.saving import save
from syndicator.store.entries.stored import counts, find, load, releases

__all__ = [
    "Due",
    "Outdated",
    "counts",
    "find",
    "fingerprints",
    "load",
    "lookup",
    "mark_current",
    "move",
    "outdated",
    "releases",
    "responses_due",
    "save",
    "save_responses",
    "waiting",
]
