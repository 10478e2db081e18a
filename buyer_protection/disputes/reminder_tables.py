"""The table of reminders, as queries see it, beside those in `tables`: one for each claim that waits for its day."""

from __future__ import annotations

import sqlalchemy as sa

from buyer_protection.disputes.columns import Instant
from buyer_protection.disputes.tables import CODE, IDENTIFIER, claims, metadata

#: `due_on` is the claim's earliest day for a dispute (WAIT-1). `due_at` is when somebody looks at it next; who
#: takes it to say it puts that off a little: nobody else takes it meanwhile, and it is taken again if they die.
#: `state`: `set`; `held` until the buyer writes again, where they cannot be written to; `said`; `cancelled`, because
#: the claim does not wait any more; `declined` by the buyer.
reminders = sa.Table(
    "reminders",
    metadata,
    sa.Column("claim_id", IDENTIFIER, sa.ForeignKey(claims.c.claim_id), primary_key=True),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("state", CODE, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    sa.Column("said_at", Instant),
    sa.Index("ix_reminders_state_due_at", "state", "due_at"),
)
