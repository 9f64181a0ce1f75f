"""The pages of entries, the addresses that tie entries to one work, overrides, and why an entry is left out."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_OF_AN_ENTRY = (["subscription", "entry"], ["entries.subscription", "entries.key"])


def upgrade() -> None:
    """Make the tables; the entries' own new columns are filled when they are next derived."""
    _entries()
    _pages()
    _addresses_and_overrides()


def _entries() -> None:
    op.add_column("entries", sa.Column("language", sa.Text))
    op.add_column("entries", sa.Column("left_out", sa.Text, nullable=False, server_default=""))
    op.add_column("entries", sa.Column("depth", sa.Integer, nullable=False, server_default="0"))
    op.add_column("entries", sa.Column("words", sa.Text, nullable=False, server_default=""))
    op.add_column("entries", sa.Column("reworded", sa.BigInteger))
    op.drop_index("entries_listing", "entries")
    op.create_index("entries_listing", "entries", ["subscription", "state", "left_out", "published", "key"])
    op.create_index("entries_settings", "entries", ["settings", "subscription"])


def _pages() -> None:
    op.create_table(
        "pages",
        sa.Column("subscription", sa.Text, primary_key=True),
        sa.Column("entry", sa.LargeBinary, primary_key=True),
        sa.Column("page", sa.LargeBinary, nullable=False),
        sa.Column("body", sa.LargeBinary),
        sa.Column("due", sa.BigInteger),
        sa.ForeignKeyConstraint(*_OF_AN_ENTRY),
    )
    op.create_index("pages_due", "pages", ["due"])


def _addresses_and_overrides() -> None:
    op.create_table(
        "addresses",
        sa.Column("subscription", sa.Text, primary_key=True),
        sa.Column("entry", sa.LargeBinary, primary_key=True),
        sa.Column("address", sa.LargeBinary, primary_key=True),
        sa.Column("own", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(*_OF_AN_ENTRY),
    )
    op.create_index("addresses_address", "addresses", ["address"])
    op.create_table(
        "overrides",
        sa.Column("subscription", sa.Text, primary_key=True),
        sa.Column("entry", sa.LargeBinary, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(*_OF_AN_ENTRY),
    )
