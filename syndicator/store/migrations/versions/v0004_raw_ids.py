"""A raw id is found in whichever subscription: an editor's file names no subscription."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Turn the index round."""
    op.drop_index("entries_raw", "entries")
    op.create_index("entries_raw", "entries", ["raw_key", "subscription"])
