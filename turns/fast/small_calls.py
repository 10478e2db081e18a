"""An action is called with what it uses: slots, the latest message, and which messages and actions came last.

Rasa sends every event of the conversation and the whole domain with each call, two or three times in a turn.
"""

from __future__ import annotations

import dataclasses
from typing import Any, Final

import rasa
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from turns.fast import replace

#: Messages that a call goes back to: the latest and the one before it.
MESSAGES: Final = 2
#: The action that says again what was said goes further back, and sees that too; a moment asked for may lie between.
SAYS_AGAIN: Final = "action_say_again"
MESSAGES_SAID_AGAIN: Final = 6
#: Intents that come nearest to a message, for an action that asks back.
LIKELY: Final = 6
_OF_MESSAGE: Final = ("text", "intent", "entities", "message_id", "metadata", "beside", "language")


def put_in_place() -> None:
    """Replaces the body of a call; actions of other projects that ask for older events need the setting `fast` off."""
    replace(RemoteAction, "_action_call_format", _call)


def _call(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    message = tracker.latest_message
    known = message.parse_data if message else {}
    latest = {part: known[part] for part in _OF_MESSAGE if part in known}
    if "intent_ranking" in known:
        latest["intent_ranking"] = known["intent_ranking"][:LIKELY]
    return {
        "next_action": self.name(),
        "sender_id": tracker.sender_id,
        "tracker": {
            "sender_id": tracker.sender_id,
            "slots": tracker.current_slot_values(),
            "latest_message": {**latest, "entities": message.entities} if message else None,
            "events": _recent(tracker) if self.name() != SAYS_AGAIN else _said(tracker),
            "paused": tracker.is_paused(),
            "followup_action": tracker.followup_action,
            "active_loop": _loop(tracker),
            "latest_action_name": tracker.latest_action_name,
        },
        "domain": {},
        "version": rasa.__version__,
    }


def _loop(tracker: DialogueStateTracker) -> dict[str, Any]:
    # Without the message that began it: that one is of no use to an action and as long as a message can be.
    loop = tracker.active_loop
    return {**dataclasses.asdict(dataclasses.replace(loop, trigger_message=None))} if loop else {}


def _recent(tracker: DialogueStateTracker) -> list[dict[str, Any]]:
    """The messages and actions since the message before the latest, oldest first."""
    recent: list[dict[str, Any]] = []
    messages = 0
    for event in reversed(tracker.events):
        if isinstance(event, ActionExecuted):
            recent.append({"event": "action", "name": event.action_name})
        elif isinstance(event, UserUttered):
            recent.append({"event": "user", "message_id": event.message_id})
            messages += 1
            if messages == MESSAGES:
                break
    recent.reverse()
    return recent


def _said(tracker: DialogueStateTracker) -> list[dict[str, Any]]:
    """The last messages and what was answered to them, oldest first."""
    said: list[dict[str, Any]] = []
    messages = 0
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            said.append({"event": "bot", "text": event.text, "data": event.data, "metadata": event.metadata})
        elif isinstance(event, UserUttered):
            said.append({"event": "user", "message_id": event.message_id, "parse_data": {"intent": event.intent}})
            messages += 1
            if messages == MESSAGES_SAID_AGAIN:
                break
    said.reverse()
    return said
