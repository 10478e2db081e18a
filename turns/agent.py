"""Rasa's agent with our processor, our words and a store that is believed: nothing falls back to forgetting."""

from __future__ import annotations

from typing import Any

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain

from buyer_protection.failpoints import reach
from buyer_protection.logs import in_code, traced
from buyer_protection.settings import settings
from turns import fast
from turns.conversations import Conversations, Taken
from turns.failure import TurnFailed, guard_remote_actions
from turns.one_at_a_time import OneAtATime
from turns.processor import TurnProcessor
from turns.quarantine import UNREADABLE, set_aside
from turns.replayed import Unreadable
from turns.replies import Reply, replies_of
from turns.turn import clean
from turns.without_tensorflow import ignore_training_graphs
from turns.words import Words

_logger = structlog.get_logger(__name__)

TURN_FAILED = "utter_turn_failed"


class TurnAgent(Agent):
    """Answers each message with what its turn said, or with one honest line if the turn failed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        fast.make_fast() if settings().fast else fast.make_stock()
        guard_remote_actions()
        ignore_training_graphs()
        kwargs["generator"] = kwargs.get("generator") or Words()
        super().__init__(*args, **kwargs)
        self._one_at_a_time = OneAtATime()

    def load_model(self, model_path: Any, fingerprint: str | None = None) -> None:
        """Loads a model for the next turns. Raises ValueError if it lacks the words for a turn that fails."""
        self.processor = TurnProcessor(
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            action_endpoint=self.action_endpoint,
            generator=self.nlg,
            http_interpreter=self.http_interpreter,
        )
        if isinstance(self.tracker_store, Conversations):
            self.tracker_store.live.clear()
        self.domain = self.processor.domain
        self._set_fingerprint(fingerprint)
        self.tracker_store.domain = self.domain
        self.nlg.responses = self.domain.responses
        for needed in (TURN_FAILED, UNREADABLE):
            if needed not in self.nlg.responses:
                raise ValueError(f"the model has no words for a turn that fails: {needed}")

    async def reply(self, message: UserMessage) -> list[Reply]:
        """The replies of a turn, from the store if it was run before. Never raises an Exception and is never empty."""
        with traced((message.metadata or {}).get("trace"), message.message_id):
            return await self._reply(message)

    async def _reply(self, message: UserMessage) -> list[Reply]:
        if message.parse_data is None:
            message.text = clean(message.text or "")
        try:
            async with self._one_at_a_time.turn_of(message.sender_id):
                reach("rasa.turn_taken")
                return await self._run(message)
        except TurnFailed as failure:
            reason = str(failure)
        except Exception as error:
            reason = in_code(error)
        _logger.error("turn.failed", reason=reason)
        return [self._failure(message.message_id)]

    async def _run(self, message: UserMessage) -> list[Reply]:
        try:
            recorded, tracker = await self._take(message)
        except Unreadable as unreadable:
            return await set_aside(self.tracker_store, self.nlg, message, unreadable)
        reach("rasa.state_loaded")
        said = replies_of(recorded, message.message_id)
        replies: list[Reply] = said or await self.processor.handle_message(message, tracker)
        return replies

    async def handle_message(self, message: UserMessage) -> list[Reply]:
        """As `reply`, and sends the replies to the message's own way out: for Rasa's own channels (the shell)."""
        way_out, message.output_channel = message.output_channel, Silent(message.output_channel.name())
        replies = await self.reply(message)
        for reply in replies:
            await way_out.send_response(message.sender_id, dict(reply))
        return replies

    async def _take(self, message: UserMessage) -> Taken:
        if isinstance(self.tracker_store, Conversations):
            return await self.tracker_store.take(message.sender_id, message.message_id)
        everything = await self.tracker_store.retrieve_full_tracker(message.sender_id)
        events = [event.as_dict() for event in everything.events] if everything else []
        return events, await self.tracker_store.retrieve(message.sender_id)

    def _failure(self, trace: str) -> Reply:
        said = self.nlg.generate_from_slots(TURN_FAILED, {}, "", trace=trace)
        custom = {"kind": "failure", "trace": trace}
        return {"text": said["text"], "buttons": [], "custom": custom, "response": TURN_FAILED}

    @staticmethod
    def _create_tracker_store(store: TrackerStore | None, domain: Domain) -> TrackerStore:
        # Rasa wraps the store in one that goes on with an empty conversation when the store fails; ours fails the turn.
        if store is None:
            return InMemoryTrackerStore(domain)
        store.domain = domain
        return store


class Silent(OutputChannel):
    """A way out that says nothing: what a turn said is read from the conversation once it is saved."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def name(self) -> str:
        """The channel that the reply is for, by which words may differ."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Says nothing."""
