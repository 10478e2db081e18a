"""A message that puts right what was told (`language.correction_finder`) means that, unless it is taken for more."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from language.correction_finder import PUTS_RIGHT, SURELY
from language.overruling import Overruling, certainly


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class PuttingRight(Overruling):
    """Sets `intent` for a message that puts right what was told, unless it is taken for one of `unless`.

    Those of `unless` lead to the kept claim by themselves, and their actions look for a correction too; what names the
    order number or a day that was told is none of them, whatever it is taken for.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`intent`, and `unless`: the intents that are left as they are."""
        return {"intent": "change_answer", "unless": []}

    def look_at(self, message: Message) -> None:
        """Overrule what was found with certainty, or leave it."""
        said, found = message.get(PUTS_RIGHT), (message.get(INTENT) or {}).get("name")
        if said == SURELY or (said and found not in self._config["unless"]):
            self.overrule(message, certainly(self._config["intent"]))
