"""One turn of a message: what has to be kept before Rasa may speak of it, and then the turn itself."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes import STATEMENT, record_note
from buyer_protection.disputes.transactions import reading
from buyer_protection.failpoints import reach
from gateway.attachments import Attachments
from gateway.buttons import Buttons
from gateway.channels.channel import EDIT
from gateway.edits import keep_edit
from gateway.inbox import Message
from gateway.meaning import is_too_long, turn_of
from gateway.posting import Rasa, Turn
from gateway.work import Work


class OneTurn:
    """Runs turns; the same again does nothing twice."""

    def __init__(self, engine: Engine, rasa: Rasa, buttons: Buttons, attachments: Attachments) -> None:
        self._engine, self._rasa, self._buttons, self._attachments = engine, rasa, buttons, attachments

    async def run(self, work: Work) -> tuple[Work, list[dict[str, Any]]]:
        """What was said in the turn, and the work with what was found out meanwhile.

        Nothing is said, and no turn is run, while a person has the conversation.
        Raises NoAnswer, TurnFailed or TurnRefused.
        """
        work = await self._with_files(work)
        message = work.message
        if message.kind == EDIT:
            await asyncio.to_thread(keep_edit, self._engine, message)
        if work.handoff:
            return work, []
        if is_too_long(message):
            await asyncio.to_thread(_keep_statement, self._engine, message)
        reach("gateway.before_turn")
        said = await self._rasa.post(work.turn)
        reach("gateway.after_turn")
        return work, said

    async def _with_files(self, work: Work) -> Work:
        """The same with the files of the messages; how many there are is known only now."""
        if not any(message.files for message in work.messages):
            return work
        messages = await self._attachments.fetch(work.messages)

        def turn(connection: Connection) -> Turn:
            return turn_of(connection, messages, self._buttons)

        return replace(work, messages=messages, turn=await asyncio.to_thread(reading, self._engine, turn))


def _keep_statement(engine: Engine, message: Message) -> None:
    record_note(
        engine,
        buyer_id=message.buyer_id,
        claim_id=None,
        topic=STATEMENT,
        text=message.text,
        turn_id=message.turn_id,
        now=message.received_at,
    )
