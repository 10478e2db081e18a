"""A claim begins with a message, and a kept draft of the same kind is offered."""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.anger import hear_anger
from actions.asides import answer_asides
from actions.beginning import begun
from actions.claim_slots import CLAIM_SLOTS, changed, told
from actions.correcting_kept import correct_kept
from actions.last_told import with_last_told
from actions.misunderstood import asked_back_about
from actions.order_record import with_order_known
from actions.reading_answers import CLAIM_INTENTS
from actions.silence import tell_silences
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import KeptClaim, unfinished_claims
from buyer_protection.disputes.known import declared_facts


class StartClaim(TurnAction):
    """Starts a claim with an id of its own, the kind that was reported and the facts that were volunteered."""

    hears_anger = False

    def name(self) -> str:
        """Named in data/rules/claim.yml."""
        return "action_start_claim"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Empty the slots of any claim before, and fill those of the new one."""
        put_right = correct_kept(turn, dispatcher, reports=True)
        if put_right is not None:
            return put_right
        turn = asked_back_about(turn)
        silence = tell_silences(turn, None, dispatcher)
        if silence.instead_of_a_claim:
            return changed(turn.slots, {**turn.slots, **dict.fromkeys(CLAIM_SLOTS), "claim_open": False})
        regrets = CLAIM_INTENTS.get(turn.intent) not in (None, "unwanted")
        heard = hear_anger(turn, dispatcher, "" if regrets else "utter_anger_heard")
        slots = {**begun(turn, dispatcher), **heard, "claim_open": True}
        answer_asides(turn, dispatcher)
        slots = with_last_told({}, slots)
        return changed(turn.slots, beside_drafts(turn, with_order_known(turn, slots)))


def beside_drafts(turn: Turn, slots: dict[str, Any]) -> dict[str, Any]:
    """The slots with a kept draft of the same kind to be offered, or taken up at once where it is this very message.

    What was set aside for this claim is not offered in its place.
    """
    drafts = unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now)
    drafts = [draft for draft in drafts if draft.reference not in (slots.get("set_aside") or ())]
    alike = [draft for draft in drafts if draft.facts.claim_type == slots.get("claim_type") is not None]
    if slots.get("order_id"):
        alike = [draft for draft in alike if draft.order_id in ("", slots["order_id"])]
    same = [draft for draft in alike if _is_this_message(draft, slots)]
    if same:
        return {**slots, "claim_id": same[0].claim_id}
    if alike:
        return {**slots, "draft_claim_id": alike[0].claim_id, "reference": None}
    return slots


def _is_this_message(draft: KeptClaim, slots: dict[str, Any]) -> bool:
    """Whether a draft was kept by a turn that failed, and the buyer now says the same again: it holds nothing more."""
    if not slots.get("statement") or draft.statement != slots["statement"]:
        return False
    if draft.order_id not in ("", slots.get("order_id")):
        return False
    return draft.declared == declared_facts(told(slots))
