"""What we say: an entry and its responses, whose invariants hold."""

from datetime import datetime
from typing import Literal

from syndicator.model.asked import Terms
from syndicator.model.credit import (
    Copy,
    Credit,
    Enclosure,
    Evidence,
    Hop,
    Image,
    Licence,
    Note,
    Original,
    Release,
    ResponseKind,
    Translation,
)
from syndicator.model.noun import noun
from syndicator.model.upstream import ParsedEntry, Source


@noun
class Ground:
    """Where a fact of an entry stood that carries no evidence of its own: title, language, published, original."""

    fact: str
    evidence: Evidence


@noun
class Entry:
    """A clean entry: `id` an absolute IRI, URLs absolute, markup safe, times plausible, credits with evidence.

    `content_html` has the credit line lifted; `untouched_html` is the same clean text with it still in place, kept
    where the release is untouched. `abridged` says that upstream told us of an excerpt. `copies` are those that the
    installation before us keeps of its pictures; the texts name the pictures by their own addresses.
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
    abridged: bool = False
    terms: Terms = Terms()
    images: tuple[Image, ...] = ()
    copies: tuple[Copy, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    categories: tuple[str, ...] = ()
    source: Source = Source()
    comments_url: str | None = None
    comments_feed: str | None = None
    comments_count: int | None = None
    grounds: tuple[Ground, ...] = ()
    notes: tuple[Note, ...] = ()


@noun
class Credited:
    """A person whom entries credit; `slug` names their page and is the same for every spelling of the name in capitals
    or white space. `roles` are what they did, each once.
    """

    name: str
    slug: str
    roles: tuple[str, ...] = ()


@noun
class Response:
    """A comment, pingback, trackback or webmention. `id` is unique among the responses to its entry.

    `content_text` has its paragraphs separated by an empty line; `marks` holds "republication" and "translation"
    where the text says so; `truncated` is None when that cannot be known (WordPress wraps every ping in […]).
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


@noun
class Heard:
    """What a comment feed and the entry's page say: `responses`, and the ids of those known that their origin
    deleted.
    """

    responses: tuple[Response, ...] = ()
    deleted: tuple[str, ...] = ()


@noun
class Ties:
    """What ties an entry to others of the same work: keys that are the same for every spelling of an address.

    `own` are the entry's, `stated` those that its provenance names before it; `depth` counts the hops up to it.
    """

    own: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    depth: int = 1


@noun
class Derived:
    """What the chain made of one parsed entry; deciding adds the `digest` of what a reader sees.

    `left_out` says why no publication shows the entry; empty where they may. `words` is a hash of upstream's own words,
    which no setting or override of ours changes. `pictures` are those that we are to keep a copy of, each with where it
    is fetched.
    """

    parsed: ParsedEntry
    entry: Entry
    responses: tuple[Response, ...] = ()
    ties: Ties = Ties()
    left_out: str = ""
    words: str = ""
    pictures: tuple[Copy, ...] = ()
    digest: str = ""
