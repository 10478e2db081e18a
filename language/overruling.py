"""What components share that look at an intent after it was found: they learn nothing, and may set another."""

from __future__ import annotations

from typing import Any

from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from language.finder import Finder

Ranking = list[dict[str, Any]]


class Overruling(Finder, IntentClassifier):  # type: ignore[misc]
    """Leaves a message's intent, or sets another."""

    @classmethod
    def required_components(cls) -> list[type]:
        """It looks at what a classifier found."""
        return [IntentClassifier]

    @staticmethod
    def overrule(message: Message, ranking: Ranking) -> None:
        """Set a ranking of intents, the likeliest first, in the place of what was found."""
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)


def certainly(intent: str) -> Ranking:
    """The ranking in which one intent is certain."""
    return [{"name": intent, "confidence": 1.0}]
