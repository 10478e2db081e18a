"""Claims are kept from the first turn on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from buyer_protection.disputes import UnknownClaim, drop_claim, find_claim, read_reference, unfinished_claims
from buyer_protection.disputes.tables import claims
from tests.disputes.made_up import BUYER, DAY_NINE, NOT_RECEIVED, NOW, keep, opened


def the_row(engine: Engine) -> dict[str, Any]:
    """The one row of the table."""
    with engine.connect() as connection:
        return dict(connection.execute(sa.select(claims)).one()._mapping)


def test_a_claim_has_a_reference_from_its_first_turn(engine: Engine) -> None:
    """Also when nothing is known yet."""
    kept = keep(engine, facts={}, order_id="", item="", statement="", wish="")

    assert read_reference(kept.reference) == kept.reference
    assert (kept.state, kept.assessment.outcome) == ("draft", "more_information_needed")


def test_what_is_kept_comes_back_as_it_was_told(engine: Engine) -> None:
    """With the assessment of the day that is asked for."""
    keep(engine, now=DAY_NINE, item=" desk   lamp ", statement="It\nnever came \N{PACKAGE} {order_id} %s")

    found = find_claim(engine, claim_id="claim-1", buyer_id=BUYER, now=DAY_NINE)

    assert found is not None
    assert (found.item, found.statement) == ("desk lamp", "It\nnever came \N{PACKAGE} {order_id} %s")
    assert found.declared == NOT_RECEIVED | {"refund_requested": True}
    assert found.assessment.outcome == "wait"
    assert found.assessment.earliest_dispute_on == date(2024, 3, 1)
    assert found.started_at == DAY_NINE
    later = find_claim(engine, reference=found.reference.lower(), now=NOW)
    assert later is not None
    assert later.assessment.outcome == "eligible"


def test_the_same_again_writes_nothing(engine: Engine) -> None:
    """Neither a turn that is run again nor a buyer who says it again changes the row."""
    first = keep(engine)
    before = the_row(engine)

    again = keep(engine, turn_id="turn-9", now=NOW + timedelta(hours=1))

    assert the_row(engine) == before
    assert again.reference == first.reference


def test_what_changes_is_written_with_the_turn_that_said_so(engine: Engine) -> None:
    """The first turn's reference stays."""
    first = keep(engine)
    later = NOW + timedelta(minutes=1)

    changed = keep(engine, facts=NOT_RECEIVED | {"carrier_status": "lost"}, turn_id="turn-2", now=later)

    row = the_row(engine)
    assert changed.reference == first.reference
    assert (row["turn_id"], row["changed_at"], row["started_at"]) == ("turn-2", later, NOW)
    assert row["facts"]["carrier_status"] == "lost"


def test_the_row_says_what_the_policy_says(engine: Engine) -> None:
    """For those who look at tables."""
    keep(engine, now=DAY_NINE)

    row = the_row(engine)

    assert (row["claim_type"], row["outcome"]) == ("not_received", "wait")
    assert row["earliest_dispute_on"] == date(2024, 3, 1)
    assert row["assessment"]["edition"] == "undated"


def test_another_buyers_claim_is_as_unknown_as_none(engine: Engine) -> None:
    """Knowing an id is not enough to read, change or drop a claim."""
    kept = keep(engine)

    with pytest.raises(UnknownClaim):
        keep(engine, buyer_id="buyer-2")
    with pytest.raises(UnknownClaim):
        drop_claim(engine, claim_id="claim-1", buyer_id="buyer-2", turn_id="t", now=NOW)
    assert find_claim(engine, claim_id="claim-1", buyer_id="buyer-2", now=NOW) is None
    assert find_claim(engine, reference=kept.reference, buyer_id="buyer-2", now=NOW) is None
    assert find_claim(engine, claim_id="claim-1", buyer_id=BUYER, now=NOW) == kept


def test_a_submitted_claim_is_not_changed_any_more(engine: Engine) -> None:
    """What was told when the dispute was opened stays."""
    dispute = opened(engine)

    kept = keep(engine, statement="Something else.", turn_id="turn-3")

    assert (kept.state, kept.submitted_as) == ("submitted", dispute.reference)
    assert kept.statement == "Nothing came."


def test_a_dropped_claim_stays_dropped_and_is_not_offered_again(engine: Engine) -> None:
    """Its reference still leads to it."""
    kept = keep(engine)

    dropped = drop_claim(engine, claim_id="claim-1", buyer_id=BUYER, turn_id="turn-2", now=NOW)
    again = keep(engine, statement="Something else.", turn_id="turn-3")

    assert dropped.state == again.state == "dropped"
    assert again.statement == "Nothing came."
    assert unfinished_claims(engine, buyer_id=BUYER, now=NOW) == []
    assert find_claim(engine, reference=kept.reference, now=NOW) == again


def test_a_buyer_finds_unfinished_claims_the_newest_first(engine: Engine) -> None:
    """Only drafts, only the buyer's own."""
    keep(engine, "old", now=NOW - timedelta(days=2))
    keep(engine, "new", now=NOW)
    keep(engine, "other", buyer_id="buyer-2")
    keep(engine, "gone", order_id="77")
    drop_claim(engine, claim_id="gone", buyer_id=BUYER, turn_id="t", now=NOW)

    found = unfinished_claims(engine, buyer_id=BUYER, now=NOW)

    assert [claim.claim_id for claim in found] == ["new", "old"]
