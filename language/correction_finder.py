"""Messages that put right what was told and are nothing else, known by a closed table whatever they are taken for."""

from __future__ import annotations

from datetime import date
from typing import Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from language.answers import answer, questions
from language.correction_table import LAST
from language.corrections import correction, said_against
from language.dates import read
from language.finder import Finder

#: Where a message says that it is a correction: one of the two below.
PUTS_RIGHT: Final = "puts_right"
#: It names a fact of which nobody reports that it is wrong, so it is no trouble with the goods.
SURELY: Final = "surely"
#: It may still tell of trouble, and what it is taken for decides.
LIKELY: Final = "likely"
#: Values are looked for as of any day: only whether there is one counts here.
_SOME_DAY: Final = date(2024, 3, 12)
#: Facts of which nobody reports that they are wrong, as of a quantity or an item.
_NO_TROUBLE: Final = frozenset({"order_id", "refund_requested_on", "delivery_due_on", "statement", "wish"})
#: A number with a few words around it is a value by itself.
_SHORT: Final = 4


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CorrectionFinder(Finder):
    """Says of a message that `language.corrections` knows that it puts something right."""

    def look_at(self, message: Message) -> None:
        """Say that it puts something right, where it does."""
        text = message.get(TEXT) or ""
        if not text.startswith("/") and puts_right(text):
            message.set(PUTS_RIGHT, SURELY if names_no_trouble(text) else LIKELY)


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
