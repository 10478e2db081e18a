"""How much was sent is counted in the database, so that all gateways count together, by its clock.

The library `limits` has no such storage; this is one, over a connection whose transaction belongs to the caller.
"""

from __future__ import annotations

import math
from typing import Final

import sqlalchemy as sa
from limits.storage import Storage
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from gateway.tables import database_now, rate_counts

#: Rows that one sweep takes away at most; it happens while somebody waits.
SWEPT_AT_ONCE: Final = 1_000


class RateCounts(Storage):
    """Counts under keys; each ends a number of seconds after its first count and then begins anew."""

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._connection = connection

    def incr(self, key: str, expiry: int, elastic_expiry: bool = False, amount: int = 1) -> int:
        """Count `amount` under `key` for `expiry` seconds, and tell the count; one statement on PostgreSQL.

        `elastic_expiry`: each count makes it last `expiry` seconds again.
        """
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        row = dialect.insert(rate_counts).values(name=key, count=amount, until=database_now() + expiry)
        # The clock is read once, in the row that would be new: read twice it could end the count but not the window.
        is_over = rate_counts.c.until <= row.excluded.until - expiry
        row = row.on_conflict_do_update(
            index_elements=[rate_counts.c.name],
            set_={
                "count": sa.case((is_over, row.excluded.count), else_=rate_counts.c.count + row.excluded.count),
                "until": row.excluded.until
                if elastic_expiry
                else sa.case((is_over, row.excluded.until), else_=rate_counts.c.until),
            },
        )
        if dialect is postgresql:
            return int(self._connection.execute(row.returning(rate_counts.c.count)).scalar_one())
        self._connection.execute(row)
        return int(self._connection.execute(sa.select(rate_counts.c.count).filter_by(name=key)).scalar_one())

    def get(self, key: str) -> int:
        """The count under `key` now."""
        counted = sa.select(rate_counts.c.count).where(rate_counts.c.name == key, rate_counts.c.until > database_now())
        return int(self._connection.scalar(counted) or 0)

    def seconds_left(self, key: str) -> int:
        """Whole seconds after which the count under `key` has ended; 0 where there is none."""
        left = self._connection.scalar(sa.select(rate_counts.c.until - database_now()).filter_by(name=key))
        return max(0, math.ceil(float(left or 0)))

    def get_expiry(self, key: str) -> int:
        """When the count under `key` ends, in whole seconds since 1970; now where there is none."""
        until = sa.select(rate_counts.c.until).where(rate_counts.c.name == key).scalar_subquery()
        return math.ceil(float(self._connection.scalar(sa.select(sa.func.coalesce(until, database_now())))))

    def check(self) -> bool:
        """Whether counts can be read; raises the database's error where they cannot."""
        self._connection.execute(sa.select(rate_counts.c.name).limit(1))
        return True

    def reset(self) -> int:
        """Forget every count; tells how many there were."""
        return int(self._connection.execute(sa.delete(rate_counts)).rowcount)

    def clear(self, key: str) -> None:
        """Forget the count under `key`."""
        self._connection.execute(sa.delete(rate_counts).filter_by(name=key))

    def sweep(self) -> int:
        """Forget counts that have ended, at most 1,000; tells how many. Rows that somebody is counting in stay."""
        over = sa.select(rate_counts.c.name).where(rate_counts.c.until <= database_now()).limit(SWEPT_AT_ONCE)
        names = over.with_for_update(skip_locked=True)
        return int(self._connection.execute(sa.delete(rate_counts).where(rate_counts.c.name.in_(names))).rowcount)
