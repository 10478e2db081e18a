"""Rasa's message processor, made honest: a turn is saved whole and then answered, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from rasa.core.actions.action import Action
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from buyer_protection.failpoints import reach
from buyer_protection.typed_text import LONGEST_READ
from language.facts_told import INTENT, tells_facts
from language.move_finder import MOVE
from language.several_intents import BESIDE
from turns import clock
from turns.failure import Guarded, TurnFailed, failing
from turns.replies import Reply, replies_of


class TurnProcessor(MessageProcessor):
    """Runs one turn at a time on a conversation."""

    async def handle_message(self, message: UserMessage, tracker: DialogueStateTracker | None = None) -> list[Reply]:
        """Runs the turn on a conversation, saves it and returns its replies.

        Nobody else may hold `tracker`; None begins a conversation. Raises TurnFailed, and then nothing of it is saved.
        """
        clock.start_of_turn(message.metadata)
        with failing("the turn"):
            tracker = self._prepared(tracker or self.tracker_store.init_tracker(message.sender_id))
            known = len(tracker.events)
            await self._update_tracker_session(tracker, message.output_channel, message.metadata)
            await self._handle_message_with_tracker(message, tracker)
            reach("rasa.understood")
            tracker = await self.run_action_extract_slots(message.output_channel, tracker)
            await self._run_prediction_loop(message.output_channel, tracker)
            new = islice(tracker.events, known, None)
            replies = replies_of((event.as_dict() for event in new), message.message_id)
            if not replies:
                raise TurnFailed("the turn", "nothing was said")
            reach("rasa.before_commit")
            await self.save_tracker(tracker)
            reach("rasa.committed")
        return replies

    def _prepared(self, tracker: DialogueStateTracker) -> DialogueStateTracker:
        tracker.model_id = self.model_metadata.model_id
        tracker.assistant_id = tracker.assistant_id or self.model_metadata.assistant_id
        if tracker.active_loop is not None:
            # A form that left the message before to a rule goes on with this one, whether or not it has asked again.
            tracker.active_loop.rejected = False
        return tracker

    async def parse_message(
        self, message: UserMessage, tracker: DialogueStateTracker | None = None, only_output_properties: bool = True
    ) -> dict[str, Any]:
        """What a message means, read from its beginning. What has no meaning, such as nothing, is `nlu_fallback`.

        Within a conversation the move that it makes, or that it tells facts, takes the place of what it means alone.
        """
        if message.text and len(message.text) > LONGEST_READ:
            message = UserMessage(
                message.text[:LONGEST_READ], message.output_channel, message.sender_id, metadata=message.metadata
            )
        parsed: dict[str, Any] = await super().parse_message(message, tracker, only_output_properties)
        name = parsed["intent"].get("name") or ""
        if tracker is not None and parsed.get(MOVE):
            parsed["intent"] = {"name": parsed[MOVE], "confidence": 1.0}
        elif tracker is not None and parsed.get(BESIDE) and tells_facts(name, parsed[BESIDE]):
            parsed["intent"] = {"name": INTENT, "confidence": 1.0}
        elif not name:
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
        sessions = self.domain.session_config
        last = tracker.get_last_event_for(UserUttered) if sessions.are_sessions_enabled() else None
        if last is None:
            return False
        return bool(clock.minutes_since(last.metadata, last.timestamp) > sessions.session_expiration_time)


def _going_in_circles(*_: Iterable[Any]) -> None:
    raise TurnFailed("the turn", "too many actions without an end")
