"""The one place where actions get real things: settings and the database, opened at first use and never at import."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Final

from sqlalchemy.engine import Engine

from buyer_protection.disputes.database import connect
from buyer_protection.evidence import Store
from buyer_protection.settings import Settings, settings, variable

_DATABASE: Final = variable("database_url")


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


def current_settings() -> Settings:
    """The settings as the environment has them now."""
    return settings()
