"""What would change the answer: the smallest change that can still come about, and None only where there is none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given

from buyer_protection.policy import Change, Facts, assess, edition_from_dict, what_would_change
from tests.policy.claims import DISPUTABLE, REQUESTED_ON, TENTH_DAY, a_claim, without_request
from tests.policy.combinations import ON, WALKED, combinations
from tests.policy.made_up import laws, near, nearly_settled, told

#: How many combinations to pass over; mutation testing runs this some hundred times.
EVERY = 100_003 if os.environ.get("POLICY_TESTS") == "quick" else 1_009

#: The day itself and every day until the longest wait is over.
DAYS = range(13)


def possible(facts: Facts, on: date) -> Iterator[dict[str, Any]]:
    """All that can still come about, nothing that is told denied: evidence, a refund request, the supplier's answer."""
    evidence = [{}] if facts.evidence else [{}, {"evidence": 1}, {"evidence": 2}]
    response: list[dict[str, Any]] = [{}]
    if facts.supplier_response is None:
        response += [
            {"supplier_response": answer} for answer in ("none", "negotiating", "agreed", "refused", "refunded")
        ]
    request: list[dict[str, Any]] = [{}]
    if facts.refund_requested_on is None:
        sent = {} if facts.refund_requested else {"refund_requested": True}
        request += [{**sent, "refund_requested_on": on + timedelta(days=days)} for days in (0, 1, 2)]
    for parts in product(evidence, response, request):
        yield {name: value for part in parts for name, value in part.items()}


def smallest(facts: Facts, on: date) -> tuple[int, date] | None:
    """How many facts the smallest change takes and its first day, found by trying all of them."""
    found = [
        (len(change), on + timedelta(days=days))
        for change in possible(facts, on)
        for days in DAYS
        if assess(facts.with_(**change), on + timedelta(days=days)).outcome == "eligible"
    ]
    return min(found, default=None)


def check(facts: Facts, on: date) -> None:
    """The change offered is as small as the smallest there is, makes the claim eligible, and denies nothing."""
    change = what_would_change(facts, on)
    assert (change and (len(change.facts), change.on)) == smallest(facts, on)
    if change:
        brought_about = Facts.from_dict(change.facts).to_dict()
        after = facts.with_(**{name: brought_about[name] for name in change.facts})
        assert assess(after, change.on).outcome == "eligible"
        assert set(change.facts) <= {"evidence", "refund_requested", "refund_requested_on", "supplier_response"}


@laws
@given(told() | nearly_settled(), near)
def test_no_smaller_change_exists_for_any_facts(values: dict[str, Any], on: date) -> None:
    """Compared with a search over everything that can come about, for a request at most twelve days ahead."""
    facts = Facts.from_dict(values)
    if facts.refund_requested_on is None or facts.refund_requested_on <= on:
        check(facts, on)


@pytest.mark.parametrize("claim_type", WALKED, ids=str)
def test_no_smaller_change_exists_over_a_sample_of_the_combinations(claim_type: str | None) -> None:
    """One in so many of all combinations, searched through."""
    for values in combinations(claim_type, EVERY):
        check(Facts.from_dict(values), ON)


@pytest.mark.parametrize("claim_type", DISPUTABLE)
def test_an_eligible_claim_needs_no_change(claim_type: str) -> None:
    """No facts and the day itself."""
    assert what_would_change(Facts.from_dict(a_claim(claim_type)), TENTH_DAY) == Change({}, TENTH_DAY)


def test_a_claim_that_waits_needs_nothing_but_time() -> None:
    """The first day is the tenth after the request."""
    facts = Facts.from_dict(a_claim("not_received"))

    assert what_would_change(facts, REQUESTED_ON) == Change({}, TENTH_DAY)


def test_a_claim_that_lacks_evidence_needs_one_photo() -> None:
    """On the same day; and while it waits, the photo and the time."""
    facts = Facts.from_dict(a_claim("broken", evidence=0))

    assert what_would_change(facts, TENTH_DAY) == Change({"evidence": 1}, TENTH_DAY)
    assert what_would_change(facts, REQUESTED_ON) == Change({"evidence": 1}, TENTH_DAY)


@pytest.mark.parametrize("requested", [False, None])
def test_without_a_refund_request_one_sent_today_counts_from_today(requested: bool | None) -> None:
    """Sent today, not answered yet: eligible ten days from now."""
    facts = Facts.from_dict(without_request("broken", refund_requested=requested, evidence=None))
    change = what_would_change(facts, date(2024, 5, 1))

    assert change is not None
    assert change.to_dict() == {
        "facts": {
            "refund_requested": True,
            "refund_requested_on": "2024-05-01",
            "supplier_response": "none",
            "evidence": 1,
        },
        "on": "2024-05-11",
    }


