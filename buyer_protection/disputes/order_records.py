"""What the shop's record says of a claim's order, written down as verified facts of the claim.

Keyed by the claim and the fact: the same record again writes nothing, so a turn may be run again, and what staff have
verified since stays until the record itself says something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes import fields
from buyer_protection.disputes.keeping import DRAFT, KeptClaim, claim_row, read_claim, refresh
from buyer_protection.disputes.refusal import UnknownClaim
from buyer_protection.disputes.tables import claims, verified_facts
from buyer_protection.disputes.transactions import hold_buyer, writing
from buyer_protection.policy import Facts

#: Where such a fact was seen, and who wrote it down.
ORDER_RECORD: Final = "order record"
_ACTOR: Final = "assistant"


def vouch(
    engine: Engine, *, claim_id: str, buyer_id: str, facts: Mapping[str, Any], now: datetime, turn_id: str = ""
) -> KeptClaim:
    """Write down what the order's record says of a draft (JSON values), and return the claim as it then stands.

    `facts` are all that the record says now: what it said before and does not say any more is taken back.
    A claim that is submitted or dropped is not changed. Raises `FactError`, and `UnknownClaim` for another's claim.
    """
    said = Facts.from_dict(facts).to_dict()
    claim_id = fields.identifier("claim_id", claim_id)
    buyer_id = fields.identifier("buyer_id", buyer_id)
    now = fields.instant(now)

    def work(connection: Connection) -> KeptClaim:
        hold_buyer(connection, buyer_id)
        row = claim_row(connection, sa.and_(claims.c.claim_id == claim_id, claims.c.buyer_id == buyer_id))
        if row is None:
            raise UnknownClaim(claim_id)
        if row.state != DRAFT:
            return read_claim(connection, row, now)
        rows = [
            {"claim_id": claim_id, "fact": fact, "value": value, "source": ORDER_RECORD, "actor": _ACTOR, "at": now}
            for fact, value in _news(connection, claim_id, said).items()
        ]
        if rows:
            connection.execute(sa.insert(verified_facts), rows)
        return refresh(connection, row, now, turn_id=turn_id)

    return writing(engine, work)


def _news(connection: Connection, claim_id: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """The facts on which the record says something else than when it was last looked at; None: not any more."""
    before: dict[str, Any] = {}
    query = sa.select(verified_facts).where(verified_facts.c.claim_id == claim_id).order_by(verified_facts.c.id)
    newest: dict[str, str] = {}
    for row in connection.execute(query).all():
        newest[row.fact] = row.source
        if row.source == ORDER_RECORD:
            before[row.fact] = row.value
    # What staff have verified since is theirs to take back.
    gone = {fact: None for fact in before.keys() - said.keys() if newest[fact] == ORDER_RECORD}
    now: dict[str, Any] = {**said, **gone}
    return {fact: value for fact, value in now.items() if before.get(fact) != value}
