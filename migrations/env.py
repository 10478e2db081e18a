"""How a migration is run: everything in one transaction, one process at a time.

SQLite rebuilds a table to change it, and dropping the old one would trip the keys that point at it: so
foreign keys are off while migrations run, and every key is checked before the transaction is committed.
A rebuilt table loses its checks and triggers: a step that rebuilds one says them again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import NullPool

from buyer_protection.disputes.database import connect, read_url
from buyer_protection.disputes.tables import metadata
from buyer_protection.settings import settings

#: Any number will do, as long as it is always the same.
_LOCK = 20_070_411


class BrokenKeys(Exception):
    """Rows that point at nothing after a migration; nothing was committed."""


def _run(url: str) -> None:
    engine = _engine(url)
    with engine.connect() as connection:
        # Without write-ahead logging and the like, which are set on each connection of ours; foreign keys only here.
        if connection.dialect.name == "sqlite":
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
        with connection.execution_options(writes=True).begin():
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            context.configure(
                connection=connection,
                target_metadata=metadata,
                render_as_batch=connection.dialect.name == "sqlite",
                transactional_ddl=True,
                compare_type=True,
            )
            context.run_migrations()
            _check_keys(connection)
    engine.dispose()


def _engine(url: str) -> Engine:
    """An engine without the limits of a running service: a migration may take its time."""
    where = read_url(url)
    if where.get_backend_name() == "sqlite":
        return connect(url)
    return sa.create_engine(where, future=True, poolclass=NullPool, hide_parameters=True)


def _check_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise BrokenKeys(f"rows of {', '.join(sorted({row[0] for row in broken}))} point at nothing")


_run(context.config.attributes.get("url") or settings().database_url)
