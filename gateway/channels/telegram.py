"""Telegram as a way in and out: updates come by webhook or are fetched, both read the same way; replies are sent.

Off where no token is set. Only private chats: in a group one line says so, and nothing of it is looked at or kept.
"""

from __future__ import annotations

import hmac
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from buyer_protection.settings import secret
from gateway.channels.telegram_api import TelegramApi
from gateway.channels.telegram_polling import Polling
from gateway.channels.telegram_sending import TelegramSender
from gateway.channels.telegram_taking import CHANNEL, Taking
from gateway.channels.widget import read_json
from gateway.errors import GatewayError
from gateway.parts import Parts

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
#: Levels of lists and objects in an update: a keyboard in a message that answers another one.
DEEPEST: Final = 32


class Telegram:
    """The channel in one gateway process. Raises SettingsError for a webhook without a secret."""

    def __init__(self, parts: Parts) -> None:
        known = parts.settings
        self._parts = parts
        self.api: TelegramApi | None = None
        self._polling: Polling | None = None
        self._secret = b""
        if not known.telegram_token.get_secret_value():
            return
        if known.telegram_mode == "webhook":
            self._secret = secret(known, "telegram_secret").encode()
        self.api = TelegramApi(known)
        self._taking = Taking(parts, self.api)
        parts.delivery.senders[CHANNEL] = TelegramSender(self.api)
        parts.attachments.sources[CHANNEL] = self.api
        if known.telegram_mode == "polling":
            self._polling = Polling(parts.writer, self.api, self._taking.take, parts.runner.holder)

    def routes(self) -> list[Route]:
        """`POST /telegram`, which answers only where Telegram is to call us."""
        return [Route("/telegram", self.webhook, methods=["POST"])]

    async def start(self) -> None:
        """Begins to fetch updates, where they are fetched."""
        if self._polling:
            await self._polling.start()

    async def stop(self) -> None:
        """Takes no more updates."""
        if self._polling:
            await self._polling.stop()

    async def close(self) -> None:
        """Ends what is kept open; to be called when nothing is sent any more."""
        if self.api:
            await self._taking.finish()
            await self.api.close()

    async def webhook(self, request: Request) -> Response:
        """Takes one update: 200 once it is kept, and Telegram sends it again after anything else."""
        if not self._secret:
            raise GatewayError("not_found")
        shown = request.headers.get(SECRET_HEADER, "").encode("latin-1", "replace")
        if not hmac.compare_digest(shown, self._secret):
            raise GatewayError(
                "unauthorized", f"The header {SECRET_HEADER} is missing or wrong.", reason="telegram_secret"
            )
        await self._taking.take(await read_json(request, DEEPEST))
        return JSONResponse({"ok": True})
