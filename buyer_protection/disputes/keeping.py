"""A claim as it is kept: rows in, facts and assessment out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from buyer_protection.disputes.evidence_tables import evidence
from buyer_protection.disputes.known import day_of, known_facts
from buyer_protection.disputes.reminders import follow
from buyer_protection.disputes.tables import claims, verified_facts
from buyer_protection.policy import Assessment, Facts, assess

DRAFT: Final = "draft"
SUBMITTED: Final = "submitted"
DROPPED: Final = "dropped"

# Put together once: what is known of a claim is read in each turn.
_ONE: Final = sa.select(sa.literal(1).label("one")).subquery()
_CLAIM: Final = sa.bindparam("claim")
_RECORDS: Final = (
    sa.select(
        verified_facts.c.fact,
        verified_facts.c.value,
        sa.select(sa.func.count())
        .where(evidence.c.claim_id == _CLAIM, evidence.c.counts)
        .scalar_subquery()
        .label("files"),
    )
    .select_from(_ONE.outerjoin(verified_facts, verified_facts.c.claim_id == _CLAIM))
    .order_by(verified_facts.c.id)
)


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


#: What stands in the row as it stands in the claim.
_AS_THEY_ARE: Final = tuple(
    field.name for field in fields(KeptClaim) if field.name not in ("declared", "facts", "assessment")
)


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
    return _kept(row._mapping, facts, assess(facts, day_of(facts, now)))


def refresh(connection: Connection, row: Row, now: datetime, *, turn_id: str = "", **told: Any) -> KeptClaim:
    """Write what has changed of a claim: what was told anew, and what is now known and assessed; else nothing.

    Its reminder follows it; `turn_id` says that the buyer is told in this turn. Returns the claim as it is then.
    """
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
    if row.earliest_dispute_on or assessment.earliest_dispute_on:
        follow(connection, row.claim_id, assessment, now, is_told=bool(turn_id))
    return _kept({**row._mapping, **changes}, facts, assessment)


def _kept(row: Mapping[str, Any], facts: Facts, assessment: Assessment) -> KeptClaim:
    as_they_are = {name: row[name] for name in _AS_THEY_ARE}
    return KeptClaim(**as_they_are, declared=row["facts"], facts=facts, assessment=assessment)


def _facts(connection: Connection, claim_id: str, declared: dict[str, Any]) -> Facts:
    records = connection.execute(_RECORDS, {"claim": claim_id}).all()
    verified = [(record.fact, record.value) for record in records if record.fact is not None]
    return known_facts(declared, verified, records[0].files)
