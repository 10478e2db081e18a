"""Moves of a dispute: staff ask a side, review and decide; the buyer withdraws. Each is checked and leaves an event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from buyer_protection.disputes import fields, refusal
from buyer_protection.disputes.records import Dispute, add_event, dispute_row
from buyer_protection.disputes.refusal import Refused
from buyer_protection.disputes.status import DECIDED, DECISIONS, SIDES, UNDER_REVIEW, WITHDRAWN, may_move
from buyer_protection.disputes.tables import disputes
from buyer_protection.disputes.transactions import hold_buyer, writing


def ask(engine: Engine, *, reference: str, side: str, actor: str, reason: str, now: datetime) -> Dispute | Refused:
    """Ask the `buyer` or the `supplier` (MED-1): `reason` is what they are asked; then their answer is awaited."""
    if side not in SIDES:
        raise fields.FieldError("side", f"one of {', '.join(SIDES)} is expected")
    return _staff_move(engine, reference, SIDES[side], "asked", actor, _reason(reason), now)


def review(engine: Engine, *, reference: str, actor: str, reason: str, now: datetime) -> Dispute | Refused:
    """Look at what both sides gave."""
    return _staff_move(engine, reference, UNDER_REVIEW, "reviewed", actor, _reason(reason, may_be_empty=True), now)


def decide(
    engine: Engine, *, reference: str, outcome: str, actor: str, reason: str, now: datetime
) -> Dispute | Refused:
    """The platform's decision, which is final (FIN-1): `outcome` is one of `DECISIONS`, `reason` says why."""
    if outcome not in DECISIONS:
        raise fields.FieldError("outcome", f"one of {', '.join(DECISIONS)} is expected")
    return _staff_move(engine, reference, DECIDED, "decided", actor, _reason(reason), now, decision=outcome)


def withdraw(
    engine: Engine, *, reference: str, buyer_id: str, turn_id: str, now: datetime, reason: str = ""
) -> Dispute | Refused:
    """The buyer withdraws; again writes nothing. Another buyer's dispute is as unknown as one that does not exist."""
    buyer_id = fields.identifier("buyer_id", buyer_id)
    turn_id = fields.identifier("turn_id", turn_id)
    reason = _reason(reason, may_be_empty=True)
    now = fields.instant(now)

    def work(connection: Connection) -> Dispute | Refused:
        hold_buyer(connection, buyer_id)
        row = dispute_row(connection, reference)
        if row is None or row.buyer_id != buyer_id:
            return Refused(refusal.UNKNOWN_REFERENCE)
        if row.status == WITHDRAWN:
            return Dispute(**row._mapping)
        return _move(connection, row, WITHDRAWN, "withdrawn", "buyer", reason, now, turn_id=turn_id)

    return writing(engine, work)


def _staff_move(
    engine: Engine, reference: str, to: str, kind: str, actor: str, reason: str, now: datetime, **changes: Any
) -> Dispute | Refused:
    actor = fields.identifier("actor", actor)
    now = fields.instant(now)

    def work(connection: Connection) -> Dispute | Refused:
        row = dispute_row(connection, reference)
        if row is None:
            return Refused(refusal.UNKNOWN_REFERENCE)
        return _move(connection, row, to, kind, actor, reason, now, **changes)

    return writing(engine, work)


def _move(
    connection: Connection,
    row: Row,
    to: str,
    kind: str,
    actor: str,
    reason: str,
    now: datetime,
    *,
    turn_id: str = "",
    decision: str = "",
) -> Dispute | Refused:
    """Move a dispute that is still as it was read; where somebody was faster, look again."""
    if not may_move(row.status, to):
        return Refused(refusal.MOVE_NOT_ALLOWED, row.reference, row.status)
    changed = connection.execute(
        sa.update(disputes)
        .where(disputes.c.reference == row.reference, disputes.c.version == row.version)
        .values(status=to, decision=decision, changed_at=now, version=row.version + 1)
    )
    current = dispute_row(connection, row.reference)
    assert current is not None, "a dispute is never deleted"
    if changed.rowcount == 0:
        return _move(connection, current, to, kind, actor, reason, now, turn_id=turn_id, decision=decision)
    add_event(
        connection,
        row.reference,
        at=now,
        actor=actor,
        kind=kind,
        reason=reason,
        detail={"decision": decision} if decision else {},
        from_status=row.status,
        to_status=to,
        turn_id=turn_id,
    )
    return Dispute(**current._mapping)


def _reason(text: str, *, may_be_empty: bool = False) -> str:
    reason = fields.words("reason", text, fields.LONGEST_REASON).strip()
    if not reason and not may_be_empty:
        raise fields.FieldError("reason", "a reason is expected")
    return reason
