"""A shop's server of orders, on loopback: a real one, which behaves as badly as a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler], None]

SECRET = "what-the-shop-is-shown"


class Shop:
    """The server; `asked` are the requests so far, as path and headers. Set `answer` to what it does with one."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answer: Answer = says({}, 404)
        self.is_over = threading.Event()
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                shop.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                with suppress(OSError):  # whoever asked has gone
                    shop.answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/api"

    def __enter__(self) -> Shop:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Nobody is there any more."""
        self.is_over.set()
        self._server.shutdown()
        self._server.server_close()


def says(body: Any, status: int = 200, **headers: str) -> Answer:
    """Answers JSON, or bytes as they are."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(content)), **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(content)

    return answer


def drips(shop: Shop, start: bytes) -> Answer:
    """Begins to answer, and goes on with a byte now and then, for ever."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(start)
        while not shop.is_over.wait(0.05):
            request.wfile.write(b"a")
            request.wfile.flush()

    return answer


def is_silent(shop: Shop) -> Answer:
    """Takes the request and says nothing."""
    return lambda request: shop.is_over.wait() and None


def pours(shop: Shop) -> Answer:
    """Answers without an end, as fast as it can."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n")
        while not shop.is_over.is_set():
            request.wfile.write(b'"' + b"a" * 65_536)

    return answer
