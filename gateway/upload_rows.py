"""Files that are being sent, as rows: whose, how long, until when, and what became of them. The bytes are elsewhere."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection

from buyer_protection.disputes.columns import Instant
from buyer_protection.disputes.tables import NAMING

metadata = sa.MetaData(naming_convention=NAMING)

#: After this an upload is gone, whether it was finished or not.
LIVES: Final = timedelta(hours=24)
#: Random bytes in the name of an upload: nobody guesses one.
_NAME_BYTES: Final = 16
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_JSON: Final = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

uploads = sa.Table(
    "uploads",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("buyer_id", sa.String(128), nullable=False, index=True),
    sa.Column("length", sa.BigInteger, nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("vouched", _JSON, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False, index=True),
    sa.Column("receipt", _JSON),
    sa.Column("error", sa.String(64), nullable=False),
)


@dataclass(frozen=True)
class Upload:
    """One file that is being sent, or was: `length` in bytes; `receipt` or `error` (a code) say what became of it."""

    id: str
    buyer_id: str
    length: int
    name: str
    vouched: Mapping[str, Any]
    created_at: datetime
    expires_at: datetime
    receipt: dict[str, Any] | None
    error: str

    @property
    def is_over(self) -> bool:
        """Whether it is known what became of it."""
        return self.receipt is not None or bool(self.error)


def new_name() -> str:
    """A name that nobody guesses: 22 letters that stand in an address as they are."""
    return secrets.token_urlsafe(_NAME_BYTES)


def is_name(text: str) -> bool:
    """Whether a text can be the name of an upload or of evidence; others are not asked for in the database."""
    return _NAME.fullmatch(text) is not None


def add(
    connection: Connection, *, buyer_id: str, length: int, name: str, vouched: Mapping[str, Any], now: datetime
) -> Upload:
    """A new upload. Needs a connection that writes."""
    upload = Upload(new_name(), buyer_id, length, name, dict(vouched), now, now + LIVES, None, "")
    connection.execute(sa.insert(uploads), vars(upload))
    return upload


def find(connection: Connection, buyer_id: str, name: str, now: datetime) -> Upload | None:
    """A buyer's upload; None if it is another's, is over its time, or never was: all the same to who asks."""
    query = sa.select(uploads).where(uploads.c.id == name, uploads.c.buyer_id == buyer_id, uploads.c.expires_at > now)
    found = _read(connection, query)
    return found[0] if found else None


def open_of(connection: Connection, buyer_id: str, now: datetime) -> list[Upload]:
    """What a buyer has begun to send and not finished, the oldest first."""
    mine = (uploads.c.buyer_id == buyer_id, uploads.c.expires_at > now)
    return _read(connection, sa.select(uploads).where(*mine, *_OPEN).order_by(uploads.c.created_at))


def all_open(connection: Connection, now: datetime, most: int) -> list[Upload]:
    """What anybody has begun to send and not finished."""
    return _read(connection, sa.select(uploads).where(uploads.c.expires_at > now, *_OPEN).limit(most))


def expired(connection: Connection, now: datetime, most: int) -> list[Upload]:
    """Uploads whose time is over."""
    return _read(connection, sa.select(uploads).where(uploads.c.expires_at <= now).limit(most))


def finish(connection: Connection, name: str, *, receipt: Mapping[str, Any] | None, error: str) -> None:
    """Says what became of an upload."""
    over = sa.update(uploads).where(uploads.c.id == name)
    connection.execute(over.values(receipt=dict(receipt) if receipt is not None else None, error=error))


def remove(connection: Connection, name: str) -> None:
    """Forgets an upload."""
    connection.execute(sa.delete(uploads).where(uploads.c.id == name))


_OPEN: Final = (uploads.c.receipt.is_(None), uploads.c.error == "")


def _read(connection: Connection, query: Any) -> list[Upload]:
    return [Upload(**row) for row in connection.execute(query).mappings()]
