"""A message in another language: its buyer is told so in that language, where words for it exist, and in English."""

from __future__ import annotations

from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn
from actions.turn_action import Events, TurnAction

#: The languages that data/responses/languages.yml has a sentence for.
SPOKEN: Final = frozenset({"ar", "de", "es", "fr", "hi", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "uk", "zh"})


class AnswerOtherLanguage(TurnAction):
    """Says that only English is read here, and that a person can be asked for."""

    def name(self) -> str:
        """Named in data/rules/out_of_scope.yml."""
        return "action_answer_other_language"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """One sentence in the buyer's language, then the way on in English."""
        language = (turn.tracker.latest_message or {}).get("language")
        if language in SPOKEN:
            dispatcher.utter_message(response=f"utter_only_english_{language}")
        dispatcher.utter_message(response="utter_only_english")
        return []
