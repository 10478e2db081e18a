"""Messages that only do something to the conversation, recognised as such by a closed table and never by likeness."""

from __future__ import annotations

from typing import Any, Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from language.moves import move_in
from language.overruling import Overruling, certainly
from language.parts import parts_of

#: Where a message carries the intent of its move, in what Rasa passes on.
MOVE: Final = "move"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class MoveFinder(Overruling):
    """Names the move that a whole message makes as `move`, beside its intent: `moves.yml` says which.

    "Tell me a joke" is out of scope by itself; only a conversation makes it small talk, so only the turn lets the move
    take the intent's place (`turns/processor.py`). A part beside what a message tells has no life of its own: its
    intent is the move's.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to be set."""
        return {}

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at each message and at its parts."""
        for message in messages:
            for part in parts_of(message):
                move = _move_of(part)
                if move:
                    self.overrule(part, certainly(move))
        return super().process(messages)

    def look_at(self, message: Message) -> None:
        """Name the move where the table knows it."""
        move = _move_of(message)
        if move:
            message.set(MOVE, move, add_to_output=True)


def _move_of(message: Message) -> str:
    """The intent of the move that a message makes; empty where it makes none, or is a button's payload."""
    text = message.get(TEXT) or ""
    found = None if text.startswith("/") else move_in(text)
    return found.intent if found else ""
