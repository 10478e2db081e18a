"""Why a question is asked: the clause that needs the fact."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.answer_policy import edition_words
from actions.keeping import assessed
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from buyer_protection.policy import decides


class ExplainQuestion(TurnAction):
    """Answers "why do you ask?" from the policy."""

    answers = "ask_why"

    def name(self) -> str:
        """Named in data/rules/policy.yml."""
        return "action_explain_question"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Name the clauses that the open question decides; the record's own fields have words of their own."""
        slot = turn.slot("requested_slot")
        if not slot:
            dispatcher.utter_message(response="utter_why_no_question")
            return []
        if slot == "use_held_evidence":
            dispatcher.utter_message(response="utter_why_use_held_evidence")
            return []
        clauses = decides(slot, assessed(turn, turn.slots).case)
        dispatcher.utter_message(response="utter_why_fact" if clauses else "utter_why_record")
        for clause in clauses:
            dispatcher.utter_message(response=f"utter_clause_{clause}", **edition_words(turn))
        return []
