"""Whether a message answers the question about a dispute that was asked just before, and what follows from it."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions import helping, withdrawing
from actions.turn import Turn
from actions.turn_action import Events


def answer_about_dispute(turn: Turn, dispatcher: CollectingDispatcher, *, is_understood: bool = True) -> Events | None:
    """The events of such an answer; None where the message is no answer, or no such question is open.

    What was not understood, or is no plain yes or no, changes nothing: a question whether to withdraw comes once more.
    """
    for answer in (withdrawing.answer_question, helping.answer_question):
        events = answer(turn, dispatcher)
        if events is not None:
            return events
    if not is_understood:
        events = helping.take_words(turn, dispatcher)
        if events is not None:
            return events
    if not is_understood or turn.intent in ("affirm", "deny"):
        return withdrawing.ask_again(turn, dispatcher)
    return None
