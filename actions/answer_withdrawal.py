"""Cancel or withdraw: which one is meant is said back, and nothing is withdrawn unasked."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.taking_back import take_back
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import disputes_of, is_open


class AnswerWithdrawal(TurnAction):
    """Tells an order from a dispute, and how each is taken back."""

    def name(self) -> str:
        """Named in data/rules/dispute.yml."""
        return "action_answer_withdrawal"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Only the buyer's own running dispute is named."""
        if take_back(turn, dispatcher):
            return []
        running = [dispute for dispute in disputes_of(engine(), buyer_id=turn.buyer_id) if is_open(dispute.status)]
        if running:
            dispatcher.utter_message(response="utter_withdraw_dispute_how", reference=running[0].reference)
        else:
            dispatcher.utter_message(response="utter_cancel_order_how")
        return []
