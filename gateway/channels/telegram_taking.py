"""From one update of Telegram to a row of the inbox: who writes, in whose conversation, once and in order."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from datetime import datetime, timezone
from typing import Any, Final
from weakref import WeakValueDictionary

import structlog
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from buyer_protection.disputes.transactions import reading
from buyer_protection.logs import in_code
from buyer_protection.settings import gateway_secret
from gateway import inbox, links, unanswered
from gateway.answering import Answering
from gateway.channels.channel import BUTTON, EDIT, FILE, TEXT, Incoming
from gateway.channels.telegram_api import TelegramApi
from gateway.channels.telegram_courtesy import Courtesy
from gateway.channels.telegram_updates import GROUP, HELP, START, UNLINK, Update, read
from gateway.errors import GatewayError
from gateway.links import CodeRefused, Speaker
from gateway.meaning import what_it_does
from gateway.parts import Parts

CHANNEL: Final = "telegram"
#: Seconds that a link waits for the answers to what its user sent before.
LINK_WAITS: Final = 5.0
#: Seconds that the first of an album waits for the others.
ALBUM_WAITS: Final = 1.0
#: Albums whose first part was counted; the others are the same message to whoever counts.
_ALBUMS: Final = 1000

_logger = structlog.get_logger(__name__)


class Taking:
    """Takes updates, those of one user one after another."""

    def __init__(self, parts: Parts, api: TelegramApi) -> None:
        self._parts = parts
        self._answering = Answering(parts)
        self._secret = gateway_secret(parts.settings)
        self._bot = api.bot
        self._courtesy = Courtesy(api, parts)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._albums: OrderedDict[str, None] = OrderedDict()

    async def take(self, raw: Any) -> None:
        """Keeps what an update says. Raises SQLAlchemyError if it could not be kept, and is to come again."""
        update = read(raw)
        if update is None:
            return
        if update.kind == GROUP:
            self._courtesy.tell_group(update)
            return
        lock = self._turns.setdefault(update.user, asyncio.Lock())
        try:
            async with lock:
                await self._take(update)
        except SQLAlchemyError:
            raise
        except Exception as error:
            # A fault of ours: it would come again for ever, and what is behind it would wait for ever.
            _logger.error("telegram.not_taken", reason=in_code(error))

    async def finish(self) -> None:
        """Ends what is only a courtesy."""
        await self._courtesy.finish()

    async def _take(self, update: Update) -> None:
        now = datetime.now(timezone.utc)
        speaker = await asyncio.to_thread(links.speaker, self._parts.engine, channel=CHANNEL, user=update.user, now=now)
        is_known, is_live = await self._look(update, speaker)
        if is_known:
            self._courtesy.answer_press(update)
            return
        if not await self._may_send(update, speaker):
            self._courtesy.answer_press(update)
            return
        if update.kind in (START, UNLINK, HELP):
            speaker, notices = await self._obey(update, speaker, now)
        else:
            notices = update.notices
        accepted = await self._answering.take(self._incoming(update, speaker, notices))
        if update.kind == BUTTON:
            self._courtesy.answer_press(update)
            self._courtesy.mark_chosen(update, is_live=is_live)
        if accepted.is_new:
            self._courtesy.show_typing(update.chat, accepted.message)

    def _incoming(self, update: Update, speaker: Speaker, notices: tuple[str, ...]) -> Incoming:
        vouched: dict[str, Any] = {"is_linked": speaker.is_linked}
        if update.locale:
            vouched["locale"] = update.locale
        return Incoming(
            channel=CHANNEL,
            native_id=self._native(update),
            buyer_id=speaker.buyer_id,
            conversation=speaker.conversation,
            kind=update.kind if update.kind in (BUTTON, EDIT, FILE) else TEXT,
            text=update.text,
            button=update.button,
            files=update.files,
            album=update.album,
            waits=ALBUM_WAITS if update.album else 0.0,
            address=update.chat,
            vouched=vouched,
            notices=notices,
            about="" if update.kind == BUTTON else str(update.message),
        )

    def _native(self, update: Update) -> str:
        """An update's number is one of the bot's: another bot begins anew."""
        return f"{self._bot}:{update.number}"

    async def _look(self, update: Update, speaker: Speaker) -> tuple[bool, bool]:
        """Whether an update was taken before, and whether it presses a button that has not had its time."""

        def look(connection: Connection) -> tuple[bool, bool]:
            is_known = inbox.find(connection, CHANNEL, self._native(update)) is not None
            if is_known or not update.button:
                return is_known, False
            does = what_it_does(connection, speaker.conversation, update.button, self._parts.buttons)
            return False, does is not None

        return await asyncio.to_thread(reading, self._parts.engine, look)

    async def _may_send(self, update: Update, speaker: Speaker) -> bool:
        album = f"{update.chat}:{update.album}" if update.album else ""
        if album in self._albums:
            return True
        try:
            await self._parts.check_rate(speaker.buyer_id)
        except GatewayError as refused:
            self._courtesy.tell_too_many(update, int(refused.headers.get("Retry-After", "1")))
            return False
        if album:
            self._albums[album] = None
            while len(self._albums) > _ALBUMS:
                self._albums.popitem(last=False)
        return True

    async def _obey(self, update: Update, speaker: Speaker, now: datetime) -> tuple[Speaker, tuple[str, ...]]:
        """Does what a command says; who speaks then, and what is to be said of it before the open question."""
        if update.kind == HELP:
            return speaker, ("utter_telegram_help",)
        if update.kind == UNLINK:
            gone = await asyncio.to_thread(links.unlink, self._parts.engine, channel=CHANNEL, user=update.user)
            notice = "utter_telegram_unlinked" if gone else "utter_telegram_not_linked"
            return await self._speaker_now(update, now), (notice,)
        if not update.code:
            return speaker, ()
        await self._wait_for_answers(speaker)
        try:
            await asyncio.to_thread(
                links.redeem,
                self._parts.engine,
                self._secret,
                channel=CHANNEL,
                user=update.user,
                code=update.code,
                now=now,
            )
        except CodeRefused as refused:
            _logger.info("telegram.code_refused", code=refused.reason)
            return speaker, ("utter_telegram_code_refused",)
        return await self._speaker_now(update, now), ("utter_telegram_linked",)

    async def _speaker_now(self, update: Update, now: datetime) -> Speaker:
        return await asyncio.to_thread(links.speaker, self._parts.engine, channel=CHANNEL, user=update.user, now=now)

    async def _wait_for_answers(self, speaker: Speaker) -> None:
        """Lets what was sent before the link be answered first; what takes longer is handed over when it is done."""
        loop = asyncio.get_running_loop()
        end = loop.time() + LINK_WAITS
        with self._parts.wake.waiting_for(speaker.conversation) as happening:
            while (left := end - loop.time()) > 0 and await asyncio.to_thread(
                reading,
                self._parts.engine,
                lambda connection: unanswered.waiting_in(connection, speaker.conversation),
            ):
                await happening.wait(min(left, self._parts.wake.look_again or left))
