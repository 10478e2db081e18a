"""What a source of orders answers, whatever it is: the table beside the claims, or the shop's own server.

A buyer's own order, or none: an order of somebody else and one that does not exist are the same answer (P-14).
"""

from __future__ import annotations

from typing import Protocol

from buyer_protection.orders.order import Order


class NothingKnown(Exception):
    """The shop's record cannot be asked now, or there is none; what was asked for may exist or not."""


class Orders(Protocol):
    """A source of orders. `buyer_id` is who the token or the link names, never what a page or a message says.

    May wait for another machine, a few seconds at most, so it is not called on an event loop.
    """

    def find(self, buyer_id: str, order_id: str) -> Order | None:
        """The buyer's order with this number, in whatever spelling; None where they have none. Raises NothingKnown."""

    def of_buyer(self, buyer_id: str) -> list[Order]:
        """The buyer's orders, the newest first, a hundred at most. Raises NothingKnown."""
