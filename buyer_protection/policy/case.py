"""A case to be assessed: the facts, the day they are looked at, the edition that applies.

Every rule takes a `Case` and answers with the facts that decided it, or with nothing where it does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from buyer_protection.policy.edition import Edition, edition_on
from buyer_protection.policy.facts import Facts
from buyer_protection.policy.vocabulary import LISTED_COMPLAINTS, NOT_RECEIVED, RECEIVED


@dataclass(frozen=True)
class Case:
    """One set of facts, looked at on one day, under one edition."""

    facts: Facts
    on: date
    edition: Edition

    @classmethod
    def of(cls, facts: Facts, on: date, editions: Sequence[Edition] | None = None) -> Case:
        """The case under the edition in force on its first refund request, or on the day itself where there is none."""
        return cls(facts, on, edition_on(facts.refund_requested_on or on, editions))

    @property
    def is_not_received(self) -> bool:
        """Whether nothing came."""
        return self.facts.claim_type == NOT_RECEIVED

    @property
    def is_received(self) -> bool:
        """Whether it is one of the four kinds of claim about goods that came."""
        return self.facts.claim_type in RECEIVED

    def is_a(self, claim_type: str) -> bool:
        """Whether the claim is of this type."""
        return self.facts.claim_type == claim_type

    def listed(self, statement: str) -> bool:
        """Whether the listing clearly said so; not knowing is not saying."""
        return statement in (self.facts.listing_said or ())

    def cannot_tell(self, fact: str) -> bool:
        """Whether the buyer was asked for a fact and does not know it."""
        return fact in self.facts.cannot_tell


#: The facts that make a clause hold; empty where it does not.
Decisive = tuple[str, ...]
Rule = Callable[[Case], Decisive]
Rules = Mapping[str, Rule]


def holding(rules: Rules, case: Case) -> dict[str, Decisive]:
    """The clauses that hold in a case, in the order of the rules, each with the facts that decided it."""
    found = {clause: rule(case) for clause, rule in rules.items()}
    return {clause: decisive for clause, decisive in found.items() if decisive}


#: Facts that matter whatever the claim is.
_ALWAYS = (
    "claim_type",
    "paid_through_escrow",
    "payment_method",
    "refund_requested",
    "refund_requested_on",
    "supplier_response",
    "supplier_asked_offsite_payment",
)


def applies(fact: str, case: Case) -> bool:
    """Whether a fact bears on this claim; one that does not is ignored."""
    if fact in _ALWAYS:
        return True
    if fact == "confiscation_cause":
        return case.is_not_received and case.facts.carrier_status == "confiscated"
    if fact in ("carrier_status", "delivery_due_on", "supplier_proved_delivery"):
        return case.is_not_received
    if fact in ("supplier_proved_description", "evidence"):
        return case.is_received
    if fact == "complaint":
        return case.is_a("not_as_described")
    if fact == "listing_said":
        return case.facts.claim_type in ("counterfeit", "broken") or (
            case.is_a("not_as_described") and case.facts.complaint in LISTED_COMPLAINTS
        )
    if fact == "fault_was_listed":
        return case.is_a("broken") and case.listed("defective")
    if fact == "receipt_slip_signed":
        return case.is_a("broken")
    return case.is_a("missing_parts")
