"""One test for each reading in "How we read it where it leaves room"."""

from __future__ import annotations

from datetime import timedelta

import pytest

from buyer_protection.policy import OUTCOMES, FactError, Facts
from tests.policy.claims import DISPUTABLE, RECEIVED, TENTH_DAY, a_claim, assessed, without_request

NOTHING_TOLD_BACK = ["none", "negotiating", "agreed", "refused"]

#: What a buyer may not know, with the claim in which it matters and the clause it could still bring.
UNTOLD = [
    ("paid_through_escrow", "broken", {}, "PAY-1"),
    ("carrier_status", "not_received", {}, "EXC-1"),
    ("listing_said", "not_as_described", {"complaint": "used"}, "NAD-X1"),
    ("listing_said", "not_as_described", {"complaint": "defective"}, "NAD-X2"),
    ("listing_said", "not_as_described", {"complaint": "minor_scratches"}, "NAD-X5"),
    ("listing_said", "counterfeit", {}, "FAKE-X1"),
    ("listing_said", "broken", {}, "NAD-X2"),
    ("fault_was_listed", "broken", {"listing_said": ["defective"]}, "NAD-X2"),
    ("supplier_response", "not_received", {}, "COV-2"),
    *(("supplier_response", claim_type, {}, "COV-1") for claim_type in RECEIVED),
    ("receipt_slip_signed", "broken", {}, "BRK-W1"),
]


def test_the_answers_are_assessments_and_none_of_them_is_called_a_decision() -> None:
    """The platform decides; the outcomes are the six of the specification, in its order."""
    assert OUTCOMES == (
        "not_eligible",
        "more_information_needed",
        "refund_request_needed",
        "wait",
        "evidence_needed",
        "eligible",
    )


@pytest.mark.parametrize("claim_type", DISPUTABLE)
@pytest.mark.parametrize("response", NOTHING_TOLD_BACK)
def test_and_or_anything_short_of_money_back_is_a_negotiation_that_has_not_succeeded(
    claim_type: str, response: str
) -> None:
    """Ten days after a refund request, also a supplier who talks or has promised."""
    assert assessed(a_claim(claim_type, supplier_response=response)).outcome == "eligible"


def test_and_or_a_delivery_period_that_is_not_over_is_a_warning_and_not_a_bar() -> None:
    """Each half of the ground suffices: the negotiation failed, whatever the delivery period."""
    answer = assessed(a_claim("not_received", delivery_due_on=(TENTH_DAY + timedelta(days=30)).isoformat()))

    assert (answer.outcome, answer.warnings) == ("eligible", ("COV-2",))


def test_ten_days_after_is_from_midnight_of_the_tenth_day() -> None:
    """A request on the 1st can become a dispute on the 11th, not on the 10th."""
    told = a_claim("not_received", refund_requested_on="2024-05-01")

    assert assessed(told, TENTH_DAY - timedelta(days=1)).outcome == "wait"
    assert assessed(told, TENTH_DAY).outcome == "eligible"


def test_escrow_decides_over_the_list_of_methods() -> None:
    """Known escrow: the method is only noted; unknown escrow: a method outside the list means none."""
    assert assessed(a_claim("broken", payment_method="other")).outcome == "eligible"
    assert assessed(a_claim("broken", payment_method="other", paid_through_escrow=None)).clauses == ("PAY-1",)


@pytest.mark.parametrize("status", ["delivered_elsewhere", "returned", "in_transit"])
def test_exc_1_needs_records_that_the_buyer_received_it(status: str) -> None:
    """Another address, another signer or the sender is not the buyer."""
    assert assessed(a_claim("not_received", carrier_status=status)).outcome == "eligible"


@pytest.mark.parametrize("claim_type", RECEIVED)
def test_a_fault_named_is_the_claim_of_that_fault_also_when_it_is_not_wanted_any_more(claim_type: str) -> None:
    """EXC-3 and NAD-X3 are about goods that have nothing wrong."""
    assert not {"EXC-3", "NAD-X3"} & set(assessed(a_claim(claim_type)).clauses)


def test_nad_x4_needs_the_complaint_to_be_set_whatever_the_listing_said() -> None:
    """Both halves are in the complaint: it matches, and it disappoints."""
    assert assessed(a_claim("not_as_described", complaint="below_expectations")).clauses == ("NAD-X4",)
    assert assessed(a_claim("not_as_described", complaint="different", listing_said=[])).outcome == "eligible"


