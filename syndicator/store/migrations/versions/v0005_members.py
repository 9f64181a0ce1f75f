"""What stands in a publication: its members, the archives they are sealed into, the people credited, and what is to be
looked at again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_OF_AN_ENTRY = (["subscription", "key"], ["entries.subscription", "entries.key"])


def upgrade() -> None:
    """Make the tables. They are filled at the next start: a publication without members is made anew."""
    op.create_table(
        "members",
        sa.Column("publication", sa.Text, primary_key=True),
        sa.Column("subscription", sa.Text, primary_key=True),
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("published", sa.BigInteger, nullable=False),
        sa.Column("updated", sa.BigInteger, nullable=False),
        sa.Column("archive", sa.Integer, nullable=False),
        sa.Column("gone_at", sa.BigInteger),
        sa.ForeignKeyConstraint(*_OF_AN_ENTRY),
    )
    op.create_index("members_document", "members", ["publication", "archive", "published", "key"])
    op.create_index("members_gone", "members", ["publication", "gone_at"])
    op.create_index("members_slug", "members", ["publication", "slug"])
    op.create_table(
        "archives",
        sa.Column("publication", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("stale", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "news",
        sa.Column("publication", sa.Text, primary_key=True),
        sa.Column("subscription", sa.Text, primary_key=True),
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("token", sa.BigInteger, nullable=False),
        sa.Column("placed", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(*_OF_AN_ENTRY),
    )
    op.create_index("news_placed", "news", ["publication", "placed"])
    _people()
    op.execute("UPDATE publications SET shape = NULL")
    op.execute("UPDATE pages SET due = 0 WHERE due IS NULL AND body IS NOT NULL")  # looked at now and then from now on


def _people() -> None:
    op.create_table(
        "credited",
        sa.Column("publication", sa.Text, primary_key=True),
        sa.Column("slug", sa.Text, primary_key=True),
        sa.Column("subscription", sa.Text, primary_key=True),
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("person", sa.LargeBinary, nullable=False),
        sa.Column("published", sa.BigInteger, nullable=False),
        sa.ForeignKeyConstraint(*_OF_AN_ENTRY),
    )
    op.create_index("credited_newest", "credited", ["publication", "slug", "published"])
    op.create_index("credited_entry", "credited", ["publication", "subscription", "key"])
    op.create_table(
        "people",
        sa.Column("publication", sa.Text, primary_key=True),
        sa.Column("slug", sa.Text, primary_key=True),
        sa.Column("stale", sa.BigInteger, nullable=False),
    )
