"""A conversation as it is told: what the buyer sent and what was said, in one series of numbers."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from gateway import outbox
from gateway.buttons import Buttons
from gateway.channels.channel import Button, Outgoing
from gateway.inbox import Message
from gateway.meaning import EVIDENCE_ID, accepted_files
from gateway.outbox import Reply
from gateway.tables import inbox

#: Messages in one answer; who wants more asks for what comes after the last.
MOST: Final = 200


def outgoing(reply: Reply, buttons: Buttons) -> Outgoing:
    """A reply as it leaves: choices with signed tokens in the place of what they do."""
    choices = tuple(
        Button(button["title"], buttons.token(reply.conversation, reply.id, index))
        for index, button in enumerate(reply.buttons)
    )
    return Outgoing(reply.id, reply.sender, reply.created_at, reply.text, choices, reply.custom)


def drawn(message: Outgoing) -> dict[str, Any]:
    """A message as a page gets it."""
    return {
        "id": message.id,
        "from": message.sender,
        "at": message.at.isoformat(),
        "text": message.text,
        "buttons": [{"title": button.title, "payload": button.token} for button in message.buttons],
        "custom": dict(message.custom),
    }


def sent(message: Message) -> dict[str, Any]:
    """What a buyer sent, as a page gets it; `custom` says what the page called it, or which files it holds."""
    return {
        "id": message.id,
        "from": "buyer",
        "at": message.received_at.isoformat(),
        "text": message.text,
        "buttons": [],
        "custom": _sent_as(message),
    }


def _sent_as(message: Message) -> dict[str, Any]:
    files = accepted_files([message])
    if files:
        told = [
            {"id": file[EVIDENCE_ID], "name": file["name"], "kind": file["kind"], "counts": file["counts"]}
            for file in files
        ]
        return {"kind": "sent_files", "files": told}
    named = message.native_id.partition(":")[2] if message.channel == "widget" else ""
    return {"kind": "sent", "id": named} if named else {}


def told_after(connection: Connection, conversation: str, after_id: int, buttons: Buttons) -> list[dict[str, Any]]:
    """What was told in a conversation after a number, oldest first, at most `MOST` messages."""
    query = sa.select(inbox).where(inbox.c.conversation == conversation, inbox.c.id > after_id)
    came = [Message(**row) for row in connection.execute(query.order_by(inbox.c.id).limit(MOST)).mappings()]
    said = outbox.after(connection, conversation, after_id, MOST)
    told = [sent(message) for message in came if not message.own] + [drawn(outgoing(reply, buttons)) for reply in said]
    return sorted(told, key=lambda each: int(each["id"]))[:MOST]
