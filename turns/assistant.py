"""The assistant: turns in, replies out."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import TrackerStore
from rasa.utils.endpoints import EndpointConfig

from turns.agent import Silent, TurnAgent
from turns.replies import Reply
from turns.turn import Turn, parsed


class Assistant:
    """A loaded model that handles turns, each once, whoever asks for it and however often."""

    def __init__(self, agent: TurnAgent) -> None:
        self.agent = agent
        self._running: dict[tuple[str, str], asyncio.Task[list[Reply]]] = {}

    @classmethod
    def load(
        cls, model_path: str | Path, *, actions: EndpointConfig, tracker_store: TrackerStore | None = None
    ) -> Assistant:
        """The assistant of a model archive, calling its custom actions at `actions`, remembering in `tracker_store`.

        Without a store conversations are kept in memory. Raises ModelNotFound, or ValueError if the model lacks
        the words for a turn that fails.
        """
        agent = TurnAgent(action_endpoint=actions, tracker_store=tracker_store)
        agent.load_model(str(model_path))
        return cls(agent)

    async def handle(self, turn: Turn) -> list[Reply]:
        """The replies of a turn: dicts with `text`, `buttons`, `custom` and `response` (the name of the words).

        A turn that is running is joined, one that was recorded is answered as the first time. A turn that fails is
        not recorded, answers with `utter_turn_failed` alone, and can be sent again. The turn runs to its end even if
        the caller goes away.
        """
        key = (turn.conversation, turn.id)
        task = self._running.get(key)
        if task is None:
            task = asyncio.get_running_loop().create_task(self.agent.reply(message_of(turn)))
            self._running[key] = task
            task.add_done_callback(lambda _: self._running.pop(key, None))
        return await asyncio.shield(task)

    async def events(self, conversation: str) -> list[dict[str, Any]]:
        """Everything recorded of a conversation, as Rasa's events, oldest first."""
        tracker = await self.agent.tracker_store.retrieve_full_tracker(conversation)
        return [event.as_dict() for event in tracker.events] if tracker else []

    async def slots(self, conversation: str) -> dict[str, Any]:
        """The slots of a conversation that are filled."""
        tracker = await self.agent.tracker_store.retrieve(conversation)
        values: dict[str, Any] = tracker.current_slot_values() if tracker else {}
        return {name: value for name, value in values.items() if value is not None}


def message_of(turn: Turn) -> UserMessage:
    """A turn as Rasa's message: a payload is understood already, text is not."""
    channel = str(turn.metadata.get("channel") or "")
    return UserMessage(
        turn.payload if turn.payload is not None else turn.text,
        Silent(channel),
        turn.conversation,
        parse_data=parsed(turn.payload) if turn.payload is not None else None,
        input_channel=channel,
        message_id=turn.id,
        metadata=dict(turn.metadata),
    )
