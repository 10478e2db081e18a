"""The dispute is opened, and only the message of this action says so, with the reference from the committed row."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.claim_slots import cleared
from actions.helping import note_asked
from actions.set_aside import offer_set_aside
from actions.telling import dispute_as_custom
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import Opened, open_dispute

#: The rule that called this action looks at `next_step` until the turn is over.
_DONE = {"next_step": "open_dispute"}


class OpenDispute(TurnAction):
    """Opens the dispute record that the buyer has consented to."""

    def name(self) -> str:
        """Named in data/rules/claim.yml, after a plain yes to the summary."""
        return "action_open_dispute"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Opened: say the reference. Refused: say why, and what can be done; the claim stays kept."""
        claim_id = turn.slot("claim_id")
        result = open_dispute(engine(), claim_id=claim_id, buyer_id=turn.buyer_id, turn_id=turn.id, now=turn.now)
        if not isinstance(result, Opened):
            dispatcher.utter_message(response=f"utter_dispute_refused_{result.code}")
            return [*cleared(**_DONE), *offer_set_aside(turn, dispatcher, but=turn.slot("reference"))]
        dispatcher.utter_message(
            response="utter_dispute_already_open" if result.already else "utter_dispute_opened",
            json_message=dispute_as_custom(result),
            reference=result.reference,
            opened_on=words.day(result.opened_on),
        )
        # The words of an opened dispute hold the question whether this helped.
        helped = [] if result.already else note_asked(turn, result.reference)
        return [*cleared(**_DONE), *helped, *offer_set_aside(turn, dispatcher, but=turn.slot("reference"))]
