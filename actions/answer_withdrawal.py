"""Cancel or withdraw: what is meant is found out, and nothing is withdrawn unasked."""

from __future__ import annotations

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.keeping import note
from actions.reading_withdrawals import DISPUTE, is_pressed, is_to_be_withdrawn
from actions.taking_back import take_back
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from actions.withdrawing import answer_question, ask_to_withdraw, ask_which, running, tell_of_order
from buyer_protection.disputes import disputes_of, find_dispute, read_reference, unfinished_claims

#: What a button says that means no dispute.
_ORDER = "order"


class AnswerWithdrawal(TurnAction):
    """Tells an order from a dispute, and asks before a dispute is withdrawn."""

    def name(self) -> str:
        """Named in data/rules/dispute.yml."""
        return "action_answer_withdrawal"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Only the buyer's own running disputes can be meant; another's is as if it did not exist."""
        return [SlotSet("claim_left", False), *_answer(turn, dispatcher)]


def _answer(turn: Turn, dispatcher: CollectingDispatcher) -> Events:
    if take_back(turn, dispatcher):
        return []
    chosen = (turn.payload or {}).get("dispute")
    if chosen == _ORDER:
        return tell_of_order(turn, dispatcher)
    if turn.payload is None and (events := answer_question(turn, dispatcher)) is not None:
        return events
    if turn.payload is None and is_pressed(turn.text):
        disputes = running(turn)
        note(turn, "pressed_to_withdraw", disputes[0].claim_id if len(disputes) == 1 else None)
        dispatcher.utter_message(response="utter_pressed_to_withdraw")
        return []
    named = read_reference(str(chosen or turn.text))
    if named:
        return _named(turn, named, dispatcher)
    disputes, meant = running(turn), is_to_be_withdrawn(turn.text)
    if not disputes:
        return _nothing_runs(turn, meant, dispatcher)
    if meant != DISPUTE:
        return ask_which(turn, disputes, dispatcher, or_order=True)
    if len(disputes) > 1:
        return ask_which(turn, disputes, dispatcher, or_order=False)
    return ask_to_withdraw(turn, disputes[0], dispatcher)


def _named(turn: Turn, reference: str, dispatcher: CollectingDispatcher) -> Events:
    dispute = find_dispute(engine(), reference=reference, buyer_id=turn.buyer_id)
    drafts = unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now)
    if dispute is not None and any(dispute.reference == mine.reference for mine in running(turn)):
        return ask_to_withdraw(turn, dispute, dispatcher)
    if dispute is not None:
        dispatcher.utter_message(response=f"utter_withdraw_already_{dispute.status}", reference=dispute.reference)
    elif any(draft.reference == reference for draft in drafts):
        dispatcher.utter_message(response="utter_withdraw_only_kept", reference=reference)
    else:
        dispatcher.utter_message(response="utter_no_such_dispute")
    return []


def _nothing_runs(turn: Turn, meant: str, dispatcher: CollectingDispatcher) -> Events:
    drafts = unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now) if meant == DISPUTE else []
    over = disputes_of(engine(), buyer_id=turn.buyer_id) if meant == DISPUTE and not drafts else []
    if over:
        return _named(turn, over[0].reference, dispatcher)
    if drafts:
        dispatcher.utter_message(response="utter_withdraw_only_kept", reference=drafts[0].reference)
    else:
        dispatcher.utter_message(response="utter_cancel_order_how")
    return []
