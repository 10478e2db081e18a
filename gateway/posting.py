"""Posts a turn to Rasa, and says what came of it: what was said, or whose fault it is that nothing was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx

from buyer_protection.settings import Settings, secret

SECRET_HEADER: Final = "X-Buyer-Protection-Secret"
#: Seconds that a turn may take: several actions of eight seconds each.
TURN_WITHIN: Final = 30.0
CONNECT_WITHIN: Final = 2.0
#: Seconds in which Rasa says whether it is ready; whoever asks wants to know within two.
READY_WITHIN: Final = 1.6


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
        self._client = httpx.AsyncClient(
            headers={SECRET_HEADER: secret(known, "turn_secret")},
            timeout=httpx.Timeout(TURN_WITHIN, connect=CONNECT_WITHIN),
            limits=httpx.Limits(max_connections=200, max_keepalive_connections=100, keepalive_expiry=30.0),
            trust_env=False,
        )

    async def close(self) -> None:
        """Ends the kept connections."""
        await self._client.aclose()

    async def post(self, turn: Turn) -> list[dict[str, Any]]:
        """What was said in the turn: dicts with `text`, `buttons`, `custom` and `response`, never none.

        Raises NoAnswer, TurnFailed or TurnRefused.
        """
        body, failure = turn.as_json(), NoAnswer("unreachable")
        for url in self._in_order(turn.conversation):
            try:
                response = await self._client.post(f"{url}/turns", json=body)
            except httpx.ConnectError:
                continue
            except httpx.TimeoutException as error:
                if isinstance(error, httpx.ConnectTimeout):
                    continue
                raise NoAnswer("timeout") from None
            except httpx.HTTPError:
                # The connection broke: nobody knows how far the turn came, so nobody else may run it meanwhile.
                raise NoAnswer("broken_off") from None
            return _said(response)
        raise failure

    async def cut_off(self) -> list[str]:
        """The names of what Rasa cannot reach, `rasa` itself among them; empty when turns can be run."""
        cut = ["rasa"]
        for url in self.urls:
            try:
                response = await self._client.get(f"{url}/turns/ready", timeout=READY_WITHIN)
                cut = list(response.json().get("cut", [])) if response.status_code in (200, 503) else ["rasa"]
            except (httpx.HTTPError, ValueError):
                continue
            if not cut:
                break
        return cut

    def _in_order(self, conversation: str) -> list[str]:
        first = sum(conversation.encode()) % len(self.urls)
        return self.urls[first:] + self.urls[:first]


def _said(response: httpx.Response) -> list[dict[str, Any]]:
    try:
        body = response.json()
    except ValueError:
        raise NoAnswer("not_json") from None
    if response.status_code == httpx.codes.OK and isinstance(body.get("messages"), list) and body["messages"]:
        messages: list[dict[str, Any]] = body["messages"]
        return messages
    if response.status_code == httpx.codes.BAD_REQUEST:
        raise TurnRefused
    if response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
        raise TurnFailed
    raise NoAnswer(f"status_{response.status_code}")
