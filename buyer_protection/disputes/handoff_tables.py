"""The table of what happens to requests for a person, as queries see it."""

from __future__ import annotations

import sqlalchemy as sa

from buyer_protection.disputes.columns import Counted, Instant
from buyer_protection.disputes.tables import CODE, IDENTIFIER, REFERENCE, handoffs, metadata

#: What staff and the buyer did with a request, in order. `message_id` is the buyer's message that it is about;
#: `told_at` is when the buyer was told of it, empty while that is still to be done.
handoff_events = sa.Table(
    "handoff_events",
    metadata,
    sa.Column("id", Counted, primary_key=True),
    sa.Column("reference", REFERENCE, sa.ForeignKey(handoffs.c.reference), nullable=False, index=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor", IDENTIFIER, nullable=False),
    sa.Column("kind", CODE, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("message_id", sa.BigInteger, index=True),
    sa.Column("told_at", Instant),
)
_untold = handoff_events.c.told_at.is_(None)
sa.Index("ix_handoff_events_untold", handoff_events.c.id, sqlite_where=_untold, postgresql_where=_untold)
