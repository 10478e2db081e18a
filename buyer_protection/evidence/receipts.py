"""What was accepted for a claim, as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes.reference import read_reference
from buyer_protection.disputes.tables import claims, evidence
from buyer_protection.disputes.transactions import reading


@dataclass(frozen=True)
class Receipt:
    """One accepted file: of which claim, what it is, its SHA-256, its size in bytes, who handed it in and when.

    `already` where the claim had the very same file before, and nothing was added.
    """

    reference: str
    sha256: str
    media_type: str
    size: int
    original_name: str
    stored_name: str
    attached_at: datetime
    attached_by: str
    already: bool = False


def evidence_of(engine: Engine, *, reference: str) -> list[Receipt]:
    """What was accepted for a claim, and for all that were submitted with it; the oldest first."""
    known = read_reference(reference) or ""
    dispute = sa.select(claims.c.submitted_as).where(claims.c.reference == known, claims.c.submitted_as != "")
    wanted = sa.or_(claims.c.reference == known, claims.c.submitted_as.in_(dispute))
    return reading(engine, lambda connection: receipts(connection, wanted))


def receipts(connection: Connection, wanted: sa.sql.ColumnElement[bool]) -> list[Receipt]:
    """The receipts of the claims that a condition names."""
    columns = [evidence.c[name] for name in Receipt.__dataclass_fields__ if name in evidence.c]
    query = (
        sa.select(claims.c.reference, *columns)
        .join(claims, claims.c.claim_id == evidence.c.claim_id)
        .where(wanted)
        .order_by(evidence.c.id)
    )
    return [Receipt(**row._mapping) for row in connection.execute(query).all()]
