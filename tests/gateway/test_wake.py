"""Who waits is woken by another process, also after PostgreSQL went and came back."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
import uvloop

from buyer_protection.disputes.database import connect
from gateway.wake import Wake
from tests.faults.databases import crashing_postgresql

#: Sockets that are opened afterwards, so that some get the numbers that were free.
NEW_SOCKETS = 30


async def _is_woken(here: Wake, there: Wake, engine: sa.engine.Engine) -> None:
    with here.waiting_for("a-conversation") as waiting:
        while not await waiting.wait(0.2):
            with engine.begin() as connection:
                there.tell_others(connection, "a-conversation")


def test_after_the_server_went_the_loop_goes_on_and_who_waits_is_woken(tmp_path: Path) -> None:
    """No descriptor that the server's end has closed is left with the loop, whoever gets its number next."""

    async def waits_through_a_crash(restart: Callable[[], None], url: str) -> None:
        engine = connect(url)
        here, there = Wake(engine, "here"), Wake(engine, "there")
        await here.start()
        await asyncio.wait_for(_is_woken(here, there, engine), 20)
        before = {int(name) for name in os.listdir("/proc/self/fd")}
        await asyncio.to_thread(restart)
        await asyncio.sleep(0.5)
        engine.dispose()
        pairs = [socket.socketpair() for _ in range(NEW_SOCKETS)]
        assert {end.fileno() for pair in pairs for end in pair} & before
        readers = []
        for near, far in pairs:
            near.setblocking(False)
            far.send(b"hello")
            readers.append(asyncio.get_running_loop().sock_recv(near, 5))
        assert await asyncio.wait_for(asyncio.gather(*readers), 20) == [b"hello"] * NEW_SOCKETS
        await asyncio.wait_for(_is_woken(here, there, engine), 20)
        await here.stop()
        engine.dispose()
        for pair in pairs:
            for end in pair:
                end.close()

    with crashing_postgresql(tmp_path / "server") as server:
        loop = uvloop.new_event_loop()
        try:
            loop.run_until_complete(waits_through_a_crash(server.restart, server.url))
        finally:
            loop.close()


def test_on_sqlite_who_waits_for_another_process_looks_again(tmp_path: Path) -> None:
    """There are no notifications, so waiting never lasts for ever."""
    wake = Wake(connect(f"sqlite:///{tmp_path}/a.db"), "here")

    assert wake.look_again == pytest.approx(0.5)
