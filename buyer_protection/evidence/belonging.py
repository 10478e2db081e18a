"""To which claim a file belongs: the one that is named, else the one that the buyer is at."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from buyer_protection.disputes import Refused, refusal
from buyer_protection.disputes.keeping import DRAFT, DROPPED, claim_row
from buyer_protection.disputes.records import dispute_row
from buyer_protection.disputes.reference import read_reference
from buyer_protection.disputes.status import FINAL, is_open
from buyer_protection.disputes.tables import claims, disputes
from buyer_protection.disputes.transactions import hold_buyer


def claim_for(connection: Connection, buyer_id: str, reference: str | None) -> Row | Refused | None:
    """The row of the claim that a buyer's file belongs to, its buyer held; None: it is held until there is one.

    Without a reference: the buyer's draft that changed last; else the claim of their one open dispute.
    Refused: `unknown_reference`, also for another buyer's; `closed` where nothing can be added any more.
    """
    hold_buyer(connection, buyer_id)
    if reference is None:
        return _current(connection, buyer_id)
    known = read_reference(reference) or ""
    row = claim_row(connection, sa.and_(claims.c.reference == known, claims.c.buyer_id == buyer_id))
    if row is None:
        return Refused(refusal.UNKNOWN_REFERENCE)
    dispute = dispute_row(connection, known)
    if row.state == DROPPED or (dispute is not None and not is_open(dispute.status)):
        return Refused(refusal.CLOSED, row.reference, row.state if dispute is None else dispute.status)
    return row


def _current(connection: Connection, buyer_id: str) -> Row | None:
    mine = claims.c.buyer_id == buyer_id
    drafts = sa.select(claims).where(mine, claims.c.state == DRAFT)
    draft = connection.execute(drafts.order_by(claims.c.changed_at.desc(), claims.c.claim_id).limit(1)).first()
    if draft is not None:
        return draft
    query = (
        sa.select(claims)
        .join(disputes, disputes.c.claim_id == claims.c.claim_id)
        .where(mine, disputes.c.status.not_in(FINAL))
        .limit(2)
    )
    found = connection.execute(query).all()
    return found[0] if len(found) == 1 else None
