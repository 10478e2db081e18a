"""Sends what the assistant says to a Telegram chat."""

from __future__ import annotations

from typing import Any, Final

from gateway.channels.channel import NotDelivered, Outgoing
from gateway.channels.telegram_api import TelegramApi, TelegramAway, TelegramError
from gateway.channels.telegram_drawing import drawn

#: Seconds until Telegram is tried again when it does not answer; a little more for each time is not needed, because
#: each chat waits for itself and the connection is kept.
AGAIN_AFTER: Final = 2.0
#: The same where it does not know our token, or asks for a pause without saying how long.
LONG_PAUSE: Final = 30.0


class TelegramSender:
    """The sender of the channel."""

    def __init__(self, api: TelegramApi) -> None:
        self._api = api

    async def send(self, address: str, message: Outgoing, *, again: bool) -> None:
        """Sends one message, in parts if it is long. Raises NotDelivered; a part that came before comes again then."""
        has_arrived = False
        for part in drawn(message, again=again):
            try:
                await self._send(address, part)
            except NotDelivered as failure:
                failure.may_have_arrived |= has_arrived
                raise
            has_arrived = True

    async def _send(self, address: str, part: dict[str, Any]) -> None:
        try:
            await self._api.call("sendMessage", chat_id=int(address), **part)
        except TelegramAway as away:
            raise NotDelivered("away", wait=AGAIN_AFTER, may_have_arrived=away.may_have_arrived) from None
        except TelegramError as error:
            raise NotDelivered(str(error), wait=_wait(error)) from None


def _wait(error: TelegramError) -> float | None:
    """Seconds until it makes sense to try again; None where the chat or the message is refused for good."""
    if error.status == 429:
        return LONG_PAUSE if error.retry_after is None else error.retry_after
    return LONG_PAUSE if error.status in (401, 404) else None
