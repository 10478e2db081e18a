"""Posts a turn to Rasa, and says what came of it: what was said, or whose fault it is that nothing was."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import aiohttp

from buyer_protection.settings import SECRET_HEADER, Settings, secret

#: Seconds that a turn may take: several actions of eight seconds each.
TURN_WITHIN: Final = 30.0
CONNECT_WITHIN: Final = 2.0
#: Seconds in which Rasa says whether it is ready; whoever asks wants to know within two.
READY_WITHIN: Final = 1.6

_TURN: Final = aiohttp.ClientTimeout(total=TURN_WITHIN, sock_connect=CONNECT_WITHIN)
_READY: Final = aiohttp.ClientTimeout(total=READY_WITHIN)


class NoAnswer(Exception):
    """Nobody knows what became of the turn: Rasa was not reached, or did not answer. It can be posted again.

    `code` says why in one word.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TurnFailed(Exception):
    """Rasa ran the turn, and it failed; nothing of it was saved. It can be posted again."""


class TurnRefused(Exception):
    """Rasa does not take such a turn, today or tomorrow."""


@dataclass(frozen=True)
class Turn:
    """What is posted: a message's meaning to Rasa, and what is vouched for it."""

    id: str
    conversation: str
    text: str | None
    payload: str | None
    metadata: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The body of the post."""
        said = {"text": self.text} if self.payload is None else {"payload": self.payload}
        return {"id": self.id, "conversation": self.conversation, **said, "metadata": dict(self.metadata)}


class Rasa:
    """The Rasa processes that turns can be posted to: a conversation has one, and the others when that one is gone."""

    def __init__(self, known: Settings) -> None:
        self.urls = [url.strip().rstrip("/") for url in known.rasa_urls.split(",") if url.strip()] or [
            f"http://127.0.0.1:{known.rasa_port}"
        ]
        self._headers = {SECRET_HEADER: secret(known, "turn_secret")}
        self._client: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Ends the kept connections."""
        if self._client is not None:
            await self._client.close()

    async def post(self, turn: Turn) -> list[dict[str, Any]]:
        """What was said in the turn: dicts with `text`, `buttons`, `custom` and `response`, never none.

        Raises NoAnswer, TurnFailed or TurnRefused.
        """
        body = turn.as_json()
        for url in self._in_order(turn.conversation):
            try:
                async with self._session().post(f"{url}/turns", json=body) as response:
                    return _said(response.status, await response.read())
            except (aiohttp.ClientConnectorError, aiohttp.ServerTimeoutError):
                continue  # nobody was reached there
            except asyncio.TimeoutError:
                raise NoAnswer("timeout") from None
            except aiohttp.ClientError:
                # The connection broke: nobody knows how far the turn came, so nobody else may run it meanwhile.
                raise NoAnswer("broken_off") from None
        raise NoAnswer("unreachable")

    async def cut_off(self) -> list[str]:
        """The names of what Rasa cannot reach, `rasa` itself among them; empty when turns can be run."""
        cut = ["rasa"]
        for url in self.urls:
            try:
                async with self._session().get(f"{url}/turns/ready", timeout=_READY) as response:
                    is_known = response.status in (200, 503)
                    cut = list((await response.json()).get("cut", [])) if is_known else ["rasa"]
            except (aiohttp.ClientError, asyncio.TimeoutError, ValueError):
                continue
            if not cut:
                break
        return cut

    def _session(self) -> aiohttp.ClientSession:
        if self._client is None:  # made on the loop that uses it
            limits = aiohttp.TCPConnector(limit=200, keepalive_timeout=30)
            self._client = aiohttp.ClientSession(headers=self._headers, timeout=_TURN, connector=limits)
        return self._client

    def _in_order(self, conversation: str) -> list[str]:
        first = sum(conversation.encode()) % len(self.urls)
        return self.urls[first:] + self.urls[:first]


def _said(status: int, content: bytes) -> list[dict[str, Any]]:
    if status == HTTPStatus.BAD_REQUEST:
        raise TurnRefused
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        raise TurnFailed
    if status != HTTPStatus.OK:
        raise NoAnswer(f"status_{status}")
    try:
        messages: list[dict[str, Any]] = json.loads(content)["messages"]
    except (ValueError, KeyError, TypeError):
        raise NoAnswer("not_json") from None
    if not messages:
        raise NoAnswer("silence")
    return messages
