"""What would change the answer: the smallest change that would make a claim eligible.

Only what can still come about counts: evidence, a refund request, the supplier's answer, and time.
No fact that is true is ever denied.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from buyer_protection.policy.answer import assess
from buyer_protection.policy.assessment import (
    ELIGIBLE,
    EVIDENCE_NEEDED,
    MORE_INFORMATION_NEEDED,
    REFUND_REQUEST_NEEDED,
    WAIT,
    Assessment,
)
from buyer_protection.policy.edition import Edition, shipped_editions
from buyer_protection.policy.facts import Facts


@dataclass(frozen=True)
class Change:
    """Facts to come about (JSON names and values) and the first day on which the claim is then eligible.

    No facts and the day itself: the claim is eligible as it is.
    """

    facts: dict[str, Any]
    on: date

    def to_dict(self) -> dict[str, Any]:
        """The change as JSON."""
        return {"facts": dict(self.facts), "on": self.on.isoformat()}


def what_would_change(facts: Facts, on: date, editions: Sequence[Edition] | None = None) -> Change | None:
    """The smallest change of facts, and the earliest day from `on`, that make the answer `eligible`.

    None where nothing that can still come about would: an exclusion holds, or the buyer has not yet told something
    that nobody else can bring about.
    """
    ways = (_way(facts, day, editions) for day in _days_to_begin(facts, on, editions))
    return min((way for way in ways if way), key=lambda way: (len(way.facts), way.on), default=None)


def _days_to_begin(facts: Facts, on: date, editions: Sequence[Edition] | None) -> Iterator[date]:
    """The day itself; and, while no refund request fixes the edition, the first day of each that is still to come."""
    yield on
    if facts.refund_requested_on is None:
        known = shipped_editions() if editions is None else editions
        yield from (edition.in_force_from for edition in known if edition.in_force_from and edition.in_force_from > on)


def _way(facts: Facts, begin: date, editions: Sequence[Edition] | None) -> Change | None:
    """How the claim becomes eligible where nothing comes about before the day to begin."""
    happened, day = facts, begin
    while True:
        assessment = assess(happened, day, editions)
        if assessment.outcome == ELIGIBLE:
            return Change(_difference(facts, happened), day)
        if assessment.outcome == WAIT and assessment.earliest_dispute_on and assessment.earliest_dispute_on > day:
            day = assessment.earliest_dispute_on
            continue
        step = _step(assessment, begin)
        if not step:
            return None
        happened = happened.with_(**step)


def _step(assessment: Assessment, on: date) -> dict[str, Any]:
    """The one thing that this outcome waits for and that can still come about, or nothing."""
    if assessment.outcome == EVIDENCE_NEEDED:
        return {"evidence": 1}
    if assessment.outcome == REFUND_REQUEST_NEEDED:
        return {"refund_requested": True, "refund_requested_on": on}
    if assessment.outcome == MORE_INFORMATION_NEEDED and assessment.missing[0].startswith("refund_requested"):
        return {"refund_requested": True, "refund_requested_on": on}
    if assessment.outcome == MORE_INFORMATION_NEEDED and assessment.missing[0] == "supplier_response":
        return {"supplier_response": "none"}
    return {}


def _difference(before: Facts, after: Facts) -> dict[str, Any]:
    """The facts whose value is another one now, by their JSON names; what is true already is no change."""
    old = before.to_dict()
    new = after.to_dict()
    return {name: new[name] for name in after.given() if new[name] != old.get(name)}
