"""`make run`: what it started it stops, however it ends, and what is in its way it says in one line."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from buyer_protection.settings import home
from tests.turns.conftest import free_port, is_alive
from tests.turns.test_private_channel import environment, tiny_project

pytestmark = pytest.mark.xdist_group("running")

READY_WITHIN = 150


class Running:
    """`python -m turns run` on the tiny project: its rules, our real actions and server."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.ports = {name: free_port() for name in ("port", "rasa_port", "actions_port", "metrics_port")}
        self.process: subprocess.Popen[str] | None = None

    def start(self, stdin: int = subprocess.DEVNULL, **settings: Any) -> subprocess.Popen[str]:
        """Starts it; its output is read from the process."""
        known = {"database_url": f"sqlite:///{self.project / 'var' / 'run.db'}", **self.ports, **settings}
        command = [sys.executable, "-m", "turns", "--project", str(self.project), "run"]
        self.process = subprocess.Popen(
            command,
            cwd=home(),
            env=environment(**known),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        return self.process

    def said_until(self, words: str) -> str:
        """What it says until these words come."""
        assert self.process is not None
        assert self.process.stdout is not None
        said = ""
        while words not in said:
            more = self.process.stdout.read(1)
            assert more, f"it ended: {said}"
            said += more
        return said

    def pids(self) -> dict[str, int]:
        """The processes that it started, by the files in var/run."""
        files = (self.project / "var" / "run").glob("*.pid")
        return {
            file.stem: int(file.read_text(encoding="ascii"))
            for file in files
            if file.read_text(encoding="ascii").strip()
        }

    def is_open(self) -> bool:
        """Whether anything still listens on one of its ports."""
        for port in self.ports.values():
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return True
        return False


@pytest.fixture
def running(tmp_path: Path, tiny_model: Path) -> Iterator[Running]:
    """A copy that can be started, and is gone afterwards."""
    running = Running(tiny_project(tmp_path, tiny_model))
    yield running
    if running.process and running.process.poll() is None:
        os.killpg(running.process.pid, signal.SIGKILL)
        running.process.wait()


def gone(pids: dict[str, int], seconds: float = 30) -> bool:
    """Whether all processes have ended within some seconds."""
    end = time.monotonic() + seconds
    while any(is_alive(pid) for pid in pids.values()):
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_without_a_terminal_it_runs_until_it_is_stopped(running: Running, ending: signal.Signals) -> None:
    """Every process has its pid file while it runs and none afterwards; asked to end, it ends well."""
    process = running.start()
    said = running.said_until("ready: buyers are answered on")
    pids = running.pids()

    assert "starting rasa" in said
    assert "starting gateway" in said
    assert set(pids) == {"run", "rasa", "gateway"}
    assert pids["run"] == process.pid
    assert all(is_alive(pid) for pid in pids.values())

    process.send_signal(ending)

    assert process.wait(40) == 0
    assert gone(pids, 1)
    assert running.pids() == {}
    assert not running.is_open()


def test_killed_it_leaves_nobody_behind(running: Running) -> None:
    """Its processes notice, and it can be started again at once."""
    process = running.start()
    running.said_until("ready: buyers are answered on")
    pids = running.pids()

    process.kill()
    process.wait()

    assert gone(pids)
    assert not running.is_open()

    running.start()
    running.said_until("ready: buyers are answered on")


def test_a_part_that_ends_is_started_again(running: Running) -> None:
    """Before anybody could start it by hand; actions have a process of their own only where that is set."""
    running.start(actions="http")
    running.said_until("ready: buyers are answered on")
    for name in ("gateway", "rasa", "actions"):
        kill_and_wait(running, name)


def kill_and_wait(running: Running, name: str) -> None:
    """Kills a part, and fails unless there is another and all is ready again."""
    before = running.pids()[name]

    os.kill(before, signal.SIGKILL)

    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            ready = (
                httpx.get(f"http://127.0.0.1:{running.ports['port']}/ready", trust_env=False, verify=False).status_code
                == 200
            )
            if ready and running.pids().get(name) != before:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    pytest.fail(f"{name} did not come back")


def test_lines_through_a_pipe_are_a_conversation(running: Running) -> None:
    """It is answered line by line, and ends when the lines end."""
    process = running.start(subprocess.PIPE)

    said, _ = process.communicate("hello\n\n/restart\n", timeout=READY_WITHIN)

    assert process.returncode == 0
    # The tiny model's mood is read by an action that ours do not have, so each turn fails, and says so.
    assert said.count("I could not handle that message.") == 2
    assert "> hello" in said
    assert gone(running.pids(), 1)
    assert not running.is_open()


@pytest.mark.parametrize("name", ["port", "rasa_port", "metrics_port", "actions_port"])
def test_a_port_that_is_taken_is_one_line(running: Running, name: str) -> None:
    """With the port, who has it and what to set; nothing is started."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", running.ports[name]))
        taken.listen()
        process = running.start(actions="http")
        said, _ = process.communicate(timeout=60)

    assert process.returncode == 2
    assert said.count("\n") == 1
    assert said.startswith(f"port {running.ports[name]} is taken by ")
    assert f"(pid {os.getpid()})" in said
    assert f"BUYER_PROTECTION_{name.upper()}" in said


def test_a_second_copy_is_one_line(running: Running) -> None:
    """The first one goes on."""
    first = running.start()
    running.said_until("ready: buyers are answered on")
    second = Running(running.project)

    refused = second.start()
    said, _ = refused.communicate(timeout=60)

    assert refused.returncode == 2
    assert said == f"another copy is running already (pid {first.pid}): stop it first\n"
    assert first.poll() is None


def test_a_part_that_does_not_start_is_one_line(running: Running) -> None:
    """With its last words and where to read the rest; nothing is left running."""
    (running.project / "endpoints.yml").write_text("nlg: {type: turns.words.Words}\n", encoding="utf-8")

    process = running.start()
    said, _ = process.communicate(timeout=READY_WITHIN)

    assert process.returncode == 2
    assert "rasa ended with status 2: endpoints.yml names no tracker store" in said.splitlines()[-1]
    assert "var/log/rasa.log" in said
    assert not running.is_open()


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("mysql://somewhere", "mysql: sqlite:///FILE or postgresql://... is expected"),
        ("postgresql://nobody:secret@127.0.0.1:1/none", "the database cannot be used: "),
    ],
)
def test_a_database_that_cannot_be_used_is_one_line(running: Running, url: str, line: str) -> None:
    """Without its password."""
    process = running.start(database_url=url)
    said, _ = process.communicate(timeout=60)

    assert process.returncode == 2
    assert said.splitlines()[-1].startswith(line)
    assert "secret" not in said


def test_a_place_that_cannot_be_written_is_one_line(running: Running) -> None:
    """That is said, and not shown as a trace."""
    shutil.rmtree(running.project / "var", ignore_errors=True)
    (running.project / "var").symlink_to("/dev/full")

    process = running.start()
    said, _ = process.communicate(timeout=60)

    assert process.returncode == 2
    assert said.count("\n") == 1
    assert "Traceback" not in said
