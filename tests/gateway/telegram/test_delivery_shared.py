"""Several processes share what is to be sent: each message once, each address in order, pauses kept by all."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import datetime, timezone

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from buyer_protection.disputes import connect
from gateway.buttons import Buttons
from gateway.channels.channel import NotDelivered, Outgoing
from gateway.delivery import Delivery
from gateway.tables import outbox
from gateway.writer import Writer

NOW = datetime(2024, 5, 6, tzinfo=timezone.utc)
ADDRESSES = [f"address-{number}" for number in range(6)] + ["long-" * 40]
EACH = 8


def fill(engine: Engine) -> None:
    """Replies to several addresses, in turn."""
    rows = [
        {
            "id": 1 + number * len(ADDRESSES) + place,
            "conversation": f"c{place}",
            "inbox_id": None,
            "is_final": True,
            "position": number,
            "sender": "assistant",
            "text": str(number),
            "buttons": [],
            "custom": {},
            "response": "",
            "created_at": NOW,
            "channel": "test",
            "address": address,
            "delivered_at": None,
            "tries": 0,
        }
        for number in range(EACH)
        for place, address in enumerate(ADDRESSES)
    ]
    with engine.begin() as connection:
        connection.execute(sa.insert(outbox), rows)


class Recording:
    """A channel that takes a moment for each message; the second address asks for a pause once, the third breaks."""

    def __init__(self) -> None:
        self.sent: dict[str, list[str]] = defaultdict(list)
        self.at: dict[str, list[float]] = defaultdict(list)
        self.again: list[str] = []
        self.sending: set[str] = set()

    async def send(self, address: str, message: Outgoing, *, again: bool) -> None:
        """Sends one message, and notices if two are under way to one address."""
        assert address not in self.sending
        self.sending.add(address)
        await asyncio.sleep(0.01)
        self.sending.discard(address)
        self.at[address].append(asyncio.get_running_loop().time())
        if address == ADDRESSES[1] and message.text == "3" and len(self.at[address]) == 4:
            raise NotDelivered("pause", wait=1.5)
        if address == ADDRESSES[2] and message.text == "3":
            raise RuntimeError("a fault of ours")
        if again:
            self.again.append(message.text)
        self.sent[address].append(message.text)


def test_two_processes_send_each_message_once_and_in_order(url: str) -> None:
    """Also where one address pauses, and one message can never be sent."""
    engines = [connect(url), connect(url)]
    fill(engines[0])
    channel = Recording()

    async def run() -> None:
        processes = [
            Delivery(engine, Writer(engine), Buttons("s" * 16), f"p{number}") for number, engine in enumerate(engines)
        ]
        for process in processes:
            process.senders["test"] = channel
            await process.start()
        end = asyncio.get_running_loop().time() + 120
        while left(engines[0]) and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.1)
        for process in processes:
            await process.stop()

    asyncio.run(run())
    for engine in engines:
        engine.dispose()

    every = [str(number) for number in range(EACH)]
    for address in ADDRESSES:
        assert channel.sent[address] == ([text for text in every if text != "3"] if address == ADDRESSES[2] else every)
    assert channel.again == []
    paused = channel.at[ADDRESSES[1]]
    assert paused[4] - paused[3] >= 1.5


def left(engine: Engine) -> int:
    """How many messages were not sent yet."""
    with engine.connect() as connection:
        query = sa.select(sa.func.count()).select_from(outbox).where(outbox.c.delivered_at.is_(None))
        return int(connection.execute(query).scalar_one())
