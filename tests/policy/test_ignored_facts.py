"""A fact that does not bear on the claim is ignored: the answer is the same as without it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.policy.claims import DISPUTABLE, a_claim, assessed, without_request

#: For each fact, a value that would weigh wherever the fact applies, and the claims it applies to.
WEIGHTY: dict[str, tuple[Any, set[str]]] = {
    "carrier_status": ("delivered", {"not_received"}),
    "supplier_proved_delivery": (True, {"not_received"}),
    "delivery_due_on": ("2030-01-01", {"not_received"}),
    "supplier_proved_description": (True, set(DISPUTABLE) - {"not_received"}),
    "evidence": (0, set(DISPUTABLE) - {"not_received"}),
    "complaint": ("below_expectations", {"not_as_described"}),
    "listing_said": (["used", "defective", "imitation"], {"counterfeit", "broken", "not_as_described"}),
    "receipt_slip_signed": (True, {"broken"}),
    "quantity_ordered": (20, {"missing_parts"}),
    "quantity_received": (5, {"missing_parts"}),
}
IGNORED = [
    (claim_type, fact, value)
    for claim_type in (*DISPUTABLE, "unwanted", None)
    for fact, (value, matters_to) in WEIGHTY.items()
    if claim_type not in matters_to
]


@pytest.mark.parametrize(("claim_type", "fact", "value"), IGNORED)
def test_a_fact_of_another_kind_of_claim_changes_nothing(claim_type: str | None, fact: str, value: object) -> None:
    """Neither given, verified nor impossible to tell does it move any field of the answer."""
    claims = [a_claim(claim_type), without_request(claim_type)] if claim_type else [{}, {"paid_through_escrow": True}]
    for told in claims:
        answer = assessed(told).to_dict()

        assert assessed({**told, fact: value}).to_dict() == answer
        assert assessed({**told, fact: value, "verified": [fact]}).to_dict() == answer
        if fact in ("carrier_status", "delivery_due_on", "listing_said", "receipt_slip_signed", "quantity_ordered"):
            assert assessed({**told, "cannot_tell": [fact]}).to_dict() == answer


@pytest.mark.parametrize("complaint", ["different", "below_expectations"])
def test_a_listing_is_ignored_where_the_complaint_is_not_one_it_can_announce(complaint: str) -> None:
    """For `different` and `below_expectations` the listing does not matter."""
    told = a_claim("not_as_described", complaint=complaint)

    for besides in ({"listing_said": ["used", "defective", "imitation"]}, {"cannot_tell": ["listing_said"]}):
        assert assessed({**told, **besides}).to_dict() == assessed(told).to_dict()


@pytest.mark.parametrize("statements", [["imitation"], ["used"], ["used", "imitation"]])
def test_a_fault_is_ignored_where_the_listing_of_a_broken_thing_did_not_say_defective(statements: list[str]) -> None:
    """Neither another statement nor the fault weighs then."""
    plain = assessed(a_claim("broken", listing_said=statements)).to_dict()

    assert plain == assessed(a_claim("broken")).to_dict()
    assert assessed(a_claim("broken", listing_said=statements, fault_was_listed=True)).to_dict() == plain
    assert assessed(a_claim("broken", listing_said=statements, cannot_tell=["fault_was_listed"])).to_dict() == plain


@pytest.mark.parametrize("claim_type", ["counterfeit", "not_as_described"])
def test_a_listed_fault_is_ignored_in_a_claim_that_is_not_about_a_broken_thing(claim_type: str) -> None:
    """`fault_was_listed` belongs to `broken`."""
    told = a_claim(claim_type, listing_said=["defective"])

    assert assessed({**told, "fault_was_listed": True}).to_dict() == assessed(told).to_dict()


@pytest.mark.parametrize("status", ["in_transit", "lost", None])
def test_a_cause_is_ignored_where_nothing_was_confiscated(status: str | None) -> None:
    """`confiscation_cause` belongs to `confiscated`."""
    told = a_claim("not_received", carrier_status=status)

    for besides in ({"confiscation_cause": "supplier"}, {"cannot_tell": ["confiscation_cause"]}):
        assert assessed({**told, **besides}).to_dict() == assessed(told).to_dict()


def test_the_supplier_s_answer_excludes_nothing_while_the_type_is_unknown() -> None:
    """A refund received excludes by the ground of the claim, and that is not known yet."""
    answer = assessed({"supplier_response": "refunded"})

    assert answer.outcome == "more_information_needed"
    assert answer.declared == ("supplier_response",)
