"""Rows to a conversation: every one is read and played, or the conversation is called unreadable."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

_NOTHING: Final = type(None)
#: What the parts of an event are where a turn relies on them; Rasa itself looks at none and fails later, each time.
_SHAPES: Final[dict[str, dict[str, tuple[type, ...]]]] = {
    "slot": {"name": (str,)},
    "action": {"name": (str, _NOTHING)},
    "active_loop": {"name": (str, _NOTHING)},
    "user": {"text": (str, _NOTHING), "parse_data": (dict, _NOTHING), "message_id": (str, _NOTHING)},
    "bot": {"text": (str, _NOTHING), "data": (dict, _NOTHING)},
}
_OF_ALL: Final[dict[str, tuple[type, ...]]] = {
    "event": (str,),
    "metadata": (dict, _NOTHING),
    "timestamp": (int, float, _NOTHING),
}


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
            tracker.update(_event(json.loads(data)))
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
            raise Unreadable(at) from None
    return tracker


def _event(written: dict[str, Any]) -> Event:
    shape = {**_OF_ALL, **_SHAPES.get(written["event"], {})}
    if not all(isinstance(written.get(part), kinds) for part, kinds in shape.items()):
        raise TypeError("not the shape of this event")
    event = Event.from_parameters(written)
    if event is None:
        raise ValueError("no event")
    return event
