"""Claims: what a buyer says happened, kept from the first turn on, so that nothing told is lost.

A claim is a draft until a dispute is opened for it, or the buyer drops it. It has a reference from the start.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes import fields
from buyer_protection.disputes.keeping import DRAFT, DROPPED, KeptClaim, claim_row, claims_like, read_claim, refresh
from buyer_protection.disputes.known import day_of, declared_facts, known_facts
from buyer_protection.disputes.notes import tie
from buyer_protection.disputes.numbering import issue_reference
from buyer_protection.disputes.reference import read_reference
from buyer_protection.disputes.refusal import UnknownClaim
from buyer_protection.disputes.reminders import cancel, follow
from buyer_protection.disputes.tables import claims
from buyer_protection.disputes.transactions import hold_buyer, reading, writing
from buyer_protection.policy import assess


def keep_claim(
    engine: Engine,
    *,
    claim_id: str,
    buyer_id: str,
    turn_id: str,
    now: datetime,
    facts: Mapping[str, Any],
    order_id: str = "",
    item: str = "",
    statement: str | None = "",
    wish: str = "",
) -> KeptClaim:
    """Keep everything told so far; what is given here replaces what was kept before, so give all of it each time.

    A `statement` of None leaves the one that is kept: a long one stands nowhere else.
    `facts` are the declared ones by their JSON names. The same again writes nothing.
    A claim that is submitted or dropped is not changed any more: what is kept comes back as it is, see its `state`.
    Raises `FieldError` or `FactError` naming a field that cannot be kept, `UnknownClaim` for another buyer's id.
    """
    told = {
        "order_id": fields.order_id(order_id),
        "item": fields.one_line("item", item, fields.LONGEST_ITEM),
        "wish": fields.words("wish", wish, fields.LONGEST_WISH),
        "facts": declared_facts(facts),
    }
    if statement is not None:
        told["statement"] = fields.words("statement", statement, fields.LONGEST_STATEMENT)
    claim_id = fields.identifier("claim_id", claim_id)
    turn_id = fields.identifier("turn_id", turn_id)
    buyer_id = fields.identifier("buyer_id", buyer_id)
    now = fields.instant(now)

    def work(connection: Connection) -> KeptClaim:
        hold_buyer(connection, buyer_id)
        row = claim_row(connection, claims.c.claim_id == claim_id)
        if row is None:
            _start(connection, claim_id, buyer_id, turn_id, now, told)
            return _present(connection, claims.c.claim_id == claim_id, now)
        if row.buyer_id != buyer_id:
            raise UnknownClaim(claim_id)
        if row.state == DRAFT:
            return refresh(connection, row, now, turn_id=turn_id, **told)
        return read_claim(connection, row, now)

    return writing(engine, work)


def find_claim(
    engine: Engine,
    *,
    claim_id: str | None = None,
    reference: str | None = None,
    buyer_id: str | None = None,
    now: datetime,
) -> KeptClaim | None:
    """A claim by its id or its reference, assessed for `now`; with `buyer_id`, only that buyer's own."""
    now = fields.instant(now)
    if claim_id is not None:
        wanted = claims.c.claim_id == fields.identifier("claim_id", claim_id)
    else:
        wanted = claims.c.reference == read_reference(reference or "")
    if buyer_id is not None:
        wanted = sa.and_(wanted, claims.c.buyer_id == fields.identifier("buyer_id", buyer_id))

    def work(connection: Connection) -> KeptClaim | None:
        row = claim_row(connection, wanted)
        return None if row is None else read_claim(connection, row, now)

    return reading(engine, work)


def unfinished_claims(engine: Engine, *, buyer_id: str, now: datetime) -> list[KeptClaim]:
    """A buyer's drafts, the one changed last first, assessed for `now`."""
    wanted = sa.and_(claims.c.buyer_id == fields.identifier("buyer_id", buyer_id), claims.c.state == DRAFT)
    now = fields.instant(now)
    return reading(engine, lambda connection: claims_like(connection, wanted, now))


def all_claims(engine: Engine, *, now: datetime, state: str = DRAFT, most: int = 100) -> list[KeptClaim]:
    """Claims of all buyers in one state, the one changed last first, for staff."""
    now = fields.instant(now)
    return reading(engine, lambda connection: claims_like(connection, claims.c.state == state, now, most))


def drop_claim(engine: Engine, *, claim_id: str, buyer_id: str, turn_id: str, now: datetime) -> KeptClaim:
    """The buyer gives a draft up; what was told stays with its reference. A submitted claim stays submitted.

    Raises `UnknownClaim` where the buyer has no such claim.
    """
    wanted = sa.and_(
        claims.c.claim_id == fields.identifier("claim_id", claim_id),
        claims.c.buyer_id == fields.identifier("buyer_id", buyer_id),
    )
    changes = {"state": DROPPED, "changed_at": fields.instant(now), "turn_id": fields.identifier("turn_id", turn_id)}

    def work(connection: Connection) -> KeptClaim:
        hold_buyer(connection, buyer_id)
        if connection.execute(sa.update(claims).where(wanted, claims.c.state == DRAFT).values(changes)).rowcount:
            cancel(connection, claim_id, fields.instant(now))
        return _present(connection, wanted, fields.instant(now))

    return writing(engine, work)


def _start(
    connection: Connection, claim_id: str, buyer_id: str, turn_id: str, now: datetime, told: dict[str, Any]
) -> None:
    facts = known_facts(told["facts"], (), 0)
    assessment = assess(facts, day_of(facts, now))
    connection.execute(
        sa.insert(claims).values(
            claim_id=claim_id,
            reference=issue_reference(connection, "claim", now),
            buyer_id=buyer_id,
            claim_type=facts.claim_type or "",
            assessment=assessment.to_dict(),
            outcome=assessment.outcome,
            earliest_dispute_on=assessment.earliest_dispute_on,
            state=DRAFT,
            submitted_as="",
            started_at=now,
            changed_at=now,
            turn_id=turn_id,
            **{"statement": "", **told},
        )
    )
    tie(connection, buyer_id, claim_id)
    follow(connection, claim_id, assessment, now, is_told=True)


def _present(connection: Connection, wanted: Any, now: datetime) -> KeptClaim:
    row = claim_row(connection, wanted)
    if row is None:
        raise UnknownClaim
    return read_claim(connection, row, now)
