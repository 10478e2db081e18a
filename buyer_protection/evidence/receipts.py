"""What was accepted, as rows: the receipt of a file, and what is needed to show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes import fields
from buyer_protection.disputes.evidence_tables import evidence
from buyer_protection.disputes.reference import read_reference
from buyer_protection.disputes.tables import claims
from buyer_protection.disputes.transactions import reading
from buyer_protection.evidence.scanning import INFECTED

#: What the timeline of a dispute says of a file.
TOLD_OF_A_FILE: Final = ("evidence_id", "sha256", "media_type", "size", "counts")


@dataclass(frozen=True)
class Receipt:
    """One accepted file: of which claim, what it is, its SHA-256, its size in bytes, who handed it in and when.

    `reference` is empty while the file is held for its buyer without a claim.
    `kind` is `photo`, `video` or `document`; only what `counts` is evidence (EVID-1).
    `checked` and `removed` are codes: what was looked at, and what the original says that the shown copy does not.
    `already` where the same file was there before, and nothing was added.
    `duplicate_of_other_claim`, for staff, where the same buyer handed the same file in elsewhere too.
    `condition` is `kept`, or `missing` or `altered` where the last check of the files found that.
    `scan` is what a virus scanner said: `clean`, `waiting` or `infected` (then nobody is shown it), `none` without one.
    """

    reference: str
    evidence_id: str
    sha256: str
    media_type: str
    kind: str
    counts: bool
    size: int
    original_name: str
    stored_name: str
    captured_on: date | None
    checked: tuple[str, ...]
    removed: tuple[str, ...]
    attached_at: datetime
    attached_by: str
    channel: str
    condition: str = "kept"
    scan: str = "none"
    already: bool = False
    duplicate_of_other_claim: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The receipt as its buyer gets it, in JSON: nothing of names of ours, of staff, or of other claims."""
        return {
            "id": self.evidence_id,
            "name": self.original_name,
            "kind": self.kind,
            "media_type": self.media_type,
            "size": self.size,
            "sha256": self.sha256,
            "received_at": self.attached_at.isoformat(),
            "counts": self.counts,
            "checked": list(self.checked),
            "removed": list(self.removed),
            "captured_on": None if self.captured_on is None else self.captured_on.isoformat(),
            "already": self.already,
            "scan": self.scan,
            "reference": self.reference,
        }


def evidence_of(engine: Engine, *, reference: str) -> list[Receipt]:
    """What was accepted for a claim, and for all that were submitted with it; the oldest first."""
    known = read_reference(reference) or ""
    dispute = sa.select(claims.c.submitted_as).where(claims.c.reference == known, claims.c.submitted_as != "")
    wanted = sa.or_(claims.c.reference == known, claims.c.submitted_as.in_(dispute))
    return reading(engine, lambda connection: receipts(connection, wanted))


def evidence_of_buyer(engine: Engine, *, buyer_id: str) -> list[Receipt]:
    """All that was accepted from a buyer, what is held without a claim among it; the oldest first."""
    wanted = evidence.c.buyer_id == fields.identifier("buyer_id", buyer_id)
    return reading(engine, lambda connection: receipts(connection, wanted))


def held(engine: Engine, *, buyer_id: str) -> list[Receipt]:
    """What is held for a buyer and belongs to no claim yet, and can be given to one; the oldest first."""
    return reading(engine, lambda connection: receipts(connection, can_be_given(buyer_id)))


def is_held(buyer_id: str) -> sa.sql.ColumnElement[bool]:
    """The condition of rows that are held for a buyer."""
    return sa.and_(evidence.c.buyer_id == fields.identifier("buyer_id", buyer_id), evidence.c.claim_id.is_(None))


def can_be_given(buyer_id: str) -> sa.sql.ColumnElement[bool]:
    """The condition of those of them that a claim can have: not where a virus scanner found something."""
    return sa.and_(is_held(buyer_id), evidence.c.scan != INFECTED)


def receipts(connection: Connection, wanted: sa.sql.ColumnElement[bool]) -> list[Receipt]:
    """The receipts of rows that a condition on `evidence` and `claims` names, the oldest first."""
    other = evidence.alias()
    elsewhere = sa.exists().where(
        other.c.buyer_id == evidence.c.buyer_id, other.c.sha256 == evidence.c.sha256, other.c.id != evidence.c.id
    )
    columns = [evidence.c[name] for name in Receipt.__dataclass_fields__ if name in evidence.c]
    query = (
        sa.select(
            sa.func.coalesce(claims.c.reference, "").label("reference"),
            *columns,
            elsewhere.label("duplicate_of_other_claim"),
        )
        .select_from(evidence.outerjoin(claims, claims.c.claim_id == evidence.c.claim_id))
        .where(wanted)
        .order_by(evidence.c.id)
    )
    return [_receipt(dict(row._mapping)) for row in connection.execute(query).all()]


def _receipt(row: dict[str, Any]) -> Receipt:
    lists = {name: tuple(row[name]) for name in ("checked", "removed")}
    return Receipt(**{**row, **lists, "duplicate_of_other_claim": bool(row["duplicate_of_other_claim"])})
