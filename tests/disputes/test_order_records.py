"""What the shop's record says of a claim's order: verified facts of the claim, written once, staff's left alone."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from buyer_protection.disputes import ORDER_RECORD, KeptClaim, UnknownClaim, find_claim, verify, vouch
from buyer_protection.disputes.tables import verified_facts
from buyer_protection.policy import FactError
from tests.disputes.made_up import BUYER, NOW, keep, opened

LOST = {"carrier_status": "lost", "paid_through_escrow": True}


def vouched(engine: Engine, facts: dict[str, Any], **changes: Any) -> KeptClaim:
    """The claim after its order's record was looked at."""
    asked: dict[str, Any] = {"claim_id": "claim-1", "buyer_id": BUYER, "now": NOW}
    return vouch(engine, facts=facts, **(asked | changes))


def written(engine: Engine) -> list[tuple[str, Any, str]]:
    """What stands in the table, in order."""
    query = sa.select(verified_facts).order_by(verified_facts.c.id)
    with engine.connect() as connection:
        return [(row.fact, row.value, row.source) for row in connection.execute(query).all()]


def test_what_the_record_says_is_verified_and_replaces_what_the_buyer_told(engine: Engine) -> None:
    """And the claim is assessed with it: FULL-4 rests on proof."""
    before = keep(engine)

    claim = vouched(engine, LOST)

    assert (before.facts.carrier_status, claim.facts.carrier_status) == ("in_transit", "lost")
    assert claim.facts.verified == {"carrier_status", "paid_through_escrow"}
    assert claim.declared["carrier_status"] == "in_transit"
    assert "FULL-4" in claim.assessment.clauses
    assert find_claim(engine, claim_id="claim-1", now=NOW) == claim


def test_the_same_record_again_writes_nothing(engine: Engine) -> None:
    """A turn that is run again, and one that looks again."""
    keep(engine)
    first = vouched(engine, LOST)
    rows = written(engine)

    assert vouched(engine, LOST) == first
    assert written(engine) == rows
    assert {source for *_, source in rows} == {ORDER_RECORD}


def test_what_the_record_does_not_say_any_more_is_taken_back(engine: Engine) -> None:
    """The buyer meant another order, or the shop put its record right."""
    keep(engine)
    vouched(engine, LOST)

    assert vouched(engine, {"carrier_status": "delivered"}).facts.verified == {"carrier_status"}
    assert vouched(engine, {}).facts.verified == frozenset()
    assert vouched(engine, {}).facts.carrier_status == "in_transit"
    assert vouched(engine, LOST).facts.carrier_status == "lost"


def test_what_staff_have_verified_since_stays_until_the_record_itself_changes(engine: Engine) -> None:
    """The record is looked at again when a claim is taken up; that must not undo what a person has seen."""
    reference = keep(engine).reference
    vouched(engine, LOST)
    seen = {
        "reference": reference,
        "fact": "carrier_status",
        "source": "the carrier's page",
        "actor": "ann",
        "now": NOW,
    }
    verify(engine, value="returned", **seen)  # type: ignore[arg-type]

    assert vouched(engine, LOST).facts.carrier_status == "returned"
    assert vouched(engine, {"paid_through_escrow": True}).facts.carrier_status == "returned"
    assert vouched(engine, {"carrier_status": "delivered"}).facts.carrier_status == "delivered"


def test_a_claim_that_became_a_dispute_is_not_changed(engine: Engine) -> None:
    """The dispute was opened on what was known then."""
    opened(engine)

    assert vouched(engine, LOST).facts.carrier_status == "in_transit"
    assert written(engine) == []


def test_another_buyers_claim_is_unknown(engine: Engine) -> None:
    """Whatever its id."""
    keep(engine)

    with pytest.raises(UnknownClaim):
        vouched(engine, LOST, buyer_id="buyer-2")
    assert written(engine) == []


def test_a_value_that_cannot_be_is_not_written(engine: Engine) -> None:
    """Nor anything beside it."""
    keep(engine)

    with pytest.raises(FactError, match="carrier_status"):
        vouched(engine, LOST | {"carrier_status": "gone"})
    assert written(engine) == []
