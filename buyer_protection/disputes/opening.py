"""Opening a dispute: assessed again inside the transaction, and never twice for the same thing.

A buyer who claims the same once more (same order, item and kind) while a dispute on it is open is told that dispute.
The second claim then counts as submitted with it, keeps its own reference, which leads there too, and what was attached
to it is shown with the dispute; its statement stays with the claim, and the timeline says that it was told again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from buyer_protection.disputes import fields, refusal
from buyer_protection.disputes.buyers import is_unlinked
from buyer_protection.disputes.keeping import DRAFT, DROPPED, SUBMITTED, KeptClaim, claim_row, read_claim
from buyer_protection.disputes.known import day_of
from buyer_protection.disputes.notes import tie
from buyer_protection.disputes.records import add_event
from buyer_protection.disputes.refusal import Refused
from buyer_protection.disputes.reminders import cancel
from buyer_protection.disputes.status import DECIDED, OPENED, WITHDRAWN, is_open
from buyer_protection.disputes.tables import claims, disputes
from buyer_protection.disputes.transactions import hold_buyer, writing
from buyer_protection.policy.assessment import ELIGIBLE

#: Who opens a dispute.
BUYER = "buyer"


@dataclass(frozen=True)
class Opened:
    """There is an open dispute: its reference, status and first day; `already` where it was there before."""

    reference: str
    status: str
    opened_on: date
    already: bool


def open_dispute(engine: Engine, *, claim_id: str, buyer_id: str, turn_id: str, now: datetime) -> Opened | Refused:
    """Open a dispute for a kept claim, or say by a code why not (WAIT-1 and all else that the policy asks for).

    Done again, in another process at the same instant too, it answers with the same reference and writes nothing.
    Codes: the policy's outcomes other than `eligible`; `incomplete_record` (`missing`: `order_id`, `statement`);
    `already_decided` (FIN-1); `withdrawn` (this very claim was; a new one may be made); `unknown_claim`;
    `not_linked` (nobody knows yet which buyer this is).
    """
    claim_id = fields.identifier("claim_id", claim_id)
    buyer_id = fields.identifier("buyer_id", buyer_id)
    turn_id = fields.identifier("turn_id", turn_id)
    now = fields.instant(now)
    if is_unlinked(buyer_id):
        return Refused(refusal.NOT_LINKED)

    def work(connection: Connection) -> Opened | Refused:
        hold_buyer(connection, buyer_id)
        row = claim_row(connection, sa.and_(claims.c.claim_id == claim_id, claims.c.buyer_id == buyer_id))
        if row is None or row.state == DROPPED:
            return Refused(refusal.UNKNOWN_CLAIM)
        claim = read_claim(connection, row, now)
        standing = _standing(connection, claim)
        if standing is not None and (claim.state == SUBMITTED or standing.status != WITHDRAWN):
            return _same_again(connection, claim, standing, turn_id, now)
        return _refused(claim) or _open(connection, claim, turn_id, now)

    return writing(engine, work)


def _standing(connection: Connection, claim: KeptClaim) -> Row | None:
    """The dispute that a claim meets: its own, else an open one on the same thing, else the last one on it.

    The database refuses a second open one by the very letters of the item; here small and large letters do not matter.
    """
    if claim.state == SUBMITTED:
        return connection.execute(sa.select(disputes).where(disputes.c.reference == claim.submitted_as)).one()
    query = sa.select(disputes).where(
        disputes.c.buyer_id == claim.buyer_id,
        disputes.c.order_id == claim.order_id,
        disputes.c.claim_type == (claim.facts.claim_type or ""),
    )
    rows = connection.execute(query.order_by(disputes.c.opened_at.desc())).all()
    same = [row for row in rows if row.item.casefold() == claim.item.casefold()]
    # A decision stays one, also where a dispute on the same thing was withdrawn before or after.
    same.sort(key=lambda row: (not is_open(row.status), row.status != DECIDED))
    return same[0] if same else None


def _same_again(
    connection: Connection, claim: KeptClaim, standing: Row, turn_id: str, now: datetime
) -> Opened | Refused:
    if standing.status == DECIDED:
        return Refused(refusal.ALREADY_DECIDED, standing.reference, standing.status)
    if standing.status == WITHDRAWN:
        return Refused(refusal.WITHDRAWN, standing.reference, standing.status)
    if claim.state == DRAFT:
        _submit(connection, claim, standing.reference, turn_id, now)
        add_event(
            connection,
            standing.reference,
            at=now,
            actor=BUYER,
            kind="told_again",
            detail={"claim": claim.reference},
            from_status=standing.status,
            to_status=standing.status,
            turn_id=turn_id,
        )
    return Opened(standing.reference, standing.status, standing.opened_on, already=True)


def _refused(claim: KeptClaim) -> Refused | None:
    assessment = claim.assessment
    if assessment.outcome != ELIGIBLE:
        return Refused(
            assessment.outcome,
            missing=assessment.missing,
            earliest_dispute_on=assessment.earliest_dispute_on,
            assessment=assessment,
        )
    missing = tuple(name for name in ("order_id", "statement") if not getattr(claim, name).strip())
    return Refused(refusal.INCOMPLETE_RECORD, missing=missing, assessment=assessment) if missing else None


def _open(connection: Connection, claim: KeptClaim, turn_id: str, now: datetime) -> Opened:
    opened_on = day_of(claim.facts, now)
    connection.execute(
        sa.insert(disputes).values(
            reference=claim.reference,
            claim_id=claim.claim_id,
            buyer_id=claim.buyer_id,
            order_id=claim.order_id,
            item=claim.item,
            claim_type=claim.facts.claim_type,
            statement=claim.statement,
            wish=claim.wish,
            facts=claim.facts.to_dict(),
            assessment=claim.assessment.to_dict(),
            refund_requested_on=claim.facts.refund_requested_on,
            opened_at=now,
            opened_on=opened_on,
            waiting_days=claim.assessment.case.edition.waiting_days,
            status=OPENED,
            decision="",
            changed_at=now,
            version=1,
        )
    )
    _submit(connection, claim, claim.reference, turn_id, now)
    add_event(
        connection,
        claim.reference,
        at=now,
        actor=BUYER,
        kind="opened",
        from_status="",
        to_status=OPENED,
        turn_id=turn_id,
    )
    return Opened(claim.reference, OPENED, opened_on, already=False)


def _submit(connection: Connection, claim: KeptClaim, reference: str, turn_id: str, now: datetime) -> None:
    connection.execute(
        sa.update(claims)
        .where(claims.c.claim_id == claim.claim_id)
        .values(state=SUBMITTED, submitted_as=reference, changed_at=now, turn_id=turn_id)
    )
    cancel(connection, claim.claim_id, now)
    tie(connection, claim.buyer_id, claim.claim_id)
