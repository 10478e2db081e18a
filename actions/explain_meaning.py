"""What a word means: one of the field's words, or, where none is named, the word that the open question is about."""

from __future__ import annotations

from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions.answer_policy import edition_words
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from language.moves import move_in

#: The word of the glossary (language/glossary.yml) that each question turns on.
WORD_OF: Final = {
    "claim_type": "claim",
    "paid_through_escrow": "escrow",
    "payment_method": "escrow",
    "carrier_status": "tracking_number",
    "confiscation_cause": "confiscated",
    "complaint": "not_as_described",
    "listing_said": "listing",
    "fault_was_listed": "listing",
    "refund_requested": "refund_request",
    "refund_requested_on": "refund_request",
    "supplier_response": "seller_answer",
    "delivery_due_on": "delivery_period",
    "receipt_slip_signed": "receipt_slip",
    "quantity_ordered": "pieces",
    "quantity_received": "pieces",
    "evidence": "evidence",
    "use_held_evidence": "evidence",
    "order_id": "order_number",
    "item": "item",
    "statement": "statement",
    "wish": "wish",
    "consent": "summary",
    "resume_draft": "reference",
}


class ExplainMeaning(TurnAction):
    """Explains a word in plain ones."""

    answers = "ask_meaning"
    says_what_next = True

    def name(self) -> str:
        """Named in data/rules/moves.yml."""
        return "action_explain_meaning"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Where neither the message nor a question names a word, say which ones can be explained."""
        move = move_in(turn.text)
        word = (move.about if move else "") or WORD_OF.get(turn.open_slot or "", "")
        dispatcher.utter_message(response=f"utter_meaning_{word or 'which'}", **edition_words(turn))
        return []
