"""Claims that wait beside the one that is talked about: set aside in this conversation, and offered again later.

They are kept like any draft; the slot `set_aside` holds their references, the one to go on with first.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.consent import turn_before
from actions.naming import named_claim
from actions.turn import Turn
from actions.turn_action import Events
from actions.wiring import engine
from buyer_protection.disputes import KeptClaim, unfinished_claims

#: As many claims as can be looked through.
_AT_MOST: Final = 4


def set_aside(slots: Mapping[str, Any], reference: str) -> list[str]:
    """The references that wait once this one does as well, which is the next to go on with."""
    return [reference, *without(slots, reference)]


def without(slots: Mapping[str, Any], reference: str | None) -> list[str]:
    """The references that wait but for one that is taken up."""
    return [other for other in slots.get("set_aside") or () if other != reference]


def waiting(turn: Turn, but: str | None) -> list[KeptClaim]:
    """The claims that were set aside and are still drafts of this buyer, in their order."""
    drafts = {draft.reference: draft for draft in unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now)}
    return [drafts[other] for other in without(turn.slots, but) if other in drafts]


def offer_set_aside(turn: Turn, dispatcher: CollectingDispatcher, *, but: str | None) -> Events:
    """Offer the next claim that waits, now that the one with the reference `but` has its answer or is left.

    Nothing is said where none waits. A yes in the very next message takes up the one that is offered.
    """
    left = waiting(turn, but)
    if left:
        dispatcher.utter_message(
            response="utter_offer_other_claim",
            buttons=[go_on_button(left[0], "utter_go_on_with_it")],
            reference=left[0].reference,
            what=named_claim(left[0]),
        )
    offered = {"turn": turn.id, "reference": left[0].reference} if left else None
    return [SlotSet("set_aside", [claim.reference for claim in left] or None), SlotSet("offered", offered)]


def offered_just_now(turn: Turn) -> str | None:
    """The reference of the claim that was offered in the message before, which a yes takes up."""
    offered = turn.slot("offered")
    return offered["reference"] if offered and turn_before(turn) == offered["turn"] else None


def ask_which(claims: Sequence[KeptClaim], dispatcher: CollectingDispatcher) -> None:
    """Say which claims can be gone on with, the first few of them, with a button for each."""
    shown = claims[:_AT_MOST]
    dispatcher.utter_message(
        response="utter_which_claim",
        buttons=[go_on_button(claim, "utter_go_on_with") for claim in shown],
        lines="\n".join(
            words.text("utter_trouble_kept", reference=claim.reference, what=named_claim(claim)) for claim in shown
        ),
    )


def go_on_button(claim: KeptClaim, title: str) -> dict[str, str]:
    """The button that goes on with a kept claim."""
    return {
        "title": words.text(title, reference=claim.reference),
        "payload": "/resume_claim" + json.dumps({"reference": claim.reference}),
    }
