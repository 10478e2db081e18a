"""What components share that look at an intent after it was found: they learn nothing, and may set another."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

Ranking = list[dict[str, Any]]


class Overruling(IntentClassifier, GraphComponent):  # type: ignore[misc]
    """Made anew for serving, from its settings alone."""

    @classmethod
    def required_components(cls) -> list[type]:
        """It looks at what a classifier found."""
        return [IntentClassifier]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Overruling:
        """It needs nothing but its settings."""
        return cls(config)

    def __init__(self, config: dict[str, Any]) -> None:
        """Remember the settings."""
        self._config = config

    @abstractmethod
    def look_at(self, message: Message) -> None:
        """Leave the message's intent, or set another."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at each message."""
        for message in messages:
            self.look_at(message)
        return messages

    @staticmethod
    def overrule(message: Message, ranking: Ranking) -> None:
        """Set a ranking of intents, the likeliest first, in the place of what was found."""
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)


def certainly(intent: str) -> Ranking:
    """The ranking in which one intent is certain."""
    return [{"name": intent, "confidence": 1.0}]
