"""Evidence that is held for its buyer until there is a claim, that says what was checked, and that has a copy to show."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TEXT_ID = sa.String(128)
CODE = sa.String(32)
INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

#: The new columns that every row has, and what an old row gets; a row's id and its buyer are worked out.
NEW = {
    "evidence_id": (sa.String(22), None),
    "buyer_id": (TEXT_ID, None),
    "kind": (CODE, None),
    "counts": (sa.Boolean(), sa.true()),
    "shown_name": (sa.String(64), sa.literal("")),
    "shown_type": (CODE, sa.literal("")),
    "checked": (JSON, None),
    "removed": (JSON, None),
    "channel": (CODE, sa.literal("staff")),
    "condition": (CODE, sa.literal("kept")),
}
CHECKS = {
    "ck_evidence_kind": "kind IN ('photo', 'video', 'document')",
    "ck_evidence_condition": "condition IN ('kept', 'missing', 'altered')",
    # EVID-1: a photo or a video, and nothing else, is evidence.
    "ck_evidence_counts": "NOT counts OR kind IN ('photo', 'video')",
}


def upgrade() -> None:
    """Add the columns and fill them in old rows, which all belong to a claim; then make them strict."""
    with op.batch_alter_table("evidence") as table:
        for name, (kind, _) in NEW.items():
            table.add_column(sa.Column(name, kind))
        table.add_column(sa.Column("captured_on", sa.Date()))
    _fill()
    with op.batch_alter_table("evidence") as table:
        for name, (kind, _) in NEW.items():
            table.alter_column(name, existing_type=kind, nullable=False)
        table.alter_column("claim_id", existing_type=TEXT_ID, nullable=True)
        table.create_unique_constraint(op.f("uq_evidence_evidence_id"), ["evidence_id"])
        for name, condition in CHECKS.items():
            table.create_check_constraint(op.f(name), condition)
    op.create_index("ix_evidence_buyer_id", "evidence", ["buyer_id"])
    held = sa.text("claim_id IS NULL")
    op.create_index(
        "uq_evidence_held",
        "evidence",
        ["buyer_id", "sha256"],
        unique=True,
        sqlite_where=held,
        postgresql_where=held,
    )
    op.create_table(
        "evidence_accesses",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("evidence_id", sa.String(22), nullable=False),
        sa.Column("part", CODE, nullable=False),
        sa.Column("actor", TEXT_ID, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_evidence_accesses"),
        sa.CheckConstraint("part IN ('shown', 'original')", name=op.f("ck_evidence_accesses_part")),
    )
    op.create_index("ix_evidence_accesses_evidence_id", "evidence_accesses", ["evidence_id"])


def downgrade() -> None:
    """The shape of before; what was held for a buyer without a claim, or is not counted, has no place in it."""
    op.drop_table("evidence_accesses")
    op.execute("DELETE FROM evidence WHERE claim_id IS NULL OR NOT counts")
    op.drop_index("uq_evidence_held", "evidence")
    op.drop_index("ix_evidence_buyer_id", "evidence")
    with op.batch_alter_table("evidence") as table:
        table.drop_constraint(op.f("uq_evidence_evidence_id"), type_="unique")
        for name in CHECKS:
            table.drop_constraint(op.f(name), type_="check")
        for name in (*NEW, "captured_on"):
            table.drop_column(name)
        table.alter_column("claim_id", existing_type=TEXT_ID, nullable=False)


def _fill() -> None:
    connection = op.get_bind()
    table = sa.table("evidence", *(sa.column(name, kind) for name, (kind, _) in NEW.items()))
    old = sa.table("evidence", sa.column("id"), sa.column("claim_id"), sa.column("media_type"))
    claims = sa.table("claims", sa.column("claim_id"), sa.column("buyer_id"))
    known = {name: value for name, (_, value) in NEW.items() if value is not None}
    query = sa.select(old.c.id, old.c.media_type, claims.c.buyer_id).join(claims, claims.c.claim_id == old.c.claim_id)
    for row in connection.execute(query).all():
        values = known | {
            "evidence_id": secrets.token_urlsafe(16),
            "buyer_id": row.buyer_id,
            "kind": "photo" if row.media_type.startswith("image/") else "video",
            "checked": [],
            "removed": [],
        }
        connection.execute(sa.update(table).where(sa.column("id") == row.id).values(values))
