"""The conversation in the terminal, through the gateway like any buyer's: for `make run`, until there is a page."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import httpx

from actions import words
from turns.display import lines, pressed

#: Seconds; the gateway answers, or says that it will, within eight.
ANSWER_WITHIN: Final = 20.0
#: Seconds that a late answer is waited for before the next line can be typed.
LATE_WITHIN: Final = 60.0
_LOOK_AGAIN: Final = 0.5
#: Said where not even the gateway can be reached.
UNREACHABLE: Final = "utter_unreachable"

Message = dict[str, Any]


class TerminalConversation:
    """One buyer's conversation, typed line by line; `token` makes a token of the buyer's, which lives for minutes."""

    def __init__(self, url: str, token: Callable[[], str]) -> None:
        self._client = httpx.Client(base_url=f"{url}/widget", timeout=ANSWER_WITHIN, trust_env=False)
        self._token = token
        self._offered: list[Message] = []
        self._newest = 0

    def say(self, typed: str) -> Iterator[str]:
        """The lines that answer what was typed, as they come; the words of a choice just offered press it."""
        payload = pressed(typed, self._offered)
        said = {"payload": payload} if payload else {"text": typed}
        answer = self._ask("POST", json={"id": f"terminal-{uuid.uuid4().hex}", **said})
        messages, is_late = answer.get("messages") or [], bool(answer.get("pending"))
        yield from self._shown(messages)
        end = time.monotonic() + LATE_WITHIN
        while is_late and time.monotonic() < end:
            time.sleep(_LOOK_AGAIN)
            answer = self._ask("GET", params={"after": self._newest})
            news = [message for message in answer.get("messages") or [] if message["from"] != "buyer"]
            messages += news
            yield from self._shown(news)
            is_late = bool(answer.get("pending", True))
        if not messages:
            yield answer.get("error", {}).get("message") or words.text(UNREACHABLE)

    def _shown(self, messages: list[Message]) -> Iterator[str]:
        for message in messages:
            self._newest = max(self._newest, message["id"])
            yield from lines(message)
        if messages:
            self._offered = messages

    def _ask(self, method: str, **request: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token()}"}
        try:
            answer: dict[str, Any] = self._client.request(method, "/messages", headers=headers, **request).json()
        except (httpx.HTTPError, ValueError):
            return {}
        return answer


def converse(url: str, token: Callable[[], str], typed: Iterable[str]) -> None:
    """Prints the answer to each line typed, until there are no more. An empty line says nothing."""
    conversation = TerminalConversation(url, token)
    for line in typed:
        if line.strip():
            for answer in conversation.say(line):
                print(answer, flush=True)


def time_zone() -> str:
    """The name of this machine's time zone, UTC where it has none."""
    name = os.environ.get("TZ", "")
    if not name:
        try:
            name = str(Path("/etc/localtime").resolve(strict=True)).partition("zoneinfo/")[2]
        except OSError:
            name = ""
    return name if "/" in name and not name.startswith(("/", ":")) else "UTC"
