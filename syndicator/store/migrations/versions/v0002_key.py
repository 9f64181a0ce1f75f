"""Entries are found by id in whichever subscription: a publication of many asks who else has an id."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the index on the ids' keys."""
    op.create_index("entries_key", "entries", ["key"])
