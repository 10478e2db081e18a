"""WAIT-1: a dispute can be submitted a number of days after the first refund request, not before."""

from __future__ import annotations

from datetime import date, timedelta

from buyer_protection.policy.case import Case


def earliest_dispute_on(case: Case) -> date | None:
    """WAIT-1: the first day on which a dispute can be submitted, from its midnight on; None without a dated request."""
    requested_on = case.facts.refund_requested_on
    if requested_on is None:
        return None
    days_left_in_the_calendar = (date.max - requested_on).days
    return requested_on + timedelta(days=min(case.edition.waiting_days, days_left_in_the_calendar))


def must_wait(case: Case) -> bool:
    """WAIT-1: whether fewer than the edition's days have passed since the first refund request."""
    requested_on = case.facts.refund_requested_on
    return requested_on is not None and (case.on - requested_on).days < case.edition.waiting_days
