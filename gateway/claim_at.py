"""At which claim a conversation is: what Rasa wrote down last, so a file goes to that claim and to no other."""

from __future__ import annotations

import json
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from buyer_protection.disputes.tables import conversation_events

_events: Final = conversation_events.c
#: For a slot the column holds the slot's name (see `turns/event_rows.py`).
_NEWEST: Final = (
    sa.select(_events.data)
    .where(
        _events.sender_id == sa.bindparam("conversation"),
        _events.type_name == "slot",
        _events.action_name == "claim_id",
    )
    .order_by(_events.id.desc())
    .limit(1)
)


def claim_at(connection: Connection, conversation: str) -> str:
    """The id of the claim, which may not be kept yet; empty where the conversation is at none."""
    data = connection.scalar(_NEWEST, {"conversation": conversation})
    try:
        value = json.loads(data or "{}").get("value")
    except (AttributeError, ValueError):
        return ""  # a row that cannot be read is set aside by whoever reads it
    return value if isinstance(value, str) else ""
