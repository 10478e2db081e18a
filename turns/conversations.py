"""Conversations in the database: Rasa's events, saved whole or not at all, and never forgotten in silence."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Connection
from sqlalchemy.orm import sessionmaker

from buyer_protection.disputes.database import connect
from buyer_protection.disputes.transactions import hold_conversation
from buyer_protection.settings import settings
from turns import event_rows
from turns.live_trackers import LiveTrackers, Standing
from turns.off_loop import OffLoop
from turns.replayed import Unreadable, replayed
from turns.replies import SESSION_START

_Answer = TypeVar("_Answer")
#: What was recorded of a turn that was run before, or the conversation to run it on (none if nothing was said yet).
Taken = tuple[list[dict[str, Any]], DialogueStateTracker | None]


class ConversationsUnavailable(RuntimeError):
    """The database cannot be reached or has no table for conversations."""


class ConversationChanged(RuntimeError):
    """Somebody else saved a turn of this conversation while this one ran; this one is not saved."""


class Conversations(SQLTrackerStore):
    """The store of conversations in the database of the settings; the table is a migration's, never made here.

    Every error of the database reaches the caller. `live` holds conversations that are going on: each is checked
    against the newest row before it is used, because another process may have written.
    """

    def __init__(
        self, domain: Domain | None = None, event_broker: EventBroker | None = None, url: str | None = None, **_: Any
    ) -> None:
        """Opens the database at `url`, or that of the settings. Raises ConversationsUnavailable."""
        TrackerStore.__init__(self, domain, event_broker)
        known = settings()
        self.engine = connect(url or known.database_url)
        self.sessionmaker = sessionmaker(bind=self.engine, future=True)  # for Rasa's own methods
        self.live = LiveTrackers() if known.fast else LiveTrackers(conversations=0)
        self._off_loop = OffLoop()
        try:
            self._in_transaction(lambda connection: event_rows.newest(connection, ""))
        except sa.exc.SQLAlchemyError as error:
            raise ConversationsUnavailable(f"the conversations cannot be read: {type(error).__name__}") from None

    async def take(self, conversation: str, turn: str) -> Taken:
        """What a turn needs, in one look at the database: what was recorded of it, or the conversation as it stands.

        The conversation is out of `live` until it is saved. Raises Unreadable.
        """
        live = self.live.take(conversation)

        def look(connection: Connection) -> Taken:
            newest = event_rows.newest(connection, conversation)
            if live is not None and live.standing.newest == newest:
                tracker = live
            elif newest:
                tracker = self._read(connection, conversation, newest, turn)
            else:
                return [], None
            if tracker is None or turn in tracker.standing.messages:
                return _readable(event_rows.everything(connection, conversation)), tracker
            return [], tracker

        recorded, tracker = await self._off_loop.run(lambda: self._in_transaction(look))
        if recorded and tracker is not None:
            self.live.put(tracker)
        return recorded, tracker

    def _read(
        self, connection: Connection, conversation: str, newest: int, turn: str = "", *, whole: bool = False
    ) -> DialogueStateTracker | None:
        """The conversation as it is written; None if it is unreadable but the turn was recorded. Raises Unreadable."""
        earlier: list[str] = []
        if whole:
            rows = event_rows.everything(connection, conversation)
        else:
            rows, earlier = event_rows.latest_session(connection, conversation)
        messages = event_rows.message_ids([*earlier, *rows])
        try:
            tracker = replayed(conversation, rows, self.domain.slots)
        except Unreadable as error:
            if turn in messages:
                return None
            raise Unreadable(error.at, newest) from None
        tracker.standing = Standing(newest, len(rows), messages)
        return tracker

    async def _retrieve(self, sender_id: str, fetch_events_from_all_sessions: bool) -> DialogueStateTracker | None:
        def read(connection: Connection) -> DialogueStateTracker | None:
            newest = event_rows.newest(connection, sender_id)
            if not newest:
                return None
            return self._read(connection, sender_id, newest, whole=fetch_events_from_all_sessions)

        return await self._off_loop.run(lambda: self._in_transaction(read))

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Adds what is new, in one transaction. Raises ConversationChanged if another turn was saved meanwhile."""
        await self.stream_events(tracker)
        standing = getattr(tracker, "standing", None) or Standing()
        new = list(tracker.events)[standing.events :]
        begins_anew = standing.events > 0 and any(map(_begins_session, new))
        if new:
            standing.newest = await self._write(tracker.sender_id, new, standing.newest)
            standing.events = len(tracker.events)
            standing.messages |= {event.message_id for event in new if isinstance(event, UserUttered)}
        tracker.standing = standing
        if not begins_anew:  # what is read next time is the new session alone
            self.live.put(tracker)

    async def set_aside(self, conversation: str, newest: int, name: str, tracker: DialogueStateTracker) -> None:
        """Keeps the rows of a conversation under another name, and begins it with the events of `tracker` instead.

        Raises ConversationChanged if it is not at its `newest` row any more.
        """
        await self._write(conversation, list(tracker.events), newest, new_name=name)

    async def _write(self, conversation: str, events: list[Event], newest: int, new_name: str = "") -> int:
        rows = [event_rows.row(conversation, event) for event in events]

        def write(connection: Connection) -> int:
            hold_conversation(connection, conversation)
            if event_rows.newest(connection, conversation) != newest:
                raise ConversationChanged("another turn of the conversation was saved meanwhile")
            if new_name:
                event_rows.rename(connection, conversation, new_name)
            event_rows.add(connection, rows)
            return event_rows.newest(connection, conversation)

        return await self._off_loop.run(lambda: self._in_transaction(write, writes=True))

    async def recorded(self, conversation: str, turn: str) -> list[dict[str, Any]]:
        """All events of the conversation if a message with this id is among them, otherwise none."""

        def read(connection: Connection) -> list[str]:
            if turn not in event_rows.message_ids(event_rows.messages(connection, conversation)):
                return []
            return event_rows.everything(connection, conversation)

        return _readable(await self._off_loop.run(lambda: self._in_transaction(read)))

    def _in_transaction(self, work: Callable[[Connection], _Answer], writes: bool = False) -> _Answer:
        with self.engine.connect().execution_options(writes=writes) as connection, connection.begin():
            return work(connection)


def _begins_session(event: Event) -> bool:
    return isinstance(event, ActionExecuted) and bool(event.action_name == SESSION_START)


def _readable(rows: list[str]) -> list[dict[str, Any]]:
    """Those of the events, as written, that can be read: what was said in one turn does not depend on another's."""
    events = []
    for data in rows:
        try:
            event = json.loads(data)
        except (TypeError, ValueError, RecursionError):
            continue
        if isinstance(event, dict) and isinstance(event.get("event"), str):
            events.append(event)
    return events
