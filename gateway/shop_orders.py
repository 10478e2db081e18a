"""What a made-up buyer of the demo shop has ordered: at least one order for each thing that can go wrong."""

from __future__ import annotations

from datetime import date

from buyer_protection.orders import DEMO_BUYER, Order, made_up_orders
from gateway.parts import Parts

__all__ = ["DEMO_BUYER", "orders_of"]


def orders_of(_: Parts, buyer: str, today: date) -> list[Order]:
    """The orders of a made-up buyer, newest first."""
    return sorted(
        made_up_orders(today, buyer), key=lambda order: (order.ordered_on or today, order.order_id), reverse=True
    )
