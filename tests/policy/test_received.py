"""Received, but not as described: NAD, FAKE, BRK and MISS, each with the case that just misses."""

from __future__ import annotations

import pytest

from tests.policy.claims import a_claim, assessed

GROUND = {"not_as_described": "NAD-1", "counterfeit": "FAKE-1", "broken": "BRK-1", "missing_parts": "MISS-1"}

#: complaint, what the listing said, the clause that excludes
LISTED = [
    ("used", ["used"], "NAD-X1"),
    ("defective", ["defective"], "NAD-X2"),
    ("minor_scratches", ["used"], "NAD-X5"),
]
NOT_LISTED = [
    ("used", ["defective", "imitation"]),
    ("defective", ["used", "imitation"]),
    ("minor_scratches", ["defective", "imitation"]),
    ("different", ["used", "defective", "imitation"]),
    ("used", []),
]


@pytest.mark.parametrize(("claim_type", "ground"), GROUND.items())
def test_each_kind_has_its_own_ground_as_a_remedy(claim_type: str, ground: str) -> None:
    """NAD-1, FAKE-1, BRK-1, MISS-1: the platform contacts both sides and negotiates."""
    remedies = assessed(a_claim(claim_type)).remedies

    assert remedies[:2] == ("MED-1", ground)
    assert not set(remedies[2:]) & set(GROUND.values())


@pytest.mark.parametrize(("complaint", "listing", "clause"), LISTED)
def test_nad_x_excludes_what_the_listing_clearly_said(complaint: str, listing: list[str], clause: str) -> None:
    """NAD-X1, NAD-X2, NAD-X5: the buyer was told before buying."""
    answer = assessed(a_claim("not_as_described", complaint=complaint, listing_said=listing))

    assert (answer.outcome, answer.clauses) == ("not_eligible", (clause,))


@pytest.mark.parametrize(("complaint", "listing"), NOT_LISTED)
def test_nad_x_does_not_exclude_what_the_listing_said_of_something_else(complaint: str, listing: list[str]) -> None:
    """NAD-X1, NAD-X2, NAD-X5: only the statement that fits the complaint excludes."""
    assert assessed(a_claim("not_as_described", complaint=complaint, listing_said=listing)).outcome == "eligible"


@pytest.mark.parametrize(("complaint", "listing", "clause"), LISTED)
def test_nad_x_is_why_the_listing_is_asked_for(complaint: str, listing: list[str], clause: str) -> None:
    """NAD-X1, NAD-X2, NAD-X5: asked where the complaint is one that a listing can announce."""
    answer = assessed(a_claim("not_as_described", complaint=complaint))

    assert (answer.clauses, answer.missing) == ((clause,), ("listing_said",))


def test_nad_x3_needs_goods_with_nothing_wrong() -> None:
    """NAD-X3: an unwanted thing is excluded; a broken one that is not wanted either has the claim of its fault."""
    assert "NAD-X3" in assessed(a_claim("unwanted")).clauses
    assert assessed(a_claim("broken")).outcome == "eligible"


def test_nad_x4_excludes_mere_disappointment() -> None:
    """NAD-X4: the goods match the listing and fell short of expectations; no listing needs to be asked for."""
    answer = assessed(a_claim("not_as_described", complaint="below_expectations"))

    assert (answer.outcome, answer.clauses) == ("not_eligible", ("NAD-X4",))
    assert assessed(a_claim("not_as_described", complaint="different")).outcome == "eligible"


def test_nad_1_is_why_the_complaint_is_asked_for() -> None:
    """NAD-1: what is different decides what is asked next."""
    answer = assessed(a_claim("not_as_described", complaint=None))

    assert (answer.clauses, answer.missing) == (("NAD-1",), ("complaint",))


def test_fake_x1_excludes_a_listed_imitation() -> None:
    """FAKE-X1: the listing clearly said imitation; that it said used is no excuse for a fake."""
    assert assessed(a_claim("counterfeit", listing_said=["imitation"])).clauses == ("FAKE-X1",)
    assert assessed(a_claim("counterfeit", listing_said=["used", "defective"])).outcome == "eligible"


def test_fake_x1_is_why_the_listing_is_asked_for() -> None:
    """FAKE-X1: asked of every suspected fake."""
    answer = assessed(a_claim("counterfeit", listing_said=None))

    assert (answer.clauses, answer.missing) == (("FAKE-X1",), ("listing_said",))


def test_nad_x2_excludes_a_broken_thing_only_for_the_fault_that_was_listed() -> None:
    """NAD-X2: listed as defective is not enough, the fault must be the one it named."""
    told = a_claim("broken", listing_said=["defective"])

    assert assessed({**told, "fault_was_listed": True}).clauses == ("NAD-X2",)
    assert assessed({**told, "fault_was_listed": False}).outcome == "eligible"
    assert assessed({**told, "listing_said": ["used"], "fault_was_listed": True}).outcome == "eligible"


def test_nad_x2_is_why_the_listing_and_the_fault_are_asked_for() -> None:
    """NAD-X2: first what the listing said of a broken thing, then whether it named this fault."""
    listing = assessed(a_claim("broken", listing_said=None))
    fault = assessed(a_claim("broken", listing_said=["defective"]))

    assert (listing.clauses, listing.missing) == (("NAD-X2",), ("listing_said",))
    assert (fault.clauses, fault.missing) == (("NAD-X2",), ("fault_was_listed",))


def test_brk_w1_warns_where_the_slip_was_signed_and_never_excludes() -> None:
    """BRK-W1: a "may", so a warning; not for another kind of claim."""
    assert assessed(a_claim("broken", receipt_slip_signed=True)).warnings == ("BRK-W1",)
    assert assessed(a_claim("broken", receipt_slip_signed=True)).outcome == "eligible"
    assert assessed(a_claim("broken", receipt_slip_signed=False)).warnings == ()
    assert assessed(a_claim("missing_parts", receipt_slip_signed=True)).warnings == ()


def test_miss_2_to_4_are_the_remedies_of_missing_parts() -> None:
    """MISS-2, MISS-3, MISS-4: complete the shipment, return for a full refund, or negotiate a partial one."""
    assert assessed(a_claim("missing_parts")).remedies == ("MED-1", "MISS-1", "MISS-2", "MISS-3", "MISS-4")
    assert not {"MISS-2", "MISS-3", "MISS-4"} & set(assessed(a_claim("broken")).remedies)


def test_quantities_decide_nothing_and_are_worth_asking_once() -> None:
    """MISS-1: twenty ordered and five received help the platform, twenty and twenty as well."""
    told = a_claim("missing_parts", quantity_ordered=20, quantity_received=5)
    equal = {**told, "quantity_received": 20}

    assert assessed(a_claim("missing_parts")).optional == ("quantity_ordered", "quantity_received")
    assert assessed(a_claim("missing_parts", quantity_ordered=20)).optional == ("quantity_received",)
    assert assessed(a_claim("missing_parts", cannot_tell=["quantity_ordered"])).optional == ("quantity_received",)
    assert assessed(told).to_dict() == assessed(equal).to_dict()
