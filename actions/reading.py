"""What a message says to the open question: changes of slots, and what is said about them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk.executor import CollectingDispatcher


@dataclass
class Reading:
    """`changes` are slots and their new values, `said` responses with their values, in order.

    `is_digression` means that the message is about something else, and the form leaves it to a rule.
    """

    changes: dict[str, Any] = field(default_factory=dict)
    said: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    is_digression: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was understood."""
        return not self.changes and not self.said and not self.is_digression

    def say(self, response: str, **values: Any) -> Reading:
        """Add something to be said."""
        self.said.append((response, values))
        return self

    def tell(self, dispatcher: CollectingDispatcher) -> None:
        """Utter what is to be said, in order."""
        for response, values in self.said:
            dispatcher.utter_message(response=response, **values)


def together(first: Reading, then: Reading) -> Reading:
    """Two readings of one message as one; where both change a slot, the second decides."""
    return Reading({**first.changes, **then.changes}, [*first.said, *then.said])


def is_question(text: str) -> bool:
    """Whether a text asks rather than tells."""
    return bool(re.search(r"\?\s*$", text))
