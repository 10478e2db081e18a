"""Who is covered: PAY, COV and EXC, each with the case that it decides and the case that just misses."""

from __future__ import annotations

import pytest

from buyer_protection.policy import CLAUSES, ONLY_IN_WORDS, payment_methods, shipped_editions
from tests.policy.claims import DISPUTABLE, RECEIVED, a_claim, assessed, without_request


def test_pay_1_excludes_a_purchase_that_was_not_paid_through_escrow() -> None:
    """PAY-1: paid outside escrow is not covered, whatever the method was."""
    answer = assessed(a_claim("not_received", paid_through_escrow=False, payment_method="visa"))

    assert (answer.outcome, answer.clauses) == ("not_eligible", ("PAY-1",))


def test_pay_1_reads_a_method_outside_the_list_as_no_escrow_where_escrow_is_not_known() -> None:
    """PAY-1: escrow unknown and another method: not covered."""
    answer = assessed(a_claim("not_received", paid_through_escrow=None, payment_method="other"))

    assert (answer.outcome, answer.clauses) == ("not_eligible", ("PAY-1",))


def test_pay_1_excludes_by_the_method_also_a_buyer_who_cannot_tell() -> None:
    """PAY-1: not knowing excludes nothing, but here the method says it."""
    told = a_claim("broken", paid_through_escrow=None, cannot_tell=["paid_through_escrow"])

    assert assessed({**told, "payment_method": "other"}).clauses == ("PAY-1",)
    assert assessed({**told, "payment_method": "moneybookers"}).outcome == "eligible"


def test_pay_1_lets_known_escrow_decide_over_the_method() -> None:
    """PAY-1: where escrow is known, the method is only noted."""
    answer = assessed(a_claim("not_received", payment_method="other"))

    assert answer.outcome == "eligible"
    assert "payment_method" in answer.declared


def test_pay_1_asks_for_escrow_although_a_listed_method_is_given() -> None:
    """PAY-1: a listed method can be used outside escrow too."""
    answer = assessed(a_claim("not_received", paid_through_escrow=None, payment_method="paypal"))

    assert (answer.outcome, answer.clauses) == ("more_information_needed", ("PAY-1",))
    assert answer.missing == ("paid_through_escrow",)


def test_pay_2_is_data_and_no_assessment_carries_it() -> None:
    """PAY-2: the edition lists the ways to pay; the clause itself is said in words."""
    (edition,) = shipped_editions()

    assert edition.payment_methods == ("paypal", "visa", "mastercard", "moneybookers", "bank_transfer")
    assert payment_methods() == (*edition.payment_methods, "other")
    assert ONLY_IN_WORDS == ("PAY-2", "FIN-1", "HOW-1")
    assert set(ONLY_IN_WORDS) < set(CLAUSES)


@pytest.mark.parametrize("claim_type", [*DISPUTABLE, "unwanted"])
def test_pay_3_is_said_beside_every_answer(claim_type: str) -> None:
    """PAY-3: a supplier who asks to be paid outside escrow is to be reported, also where a claim is excluded."""
    for told in (
        a_claim(claim_type),
        a_claim(claim_type, paid_through_escrow=False),
        a_claim(claim_type, evidence=0),
        without_request(claim_type),
        without_request(claim_type, refund_requested=False),
    ):
        assert "PAY-3" in assessed({**told, "supplier_asked_offsite_payment": True}).warnings
        assert "PAY-3" not in assessed({**told, "supplier_asked_offsite_payment": False}).warnings


def test_pay_3_alone_remains_beside_an_exclusion() -> None:
    """PAY-3: an excluded claim has no other warning, however much could still bite."""
    told = without_request(
        "broken",
        paid_through_escrow=False,
        refund_requested=False,
        receipt_slip_signed=True,
        supplier_asked_offsite_payment=True,
        cannot_tell=["supplier_response"],
    )

    assert assessed(told).warnings == ("PAY-3",)


@pytest.mark.parametrize("claim_type", RECEIVED)
def test_cov_1_is_the_ground_of_the_four_received_kinds(claim_type: str) -> None:
    """COV-1: not as described, and the negotiation has not succeeded."""
    assert assessed(a_claim(claim_type)).clauses == ("COV-1", "WAIT-1", "EVID-1")


def test_cov_2_is_the_ground_where_nothing_came() -> None:
    """COV-2: nothing arrived, and the negotiation has not succeeded."""
    assert assessed(a_claim("not_received")).clauses == ("COV-2", "WAIT-1")


@pytest.mark.parametrize("claim_type", DISPUTABLE)
def test_cov_leaves_nothing_to_dispute_once_the_money_is_back(claim_type: str) -> None:
    """COV-1, COV-2: a refund received is a negotiation that has succeeded; one agreed is not."""
    ground = "COV-2" if claim_type == "not_received" else "COV-1"

    assert assessed(a_claim(claim_type, supplier_response="refunded")).clauses == (ground,)
    assert assessed(a_claim(claim_type, supplier_response="agreed")).outcome == "eligible"


def test_exc_1_excludes_what_the_carrier_delivered_to_the_buyer() -> None:
    """EXC-1: the carrier's records show that the buyer received it."""
    answer = assessed(a_claim("not_received", carrier_status="delivered"))

    assert (answer.outcome, answer.clauses) == ("not_eligible", ("EXC-1",))


@pytest.mark.parametrize("claim_type", RECEIVED)
def test_exc_2_excludes_where_the_supplier_has_shown_the_description(claim_type: str) -> None:
    """EXC-2: the supplier's proof counts for all four received kinds; false means that nobody has seen one."""
    assert assessed(a_claim(claim_type, supplier_proved_description=True)).clauses == ("EXC-2",)
    assert assessed(a_claim(claim_type, supplier_proved_description=False)).outcome == "eligible"


def test_exc_3_and_nad_x3_exclude_what_is_only_unwanted() -> None:
    """EXC-3, NAD-X3: delivered, nothing wrong with it, not wanted any more."""
    answer = assessed(a_claim("unwanted", evidence=3, supplier_response="refunded"))

    assert (answer.outcome, answer.clauses) == ("not_eligible", ("EXC-3", "NAD-X3"))
    assert answer.remedies == ()


def test_all_exclusions_that_hold_are_named_in_the_order_of_the_specification() -> None:
    """One reason does not hide another."""
    answer = assessed(
        a_claim(
            "not_received",
            paid_through_escrow=False,
            supplier_response="refunded",
            carrier_status="delivered",
            supplier_proved_delivery=True,
        )
    )

    assert answer.clauses == ("PAY-1", "COV-2", "EXC-1", "NOREF-1")
    assert (answer.missing, answer.earliest_dispute_on, answer.remedies, answer.warnings) == ((), None, (), ())
