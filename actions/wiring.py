"""The one place where actions get real things: settings and the database, opened at first use and never at import."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy.engine import Engine

from buyer_protection.disputes.database import connect
from buyer_protection.settings import Settings, settings


def engine() -> Engine:
    """The database of claims and disputes named by the settings."""
    return _engine_for(settings().database_url)


@lru_cache(maxsize=4)
def _engine_for(url: str) -> Engine:
    return connect(url)


def current_settings() -> Settings:
    """The settings as the environment has them now."""
    return settings()
