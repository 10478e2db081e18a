"""Claims, disputes, their events, evidence, verified facts, notes, and buyers who want a person.

What a step once made never changes, so this file names its own types and says everything again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT_ID = sa.String(128)
REFERENCE = sa.String(11)
CODE = sa.String(32)
INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

#: WAIT-1, kept by the database itself. A date is text in SQLite, where a plain difference would compare years;
#: a text that is no date has no day, and is refused too.
TEN_DAYS = {
    "postgresql": "opened_on >= refund_requested_on + waiting_days",
    "sqlite": "coalesce(julianday(opened_on) - julianday(refund_requested_on), -1) >= waiting_days",
}

APPEND_ONLY = {
    "sqlite": (
        "CREATE TRIGGER dispute_events_no_update BEFORE UPDATE ON dispute_events"
        " BEGIN SELECT RAISE(ABORT, 'dispute_events is append-only'); END",
        "CREATE TRIGGER dispute_events_no_delete BEFORE DELETE ON dispute_events"
        " BEGIN SELECT RAISE(ABORT, 'dispute_events is append-only'); END",
        # INSERT OR REPLACE would take a row away without a DELETE that a trigger sees.
        "CREATE TRIGGER dispute_events_no_replace BEFORE INSERT ON dispute_events"
        " WHEN EXISTS (SELECT 1 FROM dispute_events WHERE id = NEW.id)"
        " BEGIN SELECT RAISE(ABORT, 'dispute_events is append-only'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION dispute_events_append_only() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'dispute_events is append-only'; END $$",
        "CREATE TRIGGER dispute_events_no_update BEFORE UPDATE OR DELETE ON dispute_events"
        " FOR EACH ROW EXECUTE FUNCTION dispute_events_append_only()",
        "CREATE TRIGGER dispute_events_no_truncate BEFORE TRUNCATE ON dispute_events"
        " FOR EACH STATEMENT EXECUTE FUNCTION dispute_events_append_only()",
    ),
}


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "issued_references",
        sa.Column("reference", REFERENCE, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_issued_references"),
        _one_of("issued_references", "kind", "claim", "handoff"),
    )
    _create_claims()
    _create_disputes()
    _create_dispute_events()
    _create_evidence()
    _create_verified_facts()
    _create_claim_notes()
    _create_handoffs()


def downgrade() -> None:
    """Take the tables away, those that point at others first."""
    for table in ("handoffs", "claim_notes", "verified_facts", "evidence", "dispute_events", "disputes", "claims"):
        op.drop_table(table)
    op.drop_table("issued_references")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION dispute_events_append_only()")


def _one_of(table: str, column: str, *values: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{column}"))


def _create_claims() -> None:
    op.create_table(
        "claims",
        sa.Column("claim_id", TEXT_ID, nullable=False),
        sa.Column("reference", REFERENCE, nullable=False),
        sa.Column("buyer_id", TEXT_ID, nullable=False),
        sa.Column("order_id", sa.String(64), nullable=False),
        sa.Column("item", sa.String(200), nullable=False),
        sa.Column("claim_type", CODE, nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("assessment", JSON, nullable=False),
        sa.Column("outcome", CODE, nullable=False),
        sa.Column("earliest_dispute_on", sa.Date()),
        sa.Column("state", CODE, nullable=False),
        sa.Column("submitted_as", REFERENCE, nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("turn_id", TEXT_ID, nullable=False),
        sa.PrimaryKeyConstraint("claim_id", name="pk_claims"),
        sa.UniqueConstraint("reference", name="uq_claims_reference"),
        sa.ForeignKeyConstraint(["reference"], ["issued_references.reference"], name="fk_claims_reference"),
        _one_of("claims", "state", "draft", "submitted", "dropped"),
        sa.CheckConstraint("(state = 'submitted') = (submitted_as <> '')", name=op.f("ck_claims_submitted_as")),
    )
    op.create_index("ix_claims_buyer_id", "claims", ["buyer_id"])
    op.create_index("ix_claims_submitted_as", "claims", ["submitted_as"])


def _create_disputes() -> None:
    op.create_table(
        "disputes",
        sa.Column("reference", REFERENCE, nullable=False),
        sa.Column("claim_id", TEXT_ID, nullable=False),
        sa.Column("buyer_id", TEXT_ID, nullable=False),
        sa.Column("order_id", sa.String(64), nullable=False, server_default=""),
        sa.Column("item", sa.String(200), nullable=False, server_default=""),
        sa.Column("claim_type", CODE, nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("assessment", JSON, nullable=False),
        sa.Column("refund_requested_on", sa.Date(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("waiting_days", sa.Integer(), nullable=False),
        sa.Column("status", CODE, nullable=False),
        sa.Column("decision", CODE, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_disputes"),
        sa.UniqueConstraint("claim_id", name="uq_disputes_claim_id"),
        sa.ForeignKeyConstraint(["reference"], ["issued_references.reference"], name="fk_disputes_reference"),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.claim_id"], name="fk_disputes_claim_id"),
        sa.CheckConstraint(TEN_DAYS[op.get_bind().dialect.name], name=op.f("ck_disputes_waiting_days_over")),
        sa.CheckConstraint("waiting_days >= 0", name=op.f("ck_disputes_waiting_days")),
        _one_of(
            "disputes",
            "status",
            "opened",
            "awaiting_supplier",
            "awaiting_buyer",
            "under_review",
            "decided",
            "withdrawn",
        ),
        _one_of("disputes", "decision", "", "favour_of_buyer", "favour_of_supplier", "partial"),
        sa.CheckConstraint("(status = 'decided') = (decision <> '')", name=op.f("ck_disputes_decided")),
        _one_of("disputes", "claim_type", "not_received", "not_as_described", "counterfeit", "broken", "missing_parts"),
        sa.CheckConstraint("order_id <> ''", name=op.f("ck_disputes_order_id")),
        sa.CheckConstraint("statement <> ''", name=op.f("ck_disputes_statement")),
    )
    op.create_index("ix_disputes_buyer_id", "disputes", ["buyer_id"])
    still_open = sa.text("status NOT IN ('decided', 'withdrawn')")
    op.create_index(
        "uq_disputes_open",
        "disputes",
        ["buyer_id", "order_id", "item", "claim_type"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )


def _create_dispute_events() -> None:
    op.create_table(
        "dispute_events",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("reference", REFERENCE, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", TEXT_ID, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", JSON, nullable=False),
        sa.Column("from_status", CODE, nullable=False),
        sa.Column("to_status", CODE, nullable=False),
        sa.Column("turn_id", TEXT_ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dispute_events"),
        sa.ForeignKeyConstraint(["reference"], ["disputes.reference"], name="fk_dispute_events_reference"),
    )
    op.create_index("ix_dispute_events_reference", "dispute_events", ["reference"])
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def _create_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("claim_id", TEXT_ID, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("media_type", CODE, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("original_name", sa.String(200), nullable=False),
        sa.Column("stored_name", sa.String(64), nullable=False),
        sa.Column("attached_at", INSTANT, nullable=False),
        sa.Column("attached_by", TEXT_ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.claim_id"], name="fk_evidence_claim_id"),
        sa.UniqueConstraint("stored_name", name="uq_evidence_stored_name"),
        sa.UniqueConstraint("claim_id", "sha256", name="uq_evidence_claim_id_sha256"),
        sa.CheckConstraint("size > 0", name=op.f("ck_evidence_size")),
    )


def _create_verified_facts() -> None:
    op.create_table(
        "verified_facts",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("claim_id", TEXT_ID, nullable=False),
        sa.Column("fact", CODE, nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("actor", TEXT_ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_verified_facts"),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.claim_id"], name="fk_verified_facts_claim_id"),
    )
    op.create_index("ix_verified_facts_claim_id", "verified_facts", ["claim_id"])


def _create_claim_notes() -> None:
    op.create_table(
        "claim_notes",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("buyer_id", TEXT_ID, nullable=False),
        sa.Column("claim_id", TEXT_ID),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("turn_id", TEXT_ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_claim_notes"),
        sa.UniqueConstraint("buyer_id", "turn_id", "topic", name="uq_claim_notes_buyer_id_turn_id_topic"),
    )
    op.create_index("ix_claim_notes_claim_id", "claim_notes", ["claim_id"])


def _create_handoffs() -> None:
    op.create_table(
        "handoffs",
        sa.Column("reference", REFERENCE, nullable=False),
        sa.Column("buyer_id", TEXT_ID, nullable=False),
        sa.Column("claim_id", TEXT_ID),
        sa.Column("turn_id", TEXT_ID, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.Column("closed_at", INSTANT),
        sa.Column("closed_by", TEXT_ID, nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_handoffs"),
        sa.ForeignKeyConstraint(["reference"], ["issued_references.reference"], name="fk_handoffs_reference"),
        sa.UniqueConstraint("buyer_id", "turn_id", name="uq_handoffs_buyer_id_turn_id"),
        _one_of("handoffs", "state", "open", "closed"),
    )
    is_open = sa.text("state = 'open'")
    op.create_index(
        "uq_handoffs_open", "handoffs", ["buyer_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )
