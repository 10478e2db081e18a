"""What the gateway is made of, put together once for a process: nothing else opens or keeps anything."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from sqlalchemy.engine import Engine

from buyer_protection.disputes.database import connect
from buyer_protection.settings import Settings, gateway_secret
from gateway.accepting import Accepted, Accepting
from gateway.attachments import Attachments
from gateway.buttons import Buttons
from gateway.channels.channel import Incoming
from gateway.decent_hours import Hours
from gateway.delivery import Delivery
from gateway.errors import GatewayError
from gateway.handing_in import HandingIn
from gateway.identity import Identity
from gateway.one_reminder import not_delivered
from gateway.partials import Partials
from gateway.posting import Rasa
from gateway.rate_limits import RateLimits
from gateway.recovery import Recovery
from gateway.reminding import Reminding
from gateway.rescanning import Rescanning
from gateway.runner import Runner
from gateway.said import Said
from gateway.signed_paths import SignedPaths
from gateway.staff_says import StaffSays
from gateway.under_way import UnderWay
from gateway.upload_places import UploadPlaces
from gateway.upload_quota import UploadQuota
from gateway.uploads import Uploads
from gateway.wake import Wake
from gateway.writer import Writer

#: Seconds that turns under way have to be finished when the gateway ends.
FINISH_WITHIN: Final = 9.0
#: Threads for work with the database and with files.
THREADS: Final = 40


class Parts:
    """The parts of one gateway process, by the settings. Raises SettingsError or DatabaseError."""

    def __init__(self, known: Settings) -> None:
        self.settings = known
        self.engine: Engine = connect(known.database_url)
        name = _name_of_this_process()
        self.wake = Wake(self.engine, name)
        self.identity = Identity(known)
        self.buttons = Buttons(gateway_secret(known))
        self.rate_limits = RateLimits(known, self.engine)
        self.writer = Writer(self.engine)
        self.rasa = Rasa(known)
        self.said = Said()
        self.paths = SignedPaths(gateway_secret(known))
        self.partials = Partials(known.uploads_folder)
        self.handing_in = HandingIn(self.engine, known)
        self.upload_quota = UploadQuota(self.engine, self.handing_in.limits)
        self.attachments = Attachments(self.writer, self.partials, self.handing_in, self.upload_quota)
        self.runner = Runner(self.engine, self.writer, self.rasa, self.buttons, self.wake, self.attachments, name)
        self.delivery = Delivery(self.engine, self.writer, self.buttons, name)
        self.runner.on_said += [self.said.remember, self.delivery.tell]
        self.accepting = Accepting(self.engine, self.writer, self.buttons, self.runner, self.wake)
        self.uploads = Uploads(
            self.engine,
            self.writer,
            self.partials,
            self.handing_in,
            self.take,
            UnderWay(UploadPlaces(self.writer, name)),
            self.upload_quota,
        )
        hours = Hours(known.remind_from, known.remind_until)
        self.reminding = Reminding(self.engine, self.writer, self.runner, self.wake, hours, self.delivery.windows)
        self.delivery.on_refused.append(not_delivered)
        self.recovery = Recovery(self.engine, self.runner, self.uploads)
        self.rescanning = Rescanning(self.handing_in, self.runner, self.wake)
        self.staff_says = StaffSays(self.engine, self.writer, self.runner, self.wake)
        #: Whether this process is about to end: who waits is let go.
        self.is_ending = False

    async def start(self) -> None:
        """Begins to listen, and to look for what was left behind."""
        # More than the database takes at once: while it is silent, who comes is refused and not left waiting.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="gateway"))
        await self.runner.start()
        await self.wake.start()
        await self.recovery.start()
        await self.rescanning.start()
        await self.delivery.start()
        await self.reminding.start()
        await self.staff_says.start()

    async def stop(self) -> None:
        """Finishes the turns under way, within seconds; the rest is left to others, or to the next start."""
        self.let_go()
        await self.staff_says.stop()
        await self.reminding.stop()
        await self.rescanning.stop()
        await self.recovery.stop()
        await self.runner.finish(FINISH_WITHIN)
        await self.delivery.stop()
        await self.wake.stop()
        await self.rasa.close()
        self.writer.stop()
        self.engine.dispose()

    def let_go(self) -> None:
        """Lets go who only waits for something to happen, or sends a file: this process ends."""
        self.is_ending = True
        self.uploads.under_way.end_all()
        self.wake.everybody()

    async def take(self, incoming: Incoming) -> Accepted:
        """Keeps a message and has it run. Raises SQLAlchemyError if it was not kept."""
        accepted = await self.accepting.accept(incoming)
        if accepted.work is not None:
            self.runner.run(accepted.message.conversation, accepted.work)
        return accepted

    async def check_rate(self, buyer_id: str) -> None:
        """Raises GatewayError if a buyer has sent too much, with the seconds to wait."""
        if self.rate_limits.are_off:
            return
        wait = await asyncio.to_thread(self.rate_limits.check, buyer_id)
        if wait is not None:
            raise GatewayError("too_many", seconds=wait)


def _name_of_this_process() -> str:
    return f"{socket.gethostname()[:32]}-{os.getpid()}-{secrets.token_hex(4)}"
