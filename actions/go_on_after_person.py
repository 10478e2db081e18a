"""The assistant has the conversation again: it says so, and goes on where it was."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.standing import tell_where_we_are
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import Handoff, find_handoff, handoff_of
from buyer_protection.disputes.handoffs import OVER


class GoOnAfterPerson(TurnAction):
    """Answers what a person of the staff handed back, and a buyer who asks for the assistant."""

    def name(self) -> str:
        """Named in data/rules/not_typed.yml."""
        return "action_go_on_after_person"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """The open question comes back from the form; what was written to the person has not been read."""
        over = _over(turn)
        waiting = handoff_of(engine(), buyer_id=turn.buyer_id)
        if over is not None:
            response = "utter_back_at_your_wish" if over.closed_by == "buyer" else "utter_handed_back"
            dispatcher.utter_message(
                response=response,
                json_message={"kind": "handed_back", "reference": over.reference},
                reference=over.reference,
            )
        elif waiting is not None and waiting.state != OVER:
            dispatcher.utter_message(response="utter_still_with_assistant_and_asked", reference=waiting.reference)
        else:
            dispatcher.utter_message(response="utter_still_with_assistant")
        tell_where_we_are(turn, dispatcher)
        return []


def _over(turn: Turn) -> Handoff | None:
    """The buyer's own request that the gateway says is over; None where nobody had the conversation."""
    reference = str((turn.payload or {}).get("handoff") or "")
    handoff = find_handoff(engine(), reference=reference) if reference else None
    return handoff if handoff is not None and handoff.buyer_id == turn.buyer_id else None
