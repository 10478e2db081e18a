"""The widget as static files: what a shop's page loads with its one script tag."""

from __future__ import annotations

import asyncio
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Final

from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route, Router

from gateway.errors import GatewayError
from gateway.one_answer import one_answer

#: Beside this package in the source tree, and where it is installed.
WIDGET: Final = Path(__file__).resolve().parent.parent / "widget"
#: Where pages find it.
AT: Final = "/assets/widget"
ENTRY: Final = "buyer-protection"
_HEADERS: Final = {
    # A change is seen at once: asking whether there is one costs a short answer.
    "Cache-Control": "no-cache",
    # Pages of other sites load it; `gateway/origins.py` says which may speak for a buyer.
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def routes() -> list[Mount]:
    """The widget, and its words in one language: `buyer-protection.js` and `words/en.js`, compressed, with an ETag."""
    found = [Route(f"/{ENTRY}.js", _widget), Route("/words/{language:str}.js", _words)]
    return [Mount(AT, app=GZipMiddleware(Router(found), minimum_size=500))]


async def _widget(request: Request) -> Response:
    newest = max(path.stat().st_mtime_ns for path in WIDGET.glob("*.js"))
    return _answer(request, await asyncio.to_thread(_joined, newest))


async def _words(request: Request) -> Response:
    path = WIDGET / "words" / f"{request.path_params['language']}.js"
    if path not in (WIDGET / "words").glob("*.js"):
        raise GatewayError("not_found")
    return _answer(request, await asyncio.to_thread(path.read_bytes))


@lru_cache(maxsize=1)
def _joined(_newest: int) -> bytes:
    """The modules as they are now; who changes one sees it at once."""
    return one_answer(WIDGET, ENTRY).encode()


def _answer(request: Request, content: bytes) -> Response:
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {**_HEADERS, "ETag": etag}
    # What was compressed on the way comes back with a weak tag, or not.
    if etag in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="text/javascript", headers=headers)
