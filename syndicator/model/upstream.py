"""What upstream said: all optional, nothing repaired, nothing cleaned."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta

from syndicator.model.credit import AgentKind, Enclosure, Note, Original
from syndicator.model.noun import noun


@noun
class Text:
    """A text construct as upstream gave it; `html` tells whether `value` is markup."""

    value: str
    html: bool = False
    base: str | None = None
    language: str | None = None


@noun
class Person:
    """An Atom person construct, or what the RSS field held."""

    name: str = ""
    uri: str | None = None
    email: str | None = None


@noun
class Link:
    """An Atom link; `rel` is "alternate" when upstream gave none."""

    href: str
    rel: str = "alternate"
    type: str | None = None
    hreflang: str | None = None
    title: str | None = None


@noun
class Extension:
    """An element outside the formats' own vocabularies; `name` in Clark notation ({namespace}local)."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


@noun
class Rhythm:
    """How often upstream wants to be asked: `interval` from ttl or sy:update*, hours 0–23 and days (Monday is 0),
    UTC.
    """

    interval: timedelta | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


@noun
class FeedHead:
    """What a feed says of itself and its entries inherit (atom:source takes from here)."""

    format: str = ""
    id: str | None = None
    title: str = ""
    subtitle: str = ""
    url: str | None = None
    self_url: str | None = None
    language: str | None = None
    authors: tuple[Person, ...] = ()
    rights: str | None = None
    licences: tuple[str, ...] = ()
    hubs: tuple[str, ...] = ()
    icon: str | None = None
    updated: datetime | None = None
    rhythm: Rhythm = Rhythm()
    extensions: tuple[Extension, ...] = ()


@noun
class Source:
    """The provenance of a copied entry: atom:source (RFC 4287 4.2.11)."""

    id: str | None = None
    title: str = ""
    url: str | None = None
    self_url: str | None = None
    language: str | None = None
    authors: tuple[Person, ...] = ()
    rights: str | None = None
    licences: tuple[str, ...] = ()
    updated: datetime | None = None


@noun
class ParsedEntry:
    """One entry as upstream gave it. `fingerprint` covers its bytes, what it inherits, the settings and the chain.

    `duplicate` tells that `raw_id` occurs more than once in its document; `base` and every URL in it are absolute,
    markup is not cleaned.
    """

    fingerprint: str
    position: int = 0
    raw_id: str | None = None
    duplicate: bool = False
    link: str | None = None
    links: tuple[Link, ...] = ()
    title: Text | None = None
    summary: Text | None = None
    content: Text | None = None
    authors: tuple[Person, ...] = ()
    contributors: tuple[Person, ...] = ()
    categories: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    language: str | None = None
    base: str | None = None
    rights: str | None = None
    licences: tuple[str, ...] = ()
    source: Source | None = None
    comments_url: str | None = None
    comments_feed: str | None = None
    comments_count: int | None = None
    in_reply_to: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    extensions: tuple[Extension, ...] = ()


@noun
class Named:
    """A name that a page states in its data: what it says that this one did, and what it is where it says so."""

    role: str
    name: str
    where: str
    kind: AgentKind | None = None
    uri: str | None = None


@noun
class Byline:
    """Lines of a page about its article, beside the text: `markup` is one paragraph of words, links and line breaks.

    `role` is what the page's own markup says of them, say "author" for rel=author; None where only the words tell.
    """

    markup: str
    where: str
    role: str | None = None


@noun
class Imprint:
    """Who made an article and from what, as its page states beside the text; all of it as stated, nothing judged.

    The publisher is the `Named` whose role is "publisher"; `original` always has an address.
    """

    named: tuple[Named, ...] = ()
    bylines: tuple[Byline, ...] = ()
    original: Original | None = None


@noun
class Tombstone:
    """An upstream's word that an entry was taken down (RFC 6721)."""

    ref: str
    when: datetime | None = None


@noun
class ParsedFeed:
    """A parsed document. `fingerprints` are those of all its entries in order; `entries` leaves out the known ones."""

    head: FeedHead
    entries: tuple[ParsedEntry, ...] = ()
    fingerprints: tuple[str, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    complete: bool = True
    notes: tuple[Note, ...] = ()


@noun
class Refused:
    """A document or an entry that cannot be taken: `reason` is a stable kebab-case word, `why` a sentence, `hint`
    what to do.
    """

    reason: str
    why: str
    hint: str = ""
