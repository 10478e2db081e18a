"""Rows to a conversation: every one is read and played, or the conversation is called unreadable."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker


class Unreadable(ValueError):
    """A row that cannot be read, or not be played. `at` counts from nought; nothing of its content is held."""

    def __init__(self, at: int, newest: int = 0) -> None:
        super().__init__(f"row {at} of the conversation cannot be read")
        self.at = at
        self.newest = newest


def replayed(conversation: str, rows: Sequence[str], slots: Iterable[Slot]) -> DialogueStateTracker:
    """The conversation that these events, as written, make. Raises Unreadable.

    Rasa passes over what it does not know, and then a claim goes on without what was told.
    """
    tracker = DialogueStateTracker(conversation, slots)
    for at, data in enumerate(rows):
        try:
            event = Event.from_parameters(json.loads(data))
            if event is None:
                raise ValueError("no event")
            tracker.update(event)
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
            raise Unreadable(at) from None
    return tracker
