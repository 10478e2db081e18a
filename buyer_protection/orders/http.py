"""Orders from the shop's own server, which is believed in what it says of one buyer, and in nothing else.

`GET {url}/orders/NUMBER?buyer=ID` answers an order, or 404; `GET {url}/orders?buyer=ID` answers `{"orders": [...]}`.
Whatever goes wrong with it (slow, down, too much, no JSON, not as expected) only means that nothing is known.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any, Final
from urllib.parse import quote

import httpx
import structlog

from buyer_protection.disputes import fields
from buyer_protection.orders.looking_up import NothingKnown
from buyer_protection.orders.order import Order, OrderError, same_number

log = structlog.get_logger(__name__)

#: Seconds for a whole answer, however it comes; a buyer waits for it.
LONGEST_WAIT: Final = 2.0
#: Bytes of an answer.
LARGEST_ANSWER: Final = 256 * 1024
#: Seconds in which a server that failed is not asked again.
PAUSE: Final = 15.0
MOST: Final = 100
#: Seconds more until an answer is no longer waited for at all.
_TO_GIVE_UP: Final = 0.5


class HttpOrders:
    """The orders of a shop's server; `secret` goes with each request (`Authorization: Bearer`)."""

    def __init__(
        self, url: str, secret: str, *, wait: float = LONGEST_WAIT, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._url, self._secret, self._wait, self._clock = url.rstrip("/"), secret, wait, clock
        self._not_before = float("-inf")
        self._trusted: ssl.SSLContext | None = None

    def find(self, buyer_id: str, order_id: str) -> Order | None:
        """The buyer's order with this number. An answer about another order or buyer is none. Raises NothingKnown."""
        buyer_id = fields.identifier("buyer_id", buyer_id)
        answer = self._asked(f"/orders/{quote(fields.order_id(order_id), safe='')}", buyer_id)
        if answer is None:
            return None
        order = _read(answer)
        if order.buyer_id != buyer_id or not same_number(order.order_id, order_id):
            log.warning("orders.not_the_one_asked_for")
            return None
        return order

    def of_buyer(self, buyer_id: str) -> list[Order]:
        """The buyer's orders, the newest first; those of anybody else are left out. Raises NothingKnown."""
        answer = self._asked("/orders", fields.identifier("buyer_id", buyer_id))
        if answer is None:
            return []
        listed = answer.get("orders") if isinstance(answer, dict) else None
        if not isinstance(listed, list):
            raise self._unknown("not_as_expected")
        found = [order for order in map(_read, listed[:MOST]) if order.buyer_id == buyer_id]
        return sorted(found, key=lambda order: (order.ordered_on is not None, order.ordered_on), reverse=True)

    def _asked(self, path: str, buyer_id: str) -> Any:
        """The JSON of an answer, None for 404."""
        if self._clock() < self._not_before:
            raise NothingKnown("the shop's server failed a moment ago")
        try:
            status, body = self._in_time(path, buyer_id)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
            self._not_before = self._clock() + PAUSE
            raise self._unknown(type(error).__name__) from None
        if status == httpx.codes.NOT_FOUND:
            return None
        if status != httpx.codes.OK:
            raise self._unknown(f"status_{status}")
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            raise self._unknown("not_json") from None

    def _in_time(self, path: str, buyer_id: str) -> tuple[int, bytes]:
        """Status and body within the time there is, however the answer comes: drop by drop, or not even a name."""
        answer: Future[tuple[int, bytes]] = Future()

        def ask() -> None:
            try:
                answer.set_result(asyncio.run(asyncio.wait_for(self._get(path, buyer_id), self._wait)))
            except BaseException as error:
                answer.set_exception(error)

        # A thread of its own: looking up a name cannot be broken off, only left behind.
        threading.Thread(target=ask, name="orders", daemon=True).start()
        try:
            return answer.result(self._wait + _TO_GIVE_UP)
        except (asyncio.TimeoutError, FutureTimeout):
            raise TimeoutError from None

    async def _get(self, path: str, buyer_id: str) -> tuple[int, bytes]:
        """Status and body. No redirect is followed and no proxy asked: the secret goes to this one address."""
        headers = {
            "Authorization": f"Bearer {self._secret}",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }
        async with (
            httpx.AsyncClient(timeout=self._wait, trust_env=False) as client,
            client.stream("GET", self._url + path, params={"buyer": buyer_id}, headers=headers) as response,
        ):
            body = bytearray()
            # As it came: what is packed, though nobody asked for that, is no JSON, and cannot grow.
            async for piece in response.aiter_raw():
                body += piece
                if len(body) > LARGEST_ANSWER:
                    raise httpx.DecodingError("too large")
            return response.status_code, bytes(body)

    def _tls(self) -> ssl.SSLContext | bool:
        """Whom to trust, read once: that takes longer than to ask."""
        if self._url.startswith("https:") and self._trusted is None:
            self._trusted = httpx.create_ssl_context()
        return self._trusted or False

    @staticmethod
    def _unknown(code: str) -> NothingKnown:
        log.warning("orders.unknown", code=code)
        return NothingKnown(code)


def _read(values: Any) -> Order:
    try:
        return Order.from_dict(values)
    except OrderError as error:
        log.warning("orders.unknown", code="not_as_expected", field=str(error).partition(":")[0])
        raise NothingKnown("not_as_expected") from None
