"""What every action of ours shares: the turn is read once, and the work is done off the event loop."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn
from buyer_protection.failpoints import reach

Events = list[dict[str, Any]]


class TurnAction(Action, ABC):
    """An action that answers one turn. Whatever it raises fails the whole turn, and nothing of it is kept."""

    @abstractmethod
    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Answer the turn: utter responses by name and return the events that change the conversation."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Called by the action server; database work must not stall other conversations."""
        return await asyncio.to_thread(self._act, Turn.of(tracker), dispatcher)

    def _act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        reach("actions.started")
        events = self.act(turn, dispatcher)
        reach("actions.done")
        return events
