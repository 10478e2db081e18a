"""Why a question is asked: the clause that needs the fact."""

from __future__ import annotations

from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions.answer_policy import edition_words
from actions.give_assessment import tell_next
from actions.keeping import assessed, kept_here
from actions.news_of_dispute import told_decision
from actions.telling import tell_assessment
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from buyer_protection.disputes import DRAFT
from buyer_protection.policy import decides

#: Questions that no clause asks, with words of their own.
WITHOUT_A_CLAUSE: Final = ("use_held_evidence", "resume_draft", "consent", "item", "statement", "wish")


class ExplainQuestion(TurnAction):
    """Answers "why do you ask?" from the policy."""

    answers = "ask_why"

    def name(self) -> str:
        """Named in data/rules/policy.yml."""
        return "action_explain_question"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Name the clauses that the open question decides; the record's own fields have words of their own."""
        slot = turn.open_slot
        if not slot:
            _explain_the_answer(turn, dispatcher)
            return []
        if slot in WITHOUT_A_CLAUSE:
            dispatcher.utter_message(response=f"utter_why_{slot}")
            return []
        clauses = decides(slot, assessed(turn, turn.slots).case)
        dispatcher.utter_message(response="utter_why_fact" if clauses else "utter_why_record")
        for clause in clauses:
            dispatcher.utter_message(response=f"utter_clause_{clause}", **edition_words(turn))
        return []


def _explain_the_answer(turn: Turn, dispatcher: CollectingDispatcher) -> None:
    """The answer of this conversation's claim again, with its clauses; where there is none, that nothing is asked."""
    claim = kept_here(turn) if turn.slot("told_outcome") else None
    if claim is not None and claim.state == DRAFT:
        tell_assessment(claim, None, dispatcher)
        tell_next(turn, claim, dispatcher)
    elif not told_decision(turn, dispatcher):
        dispatcher.utter_message(response="utter_why_no_question")
