"""What staff verify counts at once, and stays."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from buyer_protection.disputes import (
    FieldError,
    KeptClaim,
    Refused,
    drop_claim,
    events_of,
    find_claim,
    find_dispute,
    verify,
)
from buyer_protection.disputes.tables import claims, verified_facts
from buyer_protection.policy import FactError
from tests.disputes.made_up import BUYER, NOW, keep, opened


def seen(engine: Engine, reference: str, fact: str, value: Any, **changes: Any) -> KeptClaim | Refused:
    """Verify as staff do."""
    how: dict[str, Any] = {"source": "the carrier's page", "actor": "ann", "now": NOW}
    return verify(engine, reference=reference, fact=fact, value=value, **(how | changes))


def test_a_record_changes_what_the_buyer_is_told_next(engine: Engine) -> None:
    """Also in the table, and also after the buyer says the same again."""
    kept = keep(engine)

    answer = seen(engine, kept.reference, "carrier_status", "delivered")

    assert isinstance(answer, KeptClaim)
    assert (answer.assessment.outcome, answer.assessment.verified) == ("not_eligible", ("carrier_status",))
    again = keep(engine, turn_id="turn-2")
    assert again.assessment.outcome == "not_eligible"
    assert again.declared["carrier_status"] == "in_transit"
    with engine.connect() as connection:
        assert connection.scalar(sa.select(claims.c.outcome)) == "not_eligible"


def test_the_suppliers_proof_is_for_staff_to_see(engine: Engine) -> None:
    """It excludes the claim (NOREF-1), until staff take it back."""
    kept = keep(engine)

    proved = seen(engine, kept.reference, "supplier_proved_delivery", True)
    taken_back = seen(engine, kept.reference, "supplier_proved_delivery", None)

    assert isinstance(proved, KeptClaim)
    assert isinstance(taken_back, KeptClaim)
    assert (proved.assessment.clauses, taken_back.assessment.outcome) == (("NOREF-1",), "eligible")


def test_a_dispute_keeps_the_facts_it_was_opened_on(engine: Engine) -> None:
    """What is verified later stands beside them, and in the timeline with its source."""
    dispute = opened(engine)

    seen(engine, dispute.reference, "carrier_status", "lost")

    assert find_dispute(engine, reference=dispute.reference) == dispute
    now_known = find_claim(engine, reference=dispute.reference, now=NOW)
    assert now_known is not None
    assert "FULL-4" in now_known.assessment.clauses
    last = events_of(engine, reference=dispute.reference)[-1]
    assert (last.kind, last.reason) == ("verified", "the carrier's page")
    assert last.detail == {"fact": "carrier_status", "value": "lost"}


def test_the_same_seen_again_is_written_once(engine: Engine) -> None:
    """From the same source."""
    kept = keep(engine)

    for _ in range(2):
        seen(engine, kept.reference, "carrier_status", "lost")

    with engine.connect() as connection:
        assert len(connection.execute(sa.select(verified_facts)).all()) == 1


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("evidence", 3),
        ("verified", ["claim_type"]),
        ("cannot_tell", ["carrier_status"]),
        ("colour", "red"),
        ("carrier_status", "gone"),
        ("refund_requested_on", "2024-13-01"),
    ],
)
def test_what_no_record_can_show_is_refused(engine: Engine, fact: str, value: Any) -> None:
    """Evidence is counted, never claimed."""
    kept = keep(engine)

    with pytest.raises(FactError):
        seen(engine, kept.reference, fact, value)


def test_a_source_is_needed(engine: Engine) -> None:
    """Nothing is verified by itself."""
    with pytest.raises(FieldError):
        seen(engine, keep(engine).reference, "carrier_status", "lost", source=" ")


def test_nothing_is_added_to_what_is_dropped_or_unknown(engine: Engine) -> None:
    """Each with its code."""
    kept = keep(engine)
    drop_claim(engine, claim_id="claim-1", buyer_id=BUYER, turn_id="t", now=NOW)

    assert seen(engine, kept.reference, "carrier_status", "lost") == Refused("closed", kept.reference, "dropped")
    assert seen(engine, "PPPJ-GCH7-M", "carrier_status", "lost") == Refused("unknown_reference")
