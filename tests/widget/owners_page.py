"""A marketplace's own page with the widget on it, on an origin of its own, under the strictest policy that works."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from buyer_protection.tokens import LIFETIME, mint

#: The page; its only script is a module of its own, because the policy lets nothing inline run.
_PAGE: Final = """<!doctype html>
<html lang="{locale}" dir="{direction}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Your orders</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script type="module" src="{gateway}/assets/widget/buyer-protection.js"></script>
<script type="module" src="/page.js"></script>
</head>
<body>
<header><h1>Your orders</h1></header>
<main><p>Order 8012345678: a blue lamp.</p><p><a href="/elsewhere">Another page</a></p></main>
<buyer-protection-chat base="{gateway}" locale="{locale}"></buyer-protection-chat>
</body>
</html>
"""
_SCRIPT: Final = """
const chat = document.querySelector('buyer-protection-chat');
chat.getToken = async () => {
  window.tokensAsked = (window.tokensAsked || 0) + 1;
  const answer = await fetch('/token' + location.search);
  if (!answer.ok) throw new Error('no token');
  return await answer.text();
};
"""
#: Colours of the page follow the system's, so that what is beside the widget is readable too.
_STYLE: Final = """
:root { color-scheme: light dark; font-family: sans-serif; }
@media (prefers-color-scheme: dark) { body { background: #16181d; color: #f2f2f2; } a { color: #9cc4ff; } }
"""


class OwnersSite:
    """The running site: addresses of its page for a buyer."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.origin = f"http://127.0.0.1:{server.server_port}"
        self._server = server

    def embeds(self, gateway: str, secret: str) -> None:
        """Says whose widget the page has, and what its tokens are signed with."""
        self._server.gateway, self._server.secret = gateway, secret  # type: ignore[attr-defined]

    def page_of(self, buyer: str, locale: str = "en", direction: str = "ltr", lasts: int = 0) -> str:
        """The address of the page of a buyer who is signed in.

        `lasts`: seconds that a token of theirs is good for; 0 for as long as can be.
        """
        given = {"buyer": buyer, "locale": locale, "direction": direction, "lasts": lasts}
        return f"{self.origin}/?{urlencode(given)}"


@contextmanager
def owners_site() -> Iterator[OwnersSite]:
    """Starts the site on a free port, and stops it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield OwnersSite(server)
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """The page, its script and its style, and tokens for whoever is signed in."""

    def do_GET(self) -> None:
        """Answers one request."""
        gateway, secret = self.server.gateway, self.server.secret  # type: ignore[attr-defined]
        asked = urlsplit(self.path)
        given = {name: values[0] for name, values in parse_qs(asked.query).items()}
        if asked.path == "/":
            filled = {name: escape(given.get(name, "")) for name in ("locale", "direction")}
            self._answer("text/html; charset=utf-8", _PAGE.format(gateway=gateway, **filled), _policy(gateway))
        elif asked.path == "/page.js":
            self._answer("text/javascript", _SCRIPT)
        elif asked.path == "/page.css":
            self._answer("text/css", _STYLE)
        elif asked.path == "/token":
            lasts = timedelta(seconds=int(given.get("lasts", 0))) or LIFETIME
            self._answer("text/plain", mint(given["buyer"], secret, datetime.now(timezone.utc) - LIFETIME + lasts))
        else:
            self.send_error(404)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""

    def _answer(self, kind: str, text: str, policy: str = "") -> None:
        content = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(content)


def _policy(gateway: str) -> str:
    """No script and no style but files of the page and of the gateway, and no text that becomes a page's code."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {gateway}",
            f"style-src 'self' {gateway}",
            f"connect-src 'self' {gateway}",
            f"img-src 'self' {gateway} blob: data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
