"""What a buyer's page asks for to let the buyer go on in Telegram: a link that works once, for ten minutes."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, timezone
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway import links
from gateway.channels.telegram_api import TelegramApi, TelegramAway, TelegramError
from gateway.errors import GatewayError
from gateway.identity import authorization_of
from gateway.parts import Parts

_NAME: Final = re.compile(r"[A-Za-z0-9_]{3,64}")
#: Where Telegram opens a chat with a bot.
_OPENS: Final = "https://t.me/{name}?start={code}"


class Linking:
    """The page's side of a link. `api` is None where there is no Telegram."""

    def __init__(self, parts: Parts, api: TelegramApi | None) -> None:
        self._parts, self._api = parts, api
        self._name = ""

    def routes(self) -> list[Route]:
        """`POST /widget/link`, for the buyer that the token names."""
        return [Route("/widget/link", self.post, methods=["POST"])]

    async def post(self, request: Request) -> Response:
        """Answers `{"code", "url", "expires_at"}`; each code is new, and an older one keeps its own end."""
        buyer = self._parts.identity.of(authorization_of(request.headers))
        if self._api is None:
            raise GatewayError("not_found")
        await self._parts.check_rate(buyer.buyer_id)
        name = await self._bot(self._api)
        minted = await asyncio.to_thread(
            links.mint, self._parts.settings, self._parts.engine, buyer.buyer_id, datetime.now(timezone.utc)
        )
        url = _OPENS.format(name=name, code=minted.code)
        content = {"code": minted.code, "url": url, "expires_at": minted.expires_at.isoformat()}
        return JSONResponse(content, headers={"Cache-Control": "no-store"})

    async def _bot(self, api: TelegramApi) -> str:
        """What the bot is called, asked once."""
        if not self._name:
            try:
                known = await api.call("getMe")
            except (TelegramAway, TelegramError):
                raise GatewayError("unavailable", reason="telegram") from None
            name = known.get("username") if isinstance(known, dict) else None
            if not isinstance(name, str) or not _NAME.fullmatch(name):
                raise GatewayError("unavailable", reason="telegram_name")
            self._name = name
        return self._name
