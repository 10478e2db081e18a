"""Several intents in one message: "it is broken, and how long do I have?" reports a claim and asks about the policy."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from language.parts import parts_of

#: The output of this component in what Rasa passes on: `told` and the questions beside it.
BESIDE = "beside"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SeveralIntents(IntentClassifier, GraphComponent):  # type: ignore[misc]
    """Puts what a message asks beside what it tells.

    Where a part that asks is surely one of the intents `asked`, `beside` holds `told` (the rest of the text) and
    `asked` (for each such part its `intent` and `text`). Where what it tells is one of the intents `leads`, the
    message's own intent is that one, whatever it asks as well.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """It looks at what a classifier found."""
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`leads`, `asked`: which intents lead, which stand beside; `at_least`: the confidence that a part needs."""
        return {"leads": [], "asked": [], "at_least": 0.6}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SeveralIntents:
        """Made anew for serving; it learns nothing."""
        return cls(config)

    def __init__(self, config: dict[str, Any]) -> None:
        """Remember the settings."""
        self._leading = frozenset(config["leads"])
        self._asked = frozenset(config["asked"])
        self._at_least = float(config["at_least"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at the parts of each message."""
        for message in messages:
            told, *asking = parts_of(message) or [None]
            if told is not None:
                self._put_beside(message, told, asking)
        return messages

    def _put_beside(self, message: Message, told: Message, asking: list[Message]) -> None:
        asked = [part for part in asking if self._sure(part) and part.get(INTENT)["name"] in self._asked]
        if not asked or (not told.get(TEXT) and len(asked) == 1):
            return
        if told.get(TEXT) and self._leads(told, message):
            message.set(INTENT, told.get(INTENT), add_to_output=True)
            message.set("intent_ranking", told.get("intent_ranking"), add_to_output=True)
        questions = [{"intent": part.get(INTENT)["name"], "text": part.get(TEXT)} for part in asked]
        message.set(BESIDE, {"told": told.get(TEXT), "asked": questions}, add_to_output=True)

    def _leads(self, told: Message, message: Message) -> bool:
        name = told.get(INTENT)["name"]
        return name in self._leading and (self._sure(told) or message.get(INTENT)["name"] == name)

    def _sure(self, part: Message) -> bool:
        return bool(part.get(INTENT)["confidence"] >= self._at_least)
