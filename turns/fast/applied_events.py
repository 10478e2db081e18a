"""Which events count is worked out as they come, not from the beginning for each question.

Rasa goes through the whole conversation, and within a form back to its start for each of its steps, every time it asks
what was last said or done.
"""

from __future__ import annotations

from itertools import islice

from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    Event,
    Restarted,
    SessionStarted,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from turns.fast import replace

#: Where a conversation keeps what was worked out; a copy of a conversation begins without.
KEPT = "_applied"


class Applied:
    """The events of a conversation that count, so far."""

    def __init__(self, loops: frozenset[str] = frozenset()) -> None:
        self.events: list[Event] = []
        self.seen = 0
        self.last: Event | None = None
        self.loops = loops


def put_in_place() -> None:
    """Replaces the question; its answer stays, but must not be changed by who asks."""
    replace(DialogueStateTracker, "applied_events", _applied_events)


def _applied_events(self: DialogueStateTracker) -> list[Event]:
    applied: Applied | None = self.__dict__.get(KEPT)
    if applied is None or not _goes_on(applied, self):
        applied = Applied()
    new = _unseen(self, applied)
    begun = {event.name for event in new if isinstance(event, ActiveLoop) and event.name} - applied.loops
    if begun:  # a form counts as one from its first event on, so what came before is looked at again
        applied = Applied(applied.loops | begun)
        new = list(self.events)
    for event in new:
        _apply(self, applied, event)
    applied.seen = len(self.events)
    applied.last = self.events[-1] if self.events else None
    self.__dict__[KEPT] = applied
    return applied.events


def _goes_on(applied: Applied, tracker: DialogueStateTracker) -> bool:
    """Whether the conversation is the one that was seen, perhaps with more at its end."""
    if applied.seen == 0:
        return True
    return len(tracker.events) >= applied.seen and tracker.events[applied.seen - 1] is applied.last


def _unseen(tracker: DialogueStateTracker, applied: Applied) -> list[Event]:
    count = len(tracker.events) - applied.seen
    new = list(islice(reversed(tracker.events), count))
    new.reverse()
    return new


def _apply(tracker: DialogueStateTracker, applied: Applied, event: Event) -> None:
    # The body of Rasa's own loop.
    events = applied.events
    if isinstance(event, (Restarted, SessionStarted)):
        events.clear()
    elif isinstance(event, ActionReverted):
        tracker._undo_till_previous(ActionExecuted, events)
    elif isinstance(event, UserUtteranceReverted):
        tracker._undo_till_previous(UserUttered, events)
        tracker._undo_till_previous(ActionExecuted, events)
    elif (
        isinstance(event, ActionExecuted)
        and event.action_name in applied.loops
        and not tracker._first_loop_execution_or_unhappy_path(event.action_name, events)
    ):
        tracker._undo_till_previous_loop_execution(event.action_name, events)
    else:
        events.append(event)
