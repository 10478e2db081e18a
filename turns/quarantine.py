"""A conversation with a row that cannot be read is set aside, and the buyer is told so instead of being met as new.

Only that conversation is touched. Its rows are kept for support under another name; what is in the database of claims
and disputes is not concerned. The answer is recorded, so that the next message begins a conversation afresh.
"""

from __future__ import annotations

import uuid
from typing import Final

import structlog
from rasa.core.actions.action import create_bot_utterance
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import SessionStarted, UserUttered

from turns.conversations import Conversations
from turns.replayed import Unreadable
from turns.replies import Reply, replies_of
from turns.words import Words

UNREADABLE: Final = "utter_conversation_unreadable"
#: How the name begins under which the rows are kept; no conversation of a buyer's is called so.
PREFIX: Final = "quarantine:"

_logger = structlog.get_logger(__name__)


async def set_aside(store: Conversations, words: Words, message: UserMessage, unreadable: Unreadable) -> list[Reply]:
    """Sets the conversation of a message aside and returns what the buyer hears, recorded as the message's answer.

    Raises ConversationChanged if somebody else has written to it since; the same message may then be sent again.
    """
    name = f"{PREFIX}{uuid.uuid4().hex}:{message.sender_id}"[:255]
    said = words.generate_from_slots(UNREADABLE, {}, "", trace=message.message_id)
    said |= {"utter_action": UNREADABLE, "custom": {"kind": "failure", "trace": message.message_id}}
    tracker = store.init_tracker(message.sender_id)
    tracker.update(UserUttered(message.text, message_id=message.message_id, metadata=message.metadata))
    tracker.update(create_bot_utterance(said))
    # What was before the beginning of a session is not looked at any more: the next message is met as the first.
    tracker.update(SessionStarted())
    await store.set_aside(message.sender_id, unreadable.newest, name, tracker)
    _logger.error("conversation.set_aside", turn=message.message_id, name=name, count=unreadable.at)
    return replies_of((event.as_dict() for event in tracker.events), message.message_id) or []