@pytest.mark.parametrize(("listing", "fault", "outcome"), [
    (["defective"], True, "not_eligible"),
    (["defective"], False, "eligible"),
    ([], None, "eligible"),
])  # fmt: skip
def test_nad_x2_on_a_broken_thing_needs_the_listing_and_the_fault(
    listing: list[str], fault: bool | None, outcome: str
) -> None:
    """Excluded only where the listing said defective and the fault is the one it named."""
    assert assessed(a_claim("broken", listing_said=listing, fault_was_listed=fault)).outcome == outcome


@pytest.mark.parametrize("claim_type", DISPUTABLE)
def test_a_supplier_s_word_is_not_proof_and_the_buyer_is_never_asked_for_it(claim_type: str) -> None:
    """What only staff can have seen is neither missing nor optional."""
    for told in ({"claim_type": claim_type}, a_claim(claim_type), without_request(claim_type)):
        answer = assessed(told)

        assert not [name for name in answer.missing + answer.optional if name.startswith("supplier_proved")]


def test_full_3_is_confiscation_by_the_supplier_s_fault_and_any_other_is_silent() -> None:
    """On any other confiscation the ordinary grounds apply, and the assessment says so."""
    other = assessed(a_claim("not_received", carrier_status="confiscated", confiscation_cause="other"))

    assert (other.outcome, other.remedies, other.notes) == ("eligible", ("MED-1",), ("SILENT-1",))


def test_full_4_told_by_the_buyer_alone_is_if_the_carrier_confirms_it() -> None:
    """The remedy is named and the warning says on what it rests."""
    answer = assessed(a_claim("not_received", carrier_status="lost"))

    assert "FULL-4" in answer.remedies
    assert "FULL-4" in answer.warnings


@pytest.mark.parametrize(("fact", "claim_type", "besides", "clause"), UNTOLD)
def test_what_the_buyer_cannot_tell_blocks_nothing_and_warns_of_the_clause_that_could_bite(
    fact: str, claim_type: str, besides: dict[str, object], clause: str
) -> None:
    """Not knowing is an answer: eligible on the tenth day, with a warning."""
    told = a_claim(claim_type, **besides, **{fact: None}, cannot_tell=[fact])
    answer = assessed(told)

    assert (answer.outcome, answer.warnings) == ("eligible", (clause,))
    assert fact not in answer.missing + answer.optional


@pytest.mark.parametrize("fact", ["confiscation_cause", "quantity_ordered", "quantity_received", "delivery_due_on"])
def test_what_could_bring_no_clause_warns_of_none(fact: str) -> None:
    """The rest of what may be left untold is noted and nothing more."""
    claim_type = "missing_parts" if fact.startswith("quantity") else "not_received"

    assert assessed(a_claim(claim_type, cannot_tell=[fact])).warnings == ()


@pytest.mark.parametrize("fact", ["listing_said", "fault_was_listed", "carrier_status", "receipt_slip_signed"])
def test_what_does_not_bear_on_the_claim_warns_of_nothing_when_it_cannot_be_told(fact: str) -> None:
    """A fact that does not apply is ignored, told or not."""
    assert assessed(a_claim("missing_parts", cannot_tell=[fact])).warnings == ()
    assert assessed(a_claim("not_as_described", cannot_tell=[fact])).warnings == ()


def test_what_the_supplier_answered_could_bring_either_ground_while_the_type_is_unknown() -> None:
    """COV-1 for what came, COV-2 for what did not."""
    assert set(assessed({"cannot_tell": ["supplier_response"]}).warnings) == {"COV-1", "COV-2"}


@pytest.mark.parametrize("fact", ["claim_type", "complaint", "refund_requested", "refund_requested_on"])
def test_four_facts_cannot_be_done_without(fact: str) -> None:
    """They are refused among those that cannot be told."""
    with pytest.raises(FactError, match="cannot be left untold") as refused:
        Facts.from_dict({"cannot_tell": [fact]})

    assert refused.value.field == "cannot_tell"


def test_an_assessment_says_what_is_declared_and_what_is_verified() -> None:
    """What a record vouches for stands apart, each list in the order of the facts."""
    answer = assessed(
        a_claim("not_received", verified=["supplier_response", "carrier_status", "refund_requested_on"], evidence=2)
    )

    assert answer.declared == ("claim_type", "paid_through_escrow")
    assert answer.verified == ("refund_requested", "refund_requested_on", "supplier_response", "carrier_status")


def test_a_verified_value_excludes_like_a_declared_one() -> None:
    """Who says it is told, and changes no outcome."""
    told = a_claim("not_received", carrier_status="delivered")

    assert assessed(told).clauses == assessed({**told, "verified": ["carrier_status"]}).clauses == ("EXC-1",)
