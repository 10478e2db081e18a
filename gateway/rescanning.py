"""A virus scanner is asked again what it has not answered, and a buyer is told of what it finds in a file after all."""

from __future__ import annotations

from datetime import datetime, timezone

from sqlalchemy.engine import Connection

from gateway import outbox
from gateway.channels.channel import ASSISTANT
from gateway.conversations import conversation_of
from gateway.handing_in import HandingIn
from gateway.looking import Looking
from gateway.notices import found_later
from gateway.outbox import Reply
from gateway.reaching import PAGE, place_of
from gateway.runner import Runner
from gateway.wake import Wake


class Rescanning(Looking):
    """Asks in this process; apart from all else, as it takes its time and nobody's message waits."""

    every = 10.0
    complaint = "recovery.cannot_scan"

    def __init__(self, handing_in: HandingIn, runner: Runner, wake: Wake) -> None:
        self._handing_in, self._runner, self._wake = handing_in, runner, wake

    async def look(self) -> None:
        """Every file that was not scanned yet."""
        for reply in await self._handing_in.rescan(datetime.now(timezone.utc), self._tell):
            self._runner.say(reply.conversation, [reply])

    def _tell(self, connection: Connection, buyer_id: str, name: str) -> Reply:
        """Said once: in the transaction that writes down what was found."""
        now, place = datetime.now(timezone.utc), place_of(connection, buyer_id)
        channel, address = (place.channel, place.address) if place else (PAGE, "")
        conversation = conversation_of(buyer_id)
        self._wake.tell_others(connection, conversation)
        said = found_later(name)
        return outbox.say(connection, conversation, said, sender=ASSISTANT, channel=channel, address=address, now=now)
