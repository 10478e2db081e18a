"""A made-up shop for whoever develops: an order list of a made-up buyer, with the widget. Not there in production."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route, Router
from starlette.types import Scope

from buyer_protection.settings import widget_secret
from buyer_protection.tokens import mint
from gateway.errors import GatewayError
from gateway.parts import Parts
from gateway.shop_orders import DEMO_BUYER, orders_of

PAGE: Final = Path(__file__).with_name("shop_page")
_SCRIPTS: Final = ("shop.js", "en.js", "ar.js")
_FILES: Final = {**dict.fromkeys(_SCRIPTS, "text/javascript"), "shop.css": "text/css", "icon.svg": "image/svg+xml"}
#: The strictest page that a shop could be: what works here works on any.
_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
#: Whoever tries things out can be somebody new: `/?buyer=demo-2`. Nobody else can be spoken for.
_BUYER: Final = re.compile(r"demo-[a-z0-9-]{1,40}")


def routes(parts: Parts) -> list[BaseRoute]:
    """The page at `/`, its files, its orders and its tokens, in development; nothing elsewhere."""
    if not parts.settings.is_development or parts.settings.widget_public_key.strip():
        return []
    shop = Shop(parts)
    below = [Route("/token", shop.token), Route("/orders", shop.orders), Route("/{name}", shop.file)]
    return [Mount("/shop", app=Router(below)), FrontDoor("", app=Router([Route("/", shop.page)]))]


class FrontDoor(Mount):
    """The address `/` alone; what is asked for elsewhere is not swallowed."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether this is the address."""
        return super().matches(scope) if scope["path"] == "/" else (Match.NONE, {})


class Shop:
    """The made-up shop's server."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def page(self, _: Request) -> Response:
        """The order list."""
        headers = {"Content-Security-Policy": _POLICY, "Referrer-Policy": "no-referrer", "Cache-Control": "no-cache"}
        return FileResponse(PAGE / "index.html", media_type="text/html", headers=headers)

    async def file(self, request: Request) -> Response:
        """What the page is made of. Raises GatewayError for anything else."""
        name = request.path_params["name"]
        if name not in _FILES:
            raise GatewayError("not_found")
        return FileResponse(PAGE / name, media_type=_FILES[name], headers={"Cache-Control": "no-cache"})

    async def orders(self, request: Request) -> Response:
        """`{"buyer", "today", "orders": [...]}`, newest first."""
        buyer, now = _buyer(request), datetime.now(timezone.utc)
        found = await asyncio.to_thread(orders_of, self._parts, buyer, now)
        content = {"buyer": buyer, "today": now.date().isoformat(), "orders": [order.to_dict() for order in found]}
        return JSONResponse(content, headers={"Cache-Control": "no-store"})

    async def token(self, request: Request) -> Response:
        """`{"token"}` for the made-up buyer, about one of their orders or none. Raises GatewayError for another's."""
        buyer, order, now = _buyer(request), request.query_params.get("order", ""), datetime.now(timezone.utc)
        if order:
            found = await asyncio.to_thread(orders_of, self._parts, buyer, now)
            if order not in {each.order_id for each in found}:
                raise GatewayError("not_found")
        secret = widget_secret(self._parts.settings)
        content: dict[str, Any] = {"token": mint(buyer, secret, now, time_zone=_zone(request), order_id=order)}
        return JSONResponse(content, headers={"Cache-Control": "no-store"})


def _buyer(request: Request) -> str:
    name = request.query_params.get("buyer") or DEMO_BUYER
    if name != DEMO_BUYER and not _BUYER.fullmatch(name):
        raise GatewayError("not_found")
    return name


def _zone(request: Request) -> str:
    """The buyer's time zone; a real shop knows it from the account. One that does not exist is not heeded later."""
    zone = request.query_params.get("zone", "")
    return zone if re.fullmatch(r"[A-Za-z0-9_+/-]{1,64}", zone) else ""