def test_a_request_of_an_unknown_day_is_sent_again_today() -> None:
    """That a request was made is true already and no change; an answer that cannot be told stays so."""
    facts = Facts.from_dict(without_request("not_received", refund_requested=True, cannot_tell=["supplier_response"]))

    assert what_would_change(facts, date(2024, 5, 1)) == Change({"refund_requested_on": "2024-05-01"}, TENTH_DAY)


def test_a_supplier_who_has_not_been_heard_of_may_simply_be_silent() -> None:
    """The supplier's answer is the only thing missing."""
    facts = Facts.from_dict(a_claim("not_received", supplier_response=None))

    assert what_would_change(facts, TENTH_DAY) == Change({"supplier_response": "none"}, TENTH_DAY)


@pytest.mark.parametrize("claim_type", DISPUTABLE)
def test_no_true_fact_is_denied(claim_type: str) -> None:
    """An exclusion stands: not even the supplier takes a refund back."""
    for different in ({"paid_through_escrow": False}, {"supplier_response": "refunded"}):
        assert what_would_change(Facts.from_dict(a_claim(claim_type, **different)), TENTH_DAY) is None


def test_what_only_the_buyer_can_tell_does_not_come_about() -> None:
    """While such a fact is missing there is nothing to offer."""
    for told_so_far in (
        {},
        a_claim("not_received", carrier_status=None),
        a_claim("broken", listing_said=None),
        a_claim("broken", paid_through_escrow=None),
    ):
        assert what_would_change(Facts.from_dict(told_so_far), TENTH_DAY) is None


def test_nothing_is_offered_beyond_the_last_day_of_the_calendar() -> None:
    """A wait that no day can end."""
    waiting = Facts.from_dict(a_claim("not_received", refund_requested_on="9999-12-25"))

    assert what_would_change(waiting, date(9999, 12, 26)) is None
    assert what_would_change(waiting, date.max) is None
    assert what_would_change(Facts.from_dict(without_request("not_received")), date.max) is None


def editions_with(**different: Any) -> tuple[Any, ...]:
    """An edition of ten days that takes visa, and from June 2024 on another one."""
    first = {
        "id": "first",
        "title": "First",
        "dated": "undated",
        "in_force_from": None,
        "waiting_days": 10,
        "time_zone": "UTC",
        "payment_methods": ["visa"],
    }
    second = {**first, "id": "second", "in_force_from": "2024-06-01", **different}
    return edition_from_dict(first), edition_from_dict(second)


def test_an_edition_still_to_come_can_take_a_way_to_pay_that_this_one_does_not() -> None:
    """Time is a change too: from its first day on, a refund request falls under the next edition."""
    editions = editions_with(payment_methods=["visa", "shells"])
    facts = Facts.from_dict(
        without_request(
            "not_received",
            paid_through_escrow=None,
            payment_method="shells",
            cannot_tell=["paid_through_escrow", "supplier_response"],
        ),
        editions,
    )
    request = {"refund_requested": True, "refund_requested_on": "2024-06-01"}

    assert what_would_change(facts, date(2024, 5, 1), editions) == Change(request, date(2024, 6, 11))
    assert what_would_change(facts.with_(refund_requested_on=date(2024, 5, 1)), date(2024, 5, 1), editions) is None


@pytest.mark.parametrize(
    ("on", "days", "requested_on", "first_day"),
    [
        ("2024-05-30", 3, "2024-06-01", "2024-06-04"),
        ("2024-05-01", 3, "2024-05-01", "2024-05-11"),
        ("2024-06-01", 3, "2024-06-01", "2024-06-04"),
        ("2024-05-30", 10, "2024-05-30", "2024-06-09"),
    ],
)
def test_the_sooner_of_two_editions_is_offered(on: str, days: int, requested_on: str, first_day: str) -> None:
    """A shorter wait that begins later can end sooner."""
    facts = Facts.from_dict(without_request("not_received", cannot_tell=["supplier_response"]))
    request = {"refund_requested": True, "refund_requested_on": requested_on}
    change = what_would_change(facts, date.fromisoformat(on), editions_with(waiting_days=days))

    assert change == Change(request, date.fromisoformat(first_day))
