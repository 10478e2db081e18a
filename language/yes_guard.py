"""Nothing but a yes is read as a yes with confidence: too much hangs on it, a dispute is opened by one."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from language.overruling import Overruling
from language.parts import with_parts
from language.pattern_features import PatternFeatures
from language.patterns import PatternTable


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class YesGuard(Overruling):
    """Lowers the confidence of `intent` to `at_most` unless the message shows the `row` of patterns.yml that it needs.

    The other intents keep their confidence, so what is left is doubtful, and the assistant asks back.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`intent`, the `row` that it needs, and `at_most`, the confidence without it."""
        return {"intent": "affirm", "row": "agrees", "at_most": 0.3}

    def __init__(self, config: dict[str, Any]) -> None:
        """Read the row from the table; raises `KeyError` where the table has no such row."""
        super().__init__(config)
        self._row = {row.name: row for row in PatternTable.load().rows}[config["row"]]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """The same table as the features."""
        return PatternFeatures.fingerprint_addon(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at each message and at its parts."""
        super().process(with_parts(messages))
        return messages

    def look_at(self, message: Message) -> None:
        """Lower the intent where it stands without its row, and rank again."""
        ranking = message.get("intent_ranking") or []
        lowered = [self._lowered(entry) for entry in ranking]
        if lowered == ranking or self._row.shown_by(message.get(TEXT) or ""):
            return
        self.overrule(message, sorted(lowered, key=lambda entry: -entry["confidence"]))

    def _lowered(self, entry: dict[str, Any]) -> dict[str, Any]:
        if entry["name"] != self._config["intent"]:
            return entry
        return {**entry, "confidence": min(entry["confidence"], self._config["at_most"])}
