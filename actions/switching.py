"""Another claim in the middle of one: the claim of now is set aside, and the other begins or is taken up again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.beginning import begun
from actions.claim_slots import RECORD_FIELDS, loaded
from actions.going_over import gone_over
from actions.keeping import keep
from actions.naming import named_claim
from actions.reading_answers import CLAIM_INTENTS
from actions.resume_claim import asked_again
from actions.set_aside import ask_which, set_aside, without
from actions.starting_over import wished
from actions.turn import Turn
from actions.wiring import engine
from buyer_protection.disputes import KeptClaim, read_reference, tie_notes, unfinished_claims
from language.another_claim import adds, says_another_claim
from language.parcel_numbers import order_ids

_SURE = 0.7
#: An answer in the buyer's own words may name other orders as part of the story.
_SHORT = 12


def elsewhere(turn: Turn, dispatcher: CollectingDispatcher) -> dict[str, Any] | None:
    """The slots after a message that is about another claim, or that wants to start over; None for any other."""
    if turn.intent == "start_over":
        return wished(turn, turn.slots)
    return gone_over(turn, dispatcher) or switched(turn, dispatcher)


def switched(turn: Turn, dispatcher: CollectingDispatcher) -> dict[str, Any] | None:
    """The slots of the claim that the message is about, where that is another one than the open one; else None."""
    if not turn.slot("claim_id"):
        return None
    if _wants_another_one(turn):
        return _taken_up(turn, dispatcher)
    return _begun(turn, dispatcher) if _tells_another(turn) else None


def _wants_another_one(turn: Turn) -> bool:
    if turn.intent == "other_claim":
        return True
    named = read_reference(turn.text)
    return turn.intent == "resume_claim" and named not in (None, turn.slot("reference"))


def _tells_another(turn: Turn) -> bool:
    if turn.intent == "new_claim":
        return True
    if turn.payload is not None or turn.slot("requested_slot") == "resume_draft":
        return False
    if turn.slot("requested_slot") in RECORD_FIELDS and len(turn.text.split()) > _SHORT:
        return False
    if says_another_claim(turn.text):
        return True
    kind = CLAIM_INTENTS.get(turn.intent) if turn.confidence >= _SURE else None
    is_another_kind = kind not in (None, turn.slot("claim_type")) and turn.slot("claim_type") is not None
    numbers = order_ids(turn.text) - {turn.slot("order_id")}
    return adds(turn.text) and (is_another_kind or (bool(numbers) and turn.slot("requested_slot") != "order_id"))


def _begun(turn: Turn, dispatcher: CollectingDispatcher) -> dict[str, Any]:
    """A new claim begins with the message; the one of now is kept, and said to be."""
    now = keep(turn, turn.slots)
    dispatcher.utter_message(response="utter_another_claim_begun", reference=now.reference, what=named_claim(now))
    slots = begun(turn if turn.confidence >= _SURE else replace(turn, intent=""), dispatcher)
    return {**slots, "set_aside": set_aside(slots, now.reference)}


def _taken_up(turn: Turn, dispatcher: CollectingDispatcher) -> dict[str, Any]:
    """The claim named, else the one set aside last, else the only other one; where none can be meant, that is said."""
    others = _others(turn)
    if len(others) == 1:
        return _changed_over(turn, others[0], dispatcher)
    if others:
        ask_which(others, dispatcher)
    else:
        dispatcher.utter_message(response="utter_no_other_claim")
    return dict(turn.slots)


def _others(turn: Turn) -> list[KeptClaim]:
    drafts = unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now)
    others = {draft.reference: draft for draft in drafts if draft.claim_id != turn.slot("claim_id")}
    named = read_reference(turn.text)
    if named:
        return [others[named]] if named in others else []
    aside = [others[reference] for reference in turn.slot("set_aside") or () if reference in others]
    return aside[:1] or list(others.values())


def _changed_over(turn: Turn, draft: KeptClaim, dispatcher: CollectingDispatcher) -> dict[str, Any]:
    left = keep(turn, turn.slots)
    aside = set_aside({"set_aside": without(turn.slots, draft.reference)}, left.reference)
    tie_notes(engine(), buyer_id=turn.buyer_id, claim_id=draft.claim_id)
    dispatcher.utter_message(response="utter_resumed_other", reference=draft.reference, what=named_claim(draft))
    return {**turn.slots, **loaded(draft), **dict.fromkeys(asked_again(draft)), "set_aside": aside}
