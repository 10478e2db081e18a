"""Opening a dispute: only what the policy allows, only once, and only with what the record needs."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from buyer_protection.disputes import (
    Opened,
    Refused,
    decide,
    disputes_of,
    drop_claim,
    events_of,
    find_claim,
    find_dispute,
    review,
    verify,
    withdraw,
)
from buyer_protection.disputes.tables import dispute_events, disputes
from tests.disputes.made_up import (
    BROKEN,
    BUYER,
    DAY_NINE,
    NOT_RECEIVED,
    NOW,
    REQUESTED_ON,
    hand_in,
    keep,
    opened,
    opening,
)


def count(engine: Engine, table: sa.Table) -> int:
    """How many rows a table has."""
    with engine.connect() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(table)))


def test_an_eligible_claim_becomes_a_dispute_under_its_own_reference(engine: Engine) -> None:
    """With the facts, the assessment, the edition's number and the day on the policy's calendar."""
    kept = keep(engine)

    answer = opening(engine)

    assert answer == Opened(kept.reference, "opened", date(2024, 3, 1), already=False)
    (dispute,) = disputes_of(engine, buyer_id=BUYER)
    assert (dispute.reference, dispute.claim_id, dispute.status) == (kept.reference, "claim-1", "opened")
    assert (dispute.refund_requested_on, dispute.opened_on, dispute.waiting_days) == (REQUESTED_ON, NOW.date(), 10)
    assert dispute.facts == kept.facts.to_dict()
    assert dispute.assessment["outcome"] == "eligible"
    assert dispute.assessment["edition"] == "undated"
    (event,) = events_of(engine, reference=kept.reference)
    assert (event.actor, event.kind, event.to_status, event.turn_id) == ("buyer", "opened", "opened", "turn-2")


@pytest.mark.parametrize(
    ("facts", "now", "code"),
    [
        (NOT_RECEIVED, DAY_NINE, "wait"),
        (NOT_RECEIVED | {"carrier_status": "delivered"}, NOW, "not_eligible"),
        (NOT_RECEIVED | {"supplier_response": None}, NOW, "more_information_needed"),
        (NOT_RECEIVED | {"refund_requested_on": None, "refund_requested": False}, NOW, "refund_request_needed"),
        (BROKEN, NOW, "evidence_needed"),
    ],
)
def test_what_the_policy_does_not_allow_is_refused_by_its_outcome(
    engine: Engine, facts: dict[str, Any], now: datetime, code: str
) -> None:
    """And nothing is written, and the claim stays a draft."""
    keep(engine, facts=facts)

    answer = opening(engine, now=now)

    assert isinstance(answer, Refused)
    assert answer.code == code
    assert answer.assessment is not None
    assert count(engine, disputes) == count(engine, dispute_events) == 0
    draft = find_claim(engine, claim_id="claim-1", now=NOW)
    assert draft is not None
    assert draft.state == "draft"


def test_a_claim_that_was_eligible_when_kept_is_assessed_again_when_opened(engine: Engine) -> None:
    """What staff verified in between counts."""
    kept = keep(engine)
    verify(
        engine,
        reference=kept.reference,
        fact="refund_requested_on",
        value="2024-02-25",
        source="order record",
        actor="ann",
        now=NOW,
    )

    answer = opening(engine)

    assert (answer.code, answer.earliest_dispute_on) == ("wait", date(2024, 3, 6))


def test_waiting_is_over_at_midnight_of_the_policys_own_calendar(engine: Engine) -> None:
    """Wherever the buyer is: in New York it is still the day before."""
    new_york = timezone(timedelta(hours=-5))
    keep(engine)

    assert opening(engine, now=datetime(2024, 2, 29, 18, 59, 59, tzinfo=new_york)).code == "wait"
    assert opening(engine, now=datetime(2024, 2, 29, 19, 0, tzinfo=new_york)).opened_on == date(2024, 3, 1)


def test_a_record_without_an_order_or_a_statement_is_not_opened(engine: Engine) -> None:
    """The missing fields are named."""
    keep(engine, order_id="", statement="  ")

    answer = opening(engine)

    assert (answer.code, answer.missing) == ("incomplete_record", ("order_id", "statement"))


def test_there_is_nothing_to_open_for_a_claim_that_is_unknown_anothers_or_dropped(engine: Engine) -> None:
    """All three are answered alike."""
    keep(engine)
    keep(engine, "dropped", order_id="9")
    drop_claim(engine, claim_id="dropped", buyer_id=BUYER, turn_id="t", now=NOW)

    answers = [opening(engine, "none"), opening(engine, buyer_id="buyer-2"), opening(engine, "dropped")]

    assert answers == [Refused("unknown_claim")] * 3


def test_the_same_claim_again_gives_the_same_reference_and_writes_nothing(engine: Engine) -> None:
    """In the same turn run again, and in another."""
    first = opened(engine)

    for turn in ("turn-2", "turn-3"):
        answer = opening(engine, turn_id=turn, now=NOW + timedelta(days=1))
        assert answer == Opened(first.reference, "opened", date(2024, 3, 1), already=True)
    assert count(engine, disputes) == count(engine, dispute_events) == 1


@pytest.mark.parametrize("item", ["lamp", "LAMP", " lamp "])
def test_the_same_thing_claimed_once_more_leads_to_the_dispute_that_is_open(engine: Engine, item: str) -> None:
    """Under a claim of its own, whose reference then leads there too, even where that claim is not complete."""
    first = opened(engine)
    second = keep(engine, "claim-2", item=item, facts=NOT_RECEIVED | {"supplier_response": None})

    answers = [opening(engine, "claim-2", turn_id=turn) for turn in ("turn-8", "turn-9")]

    assert answers == [Opened(first.reference, "opened", date(2024, 3, 1), already=True)] * 2
    assert find_dispute(engine, reference=second.reference, buyer_id=BUYER) == first
    assert [event.kind for event in events_of(engine, reference=first.reference)] == ["opened", "told_again"]
    assert count(engine, disputes) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"order_id": "8002"},
        {"item": "chair"},
        {"item": ""},
        {"buyer_id": "buyer-2"},
        {"facts": BROKEN},
    ],
)
def test_another_order_item_kind_or_buyer_is_another_dispute(engine: Engine, changes: dict[str, Any]) -> None:
    """Only all four together are the same thing."""
    first = opened(engine)
    keep(engine, "claim-2", **changes)
    hand_in(engine, "claim-2")

    answer = opening(engine, "claim-2", buyer_id=changes.get("buyer_id", BUYER))

    assert answer.already is False
    assert answer.reference != first.reference


def test_after_a_withdrawal_a_new_claim_may_be_opened_but_not_the_withdrawn_one(engine: Engine) -> None:
    """The withdrawn dispute stays as it was."""
    first = opened(engine)
    withdraw(engine, reference=first.reference, buyer_id=BUYER, turn_id="turn-3", now=NOW)

    assert opening(engine) == Refused("withdrawn", first.reference, "withdrawn")
    second = opened(engine, "claim-2")
    assert second.reference != first.reference
    assert {dispute.status for dispute in disputes_of(engine, buyer_id=BUYER)} == {"opened", "withdrawn"}


def test_what_is_decided_is_not_opened_again(engine: Engine) -> None:
    """Neither by the same claim nor by a new one on the same thing (FIN-1)."""
    first = opened(engine)
    review(engine, reference=first.reference, actor="ann", reason="", now=NOW)
    decide(engine, reference=first.reference, outcome="partial", actor="ann", reason="half is fair", now=NOW)
    keep(engine, "claim-2")

    refused = Refused("already_decided", first.reference, "decided")
    assert [opening(engine), opening(engine, "claim-2")] == [refused, refused]


def test_another_buyers_dispute_is_the_same_as_none(engine: Engine) -> None:
    """Knowing a reference tells nothing."""
    dispute = opened(engine)

    assert find_dispute(engine, reference=dispute.reference, buyer_id="buyer-2") is None
    assert disputes_of(engine, buyer_id="buyer-2") == []
    assert find_dispute(engine, reference=dispute.reference, buyer_id=BUYER) == dispute
