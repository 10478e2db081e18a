"""A message that puts right what was told, and is nothing else: known by a closed table, whatever it was taken for."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from language.answers import answer, questions
from language.correction_table import LAST
from language.corrections import correction, said_against
from language.dates import read
from language.overruling import Overruling, certainly

#: Values are looked for as of any day: only whether there is one counts here.
_SOME_DAY: Final = date(2024, 3, 12)
#: Facts of which nobody reports that they are wrong, as of a quantity or an item.
_NO_TROUBLE: Final = frozenset({"order_id", "refund_requested_on", "delivery_due_on", "statement", "wish"})
#: A number with a few words around it is a value by itself.
_SHORT: Final = 4


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class PuttingRight(Overruling):
    """Sets `intent` for a message that `language.corrections` knows, unless it is taken for one of `unless`.

    Those of `unless` lead to the kept claim by themselves, and their actions look for a correction too; what names the
    order number or a day that was told is none of them, whatever it is taken for.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`intent`, and `unless`: the intents that are left as they are."""
        return {"intent": "change_answer", "unless": []}

    def look_at(self, message: Message) -> None:
        """Overrule what was found with certainty, or leave it."""
        found = (message.get(INTENT) or {}).get("name")
        text = message.get(TEXT) or ""
        if text.startswith("/") or not puts_right(text):
            return
        if found not in self._config["unless"] or names_no_trouble(text):
            self.overrule(message, certainly(self._config["intent"]))


def puts_right(text: str) -> bool:
    """Whether a message is a correction by itself: it names a fact, or says a value that some fact can have."""
    said = correction(text)
    if said is None or said.kind == "stated":
        return False
    if said.kind in ("name", "unnamed", "back") or names_no_trouble(text):
        return True
    against = said_against(said.new)
    if said.kind == "marked":
        return not against.keys() <= {LAST}
    return (bool(against) or _is_a_value(said.new)) and (not said.old or _is_a_value(said.old))


def names_no_trouble(text: str) -> bool:
    """Whether a message says by its name that something told is wrong which is no trouble with the goods."""
    said = correction(text)
    return said is not None and said.kind in ("name", "both") and bool(said.names) and set(said.names) <= _NO_TROUBLE


def _is_a_value(words: str) -> bool:
    """Whether words are a value of some fact: a day, a number, or the answer to a closed question."""
    if len(words.split()) <= _SHORT and any(character.isdigit() for character in words):
        return True
    return bool(read(words, _SOME_DAY)) or any(answer(slot, words) is not None for slot in questions())
