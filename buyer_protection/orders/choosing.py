"""Which source of orders the settings name."""

from __future__ import annotations

from sqlalchemy.engine import Engine

from buyer_protection.orders.http import HttpOrders
from buyer_protection.orders.looking_up import Orders
from buyer_protection.orders.table import TableOrders
from buyer_protection.settings import Settings, secret


def orders_of(known: Settings, engine: Engine) -> Orders:
    """The shop's server where `orders_url` is set, else the table in the engine's database.

    Keep it: it remembers for a moment that a server failed. Raises `SettingsError` where a server has no secret.
    """
    return HttpOrders(known.orders_url, secret(known, "orders_secret")) if known.orders_url else TableOrders(engine)
