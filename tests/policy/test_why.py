"""Why: which fact decided which clause, as data for explanations."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from buyer_protection.policy import Assessment, Facts, Reason, assess, decides, why
from tests.policy.claims import TENTH_DAY, a_claim, assessed, without_request
from tests.policy.made_up import laws, near, nearly_settled, told


def reasons(assessment: Assessment, part: str = "clauses") -> dict[str, dict[str, Any]]:
    """The facts behind each clause of one part."""
    return {reason.clause: reason.facts for reason in why(assessment) if reason.part == part}


@laws
@given(told() | nearly_settled(), near)
def test_each_clause_has_exactly_one_reason_in_each_part_that_carries_it(values: dict[str, Any], on: date) -> None:
    """In the order of the assessment; and the facts of a reason are those of the case."""
    facts = Facts.from_dict(values)
    assessment = assess(facts, on)
    explained = why(assessment)
    parts = ("clauses", "remedies", "warnings", "notes")
    carried = [(part, clause) for part in parts for clause in getattr(assessment, part)]
    known = facts.to_dict()

    assert [(reason.part, reason.clause) for reason in explained] == carried
    assert set(Counter(carried).values()) <= {1}
    for reason in explained:
        assert reason.facts
        assert reason.facts == {name: known.get(name) for name in reason.facts}
        assert reason.verified == all(name in facts.verified for name in reason.facts)


@laws
@given(told() | nearly_settled(), near)
def test_only_what_is_asked_or_cannot_be_told_is_unknown_in_a_reason(values: dict[str, Any], on: date) -> None:
    """A clause that holds rests on facts that are given."""
    facts = Facts.from_dict(values)
    assessment = assess(facts, on)
    for reason in why(assessment):
        for name, value in reason.facts.items():
            assert value is not None or name in facts.cannot_tell or name == assessment.missing[0]


@pytest.mark.parametrize(
    ("told_so_far", "clause", "facts"),
    [
        (a_claim("broken", paid_through_escrow=False), "PAY-1", {"paid_through_escrow": False}),
        (
            a_claim("broken", paid_through_escrow=None, payment_method="other"),
            "PAY-1",
            {"payment_method": "other"},
        ),
        (a_claim("unwanted"), "NAD-X3", {"claim_type": "unwanted"}),
        (a_claim("broken", supplier_response="refunded"), "COV-1", {"supplier_response": "refunded"}),
        (a_claim("not_received", supplier_response="refunded"), "COV-2", {"supplier_response": "refunded"}),
        (a_claim("not_received", carrier_status="delivered"), "EXC-1", {"carrier_status": "delivered"}),
        (a_claim("not_received", supplier_proved_delivery=True), "NOREF-1", {"supplier_proved_delivery": True}),
        (a_claim("broken", supplier_proved_description=True), "EXC-2", {"supplier_proved_description": True}),
        (
            a_claim("not_as_described", complaint="used", listing_said=["used", "imitation"]),
            "NAD-X1",
            {"complaint": "used", "listing_said": ["imitation", "used"]},
        ),
        (
            a_claim("broken", listing_said=["defective"], fault_was_listed=True),
            "NAD-X2",
            {"listing_said": ["defective"], "fault_was_listed": True},
        ),
        (
            a_claim("not_as_described", complaint="below_expectations"),
            "NAD-X4",
            {"complaint": "below_expectations"},
        ),
        (a_claim("counterfeit", listing_said=["imitation"]), "FAKE-X1", {"listing_said": ["imitation"]}),
    ],
)
def test_an_exclusion_names_the_facts_that_exclude(
    told_so_far: dict[str, Any], clause: str, facts: dict[str, Any]
) -> None:
    """What the buyer is shown beside the clause."""
    assert reasons(assessed(told_so_far))[clause] == facts


def test_an_eligible_claim_names_what_each_clause_rests_on() -> None:
    """Ground, days, evidence, and the remedies beside them."""
    broken = assessed(a_claim("broken"))
    confiscated = assessed(a_claim("not_received", carrier_status="confiscated", confiscation_cause="supplier"))
    by_supplier = {"carrier_status": "confiscated", "confiscation_cause": "supplier"}

    assert reasons(broken) == {
        "COV-1": {"claim_type": "broken"},
        "WAIT-1": {"refund_requested_on": "2024-05-01"},
        "EVID-1": {"evidence": 1},
    }
    assert reasons(broken, "remedies") == {"MED-1": {"claim_type": "broken"}, "BRK-1": {"claim_type": "broken"}}
    assert reasons(confiscated) == {
        "COV-2": {"claim_type": "not_received"},
        "WAIT-1": {"refund_requested_on": "2024-05-01"},
        "FULL-3": by_supplier,
    }
    assert reasons(confiscated, "remedies") == {"MED-1": {"claim_type": "not_received"}, "FULL-3": by_supplier}


def test_a_claim_that_waits_for_something_names_what_it_waits_for() -> None:
    """A fact that is missing stands there without a value."""
    waiting = assessed(a_claim("broken"), TENTH_DAY - timedelta(days=1))

    assert reasons(waiting) == {"WAIT-1": {"refund_requested_on": "2024-05-01"}}
    assert reasons(assessed(a_claim("broken", evidence=0))) == {"EVID-1": {"evidence": 0}}
    assert reasons(assessed(a_claim("broken", evidence=None))) == {"EVID-1": {"evidence": None}}
    assert reasons(assessed(without_request("broken", refund_requested=False))) == {
        "WAIT-1": {"refund_requested": False}
    }
    assert reasons(assessed({})) == {"COV-1": {"claim_type": None}, "COV-2": {"claim_type": None}}


def test_a_warning_names_every_fact_that_calls_for_it() -> None:
    """The delivery period is not over, and the supplier's answer is not known: one warning, both facts."""
    answer = assessed(
        a_claim(
            "not_received",
            delivery_due_on="2024-05-11",
            supplier_response=None,
            cannot_tell=["supplier_response"],
        )
    )

    assert reasons(answer, "warnings") == {"COV-2": {"delivery_due_on": "2024-05-11", "supplier_response": None}}


