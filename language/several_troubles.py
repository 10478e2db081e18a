"""A message that tells of several troubles means each of them: what was read of one speaks for the others too."""

from __future__ import annotations

from typing import Any, Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from language.fact_extractor import day_of
from language.overruling import Overruling
from language.troubles import troubles_in

#: What the intents of claims begin with, before the claim type.
_REPORTS: Final = "report_"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SeveralTroubles(Overruling):
    """Adds up the confidence of the claims that a message tells of, where it is below `unless_sure`.

    "Order 1 came broken and order 2 never came" is half the one and half the other, and none of the two is in doubt.
    The likelier one stands for both; `actions/beginning.py` begins one claim and keeps the others.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`unless_sure`: the confidence from which on an intent is left as it is."""
        return {"unless_sure": 0.7}

    def look_at(self, message: Message) -> None:
        """Believe the troubles together where the likeliest intent is one of them."""
        ranking = message.get("intent_ranking") or []
        if not ranking or ranking[0]["confidence"] >= self._config["unless_sure"]:
            return
        told = {
            f"{_REPORTS}{trouble.kind}" for trouble in troubles_in(message.get(TEXT), day_of(message.get(METADATA)))
        }
        if ranking[0]["name"] in told:
            together = sum(each["confidence"] for each in ranking if each["name"] in told)
            others = [each for each in ranking if each["name"] not in told]
            self.overrule(message, [{**ranking[0], "confidence": together}, *others])
