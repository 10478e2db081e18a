"""Messages that hold nothing to read: they are out of scope for sure, and nothing is guessed from their letters."""

from __future__ import annotations

from typing import Any, Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from language.overruling import Overruling, certainly

#: No word of a buyer is this long; tracking numbers and addresses of pages are shorter than this too.
_LONGEST_WORD: Final = 100


def holds_nothing(text: str) -> bool:
    """Whether a text has no letter and no digit, or no word of a length that words have."""
    words = [word for word in text.split() if any(char.isalnum() for char in word)]
    return not words or min(map(len, words)) > _LONGEST_WORD


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Unreadable(Overruling):
    """Sets `intent` on a message that holds nothing to read; a sign of `signs` alone says what is set there."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`intent` is what is set; `signs` are those that say something by themselves, with their intents."""
        return {"intent": "out_of_scope", "signs": {}}

    def look_at(self, message: Message) -> None:
        """Set what a sign alone says, or that there is nothing to read."""
        text = message.get(TEXT) or ""
        if holds_nothing(text):
            said = {intent for sign, intent in self._config["signs"].items() if sign in text}
            self.overrule(message, certainly(said.pop() if len(said) == 1 else self._config["intent"]))
