"""The conversation in the terminal, over the private channel: for `make run`, until there is a page to open."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import httpx

from actions import words
from turns.clock import now
from turns.display import lines, pressed

#: Seconds; a turn may call several actions.
ANSWER_WITHIN: Final = 60.0
SECRET_HEADER: Final = "X-Buyer-Protection-Secret"
#: Said where not even a turn's own failure can be told.
UNREACHABLE: Final = "utter_unreachable"


class TerminalConversation:
    """One buyer's conversation, typed line by line."""

    def __init__(self, url: str, turn_secret: str, buyer: str) -> None:
        self._client = httpx.Client(
            base_url=url, headers={SECRET_HEADER: turn_secret}, timeout=ANSWER_WITHIN, trust_env=False
        )
        self._buyer = buyer
        self._conversation = f"terminal-{uuid.uuid4().hex}"
        self._offered: list[dict[str, Any]] = []

    def say(self, typed: str) -> list[str]:
        """The lines that answer what was typed; the words of a choice just offered press it."""
        payload = pressed(typed, self._offered)
        turn = {
            "id": f"terminal-{uuid.uuid4().hex}",
            "conversation": self._conversation,
            **({"payload": payload} if payload else {"text": typed}),
            "metadata": {
                "buyer_id": self._buyer,
                "channel": "terminal",
                "time_zone": time_zone(),
                "at": now().isoformat(),
            },
        }
        try:
            answer = self._client.post("/turns", json=turn).json()
        except (httpx.HTTPError, ValueError):
            return [words.text(UNREACHABLE)]
        messages = answer.get("messages") or []
        if "error" not in answer:
            self._offered = messages
        return [line for message in messages for line in lines(message)] or [words.text(UNREACHABLE)]


def converse(url: str, turn_secret: str, buyer: str, typed: Iterable[str]) -> None:
    """Prints the answer to each line typed, until there are no more. An empty line says nothing."""
    conversation = TerminalConversation(url, turn_secret, buyer)
    for line in typed:
        if line.strip():
            print("\n".join(conversation.say(line)), flush=True)


def time_zone() -> str:
    """The name of this machine's time zone, UTC where it has none."""
    name = os.environ.get("TZ", "")
    if not name:
        try:
            name = str(Path("/etc/localtime").resolve(strict=True)).partition("zoneinfo/")[2]
        except OSError:
            name = ""
    return name if "/" in name and not name.startswith(("/", ":")) else "UTC"
