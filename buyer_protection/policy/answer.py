"""From facts to assessment: the six outcomes, in the order of the specification.

Exclusions first, then what is missing, then the refund request, the waiting days and the evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from buyer_protection.policy.assessment import (
    ELIGIBLE,
    EVIDENCE_NEEDED,
    MORE_INFORMATION_NEEDED,
    NOT_ELIGIBLE,
    REFUND_REQUEST_NEEDED,
    WAIT,
    Assessment,
)
from buyer_protection.policy.case import Case, applies, holding
from buyer_protection.policy.edition import Edition
from buyer_protection.policy.exclusions import EXCLUSIONS
from buyer_protection.policy.facts import Facts
from buyer_protection.policy.grounds import GROUNDS, lacks_evidence
from buyer_protection.policy.notes import NOTES
from buyer_protection.policy.questions import decides, missing, optional
from buyer_protection.policy.remedies import REMEDIES
from buyer_protection.policy.waiting import earliest_dispute_on, must_wait
from buyer_protection.policy.warnings import ALWAYS_SAID, WARNINGS


def assess(facts: Facts, on: date, editions: Sequence[Edition] | None = None) -> Assessment:
    """What the policy says of the facts on a day of its own calendar.

    Total and pure: every combination of facts has exactly one answer.
    `editions` replaces the shipped ones; the edition in force on the first refund request applies, or the one of `on`.
    """
    case = Case.of(facts, on, editions)
    outcome, clauses, still_missing = _answer(case)
    excluded = outcome == NOT_ELIGIBLE
    used = tuple(fact for fact in facts.given() if applies(fact, case))
    return Assessment(
        outcome=outcome,
        clauses=clauses,
        missing=still_missing,
        optional=optional(case),
        earliest_dispute_on=None if excluded else earliest_dispute_on(case),
        remedies=() if excluded else tuple(holding(REMEDIES, case)),
        warnings=tuple(holding(ALWAYS_SAID if excluded else WARNINGS, case)),
        notes=tuple(holding(NOTES, case)),
        declared=tuple(fact for fact in used if fact not in facts.verified),
        verified=tuple(fact for fact in used if fact in facts.verified),
        edition=case.edition.id,
        case=case,
    )


def _answer(case: Case) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The outcome, the clauses it rests on, and what is missing for another one."""
    exclusions = tuple(holding(EXCLUSIONS, case))
    if exclusions:
        return NOT_ELIGIBLE, exclusions, ()
    still_missing = missing(case)
    if still_missing:
        return MORE_INFORMATION_NEEDED, decides(still_missing[0], case), still_missing
    if case.facts.refund_requested is False:
        return REFUND_REQUEST_NEEDED, ("WAIT-1",), ()
    if must_wait(case):
        return WAIT, ("WAIT-1",), ()
    if lacks_evidence(case):
        return EVIDENCE_NEEDED, ("EVID-1",), ("evidence",)
    return ELIGIBLE, tuple(holding(GROUNDS, case)), ()
