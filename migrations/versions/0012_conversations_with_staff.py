"""Who of the staff has a conversation, what was done in it, and whether the assistant helped with a dispute."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TEXT_ID = sa.String(128)
REFERENCE = sa.String(11)
CODE = sa.String(32)
INSTANT = sa.DateTime(timezone=True)
COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

KINDS = "taken taken_from answered handed_back closed wrote receipt shown".split()


def upgrade() -> None:
    """Add who has it, and the table of what happened; requests of before were taken by nobody."""
    op.add_column("handoffs", sa.Column("taken_by", TEXT_ID, nullable=False, server_default=""))
    op.add_column("handoffs", sa.Column("taken_at", INSTANT))
    op.add_column("disputes", sa.Column("helped", sa.Boolean()))
    op.add_column("disputes", sa.Column("helped_words", sa.Text(), nullable=False, server_default=""))
    op.add_column("disputes", sa.Column("helped_asked_in", TEXT_ID, nullable=False, server_default=""))
    known = ", ".join(f"'{kind}'" for kind in KINDS)
    op.create_table(
        "handoff_events",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("reference", REFERENCE, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", TEXT_ID, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("told_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_handoff_events"),
        sa.ForeignKeyConstraint(["reference"], ["handoffs.reference"], name="fk_handoff_events_reference"),
        sa.CheckConstraint(f"kind IN ({known})", name=op.f("ck_handoff_events_kind")),
    )
    op.create_index("ix_handoff_events_reference", "handoff_events", ["reference"])
    untold = sa.text("told_at IS NULL")
    op.create_index(
        "ix_handoff_events_untold", "handoff_events", ["id"], sqlite_where=untold, postgresql_where=untold
    )
    op.create_index("ix_handoff_events_message_id", "handoff_events", ["message_id"])


def downgrade() -> None:
    """The shape of before: what staff wrote stands in the conversations still."""
    op.drop_table("handoff_events")
    # As they are: a table that is rebuilt would lose its checks on SQLite.
    for table, name in (
        ("disputes", "helped_asked_in"),
        ("disputes", "helped_words"),
        ("disputes", "helped"),
        ("handoffs", "taken_at"),
        ("handoffs", "taken_by"),
    ):
        op.drop_column(table, name)
