"""To which claim a file belongs: the one that is named, else the one that the conversation is at, else none."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from buyer_protection.disputes import Refused, refusal
from buyer_protection.disputes.keeping import DRAFT, DROPPED, SUBMITTED, claim_row
from buyer_protection.disputes.records import dispute_row
from buyer_protection.disputes.reference import read_reference
from buyer_protection.disputes.status import is_open
from buyer_protection.disputes.tables import claims
from buyer_protection.disputes.transactions import hold_buyer


def claim_for(connection: Connection, buyer_id: str, reference: str | None, at: str = "") -> Row | Refused | None:
    """The row of the claim that a buyer's file belongs to, its buyer held; None: it is held until they say for which.

    Without a reference: the draft with the id `at`, if it is this buyer's and kept already. Nothing is guessed: a file
    that is about one thing can speak against the buyer in a claim about another.
    Refused: `unknown_reference`, also for another buyer's; `closed` where nothing can be added any more.
    """
    hold_buyer(connection, buyer_id)
    if reference is None:
        mine = sa.and_(claims.c.claim_id == at, claims.c.buyer_id == buyer_id, claims.c.state == DRAFT)
        return claim_row(connection, mine) if at else None
    known = read_reference(reference) or ""
    row = claim_row(connection, sa.and_(claims.c.reference == known, claims.c.buyer_id == buyer_id))
    if row is None:
        return Refused(refusal.UNKNOWN_REFERENCE)
    dispute = dispute_row(connection, known)
    if row.state == DROPPED or (dispute is not None and not is_open(dispute.status)):
        return Refused(refusal.CLOSED, row.reference, row.state if dispute is None else dispute.status)
    return row


def takes_files(connection: Connection, claim: Row) -> bool:
    """Whether a file can be added to a claim: a draft, or one whose dispute is open."""
    if claim.state == DRAFT:
        return True
    dispute = dispute_row(connection, claim.reference) if claim.state == SUBMITTED else None
    return dispute is not None and is_open(dispute.status)
