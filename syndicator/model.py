"""The nouns: what flows between the rooms, as frozen values.

Order of the file: who and what (Agent, Credit, Licence …), what upstream said (ParsedFeed, ParsedEntry), what we say
(Entry, Response), what was asked (Subscription, Publication …), and the verdicts of fetching, parsing and deciding.
Names are RFC 4287's wherever it has one. Everything pickles and is plain data; times are timezone-aware UTC.
This module must not import a framework, do I/O, or hold behaviour beyond trivial properties.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

# ── who and what ─────────────────────────────────────────────────────────────────────────────────────────────────

AgentKind = Literal["person", "organisation", "software"]
CreditOf = Literal["entry", "image", "hop"]
Permit = Literal["excerpt", "verbatim", "translate", "commercial"]
TranslationState = Literal["current", "stale", "unknown"]
ResponseKind = Literal["comment", "pingback", "trackback", "webmention"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something an editor may want to know: `code` is a stable kebab-case word, `text` one sentence."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why we believe a fact: `where` it stood, the `rule` that read it, the `text` as printed."""

    where: str
    rule: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Who acted (PROV Agent)."""

    kind: AgentKind
    name: str
    uri: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Who did what: `role` is author, translator, reviser, post-editor, editor, illustrator, photographer, publisher …

    `target` names the image (its src) or the hop (its URL) when `of` is not the entry.
    Two credits are the same when (role, agent, of, target) are equal.
    """

    role: str
    agent: Agent
    of: CreditOf = "entry"
    target: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """What may be done: `id` is SPDX, `url` its address; `permits` never exceeds the evidence."""

    id: str | None = None
    url: str | None = None
    permits: tuple[Permit, ...] = ("excerpt",)
    no_derivatives: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What the gate lets out of an entry, and why.

    whole: the text with our credit block, the credit line lifted. untouched: the text exactly as upstream has it, our
    block outside (NoDerivatives). excerpt: summary or first words. link: title and link only.
    """

    scope: Literal["whole", "untouched", "excerpt", "link"]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The work a translation was made from; `url` only when somebody stated it."""

    url: str | None = None
    site: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One step of the provenance: original, translation or republication."""

    role: Literal["original", "translation", "republication"]
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    date: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """From which language to which; stale when the original changed after the last human review."""

    from_language: str | None
    to_language: str | None
    state: TranslationState = "unknown"
    source_updated: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image of the entry: absolute `src`, its caption once."""

    src: str
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that comes with the entry (rel=enclosure); `length` in bytes."""

    url: str
    type: str = ""
    length: int | None = None


# ── what upstream said: all optional, nothing repaired ───────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text construct as upstream gave it; `html` tells whether `value` is markup."""

    value: str
    html: bool = False
    base: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An Atom person construct, or what the RSS field held."""

    name: str = ""
    uri: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An Atom link; `rel` is "alternate" when upstream gave none."""

    href: str
    rel: str = "alternate"
    type: str | None = None
    hreflang: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """An element outside the formats' own vocabularies; `name` in Clark notation ({namespace}local)."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often upstream wants to be asked: `interval` from ttl or sy:update*, hours 0–23 and days (Monday is 0), UTC."""

    interval: timedelta | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedEntry:
    """One entry as upstream gave it. `fingerprint` covers its bytes, what it inherits, the settings and the chain.

    `duplicate` tells that `raw_id` occurs more than once in its document; `base` and every URL in it are absolute, markup
    is not cleaned.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """An upstream's word that an entry was taken down (RFC 6721)."""

    ref: str
    when: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A parsed document. `fingerprints` are those of all its entries in order; `entries` leaves out the known ones."""

    head: FeedHead
    entries: tuple[ParsedEntry, ...] = ()
    fingerprints: tuple[str, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    complete: bool = True
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A document or an entry that cannot be taken: `reason` is a stable kebab-case word, `why` a sentence, `hint` what to do."""

    reason: str
    why: str
    hint: str = ""


