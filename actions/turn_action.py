"""What every action of ours shares: the turn is read once, and the work is done off the event loop."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import Any, ClassVar, Final

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.anger import hear_anger
from actions.asides import answer_asides, answered_by
from actions.turn import Turn
from actions.up_to_date import up_to_date
from buyer_protection.failpoints import reach

Events = list[dict[str, Any]]

#: What Rasa runs before an action that answers a message.
_OF_THE_FORM: Final = frozenset({"claim_form", "action_extract_slots", "action_session_start"})


class TurnAction(Action, ABC):
    """An action that answers one turn. Whatever it raises fails the whole turn, and nothing of it is kept.

    `answers` names the intent of a question that it answers also beside something else (actions/asides.py).
    `hears_anger` is false where the action itself decides what is said to anger, `understands` where it itself counts
    what was not understood; any other action means that the message was. `says_what_next` is true where the answer
    alone leaves the buyer without a way on: with no question open it is then said what can be written next.
    `leaves_to_rules` is true where no event at all means that a rule answers.
    """

    answers: ClassVar[str] = ""
    hears_anger: ClassVar[bool] = True
    understands: ClassVar[bool] = True
    says_what_next: ClassVar[bool] = False
    leaves_to_rules: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Make known what an action answers."""
        super().__init_subclass__(**kwargs)
        if cls.answers:
            answered_by(cls.answers, lambda turn, dispatcher: cls().act(turn, dispatcher))

    @abstractmethod
    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Answer the turn: utter responses by name and return the events that change the conversation."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Called by the action server; database work must not stall other conversations."""
        return await asyncio.to_thread(self._act, Turn.of(tracker), dispatcher)

    def _act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        reach("actions.started")
        # What the form calls to ask its question answers nothing by itself.
        asks = self.name() == f"action_ask_{turn.slot('requested_slot')}"
        is_first = not asks and not set(turn.actions) - _OF_THE_FORM
        turn, slots = up_to_date(turn) if is_first else (turn, {})
        slots |= hear_anger(turn, dispatcher) if self.hears_anger and is_first else {}
        if self.understands and not asks and turn.slot("misunderstood"):
            slots["misunderstood"] = None
        events = self.act(turn, dispatcher)
        if events or not self.leaves_to_rules:
            events = [*(SlotSet(name, value) for name, value in slots.items()), *events]
        if self.answers and turn.intent == self.answers:
            answer_asides(turn, dispatcher, but=self.answers)
        if self.says_what_next and not turn.open_slot:
            dispatcher.utter_message(response="utter_what_next")
        reach("actions.done")
        return events
