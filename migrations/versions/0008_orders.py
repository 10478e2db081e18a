"""Orders of the shop's record, for shops without a server of their own to ask."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
#: `delivered` means to the buyer (EXC-1).
STATUSES = "not_shipped no_valid_tracking in_transit delivered delivered_elsewhere returned lost confiscated".split()


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "orders",
        sa.Column("order_id", sa.String(64), nullable=False),
        sa.Column("buyer_id", sa.String(128), nullable=False),
        sa.Column("items", JSON, nullable=False),
        sa.Column("ordered_on", sa.Date),
        sa.Column("paid_through_escrow", sa.Boolean),
        sa.Column("payment_method", sa.String(32)),
        sa.Column("delivery_due_on", sa.Date),
        sa.Column("carrier_status", sa.String(32)),
        sa.Column("confiscation_cause", sa.String(32)),
        sa.Column("delivered_on", sa.Date),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("order_id", name="pk_orders"),
        sa.CheckConstraint("order_id <> '' AND buyer_id <> ''", name="ck_orders_named"),
        _one_of("carrier_status", STATUSES),
        _one_of("confiscation_cause", ["supplier", "other"]),
    )
    op.create_index("ix_orders_buyer_id", "orders", ["buyer_id"])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("orders")


def _one_of(column: str, values: list[str]) -> sa.CheckConstraint:
    known = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({known})", name=f"ck_orders_{column}")
