"""The tables, as queries see them.

Their shape in a database is made by the migrations, which also hold the checks and the triggers;
a test compares the two.
No foreign key cascades: nothing here is deleted by deleting something else.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from buyer_protection.disputes.columns import Counted, Instant, Json

#: Every constraint has a name, so that a migration can speak of it on any database.
NAMING: Final = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

metadata = sa.MetaData(naming_convention=NAMING)

IDENTIFIER: Final = sa.String(128)
REFERENCE: Final = sa.String(11)
CODE: Final = sa.String(32)

#: The claim's reference is the dispute's, so one row here for both; a row stays when what it named is erased.
issued_references = sa.Table(
    "issued_references",
    metadata,
    sa.Column("reference", REFERENCE, primary_key=True),
    sa.Column("kind", CODE, nullable=False),
    sa.Column("issued_at", Instant, nullable=False),
)

#: What a buyer says happened: one row for each time the form was started.
#: `submitted_as` is the reference of the dispute that it became, or joined; empty until then.
claims = sa.Table(
    "claims",
    metadata,
    sa.Column("claim_id", IDENTIFIER, primary_key=True),
    sa.Column("reference", REFERENCE, sa.ForeignKey(issued_references.c.reference), nullable=False, unique=True),
    sa.Column("buyer_id", IDENTIFIER, nullable=False, index=True),
    sa.Column("order_id", sa.String(64), nullable=False),
    sa.Column("item", sa.String(200), nullable=False),
    sa.Column("claim_type", CODE, nullable=False),
    sa.Column("statement", sa.Text, nullable=False),
    sa.Column("wish", sa.Text, nullable=False),
    sa.Column("facts", Json, nullable=False),
    sa.Column("assessment", Json, nullable=False),
    sa.Column("outcome", CODE, nullable=False),
    sa.Column("earliest_dispute_on", sa.Date),
    sa.Column("state", CODE, nullable=False),
    sa.Column("submitted_as", REFERENCE, nullable=False, index=True),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    sa.Column("turn_id", IDENTIFIER, nullable=False),
)

#: The record opened with the platform; `facts` and `assessment` are those of the moment it was opened. `helped` is what
#: the buyer answered when they were asked, in the turn `helped_asked_in`, whether the assistant helped.
disputes = sa.Table(
    "disputes",
    metadata,
    sa.Column("reference", REFERENCE, sa.ForeignKey(issued_references.c.reference), primary_key=True),
    sa.Column("claim_id", IDENTIFIER, sa.ForeignKey(claims.c.claim_id), nullable=False, unique=True),
    sa.Column("buyer_id", IDENTIFIER, nullable=False, index=True),
    sa.Column("order_id", sa.String(64), nullable=False, server_default=""),
    sa.Column("item", sa.String(200), nullable=False, server_default=""),
    sa.Column("claim_type", CODE, nullable=False),
    sa.Column("statement", sa.Text, nullable=False),
    sa.Column("wish", sa.Text, nullable=False),
    sa.Column("facts", Json, nullable=False),
    sa.Column("assessment", Json, nullable=False),
    sa.Column("refund_requested_on", sa.Date, nullable=False),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("opened_on", sa.Date, nullable=False),
    sa.Column("waiting_days", sa.Integer, nullable=False),
    sa.Column("status", CODE, nullable=False),
    sa.Column("decision", CODE, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("helped", sa.Boolean),
    sa.Column("helped_words", sa.Text, nullable=False, server_default=""),
    sa.Column("helped_asked_in", IDENTIFIER, nullable=False, server_default=""),
)
_is_open = disputes.c.status.not_in(["decided", "withdrawn"])
sa.Index(
    "uq_disputes_open",
    disputes.c.buyer_id,
    disputes.c.order_id,
    disputes.c.item,
    disputes.c.claim_type,
    unique=True,
    sqlite_where=_is_open,
    postgresql_where=_is_open,
)

#: What happened to a dispute, in order; rows are only ever added.
dispute_events = sa.Table(
    "dispute_events",
    metadata,
    sa.Column("id", Counted, primary_key=True),
    sa.Column("reference", REFERENCE, sa.ForeignKey(disputes.c.reference), nullable=False, index=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor", IDENTIFIER, nullable=False),
    sa.Column("kind", CODE, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("detail", Json, nullable=False),
    sa.Column("from_status", CODE, nullable=False),
    sa.Column("to_status", CODE, nullable=False),
    sa.Column("turn_id", IDENTIFIER, nullable=False),
)

#: What a record, the carrier or a supplier's proof shows; of two rows on one fact the later counts.
verified_facts = sa.Table(
    "verified_facts",
    metadata,
    sa.Column("id", Counted, primary_key=True),
    sa.Column("claim_id", IDENTIFIER, sa.ForeignKey(claims.c.claim_id), nullable=False, index=True),
    sa.Column("fact", CODE, nullable=False),
    sa.Column("value", Json, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("actor", IDENTIFIER, nullable=False),
    sa.Column("at", Instant, nullable=False),
)

#: What a buyer told that the policy's text does not cover.
#: The claim may not be kept yet, so `claim_id` is no foreign key.
claim_notes = sa.Table(
    "claim_notes",
    metadata,
    sa.Column("id", Counted, primary_key=True),
    sa.Column("buyer_id", IDENTIFIER, nullable=False),
    sa.Column("claim_id", IDENTIFIER, index=True),
    sa.Column("topic", sa.String(64), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("turn_id", IDENTIFIER, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.UniqueConstraint("buyer_id", "turn_id", "topic"),
)

#: Buyers who want a person; `taken_by` is who of the staff has the conversation, empty while nobody has.
handoffs = sa.Table(
    "handoffs",
    metadata,
    sa.Column("reference", REFERENCE, sa.ForeignKey(issued_references.c.reference), primary_key=True),
    sa.Column("buyer_id", IDENTIFIER, nullable=False),
    sa.Column("claim_id", IDENTIFIER),
    sa.Column("turn_id", IDENTIFIER, nullable=False),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("state", CODE, nullable=False),
    sa.Column("closed_at", Instant),
    sa.Column("closed_by", IDENTIFIER, nullable=False),
    sa.Column("taken_by", IDENTIFIER, nullable=False, server_default=""),
    sa.Column("taken_at", Instant),
    sa.UniqueConstraint("buyer_id", "turn_id"),
)
sa.Index(
    "uq_handoffs_open",
    handoffs.c.buyer_id,
    unique=True,
    sqlite_where=handoffs.c.state == "open",
    postgresql_where=handoffs.c.state == "open",
)

#: Rasa's conversations, in the shape that its own store expects; that reads and writes them, we only make the table.
conversation_events = sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False),
    sa.Column("type_name", sa.String(255), nullable=False),
    sa.Column("timestamp", sa.Float),
    sa.Column("intent_name", sa.String(255)),
    sa.Column("action_name", sa.String(255)),
    sa.Column("data", sa.Text),
)
#: The newest row of a conversation is looked at in every turn.
sa.Index("ix_events_sender_id_id", conversation_events.c.sender_id, conversation_events.c.id)
