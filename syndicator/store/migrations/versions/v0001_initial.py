"""The first schema. A migration is never edited after its release: what follows is a new file."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table; moments are microseconds since 1970 (tables.Moment)."""
    _subscriptions()
    _entries()
    _texts_and_responses()
    _publications()
    _outbox_and_documents()


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("configured", sa.Boolean, nullable=False),
        sa.Column("config_url", sa.Text, nullable=False),
        sa.Column("first_url", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("body_hash", sa.Text),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.Column("notes", sa.LargeBinary, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("next_poll_at", sa.BigInteger),
        sa.Column("next_poll_why", sa.Text, nullable=False),
        sa.Column("last_polled_at", sa.BigInteger),
        sa.Column("last_answer", sa.Text, nullable=False),
        sa.Column("last_error", sa.Text, nullable=False),
        sa.Column("retired_at", sa.BigInteger),
        sa.Column("epoch", sa.BigInteger, nullable=False),
        sa.Column("leased_until", sa.BigInteger),
    )
    op.create_index("subscriptions_next_poll", "subscriptions", ["next_poll_at"])


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("subscription", sa.Text, sa.ForeignKey("subscriptions.name"), primary_key=True),
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("raw_id", sa.Text),
        sa.Column("raw_key", sa.LargeBinary),
        sa.Column("link", sa.Text),
        sa.Column("link_key", sa.LargeBinary),
        sa.Column("url", sa.Text),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("content_key", sa.LargeBinary, nullable=False),
        sa.Column("release", sa.Text, nullable=False),
        sa.Column("release_why", sa.Text, nullable=False),
        sa.Column("published", sa.BigInteger, nullable=False),
        sa.Column("updated", sa.BigInteger, nullable=False),
        sa.Column("first_seen", sa.BigInteger, nullable=False),
        sa.Column("last_seen", sa.BigInteger, nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger),
        sa.Column("comments_feed", sa.Text),
        sa.Column("responses_due", sa.BigInteger),
    )
    op.create_index("entries_raw", "entries", ["subscription", "raw_key"])
    op.create_index("entries_link", "entries", ["subscription", "link_key"])
    op.create_index("entries_fingerprint", "entries", ["subscription", "fingerprint"])
    op.create_index("entries_seen", "entries", ["subscription", "last_seen"])
    op.create_index("entries_listing", "entries", ["subscription", "state", "published", "key"])
    op.create_index("entries_responses", "entries", ["responses_due"])


def _texts_and_responses() -> None:
    op.create_table(
        "texts",
        sa.Column("subscription", sa.Text, primary_key=True),
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("entry", sa.LargeBinary, nullable=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["subscription", "key"], ["entries.subscription", "entries.key"]),
    )
    op.create_table(
        "responses",
        sa.Column("subscription", sa.Text, primary_key=True),
        sa.Column("entry", sa.LargeBinary, primary_key=True),
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("response", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["subscription", "entry"], ["entries.subscription", "entries.key"]),
    )


def _publications() -> None:
    op.create_table(
        "publications",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("since", sa.BigInteger),
        sa.Column("shape", sa.Text),
    )
    op.create_table(
        "fragments",
        sa.Column("publication", sa.Text, primary_key=True),
        sa.Column("subscription", sa.Text, primary_key=True),
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("recipe", sa.Text, nullable=False),
        sa.Column("updated", sa.BigInteger, nullable=False),
        sa.Column("atom", sa.LargeBinary, nullable=False),
        sa.Column("rss", sa.LargeBinary, nullable=False),
        sa.Column("json", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["subscription", "key"], ["entries.subscription", "entries.key"]),
    )
    op.create_index("fragments_entry", "fragments", ["subscription", "key"])


def _outbox_and_documents() -> None:
    op.create_table(
        "outbox",
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("id", sa.BigInteger, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("not_before", sa.BigInteger, nullable=False),
        sa.Column("last_error", sa.Text, nullable=False),
        sa.Column("delivered_at", sa.BigInteger),
        sa.Column("given_up_at", sa.BigInteger),
    )
    op.create_index("outbox_open", "outbox", ["delivered_at", "given_up_at", "not_before"])
    op.create_table(
        "documents",
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
    )
