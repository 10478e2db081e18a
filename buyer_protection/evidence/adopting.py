"""Files that were sent before there was a claim go to one; what was handed in by mistake is taken back."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from buyer_protection.disputes import Refused, fields
from buyer_protection.disputes.evidence_tables import evidence
from buyer_protection.disputes.keeping import DRAFT, SUBMITTED, claim_row, refresh
from buyer_protection.disputes.tables import claims
from buyer_protection.disputes.transactions import hold_buyer, writing
from buyer_protection.disputes.verifying import note_on_dispute
from buyer_protection.evidence.belonging import takes_files
from buyer_protection.evidence.limits import Limits
from buyer_protection.evidence.receipts import TOLD_OF_A_FILE, Receipt, can_be_given, receipts
from buyer_protection.evidence.store import Store

DISPUTE_OPENED: Final = "dispute_opened"
UNKNOWN_EVIDENCE: Final = "unknown_evidence"


def adopt(
    engine: Engine,
    *,
    buyer_id: str,
    claim_id: str,
    now: datetime,
    turn_id: str = "",
    limits: Limits | None = None,
    only: Collection[str] | None = None,
) -> int:
    """Give files that are held for a buyer to a claim of theirs, where they count at once; returns how many.

    The claim is a draft, or one whose dispute is open. `only` names evidence by its id; without it all are given.
    The oldest first, as many as the claim may have; the rest stays held. A file that the claim has already is not
    needed twice. 0 where there is nothing, or no such claim of this buyer; again, it does nothing.
    """
    claim_id = fields.identifier("claim_id", claim_id)
    now = fields.instant(now)
    limits = limits or Limits()

    def work(connection: Connection) -> int:
        hold_buyer(connection, buyer_id)
        claim = claim_row(connection, sa.and_(claims.c.claim_id == claim_id, claims.c.buyer_id == buyer_id))
        if claim is None or not takes_files(connection, claim):
            return 0
        there = receipts(connection, evidence.c.claim_id == claim_id)
        known = {receipt.sha256 for receipt in there}
        adopted = 0
        wanted = [
            one for one in receipts(connection, can_be_given(buyer_id)) if only is None or one.evidence_id in only
        ]
        for receipt in wanted:
            row = evidence.c.evidence_id == receipt.evidence_id
            if receipt.sha256 in known:
                connection.execute(sa.delete(evidence).where(row))  # its file goes with the next sweep
                continue
            if not _fits([*there, receipt], limits):
                continue
            connection.execute(sa.update(evidence).where(row).values(claim_id=claim_id))
            there.append(receipt)
            adopted += 1
            detail = {name: getattr(receipt, name) for name in TOLD_OF_A_FILE}
            note_on_dispute(connection, claim.reference, "evidence", buyer_id, now, "", detail)
        if adopted and claim.state == DRAFT:
            refresh(connection, claim, now, turn_id=turn_id)
        return adopted

    return writing(engine, work)


def remove(engine: Engine, store: Store, *, buyer_id: str, evidence_id: str, now: datetime) -> Refused | None:
    """Take back a file of a buyer's, which then counts no more; the claim is assessed again.

    Codes: `unknown_evidence`, also for another buyer's; `dispute_opened`: what a dispute rests on stays.
    """
    buyer_id = fields.identifier("buyer_id", buyer_id)
    now = fields.instant(now)

    def work(connection: Connection) -> Row | Refused:
        hold_buyer(connection, buyer_id)
        mine = sa.and_(evidence.c.evidence_id == evidence_id, evidence.c.buyer_id == buyer_id)
        row = connection.execute(sa.select(evidence).where(mine)).one_or_none()
        if row is None:
            return Refused(UNKNOWN_EVIDENCE)
        claim = None if row.claim_id is None else claim_row(connection, claims.c.claim_id == row.claim_id)
        if claim is not None and claim.state == SUBMITTED:
            return Refused(DISPUTE_OPENED, claim.submitted_as)
        connection.execute(sa.delete(evidence).where(evidence.c.id == row.id))
        if claim is not None and claim.state == DRAFT:
            refresh(connection, claim, now)
        return row

    answer = writing(engine, work)
    if isinstance(answer, Refused):
        return answer
    for name in filter(None, (answer.stored_name, answer.shown_name)):
        with suppress(OSError):  # what cannot be removed now, the sweeper finds
            store.remove(name)
    return None


def _fits(files: list[Receipt], limits: Limits) -> bool:
    return len(files) <= limits.most_files and sum(file.size for file in files) <= limits.most_bytes
