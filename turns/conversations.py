"""Conversations in the database: Rasa's events, saved whole or not at all, and never forgotten in silence."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import Session, sessionmaker

from buyer_protection.disputes.database import connect
from buyer_protection.settings import settings
from turns.replies import SESSION_START

_Answer = TypeVar("_Answer")


class ConversationsUnavailable(RuntimeError):
    """The database cannot be reached or has no table for conversations."""


class ConversationChanged(RuntimeError):
    """Somebody else saved a turn of this conversation while this one ran; this one is not saved."""


class Conversations(SQLTrackerStore):
    """The store of conversations in the database of the settings; the table is a migration's, never made here.

    Every error of the database reaches the caller. Work is done in threads, so that a slow disk stalls one turn only.
    """

    def __init__(
        self, domain: Domain | None = None, event_broker: EventBroker | None = None, url: str | None = None, **_: Any
    ) -> None:
        """Opens the database at `url`, or that of the settings. Raises ConversationsUnavailable."""
        TrackerStore.__init__(self, domain, event_broker)
        self.engine = connect(url or settings().database_url)
        self.sessionmaker = sessionmaker(bind=self.engine, future=True)
        try:
            with self.sessionmaker() as session:
                session.execute(sa.select(self.SQLEvent.id).limit(1))
        except sa.exc.SQLAlchemyError as error:
            raise ConversationsUnavailable(f"the conversations cannot be read: {type(error).__name__}") from None

    async def _retrieve(self, sender_id: str, fetch_events_from_all_sessions: bool) -> DialogueStateTracker | None:
        def read(session: Session) -> list[str]:
            query = self._event_query(session, sender_id, fetch_events_from_all_sessions)
            return [row.data for row in query]

        events = [json.loads(data) for data in await self._in_thread(read)]
        if not events:
            return None
        tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
        tracker.events_loaded = len(events)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Adds what is new, in one transaction. Raises ConversationChanged if another turn was saved meanwhile."""
        await self.stream_events(tracker)
        loaded = getattr(tracker, "events_loaded", 0)
        new = list(tracker.events)[loaded:]
        if not new:
            return

        def write(session: Session) -> None:
            self._wait_for_turn(session, tracker.sender_id)
            if self._event_query(session, tracker.sender_id, False).count() != loaded:
                raise ConversationChanged(tracker.sender_id)
            session.add_all(self._row(tracker.sender_id, event) for event in new)
            session.commit()

        await self._in_thread(write)
        tracker.events_loaded = loaded + len(new)

    async def recorded(self, conversation: str, turn: str) -> list[dict[str, Any]]:
        """All events of the conversation if a message with this id is among them, otherwise none."""
        event = self.SQLEvent

        def read(session: Session) -> list[str]:
            of_conversation = sa.select(event.data).where(event.sender_id == conversation)
            quoted = json.dumps(turn)
            message = of_conversation.where(event.type_name == "user", event.data.contains(quoted, autoescape=True))
            rows = session.execute(message).scalars()
            if not any(json.loads(row).get("message_id") == turn for row in rows):
                return []
            return list(session.execute(of_conversation.order_by(event.id)).scalars())

        return [json.loads(row) for row in await self._in_thread(read)]

    def _event_query(self, session: Session, sender_id: str, fetch_events_from_all_sessions: bool) -> Any:
        # Rasa finds the latest session by time, and a clock that is put back hides it; the order of rows does not.
        event = self.SQLEvent
        query = session.query(event).filter(event.sender_id == sender_id)
        if not fetch_events_from_all_sessions:
            starts = sa.select(sa.func.max(event.id)).where(
                event.sender_id == sender_id, event.type_name == "action", event.action_name == SESSION_START
            )
            query = query.filter(event.id >= sa.func.coalesce(starts.scalar_subquery(), 0))
        return query.order_by(event.id)

    def _wait_for_turn(self, session: Session, conversation: str) -> None:
        """Nobody else writes to the conversation until this transaction ends: what is counted now stays true."""
        session.connection(execution_options={"writes": True})  # on SQLite nobody else writes at all
        if self.engine.dialect.name == "postgresql":
            session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(conversation))))

    def _row(self, conversation: str, event: Event) -> Any:
        data = event.as_dict()
        return self.SQLEvent(
            sender_id=conversation,
            type_name=event.type_name,
            timestamp=data.get("timestamp"),
            intent_name=((data.get("parse_data") or {}).get("intent") or {}).get("name"),
            action_name=data.get("name"),
            data=json.dumps(data),
        )

    async def _in_thread(self, work: Callable[[Session], _Answer]) -> _Answer:
        def run() -> _Answer:
            with self.sessionmaker() as session:
                return work(session)

        return await asyncio.to_thread(run)
