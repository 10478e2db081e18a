"""What the buyer declared and what a record shows, put together."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from buyer_protection.disputes.known import known_facts
from buyer_protection.policy import Facts
from buyer_protection.policy.vocabulary import CHOICES, COUNTS, DATES, LISTING_STATEMENTS, MAY_BE_UNTOLD, VOLUNTEERED
from tests.disputes.made_up import NOT_RECEIVED


def known(verified: list[tuple[str, Any]], **declared: Any) -> Facts:
    """Facts of a parcel that did not come."""
    return known_facts(NOT_RECEIVED | declared, verified, 0)


def test_a_verified_value_replaces_a_declared_one() -> None:
    """And is marked as verified; the rest stays declared."""
    facts = known([("carrier_status", "delivered")])

    assert (facts.carrier_status, facts.verified) == ("delivered", frozenset({"carrier_status"}))


def test_of_two_verified_values_the_later_counts() -> None:
    """Staff can correct themselves."""
    assert known([("carrier_status", "delivered"), ("carrier_status", "lost")]).carrier_status == "lost"


def test_a_verification_can_be_taken_back() -> None:
    """Then what the buyer declared counts again."""
    facts = known([("carrier_status", "delivered"), ("carrier_status", None)])

    assert (facts.carrier_status, facts.verified) == ("in_transit", frozenset())


def test_what_a_record_shows_is_no_longer_unknown() -> None:
    """A fact that the buyer could not tell is given once staff verified it."""
    facts = known([("delivery_due_on", "2024-02-01")], cannot_tell=["delivery_due_on"])

    assert facts.cannot_tell == frozenset()
    assert "delivery_due_on" in facts.verified


def test_a_verified_day_wins_over_a_buyer_who_says_there_was_no_request() -> None:
    """The day says that there was one."""
    facts = known([("refund_requested_on", "2024-02-25")], refund_requested=False, refund_requested_on=None)

    assert facts.refund_requested is True
    assert facts.verified == {"refund_requested", "refund_requested_on"}


def test_a_record_without_a_request_wins_over_a_declared_day() -> None:
    """The declared day goes."""
    facts = known([("refund_requested", False)])

    assert (facts.refund_requested, facts.refund_requested_on) == (False, None)


def test_of_two_verified_facts_that_contradict_each_other_the_later_counts() -> None:
    """Whichever it is."""
    day, none = ("refund_requested_on", "2024-02-25"), ("refund_requested", False)

    assert known([day, none]).refund_requested_on is None
    assert known([none, day]).refund_requested is True


def test_a_proof_that_staff_did_not_see_vouches_for_nothing() -> None:
    """False of a fact that is only ever shown is the same as unknown."""
    facts = known([("supplier_proved_delivery", True), ("supplier_proved_delivery", False)])

    assert (facts.supplier_proved_delivery, facts.verified) == (None, frozenset())


VALUES: dict[str, st.SearchStrategy[Any]] = {
    **{name: st.sampled_from(values) for name, values in CHOICES.items()},
    **{name: st.booleans() for name in (*VOLUNTEERED, "paid_through_escrow", "refund_requested", "fault_was_listed")},
    **{name: st.dates().map(str) for name in DATES},
    **{name: st.integers(0, 50) for name in COUNTS if name != "evidence"},
    "listing_said": st.lists(st.sampled_from(LISTING_STATEMENTS), unique=True),
}
VERIFIED = st.lists(
    st.sampled_from(sorted(VALUES)).flatmap(lambda name: st.tuples(st.just(name), st.none() | VALUES[name]))
)
DECLARED = st.fixed_dictionaries({}, optional=VALUES)


@given(DECLARED, st.sets(st.sampled_from(MAY_BE_UNTOLD)), VERIFIED, st.integers(0, 10))
def test_whatever_is_declared_and_verified_can_be_put_together(
    declared: dict[str, Any], untold: set[str], verified: list[tuple[str, Any]], evidence: int
) -> None:
    """No combination raises, and the last word of staff on a fact stands unless a later one contradicts it."""
    if declared.get("refund_requested") is False:
        declared.pop("refund_requested_on", None)
    declared["cannot_tell"] = sorted(untold - set(declared))

    facts = known_facts(declared, verified, evidence)

    assert (facts.evidence or 0) == evidence
    if verified and verified[-1][1] is not None:
        name, value = verified[-1]
        assert getattr(facts, name) == getattr(Facts(**{name: value}), name)
