"""An assessment: what the policy says of the facts told. Never a decision, because the platform decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from buyer_protection.policy.case import Case

NOT_ELIGIBLE: Final = "not_eligible"
MORE_INFORMATION_NEEDED: Final = "more_information_needed"
REFUND_REQUEST_NEEDED: Final = "refund_request_needed"
WAIT: Final = "wait"
EVIDENCE_NEEDED: Final = "evidence_needed"
ELIGIBLE: Final = "eligible"

#: The possible outcomes, in the order in which they are decided.
OUTCOMES: Final = (
    NOT_ELIGIBLE,
    MORE_INFORMATION_NEEDED,
    REFUND_REQUEST_NEEDED,
    WAIT,
    EVIDENCE_NEEDED,
    ELIGIBLE,
)


@dataclass(frozen=True)
class Assessment:
    """The answer to one case, clause by clause.

    `outcome` is one of `OUTCOMES` and `clauses` the ids it rests on.
    `missing` and `optional` name facts to be asked, most pressing first.
    `earliest_dispute_on` is the first day for a dispute on the policy's calendar (WAIT-1), or None.
    `remedies`, `warnings` and `notes` are clause ids.
    `declared` and `verified` part the facts it rests on by who vouches for them.
    `edition` is the id of the edition applied; `case` what was assessed.
    """

    outcome: str
    clauses: tuple[str, ...]
    missing: tuple[str, ...]
    optional: tuple[str, ...]
    earliest_dispute_on: date | None
    remedies: tuple[str, ...]
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    declared: tuple[str, ...]
    verified: tuple[str, ...]
    edition: str
    case: Case

    def to_dict(self) -> dict[str, Any]:
        """The assessment as JSON: lists of ids and names, the date in ISO form."""
        return {
            "outcome": self.outcome,
            "clauses": list(self.clauses),
            "missing": list(self.missing),
            "optional": list(self.optional),
            "earliest_dispute_on": self.earliest_dispute_on.isoformat() if self.earliest_dispute_on else None,
            "remedies": list(self.remedies),
            "warnings": list(self.warnings),
            "notes": list(self.notes),
            "rests_on": {"declared": list(self.declared), "verified": list(self.verified)},
            "edition": self.edition,
        }
