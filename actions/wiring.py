"""The one place where actions get real things: settings and the database, opened at first use and never at import."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Final

from sqlalchemy.engine import Engine

from buyer_protection.disputes.database import connect
from buyer_protection.evidence import Store
from buyer_protection.orders import Orders, orders_of
from buyer_protection.settings import Settings, settings, variable

_DATABASE: Final = variable("database_url")
_ORDERS: Final = (variable("orders_url"), variable("orders_secret"))


def engine() -> Engine:
    """The database of claims and disputes named by the settings."""
    return _engine_for(os.environ.get(_DATABASE))


@lru_cache(maxsize=4)
def _engine_for(_set_to: str | None) -> Engine:
    """Reading all settings takes longer than most of what is then asked, so it is done once for each database."""
    return connect(settings().database_url)


def store() -> Store:
    """Where files of evidence lie."""
    return Store.of(current_settings())


def orders() -> Orders:
    """The shop's record of orders: its server, or the table in the database."""
    return _orders_for(os.environ.get(_DATABASE), *(os.environ.get(name) for name in _ORDERS))


@lru_cache(maxsize=4)
def _orders_for(*_set_to: str | None) -> Orders:
    """One for all turns: it remembers for a moment that a server failed."""
    return orders_of(settings(), engine())


def current_settings() -> Settings:
    """The settings as the environment has them now."""
    return settings()
