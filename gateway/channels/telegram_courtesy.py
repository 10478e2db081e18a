"""What makes a Telegram chat pleasant and may fail without harm: a pressed button is marked, "typing" is shown.

Also the only lines that are said without being kept: in a group, and to who sends too much.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Coroutine
from typing import Any, Final

from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from buyer_protection.disputes.transactions import reading
from buyer_protection.responses import text as words
from gateway import outbox
from gateway.channels.channel import Button
from gateway.channels.telegram_api import TelegramApi, TelegramAway, TelegramError
from gateway.channels.telegram_drawing import keyboard
from gateway.channels.telegram_updates import Update
from gateway.inbox import Message
from gateway.parts import Parts

#: Seconds between two lines in the same group.
GROUP_TOLD_EVERY: Final = 3600.0
#: Seconds until "typing" is shown, how long Telegram shows it, and when it ends in any case.
TYPING_AFTER: Final = 1.0
TYPING_EVERY: Final = 4.5
TYPING_FOR: Final = 60.0
#: Chats of which it is remembered what they were told; calls that may wait at once.
_REMEMBERED: Final = 1000
_MOST: Final = 200


class Courtesy:
    """Calls that nobody waits for, and whose failure nobody is told."""

    def __init__(self, api: TelegramApi, parts: Parts) -> None:
        self._api, self._parts = api, parts
        self._told: OrderedDict[str, float] = OrderedDict()
        self._calls: set[asyncio.Task[None]] = set()

    async def finish(self) -> None:
        """Ends what is under way."""
        for task in self._calls:
            task.cancel()
        if self._calls:
            await asyncio.wait(self._calls)

    def answer_press(self, update: Update) -> None:
        """Lets the pressed button stop to wait, whatever became of the press."""
        if update.callback:
            self._beside(self._call("answerCallbackQuery", callback_query_id=update.callback))

    def mark_chosen(self, update: Update, *, is_live: bool) -> None:
        """Leaves of the pressed keyboard what was chosen; of one that has had its time, nothing."""
        title = next((title for token, title in update.titles if token == update.button), "")
        chosen = (Button(words("utter_telegram_chosen", title=title), update.button),) if is_live and title else ()
        markup = {"inline_keyboard": keyboard(chosen)}
        self._beside(
            self._call(
                "editMessageReplyMarkup", chat_id=int(update.chat), message_id=update.message, reply_markup=markup
            )
        )

    def tell_group(self, update: Update) -> None:
        """Says in a group that this is for two, once in a while."""
        if self._is_due(update.chat, GROUP_TOLD_EVERY):
            self._say(update.chat, words("utter_telegram_group"))

    def tell_too_many(self, update: Update, seconds: int) -> None:
        """Says that a message was not taken, and when the next one is; once for each pause."""
        if self._is_due(update.chat, float(seconds)):
            self._say(update.chat, words("utter_telegram_too_many", seconds=seconds))

    def show_typing(self, chat: str, message: Message) -> None:
        """Shows "typing" while a message that takes longer has no answer."""
        self._beside(self._typing(chat, message))

    async def _typing(self, chat: str, message: Message) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + TYPING_FOR
        await asyncio.sleep(TYPING_AFTER)
        while loop.time() < end and not await self._is_answered(message):
            await self._call("sendChatAction", chat_id=int(chat), action="typing")
            await asyncio.sleep(TYPING_EVERY)

    async def _is_answered(self, message: Message) -> bool:
        if self._parts.said.to(message.id):
            return True

        def read(connection: Connection) -> bool:
            return outbox.replies_to(connection, message.id)[1]

        try:
            return await asyncio.to_thread(reading, self._parts.engine, read)
        except SQLAlchemyError:
            return False

    def _is_due(self, chat: str, seconds: float) -> bool:
        """Whether a chat may be told something again, which it is now."""
        now = asyncio.get_running_loop().time()
        if self._told.get(chat, now) > now:
            return False
        self._told[chat] = now + seconds
        self._told.move_to_end(chat)
        while len(self._told) > _REMEMBERED:
            self._told.popitem(last=False)
        return True

    def _say(self, chat: str, text: str) -> None:
        self._beside(self._call("sendMessage", chat_id=int(chat), text=text))

    async def _call(self, method: str, **parameters: Any) -> None:
        try:
            await self._api.call(method, **parameters)
        except (TelegramAway, TelegramError):
            return

    def _beside(self, call: Coroutine[Any, Any, None]) -> None:
        if len(self._calls) >= _MOST:
            call.close()
            return
        task = asyncio.get_running_loop().create_task(call)
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)
