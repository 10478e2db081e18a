"""What is said to a buyer who did not ask just now: written where the gateway's workers and staff write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa

from buyer_protection.disputes import connect
from gateway.conversations import conversation_of
from gateway.numbering import next_ids
from gateway.tables import outbox
from tests.faults.stage import Stage


def push(
    stage: Stage,
    buyer: str,
    text: str,
    *,
    sender: str = "assistant",
    buttons: Sequence[Mapping[str, str]] = (),
    custom: Mapping[str, Any] | None = None,
) -> int:
    """Says something in a buyer's conversation, and gives its number. The page hears of it through the gateway."""
    engine = connect(stage.url)
    try:
        with engine.begin() as connection:
            number = next_ids(connection)[0]
            row = {
                "id": number,
                "conversation": conversation_of(buyer),
                "inbox_id": None,
                "is_final": True,
                "position": 0,
                "sender": sender,
                "text": text,
                "buttons": [dict(button) for button in buttons],
                "custom": dict(custom or {}),
                "response": "",
                "created_at": datetime.now(timezone.utc),
                "channel": "widget",
                "address": "",
                "delivered_at": None,
                "tries": 0,
            }
            connection.execute(sa.insert(outbox).values(row))
        return number
    finally:
        engine.dispose()
