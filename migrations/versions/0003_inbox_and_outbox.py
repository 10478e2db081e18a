"""Messages in and out, who handles them, who is who on messaging channels, and how much was sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(JSONB(), "postgresql")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables; on PostgreSQL a series numbers the messages, on SQLite the one writer counts."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE SEQUENCE message_ids")
    op.create_table(
        "inbox",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("conversation", sa.String(128), nullable=False),
        sa.Column("buyer_id", sa.String(128), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("native_id", sa.String(255), nullable=False),
        sa.Column("address", sa.String(255), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("button", sa.String(128), nullable=False),
        sa.Column("album", sa.String(255), nullable=False),
        sa.Column("files", _JSON, nullable=False),
        sa.Column("metadata", _JSON, nullable=False),
        sa.Column("removed", _JSON, nullable=False),
        sa.Column("received_at", _INSTANT, nullable=False),
        sa.Column("trace", sa.String(32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.Float(), nullable=False),
        sa.Column("answered_at", _INSTANT),
        sa.Column("answered_by", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("channel", "native_id", name="uq_inbox_channel_native_id"),
        sa.CheckConstraint("kind IN ('text', 'button', 'file', 'edit')", name="ck_inbox_kind"),
    )
    op.create_index("ix_inbox_conversation_id", "inbox", ["conversation", "id"])
    waiting = sa.text("answered_at IS NULL")
    op.create_index("ix_inbox_waiting", "inbox", ["due_at"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("conversation", sa.String(128), nullable=False),
        sa.Column("inbox_id", sa.BigInteger()),
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("buttons", _JSON, nullable=False),
        sa.Column("custom", _JSON, nullable=False),
        sa.Column("response", sa.String(128), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("address", sa.String(255), nullable=False),
        sa.Column("delivered_at", _INSTANT),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name="fk_outbox_inbox_id"),
        sa.UniqueConstraint("inbox_id", "is_final", "position", name="uq_outbox_inbox_id_is_final_position"),
        sa.CheckConstraint("sender IN ('assistant', 'staff')", name="ck_outbox_sender"),
    )
    op.create_index("ix_outbox_conversation_id", "outbox", ["conversation", "id"])
    undelivered = sa.text("delivered_at IS NULL AND address <> ''")
    op.create_index(
        "ix_outbox_undelivered",
        "outbox",
        ["channel", "address", "id"],
        sqlite_where=undelivered,
        postgresql_where=undelivered,
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(192), nullable=False),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.create_table(
        "links",
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("user", sa.String(255), nullable=False),
        sa.Column("buyer_id", sa.String(128), nullable=False),
        sa.Column("linked_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("channel", "user", name="pk_links"),
    )
    op.create_index("ix_links_buyer_id", "links", ["buyer_id"])
    op.create_table(
        "used_codes",
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("used_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_used_codes"),
    )
    op.create_table(
        "rate_counts",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_rate_counts"),
    )
    op.create_index("ix_rate_counts_until", "rate_counts", ["until"])


def downgrade() -> None:
    """Take the tables away."""
    for table in ("rate_counts", "used_codes", "links", "leases", "outbox", "inbox"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP SEQUENCE message_ids")
