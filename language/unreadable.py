"""Messages that hold nothing to read: they are out of scope for sure, and nothing is guessed from their letters."""

from __future__ import annotations

from typing import Any, Final

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

#: No word of a buyer is this long; tracking numbers and addresses of pages are shorter than this too.
_LONGEST_WORD: Final = 100


def holds_nothing(text: str) -> bool:
    """Whether a text has no letter and no digit, or no word of a length that words have."""
    words = [word for word in text.split() if any(char.isalnum() for char in word)]
    return not words or min(map(len, words)) > _LONGEST_WORD


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Unreadable(IntentClassifier, GraphComponent):  # type: ignore[misc]
    """Sets `intent` on a message that holds nothing to read; a sign of `signs` alone says what is set there."""

    @classmethod
    def required_components(cls) -> list[type]:
        """It overrules what a classifier found."""
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`intent` is what is set; `signs` are those that say something by themselves, with their intents."""
        return {"intent": "out_of_scope", "signs": {}}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Unreadable:
        """Made anew for serving; it learns nothing."""
        return cls(config)

    def __init__(self, config: dict[str, Any]) -> None:
        """Remember the settings."""
        self._config = config

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            if holds_nothing(text):
                said = {intent for sign, intent in self._config["signs"].items() if sign in text}
                intent = {"name": said.pop() if len(said) == 1 else self._config["intent"], "confidence": 1.0}
                message.set(INTENT, intent, add_to_output=True)
                message.set("intent_ranking", [intent], add_to_output=True)
        return messages
