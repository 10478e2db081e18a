"""What every action of ours shares: the turn is read once, and the work is done off the event loop."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.asides import answer_asides, answered_by
from actions.turn import Turn
from buyer_protection.failpoints import reach

Events = list[dict[str, Any]]


class TurnAction(Action, ABC):
    """An action that answers one turn. Whatever it raises fails the whole turn, and nothing of it is kept.

    `answers` names the intent of a question that it answers also beside something else (actions/asides.py).
    """

    answers: ClassVar[str] = ""

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
        events = self.act(turn, dispatcher)
        if self.answers and turn.intent == self.answers:
            answer_asides(turn, dispatcher, but=self.answers)
        reach("actions.done")
        return events
