"""What the store remembers, and what changes it."""

from collections.abc import Mapping
from datetime import datetime

from syndicator.model.credit import Copy, Note
from syndicator.model.noun import noun
from syndicator.model.ours import Credited, Derived, Entry, Response
from syndicator.model.upstream import FeedHead
from syndicator.model.verdicts import Document, Validators


@noun
class Known:
    """What the store remembers of an entry, as much as deciding needs; `reworded` is when upstream's own words last
    changed.
    """

    id: str
    raw_id: str | None
    link: str | None
    fingerprint: str
    digest: str
    first_seen: datetime
    updated: datetime
    published: datetime | None = None
    reworded: datetime | None = None
    withdrawn: bool = False


@noun
class Followed:
    """What is known of an original that we follow: when upstream last changed its words, its language, the day that
    upstream states, and the name of its own site; "" where only another site's feed has it.
    """

    reworded: datetime
    language: str | None = None
    published: datetime | None = None
    publisher: str = ""


@noun
class Page:
    """The page of an entry as it was last asked for: `document` is None where it could not be read, `why` says so.

    `due` is when to ask again, where that was not the site's last word; `attempts` counts the failures in a row,
    `looks` how often a page that is there was looked at. `gone` are the times, a day or more apart, at which it
    answered 410 since it last was there. One that is not `needed` has no document: the entry is made without it, and
    it is only asked whether it is still there.
    """

    document: Document | None
    validators: Validators = Validators()
    why: str = ""
    attempts: int = 0
    due: datetime | None = None
    looks: int = 0
    gone: tuple[datetime, ...] = ()
    needed: bool = True


@noun
class Changes:
    """What a poll changes: the three lists are disjoint. `new` and `changed` pair what upstream said with what we
    say.
    """

    new: tuple[Derived, ...] = ()
    changed: tuple[Derived, ...] = ()
    touched: tuple[Derived, ...] = ()
    withdrawn: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@noun
class SubscriptionState:
    """What the store remembers of a subscription. `epoch` fences writes: it grows with each claim."""

    name: str
    first_url: str
    url: str
    validators: Validators = Validators()
    body_hash: str | None = None
    settings: str = ""
    head: FeedHead = FeedHead()
    failures: int = 0
    next_poll_at: datetime | None = None
    next_poll_why: str = ""
    last_polled_at: datetime | None = None
    last_answer: str = ""
    last_error: str = ""
    retired_at: datetime | None = None
    notes: tuple[Note, ...] = ()
    epoch: int = 0


@noun
class Poll:
    """When to ask next, and why then."""

    at: datetime | None
    why: str


@noun
class Fragment:
    """One entry rendered for one publication, ready to be stitched; `recipe` names what it was rendered with."""

    subscription: str
    id: str
    revision: int
    recipe: str
    updated: datetime
    atom: bytes
    rss: bytes
    json: bytes


@noun
class EntryPage:
    """The page of an entry and the feed of its responses: `files` by path, and the people who have pages of their
    own.
    """

    id: str
    files: Mapping[str, bytes]
    people: tuple[Credited, ...]


@noun
class Stored:
    """An entry as the store holds it: `revision` grows with each change of the entry or of its responses, `reworded` is
    when upstream's own words last changed. `state` is ready, queued or held; `left_out` says why no publication shows
    it. `copies` are those that we keep of its pictures.
    """

    entry: Entry
    responses: tuple[Response, ...]
    slug: str
    revision: int
    first_seen: datetime
    reworded: datetime | None = None
    state: str = "ready"
    left_out: str = ""
    copies: tuple[Copy, ...] = ()


@noun
class Listing:
    """One line of a publication: which entry stands there, and its stored fragment where one exists."""

    subscription: str
    id: str
    revision: int
    slug: str = ""
    fragment: Fragment | None = None


@noun
class Errand:
    """A row of the outbox: `kind` is "republish" (target: a publication), "pictures" (target: "write" or "remove") or
    "hub" (target: a hub; topic: the feed's URL).
    """

    kind: str
    target: str
    topic: str = ""
    id: int = 0
    attempts: int = 0
    not_before: datetime | None = None
    created: datetime | None = None
    given_up_at: datetime | None = None
    last_error: str = ""
