"""Reminders of the day on which a dispute can be opened, one for each claim that waits for it."""

from __future__ import annotations

from datetime import datetime, time, timezone

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TEXT_ID = sa.String(128)
CODE = sa.String(32)
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table, and a reminder for each claim that waits already."""
    reminders = op.create_table(
        "reminders",
        sa.Column("claim_id", TEXT_ID, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("said_at", INSTANT),
        sa.PrimaryKeyConstraint("claim_id", name="pk_reminders"),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.claim_id"], name="fk_reminders_claim_id"),
        sa.CheckConstraint(
            "state IN ('set', 'held', 'said', 'cancelled', 'declined')", name=op.f("ck_reminders_state")
        ),
        sa.CheckConstraint("(state = 'said') = (said_at IS NOT NULL)", name=op.f("ck_reminders_said_at")),
    )
    op.create_index("ix_reminders_state_due_at", "reminders", ["state", "due_at"])
    _remind_of_what_waits(reminders)


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("reminders")


def _remind_of_what_waits(reminders: sa.Table) -> None:
    """Days begin at midnight of UTC, as in each edition of the policy that there was until now."""
    names = ("claim_id", "earliest_dispute_on", "changed_at", "state", "outcome")
    kinds = {"earliest_dispute_on": sa.Date(), "changed_at": INSTANT}
    claims = sa.table("claims", *(sa.column(name, kinds.get(name)) for name in names))
    waiting = sa.select(claims.c.claim_id, claims.c.earliest_dispute_on, claims.c.changed_at).where(
        claims.c.state == "draft", claims.c.outcome == "wait", claims.c.earliest_dispute_on.is_not(None)
    )
    connection = op.get_bind()
    is_sqlite = connection.dialect.name == "sqlite"
    rows = [
        {
            "claim_id": row.claim_id,
            "due_on": row.earliest_dispute_on,
            # SQLite keeps no offsets, so what it keeps is UTC.
            "due_at": datetime.combine(row.earliest_dispute_on, time(), None if is_sqlite else timezone.utc),
            "state": "set",
            "changed_at": row.changed_at,
            "said_at": None,
        }
        for row in connection.execute(waiting).all()
    ]
    if rows:
        connection.execute(sa.insert(reminders), rows)
