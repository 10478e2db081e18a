"""What a move tells at the place where it is made: a button by its payload, a yes by the question before it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from actions.reading_answers import CLAIM_INTENTS
from buyer_protection.policy.vocabulary import MAY_BE_UNTOLD
from tests.conversations.walk.step import Facts, Step, frozen

#: Answers that would end a claim: they are asked once more, and a yes tells them then.
ENDS: Final[Mapping[str, Any]] = {
    "claim_type": "unwanted",
    "complaint": "below_expectations",
    "carrier_status": "delivered",
    "supplier_response": "refunded",
    "paid_through_escrow": False,
}
_YES_OR_NO: Final = ("paid_through_escrow", "refund_requested", "fault_was_listed", "receipt_slip_signed")
#: Moves that say what a button says; what is nearly a yes may be taken for one where nothing hangs on it.
_LIKE: Final = {"yes": "affirm", "almost yes": "affirm", "no": "deny", "unknown": "say_unknown"}
_LISTED: Final = {"used": "used", "minor_scratches": "used"}


def meant(step: Step, payload: str | None, slots: Mapping[str, Any]) -> tuple[Facts, Facts]:
    """The facts that a move surely tells, and those that it may tell beside, where these slots were filled before."""
    slot = slots.get("stuck_on") or slots.get("requested_slot")
    tells = dict(step.tells)
    may = dict(step.may)
    if payload is not None:
        intent, _, values = payload[1:].partition("{")
        if values:
            tells |= {name: (frozen(value),) for name, value in json.loads("{" + values).items()}
        elif intent in CLAIM_INTENTS:
            may |= {"claim_type": (CLAIM_INTENTS[intent],)}
        elif intent in ("affirm", "deny", "say_unknown") and slot:
            tells |= _plain(intent, slot, slots)
    elif step.move in _LIKE and slot:
        may |= _plain(_LIKE[step.move], slot, slots)
    for told in (tells, may):
        if "refund_requested_on" in told:
            may.setdefault("refund_requested", (True,))
    return tells, may


def _plain(intent: str, slot: str, slots: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    if intent == "say_unknown":
        return {"cannot_tell": (slot,)} if slot in MAY_BE_UNTOLD else {}
    agrees = intent == "affirm"
    if slots.get("suspected") == f"{slot}_{ENDS.get(slot)}":
        return {slot: (ENDS[slot],)} if agrees else {}
    if slot in _YES_OR_NO:
        return {slot: (agrees,)}
    if slot == "listing_said":
        return {slot: ((_listed(slots),) if agrees else (),)}
    if slot == "supplier_response" and not agrees:
        return {slot: ("refused", "none")}
    return {}


def _listed(slots: Mapping[str, Any]) -> str:
    if slots.get("claim_type") == "counterfeit":
        return "imitation"
    return _LISTED.get(slots.get("complaint") or "", "defective")
