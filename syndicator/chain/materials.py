"""What one entry is made of. It must not make anything."""

from dataclasses import dataclass
from datetime import datetime

from syndicator.model import Document, Note, Override, ParsedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What one entry is made of: what the feed said, its id, the page and comment feeds fetched for it, and the
    editor's word on it. `dated` is when it was published by what we knew so far, for where nobody says it any more or
    ever did; `notes` are about how it was fetched.
    """

    parsed: ParsedEntry
    id: str
    dated: datetime | None = None
    page: Document | None = None
    comments: tuple[Document, ...] = ()
    override: Override | None = None
    notes: tuple[Note, ...] = ()