# ── what we say: invariants hold ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A clean entry: `id` an absolute IRI, URLs absolute, markup safe, times plausible, credits with evidence.

    `content_html` has the credit line lifted; `untouched_html` is the same clean text with it still in place.
    """

    subscription: str
    id: str
    url: str | None
    title: str
    published: datetime
    updated: datetime
    language: str | None = None
    direction: Literal["ltr", "rtl"] = "ltr"
    summary_html: str = ""
    content_html: str = ""
    untouched_html: str = ""
    credits: tuple[Credit, ...] = ()
    original: Original | None = None
    provenance: tuple[Hop, ...] = ()
    translation: Translation | None = None
    licence: Licence = Licence()
    rights: str | None = None
    release: Release = Release(scope="link", why="nothing decided")
    images: tuple[Image, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    categories: tuple[str, ...] = ()
    source: Source = Source()
    comments_url: str | None = None
    comments_feed: str | None = None
    comments_count: int | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A comment, pingback, trackback or webmention. `id` is unique among the responses to its entry.

    `content_text` has its paragraphs separated by an empty line; `marks` holds "republication" and "translation" where the
    text says so; `truncated` is None when that cannot be known (WordPress wraps every ping in […]).
    """

    id: str
    kind: ResponseKind
    author: str | None = None
    uri: str | None = None
    title: str | None = None
    site: str | None = None
    published: datetime | None = None
    content_text: str = ""
    in_reply_to: str | None = None
    marks: tuple[str, ...] = ()
    truncated: bool | None = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """What the chain made of one parsed entry; deciding adds the `digest` of what a reader sees."""

    parsed: ParsedEntry
    entry: Entry
    responses: tuple[Response, ...] = ()
    digest: str = ""


# ── what was asked ───────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """A partner's word: `sentence` as recorded; `scope` what it grants; after `until` it counts as nothing."""

    sentence: str
    scope: tuple[Permit, ...] = ("excerpt", "verbatim")
    granted_by: str | None = None
    on: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """An upstream feed that the configuration names."""

    name: str
    url: str
    every: timedelta = timedelta(hours=1)
    language: str | None = None
    licence: str | None = None
    permission: Permission | None = None
    full_text: Literal["auto", "always", "never"] = "auto"
    publish: Literal["auto", "review"] = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A feed that we republish; subscriptions in order of precedence."""

    name: str
    title: str
    subscriptions: tuple[str, ...]
    language: str | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where and as whom we publish; `base_url` without a trailing slash."""

    base_url: str
    title: str
    contact: str = ""
    hubs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """Limits of the HTTP door: sizes in bytes, times in seconds."""

    user_agent: str
    allow_private_networks: bool = False
    max_wire_bytes: int = 10_000_000
    max_decoded_bytes: int = 10_000_000
    timeout: float = 30.0
    max_redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxPolicy:
    """Limits of one hop: `deadline` in seconds, `memory` in bytes."""

    workers: int = 2
    deadline: float = 2.0
    patience: float = 10.0
    memory: int = 512 * 1024 * 1024


# ── verdicts ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """ETag and Last-Modified exactly as received."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Bytes from outside and what the transport said of them: the final URL, the type and charset of Content-Type."""

    body: bytes
    url: str
    content_type: str = ""
    charset: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """200. `complete` is false when the body was cut short; `moved_to` is set when the way there was permanent (301, 308)."""

    document: Document
    body_hash: str
    validators: Validators = Validators()
    complete: bool = True
    max_age: int | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """304. Validators are those of the answer, or the ones sent where it gave none."""

    validators: Validators = Validators()
    max_age: int | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """410: the publisher took the resource down for good."""

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Anything else. `reason` is a stable kebab-case word, `why` a sentence; `retry_after` in seconds where the server asked."""

    url: str
    reason: str
    why: str
    hint: str = ""
    status: int | None = None
    retry_after: int | None = None


Answer = Fetched | NotModified | Gone | Failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the store remembers of an entry, as much as deciding needs."""

    id: str
    raw_id: str | None
    link: str | None
    fingerprint: str
    digest: str
    first_seen: datetime
    updated: datetime
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a poll changes: the three lists are disjoint. `new` and `changed` pair what upstream said with what we say."""

    new: tuple[Derived, ...] = ()
    changed: tuple[Derived, ...] = ()
    touched: tuple[Derived, ...] = ()
    withdrawn: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """When to ask next, and why then."""

    at: datetime | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An entry as the store holds it: `revision` grows with each change of the entry or of its responses."""

    entry: Entry
    responses: tuple[Response, ...]
    slug: str
    revision: int
    first_seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One line of a publication: which entry stands there, and its stored fragment where one exists."""

    subscription: str
    id: str
    revision: int
    fragment: Fragment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A row of the outbox: `kind` is "republish" (target: a publication) or "hub" (target: a hub; topic: the feed's URL)."""

    kind: str
    target: str
    topic: str = ""
    id: int = 0
    attempts: int = 0
    not_before: datetime | None = None
    created: datetime | None = None
    given_up_at: datetime | None = None
    last_error: str = ""
