"""Several intents in one message: "it is broken, and how long do I have?" reports a claim and asks about the policy."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from language.move_finder import MOVE
from language.overruling import Overruling, Ranking, certainly
from language.parts import parts_of

#: The output of this component in what Rasa passes on: `told` and the questions beside it.
BESIDE = "beside"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SeveralIntents(Overruling):
    """Puts what a message asks beside what it tells.

    Where a part that asks is surely one of the intents `asked`, `beside` holds `told` (the rest of the text), `tells`
    (its intent where that is sure, else empty) and `asked` (for each such part its `intent` and `text`). Where what it
    tells is one of the intents `leads`, the message's own intent is that one, whatever it asks as well.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`leads`, `asked`: which intents lead, which stand beside; `at_least`: the confidence that a part needs.

        `beside`: for an intent that leads, what else may stand beside it.
        """
        return {"leads": [], "asked": [], "beside": {}, "at_least": 0.6}

    def __init__(self, config: dict[str, Any]) -> None:
        """Remember the settings."""
        super().__init__(config)
        self._leading = frozenset(config["leads"])
        self._asked = frozenset(config["asked"])
        self._beside = {name: frozenset(others) for name, others in config["beside"].items()}
        self._at_least = float(config["at_least"])

    def look_at(self, message: Message) -> None:
        """Look at the parts of a message that has some."""
        told, *asking = parts_of(message) or [None]
        if told is not None:
            self._put_beside(message, told, asking)

    def _put_beside(self, message: Message, told: Message, asking: list[Message]) -> None:
        may = self._asked | self._beside.get(_intent(told) if told.get(TEXT) else "", frozenset())
        asked = [part for part in asking if self._sure(part) and _intent(part) in may]
        if not asked or (not told.get(TEXT) and len(asked) == 1):
            return
        if told.get(TEXT) and self._leads(told, message):
            self.overrule(message, _ranking(told))
        questions = [{"intent": _intent(part), "text": part.get(TEXT)} for part in asked]
        tells = _intent(told) if told.get(TEXT) and self._sure(told) else ""
        message.set(BESIDE, {"told": told.get(TEXT), "tells": tells, "asked": questions}, add_to_output=True)

    def _leads(self, told: Message, message: Message) -> bool:
        name = _intent(told)
        return name in self._leading and (self._sure(told) or message.get(INTENT)["name"] == name)

    def _sure(self, part: Message) -> bool:
        return bool(_ranking(part)[0]["confidence"] >= self._at_least)


def _ranking(part: Message) -> Ranking:
    """What a part may mean, the likeliest first: the move that it makes, else as it was read."""
    move = part.get(MOVE)
    return certainly(move) if move else part.get("intent_ranking")


def _intent(part: Message) -> str:
    return str(_ranking(part)[0]["name"])