@pytest.mark.parametrize(
    ("told_so_far", "clause", "facts"),
    [
        (a_claim("broken", receipt_slip_signed=True), "BRK-W1", {"receipt_slip_signed": True}),
        (a_claim("broken", cannot_tell=["receipt_slip_signed"]), "BRK-W1", {"receipt_slip_signed": None}),
        (a_claim("broken", supplier_asked_offsite_payment=True), "PAY-3", {"supplier_asked_offsite_payment": True}),
        (without_request("broken", refund_requested=False), "WAIT-1", {"refund_requested": False}),
        (a_claim("not_received", carrier_status="lost"), "FULL-4", {"carrier_status": "lost"}),
        (
            a_claim("broken", paid_through_escrow=None, cannot_tell=["paid_through_escrow"]),
            "PAY-1",
            {"paid_through_escrow": None},
        ),
        (a_claim("broken", listing_said=None, cannot_tell=["listing_said"]), "NAD-X2", {"listing_said": None}),
        (
            a_claim("broken", listing_said=["defective"], cannot_tell=["fault_was_listed"]),
            "NAD-X2",
            {"fault_was_listed": None},
        ),
        (
            a_claim("not_received", carrier_status=None, cannot_tell=["carrier_status"]),
            "EXC-1",
            {"carrier_status": None},
        ),
        (
            a_claim("broken", supplier_response=None, cannot_tell=["supplier_response"]),
            "COV-1",
            {"supplier_response": None},
        ),
    ],
)
def test_a_warning_names_what_could_still_bite(told_so_far: dict[str, Any], clause: str, facts: dict[str, Any]) -> None:
    """Each warning with the fact it comes from."""
    assert reasons(assessed(told_so_far), "warnings") == {clause: facts}


def test_a_note_names_the_record_and_the_cause_where_one_is_given() -> None:
    """SILENT-1 with and without a cause."""
    other = assessed(a_claim("not_received", carrier_status="confiscated", confiscation_cause="other"))
    unknown = assessed(a_claim("not_received", carrier_status="confiscated"))

    assert reasons(other, "notes") == {"SILENT-1": {"carrier_status": "confiscated", "confiscation_cause": "other"}}
    assert reasons(unknown, "notes") == {"SILENT-1": {"carrier_status": "confiscated"}}


@pytest.mark.parametrize(("status", "note"), [("delivered_elsewhere", "SILENT-2"), ("returned", "SILENT-3")])
def test_a_note_names_the_record_that_it_is_about(status: str, note: str) -> None:
    """SILENT-2 and SILENT-3."""
    answer = assessed(a_claim("not_received", carrier_status=status))

    assert reasons(answer, "notes") == {note: {"carrier_status": status}}


def test_a_reason_is_verified_when_a_record_vouches_for_all_of_it() -> None:
    """Half a proof is a declaration."""
    told_so_far = a_claim("broken", listing_said=["defective"], fault_was_listed=True)
    half = why(assessed({**told_so_far, "verified": ["listing_said"]}))
    whole = why(assessed({**told_so_far, "verified": ["listing_said", "fault_was_listed"]}))

    assert [reason.verified for reason in half] == [False]
    assert [reason.verified for reason in whole] == [True]
    assert whole[0].to_dict() == {
        "part": "clauses",
        "clause": "NAD-X2",
        "facts": {"listing_said": ["defective"], "fault_was_listed": True},
        "verified": True,
    }
    assert isinstance(whole[0], Reason)


def test_each_question_says_which_clauses_it_can_decide() -> None:
    """The reason why a fact is asked for, also of those that are optional."""
    broken = assessed(a_claim("broken")).case
    nothing_came = assessed(a_claim("not_received")).case

    assert decides("receipt_slip_signed", broken) == ("BRK-W1",)
    assert decides("delivery_due_on", nothing_came) == ("COV-2",)
    assert decides("quantity_ordered", broken) == decides("quantity_received", broken) == ("MISS-1",)
    assert decides("evidence", broken) == ("EVID-1",)
    assert decides("supplier_response", nothing_came) == ("COV-2",)
    assert decides("listing_said", nothing_came) == ()
    assert decides("payment_method", broken) == ()
