"""The tiny assistant: a model of five rules, trained once, and its actions in a process of their own."""

from __future__ import annotations

import asyncio
import fcntl
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TypeVar

import httpx
import pytest

from buyer_protection.settings import home
from tests.turns.tiny.behaviour import executor
from tests.turns.tiny.server import SECRET
from turns.actions_in_process import ActionsInProcess
from turns.actions_over_http import ActionsOverHttp
from turns.assistant import Assistant
from turns.turn import Turn

TINY = home() / "tests" / "turns" / "tiny"
CACHE = home() / ".cache" / "tiny"
#: Ports for servers of tests; Linux gives connections those from 32,768 on, also while a server is being started anew.
PORTS: Final = range(20_000, 32_000)
METADATA = {"buyer_id": "somebody", "channel": "test", "at": "2024-05-06T10:00:00+00:00"}

_Answer = TypeVar("_Answer")
Run = Callable[[Coroutine[Any, Any, _Answer]], _Answer]


def say(text: str, id: str, conversation: str = "c", **metadata: str) -> Turn:
    """A typed message."""
    return Turn(id, conversation, text=text, metadata={**METADATA, **metadata})


def press(payload: str, id: str, conversation: str = "c") -> Turn:
    """A pressed button."""
    return Turn(id, conversation, payload=payload, metadata=METADATA)


def responses(replies: list[dict[str, Any]]) -> list[str]:
    """The names of what was said."""
    return [reply["response"] for reply in replies]


@pytest.fixture(scope="session")
def tiny_model() -> Path:
    """The model of the tiny assistant, trained by our own launcher unless it is there."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = [sys.executable, "-m", "turns", "--project", str(TINY), "train", "--models", str(CACHE)]
        trained = subprocess.run(command, cwd=home(), capture_output=True, text=True, check=False)
    assert trained.returncode == 0, trained.stdout + trained.stderr
    return CACHE / trained.stdout.split()[-1]


@pytest.fixture
def run() -> Iterator[Run]:
    """Runs a coroutine to its end, all of a test in one loop."""
    loop = asyncio.new_event_loop()
    yield loop.run_until_complete
    loop.close()


@pytest.fixture
def tiny(tiny_model: Path) -> Assistant:
    """The tiny assistant, actions in this process, conversations in memory."""
    return Assistant.load(tiny_model, actions=ActionsInProcess(executor=executor()))


class TinyServer:
    """The tiny actions behind HTTP, in a process that can be made to fail."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._faults = folder / "fault"
        self._log = folder / "actions.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the process and waits until it answers."""
        command = [sys.executable, "-m", "tests.turns.tiny.server", str(self.port), str(self._faults)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, cwd=home(), stdout=log, stderr=log)
        wait_for(f"{self.url}/health")

    def stop(self) -> None:
        """Ends the process at once."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def fail(self, action: str, fault: str) -> None:
        """From now on the action fails in this way."""
        self._faults.write_text(f"{action} {fault}", encoding="utf-8")

    def mend(self) -> None:
        """From now on nothing fails; a process that died is started again."""
        is_dying = self._faults.exists() and self._faults.read_text(encoding="utf-8").endswith(" dies")
        self._faults.unlink(missing_ok=True)
        if is_dying and self._process:
            self._process.wait(timeout=10)
            self.start()

    @property
    def most_memory(self) -> int:
        """The most that the process ever held, in bytes."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        return 1024 * int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")))

    @property
    def log(self) -> str:
        """What the process wrote."""
        return self._log.read_text(encoding="utf-8")

    @property
    def endpoint(self) -> ActionsOverHttp:
        """The way to the actions."""
        return ActionsOverHttp(f"{self.url}/webhook", headers={"X-Buyer-Protection-Secret": SECRET})


@pytest.fixture(scope="module")
def tiny_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TinyServer]:
    """The tiny actions in a process of their own."""
    server = TinyServer(tmp_path_factory.mktemp("tiny-server"))
    server.start()
    yield server
    server.stop()


def free_port() -> int:
    """A port of loopback that nobody has, and that no connection is given before somebody listens there."""
    while True:
        port = random.SystemRandom().choice(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait_for(url: str, seconds: float = 60, headers: dict[str, str] | None = None) -> None:
    """Waits until a URL answers 200."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(httpx.HTTPError):
            if httpx.get(url, headers=headers, trust_env=False, verify=False).status_code == 200:
                return
        time.sleep(0.1)
    pytest.fail(f"{url} does not answer")


def is_alive(pid: int) -> bool:
    """Whether a process runs: neither gone nor only waited for."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
