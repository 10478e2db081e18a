"""Whether this helped: one tap after a dispute was opened or a decision was told, once for a dispute, and ignorable."""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.consent import says_no, says_yes
from actions.dispute_question import HELPED, WORDS, answered, asked, open_question
from actions.turn import Turn
from actions.wiring import engine
from buyer_protection.disputes.feedback import keep_feedback, keep_feedback_words, may_ask_whether_it_helped

Events = list[dict[str, Any]]

SAY_HELPED, SAY_NOT_HELPED = "say_helped", "say_not_helped"
#: The actions that ask.
_ASK = ("action_open_dispute", "action_tell_status")


def note_asked(turn: Turn, reference: str) -> Events:
    """The words of an opened dispute ask by themselves; the events that remember so, none where it was asked before."""
    may = may_ask_whether_it_helped(engine(), reference=reference, buyer_id=turn.buyer_id, turn_id=turn.id)
    return [asked(turn, HELPED, reference)] if may else []


def ask_whether_it_helped(turn: Turn, reference: str, dispatcher: CollectingDispatcher) -> Events:
    """Ask, unless that was done once for this dispute, or something else is asked in this turn."""
    message = turn.tracker.latest_message or {}
    is_aside = (message.get("intent") or {}).get("name") != turn.intent
    events = [] if is_aside or turn.slot("requested_slot") else note_asked(turn, reference)
    if events:
        dispatcher.utter_message(response="utter_did_this_help", reference=reference)
    return events


def answer_question(turn: Turn, dispatcher: CollectingDispatcher) -> Events | None:
    """The events of a yes or no that is typed right after the question; None where it is something else."""
    question = open_question(turn, HELPED)
    if question is None or _last_action(turn) not in _ASK:
        return None
    if says_yes(turn) or says_no(turn):
        return keep(turn, question["reference"], says_yes(turn), dispatcher)
    return None


def keep(turn: Turn, reference: str, helped: bool, dispatcher: CollectingDispatcher) -> Events:
    """Keep the answer with the dispute, thank for it, and let the buyer say more who wants to."""
    keep_feedback(engine(), reference=reference, buyer_id=turn.buyer_id, helped=helped)
    dispatcher.utter_message(response="utter_helped" if helped else "utter_not_helped", reference=reference)
    return [asked(turn, WORDS, reference)]


def take_words(turn: Turn, dispatcher: CollectingDispatcher) -> Events | None:
    """What is said right after an answer, and means nothing else, is kept with it."""
    question = open_question(turn, WORDS)
    if question is None or not turn.text:
        return None
    keep_feedback_words(engine(), reference=question["reference"], buyer_id=turn.buyer_id, text=turn.text)
    dispatcher.utter_message(response="utter_feedback_kept", reference=question["reference"])
    return [answered()]


def _last_action(turn: Turn) -> str:
    """What spoke last before the message: where something else was asked after, a yes is about that."""
    names = [str(event.get("name")) for event in turn.tracker.events if event.get("event") == "action"]
    spoke = [name for name in names if name not in ("action_listen", "action_extract_slots")]
    return spoke[-1] if spoke else ""
