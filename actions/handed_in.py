"""Files that came: what became of them is said, from what the database has of them now."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.evidence_words import HELPS, NEEDED, as_custom, what_came, would_help
from actions.turn import Turn
from actions.wiring import engine
from buyer_protection.disputes import KeptClaim, disputes_of, find_claim, is_open, unfinished_claims
from buyer_protection.evidence import Receipt, evidence_of_buyer
from buyer_protection.evidence.scanning import WAITING

#: As many claims and disputes are offered for a file; the newest of each.
_MOST_CHOICES = 5


def files_of_message(turn: Turn) -> list[Receipt]:
    """The files that the gateway speaks of, by their ids; what was taken back since is not among them."""
    named = set((turn.payload or {}).get("evidence_ids") or ())
    return [file for file in evidence_of_buyer(engine(), buyer_id=turn.buyer_id) if file.evidence_id in named]


def tell_files(turn: Turn, files: Sequence[Receipt], dispatcher: CollectingDispatcher) -> bool:
    """Say how many were accepted and where they are; whether a question was asked that the buyer has to answer."""
    placed = [file for file in files if file.reference]
    if any(file.scan == WAITING for file in files):
        dispatcher.utter_message(response="utter_evidence_being_checked")
    if placed:
        reference = placed[-1].reference
        claim = find_claim(engine(), reference=reference, buyer_id=turn.buyer_id, now=turn.now)
        if claim is not None:
            tell_with_claim(files, claim, dispatcher)
            return False
    return _tell_held(turn, files, dispatcher)


def tell_with_claim(files: Sequence[Receipt], claim: KeptClaim, dispatcher: CollectingDispatcher) -> None:
    """Say what now counts for a claim."""
    kind = claim.facts.claim_type or ""
    accepted = claim.facts.evidence or 0
    values = {
        "what": what_came(files),
        "reference": claim.reference,
        "accepted": str(accepted),
        "done": str(min(accepted, NEEDED)),
        "needed": str(NEEDED),
    }
    counted = sum(file.counts for file in files)
    if not counted:
        response = "utter_evidence_only_documents"
    elif kind not in HELPS:
        response = "utter_evidence_kept_with_claim"
    elif accepted > counted:
        response = "utter_evidence_accepted_more"
    else:
        response = "utter_evidence_accepted"
        values["helps"] = would_help(kind)
    custom = {**as_custom("evidence_received", claim), "count": len(files)}
    dispatcher.utter_message(response=response, json_message=custom, **values)


def _tell_held(turn: Turn, files: Sequence[Receipt], dispatcher: CollectingDispatcher) -> bool:
    """Held for the buyer: within a claim it is offered later; else they are asked what it is for, if it may be any."""
    is_asked = not turn.slot("requested_slot")
    disputes = disputes_of(engine(), buyer_id=turn.buyer_id) if is_asked else []
    choices = _choices(turn, files) if is_asked else []
    reference = ""
    if choices:
        response = "utter_evidence_for_which"
    elif disputes:
        response, reference = "utter_evidence_dispute_over", disputes[0].reference
    else:
        response = "utter_evidence_held"
    custom: dict[str, Any] = {"kind": "evidence_received", "reference": reference, "count": len(files)}
    if choices:
        custom |= {"kind": "question", "slot": "evidence_for", "input": "choice"}
    dispatcher.utter_message(
        response=response, json_message=custom, buttons=choices, what=what_came(files), reference=reference
    )
    return bool(choices)


def _choices(turn: Turn, files: Sequence[Receipt]) -> list[dict[str, str]]:
    """A button for each open dispute and each kept claim, and one for none of them; nothing where there is neither."""
    named = [file.evidence_id for file in files]
    disputes = [one for one in disputes_of(engine(), buyer_id=turn.buyer_id) if is_open(one.status)]
    drafts = unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now)
    found: list[tuple[str, str, str | None]] = [
        ("utter_evidence_for_dispute", one.reference, one.claim_type) for one in disputes[:_MOST_CHOICES]
    ]
    found += [("utter_evidence_for_draft", one.reference, one.facts.claim_type) for one in drafts[:_MOST_CHOICES]]
    titles = [
        (words.text(name, reference=reference, about=words.text(f"utter_value_claim_type_{kind}")), reference)
        for name, reference, kind in found
        if kind
    ]
    if not titles:
        return []
    titles.append((words.text("utter_evidence_for_nothing_yet"), ""))
    return [{"title": title, "payload": _payload(reference, named)} for title, reference in titles]


def _payload(reference: str, named: list[str]) -> str:
    return "/place_files" + json.dumps({"claim_reference": reference, "evidence_ids": named})
