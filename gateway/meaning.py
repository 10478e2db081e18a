"""From a kept message to the turn that is posted: what was typed, what a button stands for, what is too long."""

from __future__ import annotations

from json import dumps
from typing import Any, Final

from sqlalchemy.engine import Connection

from gateway import outbox, typed_text
from gateway.back_to_assistant import HAND_BACK, handed_back, wants_assistant
from gateway.buttons import Buttons
from gateway.channels.channel import BUTTON, EDIT
from gateway.inbox import BESIDE, Message
from gateway.posting import Turn

#: What Rasa is asked where there is nothing to read; nobody can type these.
REPEAT_QUESTION: Final = "/repeat_question"
WRITE_AT_LENGTH: Final = "/write_at_length"
EDIT_MESSAGE: Final = "/edit_message"
#: The kind of what is said by itself on the day on which a dispute can be opened.
REMINDER: Final = "reminder"
#: Vouched for where something was said by itself after the open question: a yes may be meant for either.
INTERRUPTED: Final = "interrupted"
#: Vouched for beside it where that was a reminder: the claim that it named.
REMINDED_OF: Final = "reminded_of"
#: Of a file that was accepted: what it is called as evidence.
EVIDENCE_ID: Final = "evidence_id"
#: So many of a message's files are told to Rasa that they fit into a payload; nobody sends more in a day.
_MOST_FILES: Final = 200


def is_too_long(message: Message) -> bool:
    """Whether a message is kept as a statement, and not read."""
    return message.kind != BUTTON and typed_text.is_too_long(message.text)


def turn_of(connection: Connection, messages: list[Message], buttons: Buttons) -> Turn:
    """The turn of a message, or of several that were sent as one."""
    first = messages[0]
    payload = _payload(connection, messages, buttons)
    text = None if payload else "\n".join(message.text for message in messages if message.text)
    return Turn(first.turn_id, first.conversation, text, payload, {**_vouched(first), **_beside(connection, first)})


def _beside(connection: Connection, message: Message) -> dict[str, Any]:
    """What is vouched for of something that was said by itself since the last answer."""
    said = outbox.said_beside(connection, message.conversation)
    if said is None:
        return {}
    of_claim = said.custom.get("reference") if said.custom.get("kind") == REMINDER else None
    return {INTERRUPTED: True, **({REMINDED_OF: of_claim} if of_claim else {})}


def _payload(connection: Connection, messages: list[Message], buttons: Buttons) -> str | None:
    first = messages[0]
    if first.own:
        return first.own
    if wants_assistant(first):
        reference = handed_back(connection, first)
        return HAND_BACK + (dumps({"handoff": reference}) if reference else "")
    if first.kind == BUTTON:
        return what_it_does(connection, first.conversation, first.button, buttons) or REPEAT_QUESTION
    if any(is_too_long(message) for message in messages):
        return WRITE_AT_LENGTH
    if first.kind == EDIT:
        return EDIT_MESSAGE
    if not any(message.text for message in messages):
        return _files_came(accepted_files(messages))
    return None


def accepted_files(messages: list[Message]) -> list[dict[str, Any]]:
    """The files that came with messages and were accepted; others were refused, or were lost on the way."""
    return [file for message in messages for file in message.files if EVIDENCE_ID in file]


def _files_came(files: list[dict[str, Any]]) -> str:
    return "/send_file" + dumps({"evidence_ids": [file[EVIDENCE_ID] for file in files[:_MOST_FILES]]})


def what_it_does(connection: Connection, conversation: str, token: str, buttons: Buttons) -> str | None:
    """The payload of a button while it is one of the newest replies, or of a reminder's, which has no end.

    None for one that has had its time or is not ours. Going on with a claim opens nothing by itself.
    """
    pressed = buttons.read(conversation, token)
    if pressed is None:
        return None
    reply = outbox.find(connection, conversation, pressed.outbox_id)
    if reply is None or pressed.index >= len(reply.buttons):
        return None
    has_no_end = reply.custom.get("kind") == REMINDER
    is_new = has_no_end or any(reply.id == newest.id for newest in outbox.newest_set(connection, conversation))
    return reply.buttons[pressed.index]["payload"] if is_new else None


def _vouched(message: Message) -> dict[str, Any]:
    return {
        **{name: value for name, value in message.metadata.items() if name not in BESIDE},
        "buyer_id": message.buyer_id,
        "channel": message.channel,
        "at": message.received_at.isoformat(),
        "trace": message.trace,
    }
