"""Evidence: what a virus scanner said of each file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Files that are there were not scanned."""
    op.add_column("evidence", sa.Column("scan", sa.String(32), nullable=False, server_default="none"))
    op.create_index("ix_evidence_scan", "evidence", ["scan"])


def downgrade() -> None:
    """Take the column away."""
    op.drop_index("ix_evidence_scan", table_name="evidence")
    with op.batch_alter_table("evidence") as table:
        table.drop_column("scan")
