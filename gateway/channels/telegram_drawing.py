"""What the assistant says as Telegram shows it: parts that are not too long, and choices as buttons and in words."""

from __future__ import annotations

import re
from typing import Any, Final

from buyer_protection.responses import text as words
from gateway.channels.channel import STAFF, Button, Outgoing
from gateway.channels.telegram_limits import (
    LONGEST_TEXT,
    MOST_BUTTONS,
    MOST_IN_A_ROW,
    READABLE_BUTTONS,
    READABLE_TITLE,
    ROW,
)

#: Where a text may be parted, the best first: between paragraphs, lines, sentences, words.
_ENDS: Final = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?])\s+"), re.compile(r"\s+"))


def drawn(message: Outgoing, *, again: bool) -> list[dict[str, Any]]:
    """The parameters of each `sendMessage` but for the chat; none where there is nothing to show.

    `again` says in words that it may have come before. The buttons stand under the last part.
    """
    said = message.text.strip()
    if message.buttons and (len(message.buttons) > READABLE_BUTTONS or _has_long_title(message.buttons)):
        choices = [words("utter_telegram_choice", title=button.title) for button in message.buttons]
        said = "\n".join([said, *choices]).strip()
    if not said and message.buttons:
        said = words("utter_telegram_choose")
    if not said:
        return []
    if message.sender == STAFF:
        said = words("utter_telegram_staff", text=said)
    if again:
        said = words("utter_sent_again", text=said)
    parts: list[dict[str, Any]] = [
        {"text": part, "link_preview_options": {"is_disabled": True}} for part in split(said, LONGEST_TEXT)
    ]
    if message.buttons:
        parts[-1]["reply_markup"] = {"inline_keyboard": keyboard(message.buttons[:MOST_BUTTONS])}
    return parts


def keyboard(buttons: tuple[Button, ...]) -> list[list[dict[str, str]]]:
    """Rows of buttons: short ones side by side, long ones each in a row of its own."""
    rows: list[list[dict[str, str]]] = []
    for button in buttons:
        beside = rows[-1] if rows else []
        length = sum(len(other["text"]) for other in beside) + len(button.title)
        if not beside or length > ROW or len(beside) == MOST_IN_A_ROW:
            rows.append([])
        rows[-1].append({"text": button.title, "callback_data": button.token})
    return rows


def split(text: str, longest: int) -> list[str]:
    """A text in parts of at most so many UTF-16 units, parted where a reader would; nothing but blanks gets lost."""
    parts = []
    rest = text.strip()
    while _units(rest) > longest:
        reach = _reach(rest, longest)
        end = _best_end(rest, reach)
        parts.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [part for part in [*parts, rest] if part]


def _best_end(text: str, reach: int) -> int:
    for end in _ENDS:
        # A part that is nearly empty is worse than one that ends in the middle of a paragraph.
        found = [match.start() for match in end.finditer(text, 0, reach + 1) if match.start() >= reach // 3]
        if found:
            return found[-1]
    return reach


def _reach(text: str, longest: int) -> int:
    """How many characters of a text fit."""
    units = 0
    for place, letter in enumerate(text):
        units += 2 if ord(letter) > 0xFFFF else 1
        if units > longest:
            return place
    return len(text)


def _units(text: str) -> int:
    return len(text) + sum(ord(letter) > 0xFFFF for letter in text)


def _has_long_title(buttons: tuple[Button, ...]) -> bool:
    return any(len(button.title) > READABLE_TITLE for button in buttons)
