"""What would change the answer: the smallest change that would make a claim eligible.

Only what can still come about counts: evidence, a refund request, the supplier's answer, and time.
No fact that is true is ever denied.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from buyer_protection.policy.edition import Edition
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
    happened: dict[str, Any] = {}
    day = on
    while True:
        assessment = assess(facts.with_(**happened), day, editions)
        if assessment.outcome == ELIGIBLE:
            return Change({name: _json(value) for name, value in happened.items()}, day)
        if assessment.outcome == WAIT and assessment.earliest_dispute_on and assessment.earliest_dispute_on > day:
            day = assessment.earliest_dispute_on
            continue
        step = _step(assessment, on)
        if not step:
            return None
        happened |= step


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


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
