"""Databases that fail: a PostgreSQL of its own that can be crashed, a wire to one, and a SQLite that another holds."""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from buyer_protection.disputes import migrate
from tests.faults.proxy import Proxy


class Crashing:
    """A PostgreSQL server for one test, which can be stopped without any care and started again."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pgserver
        self._server: Any = pgserver.get_server(folder, cleanup_mode="delete")
        self.url = str(self._server.get_uri("postgres"))

    def restart(self) -> None:
        """Stops at once, as in a crash, and starts again: what was committed is recovered from its log."""
        from pgserver._commands import pg_ctl

        stop = ["-w", "-m", "immediate", "stop"]
        pg_ctl(stop, pgdata=self._server.pgdata, user=self._server.system_user, timeout=20)
        self._server.ensure_postgres_running()

    def close(self) -> None:
        """Ends and leaves nothing."""
        self._server.cleanup()


@contextmanager
def crashing_postgresql(folder: Path) -> Iterator[Crashing]:
    """Such a server with a database in its newest shape."""
    folder.mkdir(parents=True, exist_ok=True)
    server = Crashing(folder)
    try:
        migrate(server.url)
        yield server
    finally:
        server.close()


@contextmanager
def wire_to(url: str) -> Iterator[tuple[Proxy, str]]:
    """A proxy to the server of a PostgreSQL URL, and the URL that goes through it."""
    where = make_url(url)
    folder = where.query.get("host") or where.host
    with Proxy(Path(str(folder)) / ".s.PGSQL.5432") as proxy:
        through = where.set(host="127.0.0.1", port=proxy.port, query={})
        yield proxy, through.render_as_string(hide_password=False)


@contextmanager
def held_by_another(url: str) -> Iterator[None]:
    """Inside, another process has the SQLite database at a URL for itself and writes nothing."""
    with closing(sqlite3.connect(str(make_url(url).database), timeout=30, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
