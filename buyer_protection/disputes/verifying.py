"""What a record, the carrier or a supplier's proof shows, as staff saw it: it replaces what the buyer declared."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes import fields, refusal
from buyer_protection.disputes.keeping import DRAFT, DROPPED, KeptClaim, claim_row, read_claim, refresh
from buyer_protection.disputes.records import add_event, dispute_row
from buyer_protection.disputes.reference import read_reference
from buyer_protection.disputes.refusal import Refused
from buyer_protection.disputes.status import is_open
from buyer_protection.disputes.tables import claims, verified_facts
from buyer_protection.disputes.transactions import hold_buyer, writing
from buyer_protection.policy import FactError, Facts


def verify(
    engine: Engine, *, reference: str, fact: str, value: Any, source: str, actor: str, now: datetime
) -> KeptClaim | Refused:
    """Write down what a record says of one fact of a draft or an open dispute.

    `value` is the fact's JSON value; None takes back what was verified before. `source` says where it was seen.
    The claim comes back as it then stands; the dispute's own facts stay those on which it was opened.
    Codes: `unknown_reference`, `closed`. Raises `FactError` or `FieldError`.
    """
    value = _checked(fact, value)
    source = fields.words("source", source, fields.LONGEST_REASON).strip()
    if not source:
        raise fields.FieldError("source", "where this was seen is expected")
    actor = fields.identifier("actor", actor)
    now = fields.instant(now)

    def work(connection: Connection) -> KeptClaim | Refused:
        row = held_claim(connection, reference)
        if isinstance(row, Refused):
            return row
        if _last(connection, row.claim_id, fact) != (value, source):
            connection.execute(
                sa.insert(verified_facts).values(
                    claim_id=row.claim_id, fact=fact, value=value, source=source, actor=actor, at=now
                )
            )
            note_on_dispute(connection, reference, "verified", actor, now, source, {"fact": fact, "value": value})
            if row.state == DRAFT:
                return refresh(connection, row, now)
        return read_claim(connection, row, now)

    return writing(engine, work)


def held_claim(connection: Connection, reference: str) -> Any:
    """The row of a claim that staff may still add to, its buyer held; or a refusal."""
    wanted = claims.c.reference == (read_reference(reference) or "")
    buyer_id = connection.scalar(sa.select(claims.c.buyer_id).where(wanted))
    if buyer_id is None:
        return Refused(refusal.UNKNOWN_REFERENCE)
    hold_buyer(connection, buyer_id)
    dispute = dispute_row(connection, reference)
    row = claim_row(connection, wanted)
    assert row is not None, "a claim is never deleted"
    if row.state == DROPPED or (dispute is not None and not is_open(dispute.status)):
        return Refused(refusal.CLOSED, row.reference, row.state if dispute is None else dispute.status)
    return row


def note_on_dispute(
    connection: Connection,
    reference: str,
    kind: str,
    actor: str,
    now: datetime,
    reason: str,
    detail: dict[str, Any],
) -> None:
    """A line in the timeline of the claim's dispute, where there is one."""
    dispute = dispute_row(connection, reference)
    if dispute is not None:
        add_event(
            connection,
            dispute.reference,
            at=now,
            actor=actor,
            kind=kind,
            reason=reason,
            detail=detail,
            from_status=dispute.status,
            to_status=dispute.status,
        )


def _checked(fact: str, value: Any) -> Any:
    """The value as JSON; `FactError` where it cannot be, or is not for anybody to say."""
    if fact == "evidence":
        raise FactError(fact, "is counted from the files that were accepted")
    if fact in ("verified", "cannot_tell"):
        raise FactError(fact, "is not a fact that a record shows")
    checked = Facts.from_dict({fact: value}).to_dict()
    return checked.get(fact, value)


def _last(connection: Connection, claim_id: str, fact: str) -> tuple[Any, str] | None:
    query = (
        sa.select(verified_facts.c.value, verified_facts.c.source)
        .where(verified_facts.c.claim_id == claim_id, verified_facts.c.fact == fact)
        .order_by(verified_facts.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else (row.value, row.source)
