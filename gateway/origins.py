"""Which pages may speak for a buyer: those in the settings, and no others. No cookie could ride along."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from buyer_protection.settings import Settings
from gateway.errors import GatewayError, error_response

_METHODS: Final = ("GET", "POST", "HEAD", "PATCH", "DELETE")
_HEADERS: Final = (
    "Authorization",
    "Content-Type",
    "Last-Event-ID",
    "Tus-Resumable",
    "Upload-Checksum",
    "Upload-Length",
    "Upload-Metadata",
    "Upload-Offset",
)
_SHOWN: Final = (
    "X-Trace",
    "Retry-After",
    "Location",
    "Tus-Checksum-Algorithm",
    "Tus-Resumable",
    "Tus-Version",
    "Tus-Extension",
    "Tus-Max-Size",
    "Upload-Expires",
    "Upload-Length",
    "Upload-Offset",
)


class AllowedOrigins:
    """Answers pages that may speak, refuses others; who sends no Origin is no page, and has a token or nothing."""

    def __init__(self, app: ASGIApp, known: Settings) -> None:
        self._app = app
        self._origins = {origin.strip().rstrip("/") for origin in known.origins.split(",") if origin.strip()}
        self._allowing = CORSMiddleware(
            app,
            allow_origins=sorted(self._origins),
            allow_methods=_METHODS,
            allow_headers=_HEADERS,
            expose_headers=_SHOWN,
            max_age=600,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None or origin == _own(headers, scope):
            await self._app(scope, receive, send)
        elif origin in self._origins:
            await self._allowing(scope, receive, send)
        else:
            refusal = error_response(GatewayError("origin_refused"), scope["state"]["trace"])
            await refusal(scope, receive, send)


def _own(headers: Headers, scope: Scope) -> str:
    """The origin of a page that this gateway serves itself."""
    return f"{scope.get('scheme', 'http')}://{headers.get('host', '')}"
