"""Where a buyer is reached who did not just write: where they wrote last, if that is still theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from gateway import links
from gateway.conversations import conversation_of
from gateway.tables import inbox

#: The channel that needs no address: a page fetches what was said when it is opened.
PAGE: Final = "widget"
_ZONE: Final = inbox.c.metadata["time_zone"].as_string()


@dataclass(frozen=True)
class Place:
    """A conversation, the channel and address that it goes on at, the buyer's zone, and when they wrote last."""

    conversation: str
    channel: str
    address: str
    zone: ZoneInfo
    wrote_at: datetime


def place_of(connection: Connection, buyer_id: str) -> Place | None:
    """Where a buyer is reached; None where nothing is kept that they wrote.

    A chat that is not linked to them any more may be anybody's: then it is their page. A zone that nobody named is UTC.
    """
    conversation = conversation_of(buyer_id)
    mine = sa.select(inbox).where(inbox.c.conversation == conversation).order_by(inbox.c.id.desc()).limit(1)
    newest = connection.execute(mine).one_or_none()
    if newest is None:
        return None
    zone = ZoneInfo(connection.execute(_zone_of(conversation)).scalar_one_or_none() or "UTC")
    channel, address = newest.channel, newest.address
    if address and not links.is_theirs(connection, channel=channel, user=address, buyer_id=buyer_id):
        channel, address = PAGE, ""
    return Place(conversation, channel, address, zone, newest.received_at)


def _zone_of(conversation: str) -> sa.sql.Select:
    """The zone that was named last; messengers name none."""
    named = sa.select(_ZONE).where(inbox.c.conversation == conversation, _ZONE.is_not(None), _ZONE != "")
    return named.order_by(inbox.c.id.desc()).limit(1)
