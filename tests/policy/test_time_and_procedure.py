"""Time and procedure: WAIT-1, MED-1, EVID-1, and the two clauses that are only said in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from buyer_protection.policy import CLAUSES, ONLY_IN_WORDS
from tests.policy.claims import (
    DISPUTABLE,
    RECEIVED,
    REQUESTED_ON,
    TENTH_DAY,
    a_claim,
    assessed,
    without_request,
)


@pytest.mark.parametrize("claim_type", DISPUTABLE)
def test_wait_1_opens_the_door_on_the_tenth_day_and_not_before(claim_type: str) -> None:
    """WAIT-1: requested on the 1st, the 10th is too early, the 11th is not."""
    early = assessed(a_claim(claim_type), TENTH_DAY - timedelta(days=1))
    open_ = assessed(a_claim(claim_type), TENTH_DAY)
    later = assessed(a_claim(claim_type), TENTH_DAY + timedelta(days=1))

    assert (early.outcome, early.clauses) == ("wait", ("WAIT-1",))
    assert (open_.outcome, later.outcome) == ("eligible", "eligible")
    assert early.earliest_dispute_on == open_.earliest_dispute_on == later.earliest_dispute_on == date(2024, 5, 11)


def test_wait_1_counts_from_a_request_told_of_before_its_day() -> None:
    """WAIT-1: `assess` counts from the date it is given, also when that lies ahead."""
    answer = assessed(a_claim("not_received"), REQUESTED_ON - timedelta(days=3))

    assert (answer.outcome, answer.earliest_dispute_on) == ("wait", TENTH_DAY)


def test_wait_1_asks_for_a_refund_request_first() -> None:
    """WAIT-1: without a refund request there is nothing to count from, and the buyer is warned of it."""
    answer = assessed(without_request("not_received", refund_requested=False))

    assert (answer.outcome, answer.clauses, answer.missing) == ("refund_request_needed", ("WAIT-1",), ())
    assert answer.warnings == ("WAIT-1",)
    assert answer.earliest_dispute_on is None


def test_wait_1_is_why_the_request_and_its_day_are_asked_for() -> None:
    """WAIT-1: first whether, then when, then what the supplier answered."""
    unknown = assessed(without_request("not_received"))
    undated = assessed(without_request("not_received", refund_requested=True))

    assert (unknown.clauses, unknown.missing) == (("WAIT-1",), ("refund_requested",))
    assert (undated.clauses, undated.missing) == (("WAIT-1",), ("refund_requested_on", "supplier_response"))
    assert undated.warnings == ()


@pytest.mark.parametrize("claim_type", DISPUTABLE)
def test_med_1_stands_beside_every_claim_that_nothing_excludes(claim_type: str) -> None:
    """MED-1: the platform mediates, from the moment the type is known; not where the claim is excluded."""
    assert assessed({"claim_type": claim_type}).remedies[0] == "MED-1"
    assert assessed(a_claim(claim_type)).remedies[0] == "MED-1"
    assert assessed(a_claim(claim_type, paid_through_escrow=False)).remedies == ()


def test_med_1_is_not_promised_before_the_type_is_known() -> None:
    """MED-1: with nothing told, everything is still to be asked."""
    answer = assessed({})

    assert answer.remedies == ()
    assert (answer.outcome, answer.clauses) == ("more_information_needed", ("COV-1", "COV-2"))
    assert answer.missing == ("claim_type", "paid_through_escrow", "refund_requested")


@pytest.mark.parametrize("claim_type", RECEIVED)
@pytest.mark.parametrize("evidence", [None, 0])
def test_evid_1_asks_for_a_photo_or_video_of_what_came(claim_type: str, evidence: int | None) -> None:
    """EVID-1: asked for on the tenth day, for all four received kinds."""
    answer = assessed(a_claim(claim_type, evidence=evidence))

    assert (answer.outcome, answer.clauses) == ("evidence_needed", ("EVID-1",))
    assert answer.missing == ("evidence",)


def test_evid_1_is_met_by_one_photo() -> None:
    """EVID-1: one is enough."""
    assert assessed(a_claim("broken", evidence=1)).outcome == "eligible"


def test_evid_1_does_not_ask_for_a_photo_of_what_never_came() -> None:
    """EVID-1: nothing to photograph where nothing was received, and nothing rests on a photo that was sent anyway."""
    assert assessed(a_claim("not_received", evidence=0)).clauses == ("COV-2", "WAIT-1")
    assert assessed(a_claim("not_received", evidence=2)).clauses == ("COV-2", "WAIT-1")


def test_evid_1_comes_after_the_waiting_days() -> None:
    """EVID-1: before the tenth day the answer is to wait, evidence or not."""
    answer = assessed(a_claim("broken", evidence=0), TENTH_DAY - timedelta(days=1))

    assert (answer.outcome, answer.missing) == ("wait", ())


@pytest.mark.parametrize("clause", ["FIN-1", "HOW-1"])
def test_fin_1_and_how_1_are_said_in_words(clause: str) -> None:
    """FIN-1, HOW-1: procedure that decides nothing, so no assessment carries it."""
    assert clause in CLAUSES
    assert clause in ONLY_IN_WORDS
