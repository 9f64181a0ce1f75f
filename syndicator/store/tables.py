"""The tables, as the newest migration leaves them. It must not query.

Long texts of upstream (ids, links) are found through 16-byte keys (`codec.key`). Large values live in `texts` and
`fragments`, apart from the narrow `entries`, so that noting that an entry was seen again does not rewrite its text.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware UTC time as whole microseconds since 1970.

    SQLite has no time type and would keep text without zone, PostgreSQL answers in the connection's zone; an integer is
    exact, compares and sorts the same on both, and keeps indexes small. A naive time raises TypeError.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's
        """Microseconds since 1970."""
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's
        """The aware time in UTC."""
        return None if value is None else EPOCH + timedelta(microseconds=value)


metadata = MetaData()

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("name", Text, primary_key=True),
    Column("configured", Boolean, nullable=False),
    Column("config_url", Text, nullable=False),  # as the configuration has it; `url` follows permanent redirects
    Column("first_url", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", Text),
    Column("settings", Text, nullable=False),
    Column("head", LargeBinary, nullable=False),  # packed FeedHead
    Column("notes", LargeBinary, nullable=False),  # packed tuple[Note, ...]
    Column("failures", Integer, nullable=False),
    Column("next_poll_at", Moment),  # NULL: at once
    Column("next_poll_why", Text, nullable=False),
    Column("last_polled_at", Moment),
    Column("last_answer", Text, nullable=False),
    Column("last_error", Text, nullable=False),
    Column("retired_at", Moment),
    Column("epoch", BigInteger, nullable=False),
    Column("leased_until", Moment),
    Index("subscriptions_next_poll", "next_poll_at"),
)

entries = Table(
    "entries",
    metadata,
    Column("subscription", Text, ForeignKey("subscriptions.name"), primary_key=True),
    Column("key", LargeBinary, primary_key=True),  # of id
    Column("id", Text, nullable=False),
    Column("raw_id", Text),
    Column("raw_key", LargeBinary),
    Column("link", Text),
    Column("link_key", LargeBinary),
    Column("url", Text),
    Column("slug", Text, nullable=False),
    Column("state", Text, nullable=False),  # ready, queued, held or withdrawn
    Column("left_out", Text, nullable=False),  # why no publication shows it; empty: they do
    Column("revision", Integer, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("settings", Text, nullable=False),  # those it was derived under
    Column("digest", Text, nullable=False),
    Column("content_key", LargeBinary, nullable=False),  # of the entry's JSON: tells a change without reading the text
    Column("release", Text, nullable=False),  # what the gate lets out, and why: for the status
    Column("release_why", Text, nullable=False),
    Column("language", Text),
    Column("depth", Integer, nullable=False),  # hops of its provenance
    Column("words", Text, nullable=False),  # digest of upstream's own words
    Column("reworded", Moment),  # when those last changed; NULL: as `updated`
    Column("published", Moment, nullable=False),
    Column("updated", Moment, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Column("comments_feed", Text),
    Column("responses_due", Moment),  # NULL: never
    Index("entries_key", "key"),  # an id in whichever subscription
    Index("entries_raw", "raw_key", "subscription"),
    Index("entries_link", "subscription", "link_key"),
    Index("entries_fingerprint", "subscription", "fingerprint"),
    Index("entries_seen", "subscription", "last_seen"),
    Index("entries_listing", "subscription", "state", "left_out", "published", "key"),
    Index("entries_settings", "settings", "subscription"),
    Index("entries_responses", "responses_due"),
)

texts = Table(
    "texts",
    metadata,
    Column("subscription", Text, primary_key=True),
    Column("key", LargeBinary, primary_key=True),
    Column("entry", LargeBinary, nullable=False),  # packed Entry
    Column("raw", LargeBinary, nullable=False),  # packed ParsedEntry
    ForeignKeyConstraint(["subscription", "key"], ["entries.subscription", "entries.key"]),
)

responses = Table(
    "responses",
    metadata,
    Column("subscription", Text, primary_key=True),
    Column("entry", LargeBinary, primary_key=True),  # the entry's key
    Column("key", LargeBinary, primary_key=True),  # of the response's id
    Column("kind", Text, nullable=False),  # of the response, or DELETED
    Column("at", Moment, nullable=False),  # published, else first seen
    Column("response", LargeBinary, nullable=False),  # packed Response
    ForeignKeyConstraint(["subscription", "entry"], ["entries.subscription", "entries.key"]),
)

DELETED = "deleted"  # kind of what its origin deleted: nothing but the id is kept, so that it is not heard again

pages = Table(
    "pages",
    metadata,
    Column("subscription", Text, primary_key=True),
    Column("entry", LargeBinary, primary_key=True),  # the entry's key
    Column("page", LargeBinary, nullable=False),  # packed Page, without the body
    Column("body", LargeBinary),  # compressed
    Column("due", Moment),  # NULL: only with the entry
    ForeignKeyConstraint(["subscription", "entry"], ["entries.subscription", "entries.key"]),
    Index("pages_due", "due"),
)

pictures = Table(
    "pictures",
    metadata,
    Column("subscription", Text, primary_key=True),
    Column("entry", LargeBinary, primary_key=True),  # the entry's key
    Column("key", LargeBinary, primary_key=True),  # of url
    Column("url", Text, nullable=False),
    Column("at", Text, nullable=False),  # where it is fetched
    Column("file", Text),  # the name of our copy; NULL: there is none
    Column("shown", Boolean, nullable=False),  # the file is on the disk, and the entry names it
    Column("attempts", Integer, nullable=False),
    Column("due", Moment),  # NULL: only when the entry changes
    Column("why", Text, nullable=False),
    ForeignKeyConstraint(["subscription", "entry"], ["entries.subscription", "entries.key"]),
    Index("pictures_due", "due"),
    Index("pictures_file", "file"),
)

picture_files = Table(
    "picture_files",
    metadata,
    Column("file", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("state", Text, nullable=False),  # COMING, HERE or LOOSE
    Column("body", LargeBinary),  # until it is on the disk
    Index("picture_files_state", "state"),
)
COMING = "coming"  # to be written
HERE = "here"
LOOSE = "loose"  # nobody needs it any more: to be deleted

addresses = Table(
    "addresses",
    metadata,
    Column("subscription", Text, primary_key=True),
    Column("entry", LargeBinary, primary_key=True),  # the entry's key
    Column("address", LargeBinary, primary_key=True),  # key of what is the same for every spelling of an address
    Column("own", Boolean, nullable=False),  # the entry's; else one that its provenance states
    ForeignKeyConstraint(["subscription", "entry"], ["entries.subscription", "entries.key"]),
    Index("addresses_address", "address"),
)

overrides = Table(
    "overrides",
    metadata,
    Column("subscription", Text, primary_key=True),
    Column("entry", LargeBinary, primary_key=True),  # the entry's key
    Column("digest", Text, nullable=False),  # of the override that the entry was last ordered to be made with
    ForeignKeyConstraint(["subscription", "entry"], ["entries.subscription", "entries.key"]),
)

publications = Table(
    "publications",
    metadata,
    Column("name", Text, primary_key=True),
    Column("since", Moment),
    Column("shape", Text),
)

members = Table(
    "members",
    metadata,
    Column("publication", Text, primary_key=True),
    Column("subscription", Text, primary_key=True),
    Column("key", LargeBinary, primary_key=True),  # the entry's key
    Column("slug", Text, nullable=False),
    Column("published", Moment, nullable=False),
    Column("updated", Moment, nullable=False),  # of the entry, when it last came into the subscription document
    Column("archive", Integer, nullable=False),  # the number of its archive; SUBSCRIBED, GONE or LEFT
    Column("gone_at", Moment),
    ForeignKeyConstraint(["subscription", "key"], ["entries.subscription", "entries.key"]),
    Index("members_document", "publication", "archive", "published", "key"),
    Index("members_gone", "publication", "gone_at"),
    Index("members_slug", "publication", "slug"),
    Index("members_entry", "subscription", "key"),
)
SUBSCRIBED = 0  # `archive` of what stands in the document that subscribers poll
GONE = -1  # of what was taken down
LEFT = -2  # of what stood once and does not now: held back, a copy, left out

archives = Table(
    "archives",
    metadata,
    Column("publication", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("stale", BigInteger, nullable=False),  # of the latest change; 0: its file says what its members are
)

news = Table(
    "news",
    metadata,
    Column("publication", Text, primary_key=True),
    Column("subscription", Text, primary_key=True),
    Column("key", LargeBinary, primary_key=True),  # the entry's key
    Column("token", BigInteger, nullable=False),  # of the latest telling
    Column("placed", Boolean, nullable=False),  # its membership is settled; its page is still to be made
    ForeignKeyConstraint(["subscription", "key"], ["entries.subscription", "entries.key"]),
    Index("news_placed", "publication", "placed"),
    Index("news_entry", "subscription", "key"),
)

credited = Table(
    "credited",
    metadata,
    Column("publication", Text, primary_key=True),
    Column("slug", Text, primary_key=True),  # the person's
    Column("subscription", Text, primary_key=True),
    Column("key", LargeBinary, primary_key=True),  # the entry's key
    Column("person", LargeBinary, nullable=False),  # packed Credited
    Column("published", Moment, nullable=False),  # of the entry
    ForeignKeyConstraint(["subscription", "key"], ["entries.subscription", "entries.key"]),
    Index("credited_newest", "publication", "slug", "published"),
    Index("credited_entry", "publication", "subscription", "key"),
)

people = Table(
    "people",
    metadata,
    Column("publication", Text, primary_key=True),
    Column("slug", Text, primary_key=True),
    Column("stale", BigInteger, nullable=False),  # of the latest change; no row: the person's files are up to date
)

fragments = Table(
    "fragments",
    metadata,
    Column("publication", Text, primary_key=True),
    Column("subscription", Text, primary_key=True),
    Column("key", LargeBinary, primary_key=True),  # the entry's key
    Column("revision", Integer, nullable=False),
    Column("recipe", Text, nullable=False),
    Column("updated", Moment, nullable=False),
    Column("atom", LargeBinary, nullable=False),
    Column("rss", LargeBinary, nullable=False),
    Column("json", LargeBinary, nullable=False),
    ForeignKeyConstraint(["subscription", "key"], ["entries.subscription", "entries.key"]),
    Index("fragments_entry", "subscription", "key"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("key", LargeBinary, primary_key=True),  # of kind, target and topic: one row, however often it is asked for
    Column("id", BigInteger, nullable=False, unique=True),  # of the latest asking
    Column("kind", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("created", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("last_error", Text, nullable=False),
    Column("delivered_at", Moment),
    Column("given_up_at", Moment),
    Index("outbox_open", "delivered_at", "given_up_at", "not_before"),
)

documents = Table(
    "documents",
    metadata,
    Column("key", LargeBinary, primary_key=True),  # of url
    Column("url", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("seen_at", Moment, nullable=False),
)
