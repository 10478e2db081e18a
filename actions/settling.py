"""Changes of facts brought into line with what is already told, before any of them reaches a slot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.claim_slots import RECORD_FIELDS, told
from buyer_protection.disputes import FieldError
from buyer_protection.disputes.fields import order_id
from buyer_protection.disputes.known import declared_facts
from buyer_protection.policy import FactError
from buyer_protection.policy.vocabulary import BROKEN, MAY_BE_UNTOLD, MISSING_PARTS, NOT_AS_DESCRIBED, NOT_RECEIVED

#: Answers that were given to a question about something else, once the first fact changes.
_ASKED_ABOUT = {
    "claim_type": ("complaint", "listing_said", "fault_was_listed"),
    "complaint": ("listing_said",),
    "listing_said": ("fault_was_listed",),
    "carrier_status": ("confiscation_cause",),
}

#: Facts that bear on some kinds of claim alone; a claim that becomes another keeps the rest.
_ONLY_OF = {
    **dict.fromkeys(("carrier_status", "confiscation_cause", "delivery_due_on"), (NOT_RECEIVED,)),
    "complaint": (NOT_AS_DESCRIBED,),
    **dict.fromkeys(("fault_was_listed", "receipt_slip_signed"), (BROKEN,)),
    **dict.fromkeys(("quantity_ordered", "quantity_received"), (MISSING_PARTS,)),
}


def settled(slots: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """All slots after the changes, with the answers dropped that no longer belong to the question they were given to.

    Raises `FactError` or `FieldError` where a value cannot be, or cannot be kept: then no change may be kept.
    """
    after = dict(slots)
    for name, value in changes.items():
        if value is not None and slots.get(name) not in (None, value):
            after |= dict.fromkeys(_ASKED_ABOUT.get(name, ()))
        after[name] = value
    if slots.get("claim_type") not in (None, after.get("claim_type")):
        after |= dict.fromkeys(_of_another_kind(after))
    if changes.get("refund_requested") is False:
        after |= {"refund_requested_on": None, "supplier_response": None}
    if changes.get("refund_requested_on"):
        after["refund_requested"] = True
    after["cannot_tell"] = [name for name in after.get("cannot_tell") or [] if after.get(name) is None] or None
    declared_facts(told(after))
    order_id(after.get("order_id") or "")
    return after


def permitted(values: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a button's values that a buyer may set; evidence and what staff verify are never among them.

    Nor is nothing: no button takes back what was told. That a listing said none of it is not nothing.
    """
    mine = {**told(values), **{name: values[name] for name in RECORD_FIELDS if values.get(name) is not None}}
    mine.pop("cannot_tell", None)
    return mine


def untold(slots: Mapping[str, Any], fact: str) -> dict[str, Any] | None:
    """The change that says a buyer cannot tell a fact; None where the claim cannot do without it."""
    if fact not in MAY_BE_UNTOLD:
        return None
    return {fact: None, "cannot_tell": sorted({*(slots.get("cannot_tell") or []), fact})}


def is_possible(slots: Mapping[str, Any], changes: Mapping[str, Any]) -> bool:
    """Whether the changes can stand beside what is told."""
    try:
        settled(slots, changes)
    except (FactError, FieldError):
        return False
    return True


def _of_another_kind(slots: Mapping[str, Any]) -> tuple[str, ...]:
    """The facts among those told that bear on no claim of this kind."""
    kind = slots.get("claim_type")
    return tuple(name for name, kinds in _ONLY_OF.items() if kind and kind not in kinds and slots.get(name) is not None)
