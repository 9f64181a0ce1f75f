"""Which entry is which, and what a poll changes: known + seen + now -> Changes.

`identify` gives ids before entries are derived, `decide` compares what was derived with what is known, `digest` says
whether a reader would see a difference. Nothing here cleans, stores or renders.
"""

from syndicator.stages.decide.changes import decide, digest
from syndicator.stages.decide.identity import identify

__all__ = ["decide", "digest", "identify"]
