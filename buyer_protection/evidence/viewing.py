"""Looking at a file: the copy without metadata for its buyer and for staff, the sealed original for staff alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from buyer_protection.disputes import fields
from buyer_protection.disputes.evidence_tables import evidence, evidence_accesses
from buyer_protection.disputes.transactions import reading, writing
from buyer_protection.evidence.scanning import LOCKED

SHOWN, ORIGINAL = "shown", "original"


@dataclass(frozen=True)
class Viewing:
    """What is needed to show a file: `shown_name` and `shown_type` (both empty for a document) are of the copy.

    `original_name` is what the buyer called it, made harmless; `stored_name` is the original's name in the store.
    """

    evidence_id: str
    buyer_id: str
    kind: str
    shown_name: str
    shown_type: str
    stored_name: str
    media_type: str
    original_name: str
    sha256: str
    size: int
    condition: str
    scan: str

    @property
    def is_locked(self) -> bool:
        """Whether nobody may have it: a virus scanner found something, or has not answered yet."""
        return self.scan in LOCKED


@dataclass(frozen=True)
class Access:
    """Who of the staff took which part of a file (`shown` or `original`), when and why."""

    evidence_id: str
    part: str
    actor: str
    reason: str
    at: datetime


def for_viewing(engine: Engine, *, evidence_id: str, buyer_id: str | None) -> Viewing | None:
    """A file as this buyer may see it, or staff (None); another buyer's is none."""
    columns = [evidence.c[name] for name in Viewing.__dataclass_fields__]
    query = sa.select(*columns).where(evidence.c.evidence_id == evidence_id)
    if buyer_id is not None:
        query = query.where(evidence.c.buyer_id == buyer_id)
    row = reading(engine, lambda connection: connection.execute(query).one_or_none())
    return None if row is None else Viewing(**row._mapping)


def note_access(engine: Engine, *, evidence_id: str, part: str, actor: str, reason: str, now: datetime) -> None:
    """Write down that somebody of the staff takes a file, before they get it, and why. Raises `FieldError`."""
    reason = fields.words("reason", reason, fields.LONGEST_REASON).strip()
    if not reason:
        raise fields.FieldError("reason", "a reason is expected")
    values = {
        "evidence_id": evidence_id,
        "part": part,
        "actor": fields.identifier("actor", actor),
        "reason": reason,
        "at": fields.instant(now),
    }
    writing(engine, lambda connection: connection.execute(sa.insert(evidence_accesses).values(values)))


def accesses_of(engine: Engine, *, evidence_id: str) -> list[Access]:
    """Who of the staff took a file, the earliest first."""
    columns = [evidence_accesses.c[name] for name in Access.__dataclass_fields__]
    query = sa.select(*columns).where(evidence_accesses.c.evidence_id == evidence_id).order_by(evidence_accesses.c.id)
    return reading(engine, lambda connection: [Access(**row._mapping) for row in connection.execute(query).all()])
