"""A PostgreSQL for one run, as it comes: what it confirms is on the disk."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def a_server() -> Iterator[str]:
    """The URL of an empty database on a server of its own, which ends with the context."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where it keeps its lock file does not matter here
        from pgserver.postgres_server import get_server
    server = get_server(tempfile.mkdtemp(prefix="bench-pg-"), cleanup_mode="delete")
    try:
        server.psql("CREATE DATABASE bench")
        yield server.get_uri("bench")
    finally:
        server.cleanup()
