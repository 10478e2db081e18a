"""The rows of conversations: Rasa's events in the table of its SQL tracker store, in the order of their ids.

Every function works in a transaction of the caller's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import Event
from sqlalchemy.engine import Connection

from turns.replies import SESSION_START

Row = dict[str, Any]

_table: Final = SQLTrackerStore.SQLEvent.__table__
_of: Final = _table.c.sender_id == sa.bindparam("conversation")
_is_message: Final = _table.c.type_name == "user"

_NEWEST: Final = sa.select(sa.func.max(_table.c.id)).where(_of)
_ALL: Final = sa.select(_table.c.data).where(_of).order_by(_table.c.id)
# Rasa finds the latest session by time, and a clock that is put back hides it; the order of rows does not.
_SESSION: Final = sa.select(sa.func.max(_table.c.id)).where(
    _of, _table.c.type_name == "action", _table.c.action_name == SESSION_START
)
_SINCE: Final = sa.select(_table.c.data).where(_of, _table.c.id >= sa.bindparam("first")).order_by(_table.c.id)
_MESSAGES_BEFORE: Final = sa.select(_table.c.data).where(_of, _is_message, _table.c.id < sa.bindparam("first"))
_MESSAGES: Final = sa.select(_table.c.data).where(_of, _is_message)
_INSERT: Final = _table.insert()
_RENAME: Final = _table.update().where(_of).values(sender_id=sa.bindparam("new_name"))


def newest(connection: Connection, conversation: str) -> int:
    """The id of the newest row; 0 if there is none."""
    return connection.execute(_NEWEST, {"conversation": conversation}).scalar() or 0


def everything(connection: Connection, conversation: str) -> list[str]:
    """All events, as they were written, oldest first."""
    return list(connection.execute(_ALL, {"conversation": conversation}).scalars())


def latest_session(connection: Connection, conversation: str) -> tuple[list[str], list[str]]:
    """The events of the latest session, oldest first, and the messages of all sessions before it, as written."""
    first = connection.execute(_SESSION, {"conversation": conversation}).scalar() or 0
    known = {"conversation": conversation, "first": first}
    events = list(connection.execute(_SINCE, known).scalars())
    return events, list(connection.execute(_MESSAGES_BEFORE, known).scalars()) if first else []


def messages(connection: Connection, conversation: str) -> list[str]:
    """The messages of all sessions, as written."""
    return list(connection.execute(_MESSAGES, {"conversation": conversation}).scalars())


def add(connection: Connection, rows: Sequence[Row]) -> None:
    """Adds rows, in one statement."""
    connection.execute(_INSERT, list(rows))


def rename(connection: Connection, conversation: str, new_name: str) -> None:
    """Puts all rows of a conversation under another name."""
    connection.execute(_RENAME, {"conversation": conversation, "new_name": new_name})


def row(conversation: str, event: Event) -> Row:
    """An event as a row. Raises TypeError or ValueError for one that cannot be written."""
    data = event.as_dict()
    return {
        "sender_id": conversation,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": ((data.get("parse_data") or {}).get("intent") or {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def message_ids(rows: Iterable[str]) -> set[str]:
    """The ids of the messages among events as written. What cannot be read is passed over: it has no id."""
    found = set()
    for data in rows:
        try:
            event = json.loads(data)
        except (TypeError, ValueError, RecursionError):
            continue
        if isinstance(event, dict) and event.get("event") == "user" and isinstance(event.get("message_id"), str):
            found.add(event["message_id"])
    return found
