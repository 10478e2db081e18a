"""Nothing but a yes is read as a yes with confidence: too much hangs on it, a dispute is opened by one."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from language.parts import with_parts
from language.pattern_features import PatternFeatures
from language.patterns import PatternTable


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class YesGuard(IntentClassifier, GraphComponent):  # type: ignore[misc]
    """Lowers the confidence of `intent` to `at_most` unless the message shows the `row` of patterns.yml that it needs.

    The other intents keep their confidence, so what is left is doubtful, and the assistant asks back.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """It looks at what a classifier found."""
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`intent`, the `row` that it needs, and `at_most`, the confidence without it."""
        return {"intent": "affirm", "row": "agrees", "at_most": 0.3}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> YesGuard:
        """Made anew for serving; it learns nothing."""
        return cls(config)

    def __init__(self, config: dict[str, Any]) -> None:
        """Read the row from the table; raises `KeyError` where the table has no such row."""
        self._config = config
        self._row = {row.name: row for row in PatternTable.load().rows}[config["row"]]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """The same table as the features."""
        return PatternFeatures.fingerprint_addon(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Lower the intent where it stands without its row, and rank again."""
        for message in with_parts(messages):
            ranking = message.get("intent_ranking") or []
            if not ranking or self._row.shown_by(message.get(TEXT) or ""):
                continue
            lowered = [self._lowered(entry) for entry in ranking]
            lowered.sort(key=lambda entry: -entry["confidence"])
            message.set(INTENT, lowered[0], add_to_output=True)
            message.set("intent_ranking", lowered, add_to_output=True)
        return messages

    def _lowered(self, entry: dict[str, Any]) -> dict[str, Any]:
        if entry["name"] != self._config["intent"]:
            return entry
        return {**entry, "confidence": min(entry["confidence"], self._config["at_most"])}
