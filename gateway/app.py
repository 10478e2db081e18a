"""The gateway as an ASGI application: channels, health, and one shape for every error."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from buyer_protection.settings import Settings, settings
from gateway import assets, errors, readiness, shop
from gateway.channels import calendar, evidence, uploads, widget
from gateway.channels.telegram import Telegram
from gateway.channels.telegram_linking import Linking
from gateway.origins import AllowedOrigins
from gateway.parts import Parts

DOCUMENT: Final = Path(__file__).with_name("openapi.yml")


def create_app(known: Settings | None = None) -> Starlette:
    """The application, by the settings. Raises SettingsError or DatabaseError; nothing is opened before it starts."""
    known = known or settings()
    parts = Parts(known)
    telegram = Telegram(parts)

    async def live(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def ready(_: Request) -> Response:
        cut = await readiness.cut_off(parts.engine, parts.rasa)
        return JSONResponse({"ready": not cut, "cut": cut}, status_code=503 if cut else 200)

    async def document(_: Request) -> Response:
        return JSONResponse(_document())

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await parts.start()
        await telegram.start()
        try:
            yield
        finally:
            await telegram.stop()
            await parts.stop()
            await telegram.close()

    app = Starlette(
        routes=[
            Route("/live", live),
            Route("/ready", ready),
            Route("/openapi.json", document),
            *widget.routes(parts),
            *uploads.routes(parts),
            *evidence.routes(parts),
            *calendar.routes(parts),
            *telegram.routes(),
            *Linking(parts, telegram.api).routes(),
            *assets.routes(),
            *shop.routes(parts),
        ],
        middleware=[Middleware(Traced), Middleware(AllowedOrigins, known=known)],
        exception_handlers=errors.handlers,
        lifespan=lifespan,
    )
    app.state.parts = parts
    return app


@lru_cache(maxsize=1)
def _document() -> Any:
    """Read when it is first asked for; reading it takes longer than a turn."""
    return yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))


class Traced:
    """Gives each request a trace, says it in a header, and keeps answers out of caches."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state: dict[str, Any] = scope.setdefault("state", {})
        state["trace"] = secrets.token_hex(8)

        async def traced(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"x-trace", state["trace"].encode()),
                    (b"x-content-type-options", b"nosniff"),
                ]
            await send(message)

        await self._app(scope, receive, traced)
