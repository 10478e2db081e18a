"""The newest row of a conversation is found at once, however long the conversation is."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An index that ends with the id takes the place of the one without."""
    op.create_index("ix_events_sender_id_id", "events", ["sender_id", "id"])
    op.drop_index("ix_events_sender_id", "events")


def downgrade() -> None:
    """The old index comes back."""
    op.create_index("ix_events_sender_id", "events", ["sender_id"])
    op.drop_index("ix_events_sender_id_id", "events")
