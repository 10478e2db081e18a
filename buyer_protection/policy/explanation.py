"""Why an assessment says what it says: which fact decided which clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from buyer_protection.policy.assessment import ELIGIBLE, NOT_ELIGIBLE, Assessment
from buyer_protection.policy.case import Rules, holding
from buyer_protection.policy.exclusions import EXCLUSIONS
from buyer_protection.policy.grounds import GROUNDS
from buyer_protection.policy.notes import NOTES
from buyer_protection.policy.remedies import REMEDIES
from buyer_protection.policy.warnings import WARNINGS


@dataclass(frozen=True)
class Reason:
    """One clause of an assessment and the facts that decided it.

    `part` is the field of the assessment: `clauses`, `remedies`, `warnings` or `notes`.
    `facts` maps each decisive fact to its JSON value, None where it is unknown or cannot be told.
    `verified` says whether a record vouches for all of them.
    """

    part: str
    clause: str
    facts: dict[str, Any]
    verified: bool

    def to_dict(self) -> dict[str, Any]:
        """The reason as JSON."""
        return {"part": self.part, "clause": self.clause, "facts": self.facts, "verified": self.verified}


def why(assessment: Assessment) -> tuple[Reason, ...]:
    """The reasons of an assessment, in its own order: each clause it carries, once for each part that carries it."""
    return tuple(_reasons(assessment))


def _reasons(assessment: Assessment) -> Iterator[Reason]:
    parts: tuple[tuple[str, tuple[str, ...], Rules], ...] = (
        ("remedies", assessment.remedies, REMEDIES),
        ("warnings", assessment.warnings, WARNINGS),
        ("notes", assessment.notes, NOTES),
    )
    for clause in assessment.clauses:
        yield _reason(assessment, "clauses", clause, _what_decided(assessment, clause))
    for part, clauses, rules in parts:
        decisive = holding(rules, assessment.case)
        for clause in clauses:
            yield _reason(assessment, part, clause, decisive[clause])


def _what_decided(assessment: Assessment, clause: str) -> tuple[str, ...]:
    """The facts behind a clause of the outcome: those that hold, or the one that is waited for."""
    if assessment.outcome == NOT_ELIGIBLE:
        return holding(EXCLUSIONS, assessment.case)[clause]
    if assessment.outcome == ELIGIBLE:
        return holding(GROUNDS, assessment.case)[clause]
    if assessment.missing:
        return assessment.missing[:1]
    return ("refund_requested_on",) if assessment.earliest_dispute_on else ("refund_requested",)


def _reason(assessment: Assessment, part: str, clause: str, decisive: tuple[str, ...]) -> Reason:
    facts = assessment.case.facts
    values = facts.to_dict()
    return Reason(
        part=part,
        clause=clause,
        facts={fact: values.get(fact) for fact in decisive},
        verified=all(fact in facts.verified for fact in decisive),
    )
