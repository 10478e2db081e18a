"""One case as staff see it: what is known, why it is assessed so, what was handed in, what happened."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy.engine import Engine

from buyer_protection.disputes import Dispute, KeptClaim, events_of, notes_of, reminder_of
from buyer_protection.evidence import evidence_of
from buyer_protection.policy import why
from buyer_protection.staff import showing

_OF_DISPUTE: Final = (
    "status",
    "decision",
    "claim_type",
    "refund_requested_on",
    "waiting_days",
    "opened_on",
    "changed_at",
    "helped",
    "helped_words",
)


def show_case(engine: Engine, claim: KeptClaim, dispute: Dispute | None) -> None:
    """Print a claim, with its dispute where there is one."""
    case = case_of(engine, claim, dispute)
    if showing.for_people():
        as_tables(case, claim, dispute)
    else:
        showing.as_json(case)


def as_tables(case: dict[str, Any], claim: KeptClaim, dispute: Dispute | None) -> None:
    """Print a whole case, as `case_of` gives it, for people to read."""
    if dispute is not None:
        showing.as_fields(f"Dispute {dispute.reference}", {name: case["dispute"][name] for name in _OF_DISPUTE})
    showing.as_fields(f"Claim {claim.reference}", case["claim"])
    verified = claim.facts.verified
    rows = [(name, value, "verified" if name in verified else "declared") for name, value in case["facts"].items()]
    showing.as_table("Facts", ("fact", "value", "rests on"), rows)
    showing.as_assessment(claim.assessment)
    of_file = (
        "original_name",
        "media_type",
        "size",
        "counts",
        "captured_on",
        "attached_at",
        "condition",
        "evidence_id",
    )
    files = [[file[name] for name in of_file] for file in case["evidence"]]
    showing.as_table("Evidence", ("file", "what it is", "bytes", "counts", "taken on", "at", "is", "id"), files)
    if case["reminder"]:
        showing.as_fields("Reminder", {name: case["reminder"][name] for name in ("due_on", "state", "said_at")})
    if case["notes"]:
        showing.as_table("Notes", ("topic", "text", "at"), [tuple(note.values()) for note in case["notes"]])
    if dispute is not None:
        told = ("at", "actor", "kind", "reason", "detail", "to_status")
        timeline = [tuple(event[name] for name in told) for event in case["timeline"]]
        showing.as_table("Timeline", ("at", "who", "what", "why", "detail", "status"), timeline)


def case_of(engine: Engine, claim: KeptClaim, dispute: Dispute | None) -> dict[str, Any]:
    """The whole case as JSON."""
    facts = claim.facts.to_dict()
    facts.pop("verified", None)
    reminder = reminder_of(engine, claim_id=claim.claim_id)
    notes = notes_of(engine, claim_id=claim.claim_id, buyer_id=claim.buyer_id)
    return {
        "dispute": None if dispute is None else showing.document(dispute),
        "claim": {
            name: getattr(claim, name)
            for name in (
                "reference",
                "buyer_id",
                "order_id",
                "item",
                "statement",
                "wish",
                "state",
                "submitted_as",
                "started_at",
                "changed_at",
            )
        },
        "facts": facts,
        "verified": sorted(claim.facts.verified),
        "assessment": claim.assessment.to_dict(),
        "why": [reason.to_dict() for reason in why(claim.assessment)],
        "evidence": [
            showing.document(receipt, "already") for receipt in evidence_of(engine, reference=claim.reference)
        ],
        "reminder": None if reminder is None else showing.document(reminder, "claim_id", "reference", "buyer_id"),
        "notes": [showing.document(note) for note in notes],
        "timeline": [showing.document(event) for event in events_of(engine, reference=claim.reference)],
    }
