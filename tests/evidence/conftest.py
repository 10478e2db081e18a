"""Every test here that takes `engine` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from tests.disputes.conftest import engine, url

__all__ = ["engine", "url"]
