"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect


class Instant(sa.types.TypeDecorator):  # type: ignore[misc]
    """A point in time: aware datetimes in, UTC out. SQLite keeps no offsets, so what it keeps is UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> datetime | None:
        """To the database: UTC, without the offset where the database has no place for one."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a point in time needs its offset")
        moment: datetime = value.astimezone(timezone.utc)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """From the database: an aware datetime in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).astimezone(timezone.utc)


#: A number that the database counts up; SQLite only does so for its own kind of integer.
Counted = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

#: A JSON value.
Json = sa.JSON().with_variant(JSONB(), "postgresql")
