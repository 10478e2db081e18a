"""A conversation is copied as it stands, not by playing it all again.

Rasa copies it for each action, and two or three times in a form, by applying every event from the first one on: the
largest part of a turn in a long conversation.
"""

from __future__ import annotations

import copy
import dataclasses
from typing import Any

from rasa.core.actions.forms import FormAction
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

from turns.fast import replace
from turns.fast.applied_events import KEPT


def put_in_place() -> None:
    """Replaces the copy for an action and the one that a form works on."""
    replace(DialogueStateTracker, "copy", copied)
    replace(FormAction, "_temporary_tracker", _with_form)


def copied(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """A conversation with the same events and state; what happens to it does not happen to the first."""
    twin = DialogueStateTracker.__new__(DialogueStateTracker)
    twin.__dict__.update(tracker.__dict__)
    twin.__dict__.pop(KEPT, None)
    twin.events = tracker.events.copy()
    if type(tracker.slots) is dict:
        twin.slots = {name: _slot(slot) for name, slot in tracker.slots.items()}
    else:
        twin.slots = copy.deepcopy(tracker.slots)
    if tracker.active_loop is not None:
        twin.active_loop = dataclasses.replace(tracker.active_loop)
    # As Rasa's own copies: only what is recorded carries the names of model and assistant.
    twin.model_id = twin.assistant_id = None
    return twin


def _slot(slot: Slot) -> Slot:
    twin = slot.__class__.__new__(slot.__class__)
    twin.__dict__.update(slot.__dict__)
    return twin


def _with_form(
    self: FormAction, current_tracker: DialogueStateTracker, additional_events: list[Event], domain: Domain
) -> DialogueStateTracker:
    twin = copied(current_tracker)
    requested: Any = SlotSet(REQUESTED_SLOT, self.get_slot_to_fill(current_tracker))
    for event in (requested, ActionExecuted(self.name()), *additional_events):
        twin.update(event)
    return twin
