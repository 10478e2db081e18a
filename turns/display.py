"""Replies on a screen of text: what was said, and choices as words that can be typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from turns.turn import clean


def lines(reply: Mapping[str, Any]) -> list[str]:
    """A reply as lines: its text, and each choice in brackets. What is only for machines is not shown."""
    text = str(reply.get("text") or "")
    choices = "  ".join(f"[{button['title']}]" for button in reply.get("buttons") or ())
    return [*text.splitlines(), *([choices] if choices else [])]


def pressed(typed: str, replies: Iterable[Mapping[str, Any]]) -> str | None:
    """The payload of the choice whose words were typed, whatever the case; None if they are no choice just offered."""
    wanted = clean(typed).casefold()
    for reply in replies:
        for button in reply.get("buttons") or ():
            if wanted and str(button["title"]).casefold() == wanted:
                return str(button["payload"])
    return None
