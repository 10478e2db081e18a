"""A claim as it is kept: rows in, facts and assessment out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from buyer_protection.disputes.known import day_of, known_facts
from buyer_protection.disputes.tables import claims, evidence, verified_facts
from buyer_protection.policy import Assessment, Facts, assess

DRAFT: Final = "draft"
SUBMITTED: Final = "submitted"
DROPPED: Final = "dropped"


@dataclass(frozen=True)
class KeptClaim:
    """A claim with everything known of it, assessed for the moment it was asked for.

    `state` is `draft`, `submitted` or `dropped`; `submitted_as` the reference of the dispute that it became or joined.
    `declared` is what the buyer told (JSON names); `facts` what is known, records and accepted evidence included.
    Instants are in UTC.
    """

    claim_id: str
    reference: str
    buyer_id: str
    order_id: str
    item: str
    statement: str
    wish: str
    state: str
    submitted_as: str
    declared: dict[str, Any]
    facts: Facts
    assessment: Assessment
    started_at: datetime
    changed_at: datetime


def claim_row(connection: Connection, wanted: Any) -> Row | None:
    """The one claim that a condition names, locked where the transaction goes on to write; or None."""
    query = sa.select(claims).where(wanted)
    if connection.get_execution_options().get("writes"):
        query = query.with_for_update()
    return connection.execute(query).one_or_none()


def claims_like(connection: Connection, wanted: Any, now: datetime, most: int = 100) -> list[KeptClaim]:
    """At most so many claims that a condition names, the one changed last first."""
    query = sa.select(claims).where(wanted).order_by(claims.c.changed_at.desc(), claims.c.claim_id).limit(most)
    return [read_claim(connection, row, now) for row in connection.execute(query).all()]


def read_claim(connection: Connection, row: Row, now: datetime) -> KeptClaim:
    """A claim's row with all that is known of it, assessed for `now`."""
    facts = _facts(connection, row.claim_id, row.facts)
    return KeptClaim(
        claim_id=row.claim_id,
        reference=row.reference,
        buyer_id=row.buyer_id,
        order_id=row.order_id,
        item=row.item,
        statement=row.statement,
        wish=row.wish,
        state=row.state,
        submitted_as=row.submitted_as,
        declared=row.facts,
        facts=facts,
        assessment=assess(facts, day_of(facts, now)),
        started_at=row.started_at,
        changed_at=row.changed_at,
    )


def refresh(connection: Connection, row: Row, now: datetime, *, turn_id: str = "", **told: Any) -> None:
    """Write what has changed of a claim: what was told anew, and what is now known and assessed; else nothing."""
    facts = _facts(connection, row.claim_id, told.get("facts", row.facts))
    assessment = assess(facts, day_of(facts, now))
    told |= {
        "claim_type": facts.claim_type or "",
        "assessment": assessment.to_dict(),
        "outcome": assessment.outcome,
        "earliest_dispute_on": assessment.earliest_dispute_on,
    }
    changes = {name: value for name, value in told.items() if value != getattr(row, name)}
    if changes:
        changes |= {"changed_at": now, "turn_id": turn_id or row.turn_id}
        connection.execute(sa.update(claims).where(claims.c.claim_id == row.claim_id).values(changes))


def _facts(connection: Connection, claim_id: str, declared: dict[str, Any]) -> Facts:
    verified = connection.execute(
        sa.select(verified_facts.c.fact, verified_facts.c.value)
        .where(verified_facts.c.claim_id == claim_id)
        .order_by(verified_facts.c.id)
    ).all()
    count = connection.scalar(sa.select(sa.func.count()).where(evidence.c.claim_id == claim_id))
    return known_facts(declared, [(row.fact, row.value) for row in verified], count or 0)
