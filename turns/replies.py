"""The replies of a turn, read from the conversation's events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

SESSION_START = "action_session_start"

Event = Mapping[str, Any]
Reply = dict[str, Any]


def replies_of(events: Iterable[Event], turn: str) -> list[Reply] | None:
    """What was said in the turn with this id, from the raw events of the whole conversation, oldest first.

    None if the conversation has no such turn. What a new session says first stands before the message that began it.
    The first answer and a repeated one are made here alike.
    """
    opening: list[Reply] = []  # said by the start of a session that no message has followed yet
    is_opening = False
    replies: list[Reply] | None = None
    for event in events:
        kind = event["event"]
        if kind == "user":
            is_this = event.get("message_id") == turn
            if replies is None and is_this:
                replies = opening
            elif replies is not None and not is_this:
                break
            opening, is_opening = [], False
        elif kind == "action" and event.get("name") == SESSION_START:
            if replies is not None:
                break
            opening, is_opening = [], True
        elif kind == "bot" and replies is not None:
            replies.append(reply_of(event))
        elif kind == "bot" and is_opening:
            opening.append(reply_of(event))
    return replies


def reply_of(event: Event) -> Reply:
    """One thing said: `text`, `buttons`, `custom` and `response`, the name of its words; each may be empty."""
    data = event.get("data") or {}
    return {
        "text": event.get("text") or "",
        "buttons": [_button(button) for button in data.get("buttons") or ()],
        "custom": data.get("custom") or {},
        "response": (event.get("metadata") or {}).get("utter_action") or "",
    }


def _button(button: Mapping[str, Any]) -> dict[str, str]:
    return {"title": str(button.get("title", "")), "payload": str(button.get("payload", ""))}
