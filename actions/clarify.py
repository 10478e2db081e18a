"""A message that was not understood outside a claim: a fact goes to the kept claim, else the ways on are offered."""

from __future__ import annotations

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.about_dispute import answer_about_dispute
from actions.correcting_kept import correct_kept
from actions.resume_claim import take_up
from actions.silence import tell_silences
from actions.taking_back import take_back
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from language.facts import facts_in


class Clarify(TurnAction):
    """Never silent: every message has an answer and a way on."""

    def name(self) -> str:
        """Named in data/rules/fallback.yml."""
        return "action_clarify"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """A fact takes up the kept claim, an uncovered topic is named, all else gets the choices in buyers' words."""
        if take_back(turn, dispatcher):
            return [SlotSet("claim_open", False)]
        taken_up = correct_kept(turn, dispatcher)
        about_dispute = answer_about_dispute(turn, dispatcher, is_understood=False) if taken_up is None else None
        if about_dispute is not None:
            return [*about_dispute, SlotSet("claim_open", False)]
        if taken_up is None and facts_in(turn.text, turn.today):
            taken_up = take_up(turn, dispatcher)
        if taken_up is not None:
            return taken_up
        if not tell_silences(turn, None, dispatcher).topics:
            dispatcher.utter_message(response="utter_not_understood")
        return [SlotSet("claim_open", False)]
