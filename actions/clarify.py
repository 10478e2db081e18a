"""A message that was not understood outside a claim: a fact goes to the kept claim, else likely meanings are named."""

from __future__ import annotations

from typing import Any, Final

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.about_dispute import answer_about_dispute
from actions.correcting_kept import correct_kept
from actions.misunderstood import once_more, times
from actions.news_of_dispute import put_with_dispute, told_decision
from actions.resume_claim import take_up
from actions.silence import tell_silences
from actions.taking_back import take_back
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from language.facts import facts_in

_OUTSIDE: Final = ""
#: Choices that are offered at most, and what an intent must have of the confidence to be one of them.
_AT_MOST: Final = 3
_AT_LEAST: Final = 0.1
_SECOND: Final = 2
_THIRD: Final = 3


class Clarify(TurnAction):
    """Never silent: every message has an answer and a way on."""

    understands = False

    def name(self) -> str:
        """Named in data/rules/fallback.yml."""
        return "action_clarify"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """A fact takes up the kept claim, an uncovered topic is named, all else gets the choices in buyers' words."""
        understood = SlotSet("misunderstood", None)
        if take_back(turn, dispatcher):
            return [SlotSet("claim_open", False), understood]
        taken_up = correct_kept(turn, dispatcher)
        about_dispute = answer_about_dispute(turn, dispatcher, is_understood=False) if taken_up is None else None
        if about_dispute is not None:
            return [*about_dispute, SlotSet("claim_open", False), understood]
        if taken_up is None and facts_in(turn.text, turn.today):
            taken_up = take_up(turn, dispatcher)
        if taken_up is not None:
            return [*taken_up, understood]
        if tell_silences(turn, None, dispatcher).topics or put_with_dispute(turn, dispatcher):
            return [SlotSet("claim_open", False), understood]
        if not times(turn.slots, _OUTSIDE) and told_decision(turn, dispatcher):
            return [SlotSet("claim_open", False), SlotSet("misunderstood", once_more(turn.slots, _OUTSIDE))]
        _ask_back(turn, dispatcher)
        return [SlotSet("claim_open", False), SlotSet("misunderstood", once_more(turn.slots, _OUTSIDE, turn.text))]


def _ask_back(turn: Turn, dispatcher: CollectingDispatcher) -> None:
    """In other words each time; from the third time on a person is offered."""
    count = times(turn.slots, _OUTSIDE) + 1
    choices = _choices(turn)
    if count >= _THIRD:
        dispatcher.utter_message(response="utter_not_understood_third")
    elif choices:
        dispatcher.utter_message(
            response="utter_not_sure_again" if count == _SECOND else "utter_not_sure", buttons=choices
        )
    else:
        dispatcher.utter_message(response="utter_not_understood_again" if count == _SECOND else "utter_not_understood")


def _choices(turn: Turn) -> list[dict[str, Any]]:
    """What the message may mean, in buyers' words; none where only one thing comes near, or nothing does."""
    likely = [
        intent
        for intent, confidence in turn.likely
        if confidence >= _AT_LEAST and words.exists(f"utter_choice_{intent}")
    ][:_AT_MOST]
    if len(likely) < _SECOND:
        return []
    return [{"title": words.text(f"utter_choice_{intent}"), "payload": f"/{intent}"} for intent in likely]
