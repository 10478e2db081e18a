"""Replays a transcript through the real model, the real actions and a real database, in one process."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import date, datetime, time, timezone
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from PIL import Image
from sqlalchemy.engine import Connection

from buyer_protection import disputes
from buyer_protection.disputes import due_reminders, staff_conversations
from buyer_protection.disputes.transactions import writing
from buyer_protection.evidence import Receipt, Store, attach, hand_in
from buyer_protection.orders import Order, TableOrders
from gateway import inbox, one_reminder, outbox
from gateway.channels.channel import Incoming
from gateway.conversations import conversation_of
from gateway.decent_hours import Hours
from turns.assistant import Assistant
from turns.turn import Turn

BUYER = "buyer-1"


def at_length(words: str) -> str:
    """Words over and over, for a message that is longer than can be read."""
    return f"{words} " * (2_500 // len(words))


class Replay:
    """One conversation under way: the clock, the last replies, and what was said so far."""

    def __init__(self, assistant: Assistant, url: str, folder: Path, on: date, zone: str = "UTC") -> None:
        self.assistant = assistant
        self.engine = disputes.connect(url)
        self.store = Store.at(f"file://{folder / 'evidence'}")
        self.folder = folder
        self.conversation = f"c-{uuid.uuid4().hex}"
        self.zone = zone
        self.buyer = BUYER
        self.channel = "test"
        self.order = ""
        self._conversations: dict[tuple[str, str], str] = {}
        self._shown: dict[str, list[dict[str, Any]]] = {}
        self.now = self.wrote_at = self._noon(on)
        self.is_interrupted, self.reminded_of = False, ""
        self.replies: list[dict[str, Any]] = []
        self.said: list[str] = []

    @staticmethod
    def _noon(day: date | datetime | str) -> datetime:
        if isinstance(day, str):
            day = datetime.fromisoformat(day)
        if isinstance(day, datetime):
            return day if day.tzinfo else day.replace(tzinfo=timezone.utc)
        return datetime.combine(day, time(12), timezone.utc)

    def move_clock(self, day: date | datetime | str) -> None:
        """The next turns happen at that instant, or at noon of that day (UTC)."""
        self.now = self._noon(day)

    async def type(self, text: str) -> list[dict[str, Any]]:
        """The buyer types."""
        return await self._turn(text=self._filled(text))

    async def press(self, title: str) -> list[dict[str, Any]]:
        """The buyer presses a button of the last replies, by its title, or by how it begins and "…"."""
        title = self._filled(title)
        shown = [button for reply in self.replies for button in reply.get("buttons") or []]
        buttons = {button["title"]: button["payload"] for button in shown}
        title = self._named(title)
        if title.endswith("…"):  # how it begins: what follows is another in each replay
            (title,) = [each for each in buttons if each.startswith(title[:-1])]
        assert title in buttons, f"no button {title!r}, there are {list(buttons)}"
        return await self._turn(payload=buttons[title])

    async def send(self, payload: str) -> list[dict[str, Any]]:
        """The gateway sends what stands for a message that is not read."""
        return await self._turn(payload=self._filled(self._named(payload)))

    def _named(self, words: str) -> str:
        """The same with `{reference}` for that of the newest reminder, which is another in each replay."""
        return words.replace("{reference}", self.reminded_of)

    async def hand_in(self, *names: str) -> list[dict[str, Any]]:
        """The buyer sends files without words; the gateway has them looked at, and the turn says so."""
        return await self.tell_files(*[await self.keep_file(name) for name in names])

    async def keep_file(self, name: str) -> Receipt:
        """A file of the buyer's is looked at and kept; nothing is said of it yet."""
        result = hand_in(
            self.engine,
            self.store,
            buyer_id=self.buyer,
            path=self.file(name),
            original_name=name,
            channel=self.channel,
            actor=self.buyer,
            now=self.now,
            # The gateway reads in the database what Rasa saved; here conversations are kept in memory.
            at=str((await self.assistant.slots(self.conversation)).get("claim_id") or ""),
        )
        assert isinstance(result, Receipt), result
        return result

    async def tell_files(self, *files: Receipt) -> list[dict[str, Any]]:
        """The turn of a message that holds these files."""
        return await self._turn(
            payload="/send_file" + json.dumps({"evidence_ids": [file.evidence_id for file in files]})
        )

    def file(self, name: str) -> Path:
        """A picture (a document, if it is called so) with this name, which looks different for each name."""
        path = self.folder / name
        color = tuple(hashlib.sha256(name.encode()).digest()[:3])
        Image.new("RGB", (40, 40), color).save(path)
        return path

    async def write_at_length(self, text: str) -> list[dict[str, Any]]:
        """The buyer writes more than is read; the gateway keeps it as a note, and the turn says so."""
        turn_id = f"m-{uuid.uuid4().hex}"
        disputes.record_note(
            self.engine,
            buyer_id=self.buyer,
            claim_id=None,
            topic=disputes.STATEMENT,
            text=text,
            turn_id=turn_id,
            now=self.now,
        )
        return await self._turn(turn_id, payload="/write_at_length")

    def write_as(self, buyer: str) -> None:
        """Another buyer writes on, in a conversation of their own, as the gateway would have it."""
        self._go_to(buyer, self.channel)

    def write_elsewhere(self, channel: str) -> None:
        """The same buyer writes from another channel, in a conversation of its own; each is found again."""
        self._go_to(self.buyer, channel)

    def _go_to(self, buyer: str, channel: str) -> None:
        """A button is pressed where it was shown: each conversation keeps its last replies."""
        self._conversations[self.buyer, self.channel] = self.conversation
        self._shown[self.conversation] = self.replies
        self.conversation = self._conversations.get((buyer, channel)) or f"c-{uuid.uuid4().hex}"
        self.replies = self._shown.get(self.conversation, [])
        self.buyer, self.channel = buyer, channel

    def link(self, buyer: str) -> int:
        """The messenger is linked to this buyer, who writes from now on; how many claims came along."""
        moved = disputes.hand_over(self.engine, from_buyer=self.buyer, to_buyer=buyer, now=self.now)
        self.write_as(buyer)
        return moved

    async def _turn(self, turn_id: str = "", **message: str) -> list[dict[str, Any]]:
        turn = Turn(
            id=turn_id or f"m-{uuid.uuid4().hex}",
            conversation=self.conversation,
            metadata={
                "buyer_id": self.buyer,
                "channel": self.channel,
                "time_zone": self.zone,
                "locale": "en",
                "at": self.now.isoformat(),
                "is_linked": not disputes.is_unlinked(self.buyer),
                **({"order_id": self.order} if self.order else {}),
                **({"interrupted": True, "reminded_of": self.reminded_of} if self.is_interrupted else {}),
            },
            **message,
        )
        self.is_interrupted, self.wrote_at = False, self.now
        self.replies = await self.assistant.handle(turn)
        self.said += [reply.get("text") or "" for reply in self.replies]
        return self.replies

    async def play(self, turn: dict[str, Any]) -> list[dict[str, Any]] | None:
        """One turn of a transcript; None where the buyer does nothing in it."""
        if "on" in turn:
            self.move_clock(turn["on"])
        if "as" in turn:
            self.buyer = turn["as"]
        if "other" in turn:
            self.write_as(turn["other"])
        if "elsewhere" in turn:
            self.write_elsewhere(turn["elsewhere"])
        if "link" in turn:
            self.link(turn["link"])
        if "orders" in turn:
            self.shop_says(turn["orders"])
        if "order" in turn:
            self.order = str(turn["order"])
        if "staff" in turn:
            self.staff(turn["staff"])
        if "remind" in turn:
            told = self.remind()
            assert bool(told) == bool(turn["remind"]), told
            return told or None
        if "long" in turn:
            return await self.write_at_length(at_length(turn["long"]))
        if "files" in turn:
            return await self.hand_in(*turn["files"])
        for doing, how in (("buyer", self.type), ("press", self.press), ("sent", self.send)):
            if doing in turn:
                return await how(turn[doing])
        return None

    def remind(self) -> list[dict[str, Any]]:
        """The gateway looks for reminders that are due, as it does by itself; what it says, beside what was said."""
        conversation = conversation_of(self.buyer)
        hours = Hours(9, 20)

        def say(connection: Connection) -> list[dict[str, Any]]:
            seen = Incoming(
                "widget", f"seen:{uuid.uuid4().hex}", self.buyer, conversation, vouched={"time_zone": self.zone}
            )
            message = inbox.add(connection, seen, text="", removed=(), trace="", now=self.wrote_at)
            assert message is not None
            outbox.add(connection, message, self.replies, is_final=True, now=self.wrote_at)
            taken = due_reminders.take(connection, self.now, 10)
            said = [one_reminder.say(connection, due, self.now, hours, {}) for due in taken]
            return [vars(reply) for reply in said if reply]

        told = writing(self.engine, say)
        self.is_interrupted = bool(told)
        self.replies = [*self.replies, *told]
        self.reminded_of = told[-1]["custom"]["reference"] if told else self.reminded_of
        self.said += [reply["text"] for reply in told]
        return told

    def shop_says(self, known: list[dict[str, Any]]) -> None:
        """The shop's record says this of some orders from now on."""
        orders = [Order.from_dict({"buyer_id": BUYER, **order}) for order in known]
        TableOrders(self.engine).keep(orders, self.now)

    def staff(self, action: dict[str, Any]) -> None:
        """Staff do something with the newest claim or dispute of the buyer, or with their request for a person."""
        reference = "" if {"take", "hand_back"} & action.keys() else self._newest_reference()
        common = {"actor": "staff-1", "now": self.now}
        for name, value in action.items():
            result: object = None
            if name == "attach":
                result = attach(self.engine, self.store, reference=reference, path=self.file(value), **common)
            elif name == "verify":
                fact, known = value
                disputes.verify(
                    self.engine, reference=reference, fact=fact, value=known, source="seen by staff", **common
                )
            elif name == "decide":
                result = disputes.decide(self.engine, reference=reference, outcome=value, reason="weighed", **common)
            elif name == "ask":
                result = disputes.ask(self.engine, reference=reference, side=value, reason="a question", **common)
            elif name == "take":
                result = staff_conversations.take(self.engine, reference=self._handoff(), **common)
            elif name == "hand_back":
                result = staff_conversations.hand_back(self.engine, reference=self._handoff(), **common)
            elif name == "review":
                result = disputes.review(self.engine, reference=reference, reason=value, **common)
            else:
                raise ValueError(name)
            assert not isinstance(result, disputes.Refused), result

    def _filled(self, text: str) -> str:
        """A text with references, which no transcript can know, in the place of REFERENCE and HANDOFF."""
        for name, reference in (("REFERENCE", self._newest_reference), ("HANDOFF", self._handoff)):
            if name in text:
                text = text.replace(name, reference())
        return text

    def _handoff(self) -> str:
        handoff = disputes.handoff_of(self.engine, buyer_id=self.buyer)
        assert handoff is not None, "nobody asked for a person"
        return handoff.reference

    def _newest_reference(self) -> str:
        newest = "SELECT reference FROM claims WHERE buyer_id = :buyer AND state <> 'dropped' ORDER BY changed_at DESC"
        with self.engine.connect() as connection:
            return str(connection.execute(sa.text(newest), {"buyer": self.buyer}).scalars().first())

    def rows(self, table: str) -> list[dict[str, Any]]:
        """All rows of a table."""
        with self.engine.connect() as connection:
            order = "changed_at" if table in ("claims", "disputes") else "1"
            rows = connection.execute(sa.text(f"SELECT * FROM {table} ORDER BY {order}")).mappings().all()
        return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    """A column as it is written in a transcript: days as ISO text, JSON read."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
