"""The database: SQLite in a file, or PostgreSQL by URL, each with the settings that keep what was confirmed.

SQLite: write-ahead log, foreign keys, `synchronous=FULL` (a confirmed row survives a power cut), one writer at a time.
PostgreSQL: connections are tried before use, and neither connecting nor a statement can hang, also if the server or
the network is silent.
"""

from __future__ import annotations

import importlib.util
import select
import sqlite3
import threading
import time
from pathlib import Path
from random import uniform
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

if TYPE_CHECKING:
    from alembic.config import Config

BUSY_MILLISECONDS: Final = 2_000
CONNECT_SECONDS: Final = 3
STATEMENT_MILLISECONDS: Final = 5_000
LOCK_MILLISECONDS: Final = 3_000
#: Seconds in which a server that is there has answered, be it only that a statement took too long.
ANSWER_SECONDS: Final = 5.5
#: Seconds that who needs a connection waits for one that others use.
POOL_SECONDS: Final = 3

#: Held by the thread that is the next to write to SQLite.
_next_to_write: Final = threading.Lock()


class DatabaseError(Exception):
    """A database that cannot be used; the message is one line and holds no password."""


def connect(url: str) -> Engine:
    """An engine for a database; nothing is opened until it is used. Raises `DatabaseError` for a URL that cannot be."""
    where = read_url(url)
    if where.get_backend_name() == "sqlite":
        Path(str(where.database)).parent.mkdir(parents=True, exist_ok=True)
        return _sqlite(where)
    _give_up_on_silence()
    options = {
        "statement_timeout": STATEMENT_MILLISECONDS,
        "lock_timeout": LOCK_MILLISECONDS,
        "idle_in_transaction_session_timeout": 2 * STATEMENT_MILLISECONDS,
        "timezone": "UTC",
    }
    return sa.create_engine(
        where,
        future=True,
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=5,
        pool_timeout=POOL_SECONDS,
        hide_parameters=True,
        connect_args={
            "options": " ".join(f"-c {name}={value}" for name, value in options.items()),
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
        },
    )


def read_url(url: str) -> URL:
    """A database's URL, checked: a SQLite file or a PostgreSQL server; raises `DatabaseError`."""
    try:
        where = make_url(url)
        backend = where.get_backend_name()
    except ArgumentError as error:
        raise DatabaseError(
            "the database's URL cannot be read: sqlite:///FILE or postgresql://... is expected"
        ) from error
    if backend == "postgres":
        where, backend = where.set(drivername="postgresql"), "postgresql"
    if backend not in ("sqlite", "postgresql"):
        raise DatabaseError(f"{backend}: sqlite:///FILE or postgresql://... is expected")
    if backend == "sqlite" and where.database in (None, "", ":memory:"):
        raise DatabaseError("sqlite: a file is expected, because several processes share it")
    return where


def migrate(url: str, revision: str = "head") -> None:
    """Bring a database to the shape that this code expects; nothing happens where it has it already.

    One transaction: interrupted, it leaves the database as it was, and can be run again.
    """
    from alembic import command  # takes half a second, and most processes never migrate

    read_url(url)
    command.upgrade(migrations(url), revision)


def migrations(url: str) -> Config:
    """Alembic's configuration for a database."""
    from alembic.config import Config

    folder = importlib.util.find_spec("migrations")
    if folder is None or not folder.submodule_search_locations:
        raise DatabaseError("the migrations are not installed beside this package")
    configuration = Config()
    configuration.set_main_option("script_location", folder.submodule_search_locations[0].replace("%", "%%"))
    configuration.attributes["url"] = url
    return configuration


def _give_up_on_silence() -> None:
    """Lets psycopg2 wait for a server as long as it may take, and no longer: by itself it waits for ever."""
    import psycopg2.extensions

    psycopg2.extensions.set_wait_callback(_wait_for_answer)


def _wait_for_answer(connection: Any) -> None:
    """Returns when the server has answered. Raises OperationalError; psycopg2 then closes the connection."""
    from psycopg2 import OperationalError, extensions

    is_new = connection.status == extensions.STATUS_SETUP
    give_up_at = time.monotonic() + (CONNECT_SECONDS if is_new else ANSWER_SECONDS)
    wanted = {extensions.POLL_READ: select.POLLIN, extensions.POLL_WRITE: select.POLLOUT}
    while (state := connection.poll()) != extensions.POLL_OK:
        waiting = select.poll()
        waiting.register(connection.fileno(), wanted[state])
        left = give_up_at - time.monotonic()
        if left <= 0 or not waiting.poll(left * 1000):
            raise OperationalError("the server does not answer")


def _sqlite(where: URL) -> Engine:
    engine = sa.create_engine(
        where,
        future=True,
        poolclass=QueuePool,
        pool_size=5,
        max_overflow=5,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": BUSY_MILLISECONDS / 1000},
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # Python's driver would begin and commit on its own; we say when.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its turn at once: one that only finds out later that it must wait would have to give up."""
    if connection.get_execution_options().get("writes", False):
        _wait_to_write(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _wait_to_write(connection: Connection) -> None:
    """Begins to write as soon as nobody else does. Raises `DBAPIError` after `BUSY_MILLISECONDS`.

    SQLite itself waits in steps that grow to a tenth of a second, and a transaction here takes less than one of a
    thousandth. Of a process's threads one tries at a time: many would take the interpreter from one another and come
    late each time, while another process writes.
    """
    driver = connection.connection.dbapi_connection
    give_up_at = time.monotonic() + BUSY_MILLISECONDS / 1000
    driver.execute("PRAGMA busy_timeout=0").close()
    is_first = _next_to_write.acquire(timeout=BUSY_MILLISECONDS / 1000)
    try:
        while is_first and time.monotonic() < give_up_at:
            try:
                driver.execute("BEGIN IMMEDIATE").close()
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    break
            time.sleep(uniform(0.0003, 0.001))
        # The last try goes through SQLAlchemy, whose errors are the ones that everybody here looks for.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        if is_first:
            _next_to_write.release()
        driver.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}").close()
