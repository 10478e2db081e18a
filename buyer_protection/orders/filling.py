"""The table of a machine of one's own is filled with made-up orders, once: whatever is in it then stays as it is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.engine import Engine

from buyer_protection.disputes.database import connect
from buyer_protection.orders.looking_up import NothingKnown
from buyer_protection.orders.made_up import DEMO_BUYER, made_up_orders
from buyer_protection.orders.table import TableOrders
from buyer_protection.settings import Settings


def fill_in_development(known: Settings, now: datetime) -> None:
    """Where `make run` migrates: nothing happens in production, or where a shop's server is asked."""
    if known.is_development and not known.orders_url:
        engine = connect(known.database_url)
        fill_once(engine, now)
        engine.dispose()


def fill_once(engine: Engine, now: datetime, buyer_id: str = DEMO_BUYER) -> int:
    """Give a made-up buyer orders, with days counted from `now`, unless they have any; returns how many were kept."""
    table = TableOrders(engine)
    try:
        has_some = bool(table.of_buyer(buyer_id))
    except NothingKnown:
        has_some = False
    return 0 if has_some else table.keep(made_up_orders(now.date(), buyer_id), now)
