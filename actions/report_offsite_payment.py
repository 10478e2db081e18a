"""The supplier asks to be paid elsewhere: a warning, how to report it, and a fact of the open claim (PAY-3)."""

from __future__ import annotations

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.beginning import as_report
from actions.digressions import asks_for_offsite_payment
from actions.keeping import note
from actions.start_claim import StartClaim
from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class ReportOffsitePayment(TurnAction):
    """Warns, and keeps the report for staff."""

    def name(self) -> str:
        """Named in data/rules/payment.yml."""
        return "action_report_offsite_payment"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """PAY-3 is a warning in every assessment that follows in this claim."""
        is_open = bool(turn.open_slot)
        reported = None if is_open or asks_for_offsite_payment(turn) else as_report(turn)
        if reported is not None:
            return StartClaim().act(reported, dispatcher)
        if not asks_for_offsite_payment(turn):
            dispatcher.utter_message(response="utter_offsite_payment_rule")
            return [SlotSet("claim_open", is_open)]
        dispatcher.utter_message(response="utter_offsite_payment")
        note(turn, "offsite_payment")
        told = [SlotSet("supplier_asked_offsite_payment", True)] if is_open else []
        return [*told, SlotSet("claim_open", is_open)]
