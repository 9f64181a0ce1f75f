"""The pictures that we are to keep copies of, and the files that those copies are."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables. They are filled as entries are derived again."""
    op.create_table(
        "pictures",
        sa.Column("subscription", sa.Text, primary_key=True),
        sa.Column("entry", sa.LargeBinary, primary_key=True),
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("file", sa.Text),
        sa.Column("shown", sa.Boolean, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due", sa.BigInteger),
        sa.Column("why", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["subscription", "entry"], ["entries.subscription", "entries.key"]),
    )
    op.create_index("pictures_due", "pictures", ["due"])
    op.create_index("pictures_file", "pictures", ["file"])
    op.create_table(
        "picture_files",
        sa.Column("file", sa.Text, primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary),
    )
    op.create_index("picture_files_state", "picture_files", ["state"])
    op.create_index("members_entry", "members", ["subscription", "key"])  # whether anybody shows an entry
    op.create_index("news_entry", "news", ["subscription", "key"])
