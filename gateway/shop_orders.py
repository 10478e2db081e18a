"""What a made-up buyer of the demo shop has ordered: at least one order for each thing that can go wrong.

The page shows what the assistant will be told by the shop's record, which is filled for whoever is made up anew.
"""

from __future__ import annotations

from datetime import datetime

from buyer_protection.orders import DEMO_BUYER, NothingKnown, Order, fill_once
from buyer_protection.orders import orders_of as record_of
from gateway.parts import Parts

__all__ = ["DEMO_BUYER", "orders_of"]


def orders_of(parts: Parts, buyer: str, now: datetime) -> list[Order]:
    """The orders of a made-up buyer, newest first; none where the shop's server does not answer."""
    if not parts.settings.orders_url:
        fill_once(parts.engine, now, buyer)
    try:
        return record_of(parts.settings, parts.engine).of_buyer(buyer)
    except NothingKnown:
        return []
