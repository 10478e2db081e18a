"""Rasa's message processor, made honest: a turn is saved whole and then answered, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.core.actions.action import Action
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from turns import clock
from turns.failure import Guarded, TurnFailed, failing
from turns.replies import Reply, replies_of
from turns.turn import LONGEST_READ


class TurnProcessor(MessageProcessor):
    """Runs one turn at a time on a conversation."""

    async def handle_message(self, message: UserMessage) -> list[Reply]:
        """Runs the turn, saves it and returns its replies. Raises TurnFailed, and then nothing of it is saved."""
        clock.start_of_turn(message.metadata)
        with failing("the turn"):
            tracker = await self.log_message(message, should_save_tracker=False)
            tracker = await self.run_action_extract_slots(message.output_channel, tracker)
            await self._run_prediction_loop(message.output_channel, tracker)
            replies = replies_of((event.as_dict() for event in tracker.events), message.message_id)
            if not replies:
                raise TurnFailed("the turn", "nothing was said")
            await self.save_tracker(tracker)
        return replies

    async def parse_message(self, message: UserMessage, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What a message means, read from its beginning. What has no meaning, such as nothing, is `nlu_fallback`."""
        if message.text and len(message.text) > LONGEST_READ:
            message = UserMessage(message.text[:LONGEST_READ], message.output_channel, message.sender_id)
        parsed: dict[str, Any] = await super().parse_message(message, *args, **kwargs)
        if not parsed["intent"].get("name"):
            parsed["intent"] = {"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": 1.0}
        return parsed

    async def _run_action(
        self, action: Action, tracker: DialogueStateTracker, output_channel: OutputChannel, nlg: Any, prediction: Any
    ) -> bool:
        return bool(await super()._run_action(Guarded(action), tracker, output_channel, nlg, prediction))

    async def _run_prediction_loop(self, output_channel: OutputChannel, tracker: DialogueStateTracker) -> None:
        self.on_circuit_break = _going_in_circles
        await super()._run_prediction_loop(output_channel, tracker)

    def _has_session_expired(self, tracker: DialogueStateTracker) -> bool:
        sessions, last = self.domain.session_config, tracker.get_last_event_for(UserUttered)
        if last is None or not sessions.are_sessions_enabled():
            return False
        return bool(clock.minutes_since(last.metadata, last.timestamp) > sessions.session_expiration_time)


def _going_in_circles(*_: Iterable[Any]) -> None:
    raise TurnFailed("the turn", "too many actions without an end")
