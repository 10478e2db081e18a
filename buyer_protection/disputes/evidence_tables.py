"""The tables of evidence, as queries see them, beside those in `tables`: files, and who looked at them.

A file may belong to no claim yet; then it is held for its buyer.
"""

from __future__ import annotations

import sqlalchemy as sa

from buyer_protection.disputes.columns import Counted, Instant, Json
from buyer_protection.disputes.tables import CODE, IDENTIFIER, claims, metadata

#: Accepted files. `stored_name` is the original, `shown_name` the copy that others see (empty where there is none).
#: `counts` is false for what is kept but is no photo or video; `condition` is what the last check of the files found.
#: `scan` is what a virus scanner said (see `evidence/scanning.py`).
evidence = sa.Table(
    "evidence",
    metadata,
    sa.Column("id", Counted, primary_key=True),
    sa.Column("claim_id", IDENTIFIER, sa.ForeignKey(claims.c.claim_id)),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("media_type", CODE, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("original_name", sa.String(200), nullable=False),
    sa.Column("stored_name", sa.String(64), nullable=False, unique=True),
    sa.Column("attached_at", Instant, nullable=False),
    sa.Column("attached_by", IDENTIFIER, nullable=False),
    sa.Column("evidence_id", sa.String(22), nullable=False, unique=True),
    sa.Column("buyer_id", IDENTIFIER, nullable=False, index=True),
    sa.Column("kind", CODE, nullable=False),
    sa.Column("counts", sa.Boolean, nullable=False),
    sa.Column("shown_name", sa.String(64), nullable=False),
    sa.Column("shown_type", CODE, nullable=False),
    sa.Column("captured_on", sa.Date),
    sa.Column("checked", Json, nullable=False),
    sa.Column("removed", Json, nullable=False),
    sa.Column("channel", CODE, nullable=False),
    sa.Column("condition", CODE, nullable=False),
    sa.Column("scan", CODE, nullable=False, server_default="none", index=True),
    sa.UniqueConstraint("claim_id", "sha256"),
)
_is_held = evidence.c.claim_id.is_(None)
sa.Index(
    "uq_evidence_held",
    evidence.c.buyer_id,
    evidence.c.sha256,
    unique=True,
    sqlite_where=_is_held,
    postgresql_where=_is_held,
)

#: Who of the staff looked at which file, and why; rows are only ever added. A file may be gone by now: no foreign key.
evidence_accesses = sa.Table(
    "evidence_accesses",
    metadata,
    sa.Column("id", Counted, primary_key=True),
    sa.Column("evidence_id", sa.String(22), nullable=False, index=True),
    sa.Column("part", CODE, nullable=False),
    sa.Column("actor", IDENTIFIER, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
)
