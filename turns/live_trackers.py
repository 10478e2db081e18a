"""Conversations that are going on, kept in memory so that a turn need not read and replay all that was said."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

from rasa.shared.core.trackers import DialogueStateTracker

MOST_CONVERSATIONS: Final = 2_000
#: An event takes about a kilobyte and a half of memory.
MOST_EVENTS: Final = 60_000


@dataclass
class Standing:
    """What a tracker holds of its conversation: up to which row, how many events, and the ids of all messages so far.

    `messages` also knows those of earlier sessions, whose events the tracker does not hold.
    """

    newest: int = 0
    events: int = 0
    messages: set[str] = field(default_factory=set)


class LiveTrackers:
    """Trackers by conversation, the ones used longest ago given up first.

    A tracker is either here or in the hands of one turn: Rasa changes it in place, so one whose turn failed must not
    come back.
    """

    def __init__(self, conversations: int = MOST_CONVERSATIONS, events: int = MOST_EVENTS) -> None:
        self._most_conversations, self._most_events = conversations, events
        self._trackers: OrderedDict[str, DialogueStateTracker] = OrderedDict()
        self._events = 0

    def take(self, conversation: str) -> DialogueStateTracker | None:
        """The tracker of a conversation, which is not here any more then."""
        tracker = self._trackers.pop(conversation, None)
        if tracker is not None:
            self._events -= len(tracker.events)
        return tracker

    def put(self, tracker: DialogueStateTracker) -> None:
        """Keeps a tracker whose events are all saved; another of the same conversation is given up."""
        self.take(tracker.sender_id)
        self._trackers[tracker.sender_id] = tracker
        self._events += len(tracker.events)
        while len(self._trackers) > self._most_conversations or self._events > self._most_events:
            _, oldest = self._trackers.popitem(last=False)
            self._events -= len(oldest.events)

    def clear(self) -> None:
        """Gives all up: a new model may have other slots."""
        self._trackers.clear()
        self._events = 0

    def __len__(self) -> int:
        return len(self._trackers)

    @property
    def events(self) -> int:
        """How many events are held."""
        return self._events
