"""A claim as the conversation holds it: slots named like the facts, and the record's own fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rasa_sdk.events import SlotSet

from buyer_protection.disputes import KeptClaim
from buyer_protection.policy.vocabulary import FACT_NAMES

#: Facts that only the database sets: what staff have seen, and what was accepted as evidence.
_FROM_THE_RECORD: Final = ("evidence", "verified", "supplier_proved_delivery", "supplier_proved_description")

#: Facts that a buyer may tell, in the order of the specification.
TOLD_FACTS: Final = tuple(name for name in FACT_NAMES if name not in _FROM_THE_RECORD)

#: What the record needs but the policy does not.
RECORD_FIELDS: Final = ("order_id", "item", "statement", "wish")

#: What the conversation itself remembers of a claim.
_OWN: Final = (
    "claim_id",
    "reference",
    "outcome",
    "told_outcome",
    "consent",
    "consent_asked",
    "suspected",
    "correcting",
    "told_last",
    "order_looked_up",
    "order_first",
    "ordered_on",
    "delivered_on",
    "start_over",
    "date_candidates",
    "resume_draft",
    "draft_claim_id",
    "use_held_evidence",
    "next_step",
    "has_long_statement",
    "asked",
    "stuck_on",
    "recapped",
)

#: A longer statement stands in the record alone: a conversation would carry it through every turn.
LONGEST_STATEMENT_TOLD: Final = 2_000

CLAIM_SLOTS: Final = (*TOLD_FACTS, "cannot_tell", *RECORD_FIELDS, *_OWN, *_FROM_THE_RECORD)


def told(slots: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that the buyer told, under the policy's names, as JSON."""
    facts = {name: slots[name] for name in (*TOLD_FACTS, "cannot_tell") if slots.get(name) is not None}
    return {name: value for name, value in facts.items() if value != [] or name == "listing_said"}


def record(slots: Mapping[str, Any]) -> dict[str, Any]:
    """The record's own fields; what was not told is empty, and a statement that stands in the record alone is None."""
    fields: dict[str, Any] = {name: slots.get(name) or "" for name in RECORD_FIELDS}
    return fields | ({"statement": None} if slots.get("has_long_statement") else {})


def is_untold(slots: Mapping[str, Any], field: str) -> bool:
    """Whether a field of the record was neither told nor left empty yet."""
    return slots.get(field) is None and not (field == "statement" and slots.get("has_long_statement"))


def cleared(**kept: Any) -> list[dict[str, Any]]:
    """Events that empty every slot of a claim, but for those given."""
    return [SlotSet(name, kept.get(name)) for name in CLAIM_SLOTS]


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Events for the slots whose value is another one now."""
    return [SlotSet(name, after[name]) for name in after if after[name] != before.get(name)]


def from_record(claim: KeptClaim) -> dict[str, Any]:
    """What the database knows better than the conversation: reference, outcome, evidence, what staff have verified."""
    facts = claim.facts.to_dict()
    return {
        "claim_id": claim.claim_id,
        "reference": claim.reference,
        "outcome": claim.assessment.outcome,
        **{name: facts.get(name) for name in _FROM_THE_RECORD},
    }


def loaded(claim: KeptClaim) -> dict[str, Any]:
    """Every slot of a claim that is taken up again."""
    slots: dict[str, Any] = dict.fromkeys(CLAIM_SLOTS)
    slots |= claim.declared
    # The record is asked last. An order number and a statement mean that it was: what is empty there was left empty.
    missing = set(claim.assessment.missing) - {"evidence"}
    asked_through = bool(claim.order_id and claim.statement and not missing)
    slots |= {name: getattr(claim, name) or ("" if asked_through else None) for name in RECORD_FIELDS}
    if len(claim.statement) > LONGEST_STATEMENT_TOLD:
        slots |= {"statement": None, "has_long_statement": True}
    return slots | from_record(claim)
