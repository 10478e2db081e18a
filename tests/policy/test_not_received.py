"""Order not received: FULL, NOREF-1, and where the text is silent."""

from __future__ import annotations

import pytest

from tests.policy.claims import TENTH_DAY, a_claim, assessed

FULL = {"not_shipped": "FULL-1", "no_valid_tracking": "FULL-2", "lost": "FULL-4"}


@pytest.mark.parametrize(("status", "clause"), FULL.items())
def test_full_refund_follows_from_what_the_carrier_says(status: str, clause: str) -> None:
    """FULL-1, FULL-2, FULL-4: never shipped, no correct tracking number, lost: remedy and ground."""
    answer = assessed(a_claim("not_received", carrier_status=status))

    assert answer.clauses == ("COV-2", "WAIT-1", clause)
    assert answer.remedies == ("MED-1", clause)


def test_full_3_follows_from_a_confiscation_by_the_fault_of_the_supplier() -> None:
    """FULL-3: confiscated for what the supplier declared or shipped."""
    answer = assessed(a_claim("not_received", carrier_status="confiscated", confiscation_cause="supplier"))

    assert answer.clauses == ("COV-2", "WAIT-1", "FULL-3")
    assert answer.remedies == ("MED-1", "FULL-3")
    assert answer.notes == ()


@pytest.mark.parametrize("status", ["in_transit", "delivered_elsewhere", "returned"])
def test_no_full_refund_is_promised_on_another_record(status: str) -> None:
    """FULL: the ordinary grounds apply, no more."""
    answer = assessed(a_claim("not_received", carrier_status=status))

    assert (answer.clauses, answer.remedies) == (("COV-2", "WAIT-1"), ("MED-1",))


def test_full_4_told_by_the_buyer_alone_comes_with_a_warning() -> None:
    """FULL-4: it rests on proof; a verified record needs no warning."""
    told = a_claim("not_received", carrier_status="lost")

    assert assessed(told).warnings == ("FULL-4",)
    assert assessed({**told, "verified": ["carrier_status"]}).warnings == ()
    assert assessed({**told, "verified": ["claim_type"]}).warnings == ("FULL-4",)


def test_noref_1_excludes_once_staff_have_seen_the_proof_of_delivery() -> None:
    """NOREF-1: the carrier's proof that the buyer received it; false means that nobody has seen one."""
    told = a_claim("not_received")

    assert assessed({**told, "supplier_proved_delivery": True}).clauses == ("NOREF-1",)
    assert assessed({**told, "supplier_proved_delivery": False}).outcome == "eligible"


@pytest.mark.parametrize("cause", ["other", None])
def test_silent_1_notes_a_confiscation_for_another_or_an_unknown_cause(cause: str | None) -> None:
    """SILENT-1: the text says nothing on it, the ordinary grounds apply."""
    untold = [] if cause else ["confiscation_cause"]
    answer = assessed(
        a_claim("not_received", carrier_status="confiscated", confiscation_cause=cause, cannot_tell=untold)
    )

    assert (answer.outcome, answer.notes) == ("eligible", ("SILENT-1",))
    assert answer.clauses == ("COV-2", "WAIT-1")


def test_the_cause_is_asked_only_of_a_confiscation() -> None:
    """FULL-3: it is why the cause is asked; on another record it is not asked."""
    answer = assessed(a_claim("not_received", carrier_status="confiscated"))

    assert (answer.outcome, answer.clauses) == ("more_information_needed", ("FULL-3",))
    assert answer.missing == ("confiscation_cause",)
    assert assessed(a_claim("not_received", carrier_status="returned")).missing == ()


@pytest.mark.parametrize(("status", "note"), [("delivered_elsewhere", "SILENT-2"), ("returned", "SILENT-3")])
def test_silent_2_and_3_note_what_went_elsewhere_or_back(status: str, note: str) -> None:
    """SILENT-2, SILENT-3: said whatever the answer is, also beside an exclusion."""
    told = a_claim("not_received", carrier_status=status)

    assert (assessed(told).outcome, assessed(told).notes) == ("eligible", (note,))
    assert assessed({**told, "paid_through_escrow": False}).notes == (note,)
    assert assessed(a_claim("not_received")).notes == ()


@pytest.mark.parametrize(("days", "warned"), [(-1, False), (0, True), (1, True)])
def test_cov_2_warns_while_the_delivery_period_is_not_over(days: int, warned: bool) -> None:
    """COV-2: on its last day the period is not over; a warning, never a bar."""
    due_on = TENTH_DAY.replace(day=TENTH_DAY.day + days).isoformat()
    answer = assessed(a_claim("not_received", delivery_due_on=due_on))

    assert answer.outcome == "eligible"
    assert answer.warnings == (("COV-2",) if warned else ())
    assert answer.optional == ()


def test_the_delivery_day_is_worth_asking_once() -> None:
    """COV-2: optional until it is given or cannot be told."""
    assert assessed(a_claim("not_received")).optional == ("delivery_due_on",)
    assert assessed(a_claim("not_received", cannot_tell=["delivery_due_on"])).optional == ()
    assert assessed(a_claim("broken")).optional == ("receipt_slip_signed",)


def test_carrier_records_are_asked_for_because_of_exc_1() -> None:
    """EXC-1: the first thing to know after escrow."""
    answer = assessed(a_claim("not_received", carrier_status=None))

    assert (answer.clauses, answer.missing) == (("EXC-1",), ("carrier_status",))
