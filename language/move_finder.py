"""Messages that only do something to the conversation, recognised as such by a closed table and never by likeness."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from language.moves import move_in
from language.overruling import Overruling, certainly
from language.parts import with_parts


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class MoveFinder(Overruling):
    """Sets the intent of the move that a whole message, or one of its parts, makes: `moves.yml` says which."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to be set."""
        return {}

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at each message and at its parts."""
        super().process(with_parts(messages))
        return messages

    def look_at(self, message: Message) -> None:
        """Set the intent where the table knows the move."""
        text = message.get(TEXT) or ""
        found = None if text.startswith("/") else move_in(text)
        if found is not None:
            self.overrule(message, certainly(found.intent))
