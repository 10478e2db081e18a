"""Messages that only do something to the conversation, recognised as such by a closed table and never by likeness."""

from __future__ import annotations

from typing import Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from language.finder import Finder
from language.moves import move_in
from language.parts import parts_of

#: Where a message carries the intent of its move, in what Rasa passes on.
MOVE: Final = "move"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class MoveFinder(Finder):
    """Names the move that a whole message, or one of its parts, makes as `move`: `moves.yml` says which.

    It is no intent yet. "Tell me a joke" is out of scope by itself; only a conversation makes it small talk, so only
    the turn lets the move take the intent's place (`turns/processor.py`). A part beside what a message tells has no
    life of its own: there the move is what it means (`language.several_intents`).
    """

    def look_at(self, message: Message) -> None:
        """Name the moves where the table knows them."""
        for each in (message, *parts_of(message)):
            text = each.get(TEXT) or ""
            move = None if text.startswith("/") else move_in(text)  # a button's payload is no words
            if move:
                each.set(MOVE, move.intent, add_to_output=True)
