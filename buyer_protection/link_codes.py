"""One-time codes with which somebody on a messaging channel shows which buyer they are.

A code is signed and expires; the buyer's id is not in it but in a row, under the code's digest: neither the code nor
the row alone says who belongs to whom, and no code can be made from the row.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Final, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes import fields
from buyer_protection.disputes.buyers import is_unlinked
from buyer_protection.disputes.columns import Instant
from buyer_protection.disputes.tables import NAMING
from buyer_protection.disputes.transactions import writing

#: How long a code can be used: as long as it takes to open the other application.
LIFETIME: Final = timedelta(minutes=10)
#: What a messenger lets through in a link (Telegram's `start` parameter).
LONGEST: Final = 64
#: A row is kept this much longer, so that an old code is told from a wrong one.
_REMEMBERED: Final = timedelta(days=1)

_PURPOSE: Final = b"buyer-protection link 1"
_CODE: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_RANDOM_BYTES, _TIME_BYTES, _MAC_BYTES = 12, 4, 16

metadata = sa.MetaData(naming_convention=NAMING)

#: Which buyer a code was made for; `digest` is the SHA-256 of the code. Made by migration 0006.
link_codes = sa.Table(
    "link_codes",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("buyer_id", sa.String(128), nullable=False),
    sa.Column("expires_at", Instant, nullable=False, index=True),
)


@dataclass(frozen=True)
class LinkCode:
    """A code, and the instant (UTC) from which it is worth nothing."""

    code: str
    expires_at: datetime


def mint(engine: Engine, secret: str, *, buyer_id: str, now: datetime) -> LinkCode:
    """A new code for a buyer, good for ten minutes from `now` (aware). Raises FieldError for an id no account has."""
    buyer_id = fields.identifier("buyer_id", buyer_id)
    if is_unlinked(buyer_id):
        raise fields.FieldError("buyer_id", "a buyer with an account is expected")
    expires = int((fields.instant(now) + LIFETIME).timestamp())
    said = secrets.token_bytes(_RANDOM_BYTES) + expires.to_bytes(_TIME_BYTES, "big")
    code = urlsafe_b64encode(said + _mac(secret, said)).rstrip(b"=").decode()
    minted = LinkCode(code, datetime.fromtimestamp(expires, timezone.utc))

    def keep(connection: Connection) -> None:
        connection.execute(sa.delete(link_codes).where(link_codes.c.expires_at < now - _REMEMBERED))
        row = {"digest": digest(code), "buyer_id": buyer_id, "expires_at": minted.expires_at}
        connection.execute(sa.insert(link_codes).values(row))

    writing(engine, keep)
    return minted


def what_is_wrong(secret: str, code: str, now: datetime) -> Literal["", "wrong", "expired"]:
    """Empty for a code that was signed here and has not ended; the database is not asked. Never raises."""
    if not _CODE.fullmatch(code):
        return "wrong"
    content = urlsafe_b64decode(code + "=")
    said, mac = content[:-_MAC_BYTES], content[-_MAC_BYTES:]
    # A code has one spelling only: the last letter holds two bits that say nothing.
    if not hmac.compare_digest(mac, _mac(secret, said)) or urlsafe_b64encode(content).rstrip(b"=").decode() != code:
        return "wrong"
    return "expired" if int.from_bytes(said[_RANDOM_BYTES:], "big") <= now.timestamp() else ""


def buyer_of(connection: Connection, code: str) -> str | None:
    """The buyer that a code was made for, used or not; None if nobody remembers it."""
    query = sa.select(link_codes.c.buyer_id).where(link_codes.c.digest == digest(code))
    buyer_id: str | None = connection.execute(query).scalar_one_or_none()
    return buyer_id


def digest(code: str) -> str:
    """What a code is called in the database: 64 hexadecimal digits."""
    return hashlib.sha256(code.encode()).hexdigest()


def _mac(secret: str, said: bytes) -> bytes:
    key = hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256)
    return hmac.digest(key, said, hashlib.sha256)[:_MAC_BYTES]
