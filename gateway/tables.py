"""The gateway's tables: every message in and out is a row before anything else happens with it.

Their shape in a database is made by migration 0003; a test compares the two.
"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

from buyer_protection.disputes.columns import Instant, Json
from buyer_protection.disputes.tables import NAMING

metadata = sa.MetaData(naming_convention=NAMING)

CONVERSATION: Final = sa.String(128)
CHANNEL: Final = sa.String(32)
#: What a channel names its messages, users and chats by.
NATIVE: Final = sa.String(255)

#: What buyers sent. `text` has been cleaned and redacted. `due_at` (seconds since 1970 by the database's clock) is when
#: a row that is not answered yet may be tried; `answered_by` names the row whose replies are also this one's.
inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("conversation", CONVERSATION, nullable=False),
    sa.Column("buyer_id", sa.String(128), nullable=False),
    sa.Column("channel", CHANNEL, nullable=False),
    sa.Column("native_id", NATIVE, nullable=False),
    sa.Column("address", NATIVE, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("button", sa.String(128), nullable=False),
    sa.Column("album", NATIVE, nullable=False),
    sa.Column("files", Json, nullable=False),
    sa.Column("metadata", Json, nullable=False),
    sa.Column("removed", Json, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("trace", sa.String(32), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("due_at", sa.Float, nullable=False),
    sa.Column("answered_at", Instant),
    sa.Column("answered_by", sa.BigInteger),
    sa.UniqueConstraint("channel", "native_id"),
    sa.CheckConstraint("kind IN ('text', 'button', 'file', 'edit')", name="kind"),
    sa.Index("ix_inbox_conversation_id", "conversation", "id"),
    sa.Index(
        "ix_inbox_waiting",
        "due_at",
        sqlite_where=sa.text("answered_at IS NULL"),
        postgresql_where=sa.text("answered_at IS NULL"),
    ),
)

#: What buyers hear. One set of final replies for each row of the inbox, and at most one line before it when a part
#: failed. `buttons` hold the payloads as they are; only signed tokens of them leave. `delivered_at` is for channels
#: that messages are sent to; a page fetches its own.
outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("conversation", CONVERSATION, nullable=False),
    sa.Column("inbox_id", sa.BigInteger, sa.ForeignKey(inbox.c.id)),
    sa.Column("is_final", sa.Boolean, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("sender", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("buttons", Json, nullable=False),
    sa.Column("custom", Json, nullable=False),
    sa.Column("response", sa.String(128), nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("channel", CHANNEL, nullable=False),
    sa.Column("address", NATIVE, nullable=False),
    sa.Column("delivered_at", Instant),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.UniqueConstraint("inbox_id", "is_final", "position"),
    sa.CheckConstraint("sender IN ('assistant', 'staff')", name="sender"),
    sa.Index("ix_outbox_conversation_id", "conversation", "id"),
    sa.Index(
        "ix_outbox_undelivered",
        "channel",
        "address",
        "id",
        sqlite_where=sa.text("delivered_at IS NULL AND address <> ''"),
        postgresql_where=sa.text("delivered_at IS NULL AND address <> ''"),
    ),
)

#: Who may do what nobody else may do meanwhile. `fence` grows each time it is taken; `until` is by the clock of the
#: database.
leases = sa.Table(
    "leases",
    metadata,
    sa.Column("name", sa.String(192), primary_key=True),
    sa.Column("holder", sa.String(64), nullable=False),
    sa.Column("fence", sa.BigInteger, nullable=False),
    sa.Column("until", sa.Float, nullable=False),
)

#: Which buyer somebody on a messaging channel is. `user` is the channel's name for them.
links = sa.Table(
    "links",
    metadata,
    sa.Column("channel", CHANNEL, primary_key=True),
    sa.Column("user", NATIVE, primary_key=True),
    sa.Column("buyer_id", sa.String(128), nullable=False, index=True),
    sa.Column("linked_at", Instant, nullable=False),
)

#: One-time codes that were used, so that they are not used again.
used_codes = sa.Table(
    "used_codes",
    metadata,
    sa.Column("code", sa.String(64), primary_key=True),
    sa.Column("used_at", Instant, nullable=False),
)

#: How much somebody sent within a window of time that ends at `until`, by the database's clock.
rate_counts = sa.Table(
    "rate_counts",
    metadata,
    sa.Column("name", sa.String(200), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("until", sa.Float, nullable=False, index=True),
)


class database_now(sa.sql.functions.FunctionElement):  # type: ignore[misc]
    """Seconds since 1970 by the database's clock: the one clock that all processes share."""

    type = sa.Float()
    inherit_cache = True


@compiles(database_now, "sqlite")
def _now_of_sqlite(*_: Any, **__: Any) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(database_now, "postgresql")
def _now_of_postgresql(*_: Any, **__: Any) -> str:
    return "extract(epoch FROM clock_timestamp())::float8"
