"""Real databases for tests: a migrated SQLite file, and a migrated database on a real PostgreSQL, new for each test."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from buyer_protection.disputes import migrate

KINDS = ("sqlite", "postgresql")


@contextmanager
def empty_database(kind: str, folder: Path) -> Iterator[str]:
    """The URL of a database with nothing in it."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'empty.db'}"
        return
    with _postgresql_database("template1") as url:
        yield url


@contextmanager
def migrated_database(kind: str, folder: Path) -> Iterator[str]:
    """The URL of a database in its newest shape, with no rows."""
    if kind == "sqlite":
        shutil.copy(_migrated_file(), folder / "claims.db")
        yield f"sqlite:///{folder / 'claims.db'}"
        return
    _migrated_template()
    with _postgresql_database("migrated") as url:
        yield url


@lru_cache(maxsize=1)
def _migrated_file() -> Path:
    folder = tempfile.mkdtemp(prefix="migrated-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "claims.db"
    migrate(f"sqlite:///{path}")
    return path


@lru_cache(maxsize=1)
def _migrated_template() -> None:
    _server().psql("CREATE DATABASE migrated")
    migrate(_server().get_uri("migrated"))


@contextmanager
def _postgresql_database(template: str) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    _server().psql(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield _server().get_uri(name)
    finally:
        _server().psql(f"DROP DATABASE {name} WITH (FORCE)")


@lru_cache(maxsize=1)
def _server() -> Any:
    """One PostgreSQL for the whole run, on a socket in a folder of its own; it ends with this process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where it keeps its lock file does not matter here
        import pgserver
    server = pgserver.get_server(tempfile.mkdtemp(prefix="pg-"), cleanup_mode="delete")
    # Nothing here outlives the run, so nothing need reach the disk.
    server.psql("ALTER SYSTEM SET fsync = off;\nSELECT pg_reload_conf();")
    return server
