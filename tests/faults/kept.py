"""What a database holds at the end of a test, read once, for the checker to compare with what buyers did and heard."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa

from buyer_protection.disputes import connect
from buyer_protection.disputes.handoff_events import WROTE
from buyer_protection.disputes.handoff_tables import handoff_events
from buyer_protection.disputes.tables import conversation_events, dispute_events, disputes
from gateway.tables import inbox, outbox

Row = dict[str, Any]

_EVERYTHING = sa.select(conversation_events.c.sender_id, conversation_events.c.data).order_by(conversation_events.c.id)
_WENT_TO_STAFF = sa.select(handoff_events.c.message_id).where(handoff_events.c.kind == WROTE)

#: By itself PostgreSQL looks anew with each statement; a transaction of SQLite stays at its first look.
_AT_ONE_INSTANT: Final[dict[str, dict[str, str]]] = {
    "postgresql": {"isolation_level": "REPEATABLE READ"},
    "sqlite": {},
}


@dataclass
class Kept:
    """The rows of a database as plain dicts, in the order of their ids.

    `turns` are the ids of the messages that each conversation of Rasa's remembers, in the order in which it does.
    """

    inbox: list[Row] = field(default_factory=list)
    outbox: list[Row] = field(default_factory=list)
    disputes: list[Row] = field(default_factory=list)
    dispute_events: list[Row] = field(default_factory=list)
    turns: dict[str, list[str]] = field(default_factory=dict)
    #: Everything that Rasa remembers, as it is written: conversation and JSON.
    events: list[tuple[str, str]] = field(default_factory=list)
    #: The numbers of messages that went to a person of the staff, for which no turn is run.
    with_staff: set[int] = field(default_factory=set)

    #: Conversations whose turns a test has taken away, so that they cannot be compared.
    restored: set[str] = field(default_factory=set)

    def events_of(self, conversation: str) -> list[str]:
        """What Rasa remembers of one conversation."""
        return [data for sender, data in self.events if sender == conversation]


def kept_in(url: str) -> Kept:
    """What is in the database at a URL, all of it as it was at one instant: turns may be under way meanwhile."""
    engine = connect(url)
    try:
        with engine.connect().execution_options(**_AT_ONE_INSTANT[engine.dialect.name]) as connection:
            return Kept(
                inbox=_rows(connection, inbox),
                outbox=_rows(connection, outbox),
                disputes=_rows(connection, disputes),
                dispute_events=_rows(connection, dispute_events),
                turns=_turns(connection),
                events=[tuple(row) for row in connection.execute(_EVERYTHING)],
                with_staff=set(connection.execute(_WENT_TO_STAFF).scalars()),
            )
    finally:
        engine.dispose()


def _rows(connection: Any, table: sa.Table) -> list[Row]:
    return [dict(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()]


def _turns(connection: Any) -> dict[str, list[str]]:
    events = conversation_events.c
    users = sa.select(events.sender_id, events.data).where(events.type_name == "user").order_by(events.id)
    turns: dict[str, list[str]] = defaultdict(list)
    for sender, data in connection.execute(users):
        # What could not be read was set aside under another name, which ends in the conversation's.
        conversation = sender.rpartition(":")[2]
        try:
            turns[conversation].append(str(json.loads(data).get("message_id")))
        except ValueError:
            turns[conversation].append("unreadable")
    return dict(turns)
