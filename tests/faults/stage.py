"""The assistant as `make run` starts it, in real processes that a test can kill, starve and start again.

Any number of gateways and Rasa processes share one database. Whatever dies is started again at once, as the household
of `make run` does it, unless the test holds it down.
"""

from __future__ import annotations

import os
import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import httpx

from buyer_protection.settings import DEVELOPMENT, Settings, home, variable
from tests.turns.conftest import free_port
from turns.part import Part
from turns.running import parts_of

SECRET: Final = "a secret that all processes of a test share"
#: Seconds in which everything has to be ready; Rasa is read from a disk that others use too.
READY_WITHIN: Final = 120.0
#: What a project consists of, for a process that is given another folder to work in.
_PROJECT: Final = ("config.yml", "domain.yml", "data", "language", "endpoints.yml", "credentials.yml", "models")
_PREFIX: Final = variable("")
#: Processes are started with an environment of their own, and inherit it from this one.
_STARTING: Final = threading.RLock()


class Process:
    """One process of the stage: its part, what its environment says, and the failpoint that it carries."""

    def __init__(self, name: str, part: Part, environment: Mapping[str, str], folder: Path) -> None:
        self.name, self.part = name, part
        self._environment = dict(environment)
        self._folder = folder
        self._starts = 0
        #: What it will carry when it is started the next time, and what it carries now: `STEP:WHAT`, or nothing.
        self.next_failpoint = ""
        self.armed_with = ""
        self.is_held_down = False

    def start(self) -> None:
        """Starts it; a failpoint fires once in the life of a process."""
        self._starts += 1
        self.armed_with, self.next_failpoint = self.next_failpoint, ""
        named = {"failpoint": self.armed_with, "failpoint_hits": str(self._hits())}
        with environment_of({**self._environment, **named}):
            self.part.start()

    def has_hit(self, step: str) -> bool:
        """Whether any process of this name so far reached the step that it was armed with."""
        return any(self._folder.glob(f"hits/{self.name}-*/{step}"))

    @property
    def pid(self) -> int:
        """The process of this moment."""
        process = self.part._process
        assert process is not None
        return process.pid

    @property
    def starts(self) -> int:
        """How often it was started."""
        return self._starts

    def _hits(self) -> Path:
        return self._folder / "hits" / f"{self.name}-{self._starts}"


class Stage:
    """A running assistant in a folder, on the database at `url`.

    `known` are settings that differ from those of a development machine, `rasa_known` and `gateway_known` those that
    differ for these processes alone. Used as a context: inside it is ready, after it nothing is left running.
    """

    def __init__(
        self,
        folder: Path,
        url: str,
        *,
        gateways: int = 1,
        rasas: int = 1,
        projects: Mapping[int, Path] | None = None,
        rasa_known: Mapping[str, Any] | None = None,
        gateway_known: Mapping[str, Any] | None = None,
        **known: Any,
    ) -> None:
        self.folder, self.url = folder, url
        self.processes: dict[str, Process] = {}
        self._watching: threading.Thread | None = None
        self._is_ending = threading.Event()
        #: Where the Rasa processes listen.
        self.rasa_ports = rasa_ports = [int(known.pop("rasa_port", 0)) or free_port() for _ in range(rasas)]
        given = {
            "env": DEVELOPMENT,
            "database_url": url,
            "turn_secret": SECRET,
            "actions_secret": SECRET,
            "widget_secret": SECRET,
            "gateway_secret": SECRET,
            "rasa_urls": ",".join(f"http://127.0.0.1:{port}" for port in rasa_ports),
            "actions_port": free_port(),
            "evidence_url": f"file://{folder / 'evidence'}",
            "uploads_folder": folder / "uploads",
            **known,
        }
        #: The ports of the gateways, that of the first being the usual one.
        self.ports: list[int] = []
        self.metrics_ports: list[int] = []
        for number in range(max(gateways, rasas)):
            rasa_port = rasa_ports[min(number, rasas - 1)]
            own = {**given, "port": free_port(), "metrics_port": free_port(), "rasa_port": rasa_port}
            at = (projects or {}).get(number) or project_in(folder / f"machine-{number + 1}")
            wanted = {"rasa": number < rasas, "gateway": number < gateways, "actions": number == 0}
            for part in parts_of(at, Settings(**own)):
                if wanted[part.name]:
                    name = part.name if number == 0 else f"{part.name}-{number + 1}"
                    others = {"rasa": rasa_known, "gateway": gateway_known}.get(part.name) or {}
                    settings = {_PREFIX + key.upper(): str(value) for key, value in {**own, **others}.items()}
                    self.processes[name] = Process(name, part, settings, folder)
            if number < gateways:
                self.ports.append(own["port"])
                self.metrics_ports.append(own["metrics_port"])
        self.actions_port = int(str(given["actions_port"]))

    def __enter__(self) -> Stage:
        try:
            with _STARTING:
                for process in self.processes.values():
                    process.start()
            self._watching = threading.Thread(target=self._watch, daemon=True)
            self._watching.start()
            self.wait_until_ready()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._is_ending.set()
        if self._watching:
            self._watching.join(10)
        for process in reversed(list(self.processes.values())):
            with suppress(ProcessLookupError, AssertionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.part.stop()

    def wait_until_ready(self, seconds: float = READY_WITHIN) -> None:
        """Waits until each gateway would answer a message. Fails with the last lines of who does not."""
        end = time.monotonic() + seconds
        waiting = [name for name in self.processes if name.startswith(("gateway", "rasa"))]
        while waiting:
            waiting = [name for name in waiting if not self.processes[name].part.is_ready()]
            if waiting and time.monotonic() > end:
                last = {name: self.processes[name].part.last_line() for name in self.processes}
                raise AssertionError(f"not ready: {waiting}; last lines: {last}")
            time.sleep(0.1 if waiting else 0)

    def ready(self, gateway: int = 0) -> tuple[int, list[str]]:
        """What a gateway says of its readiness: the status and the names of what is cut off."""
        answer = httpx.get(f"http://127.0.0.1:{self.ports[gateway]}/ready", timeout=10, trust_env=False, verify=False)
        return answer.status_code, list(answer.json()["cut"])

    def kill(self, name: str, number: int = signal.SIGKILL) -> None:
        """Sends a signal to a process; it is started again once it has ended."""
        with suppress(ProcessLookupError):
            os.kill(self.processes[name].pid, number)

    @contextmanager
    def held_down(self, name: str) -> Iterator[None]:
        """Inside, a process is dead and stays so."""
        process = self.processes[name]
        process.is_held_down = True
        self.kill(name)
        self.wait_for(lambda: process.part.exit_status is not None)
        try:
            yield
        finally:
            process.is_held_down = False

    def arm(self, name: str, step: str, what: str = "kill") -> None:
        """Has a process that will fail at a step, and waits until it is ready; it is started anew if need be."""
        process = self.processes[name]
        if process.armed_with != f"{step}:{what}":
            process.next_failpoint = f"{step}:{what}"
            self.restart(name)
        self.wait_for(process.part.is_ready, READY_WITHIN)

    def restart(self, name: str, number: int = signal.SIGKILL) -> None:
        """Ends a process and waits until there is another, which may not be ready yet."""
        process = self.processes[name]
        before = process.starts
        self.kill(name, number)
        self.wait_for(lambda: process.starts > before)

    def log(self, name: str) -> str:
        """What a process has written."""
        path = self.processes[name].part.log
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def wait_for(self, happened: Callable[[], object], seconds: float = 30.0) -> None:
        """Waits until something has happened. Fails if it does not."""
        end = time.monotonic() + seconds
        while not happened():
            assert time.monotonic() < end, "it did not happen in time"
            time.sleep(0.05)

    def _watch(self) -> None:
        # The kernel ends what this thread started when the thread ends; it lives as long as the stage.
        while not self._is_ending.wait(0.1):
            for process in self.processes.values():
                with _STARTING:
                    if process.part.exit_status is not None and not process.is_held_down:
                        process.start()


@contextmanager
def environment_of(settings: Mapping[str, str]) -> Iterator[None]:
    """Inside, this process's environment holds these settings of the assistant and no others."""
    with _STARTING:
        kept = {name: value for name, value in os.environ.items() if name.startswith(_PREFIX)}
        for name in kept:
            del os.environ[name]
        full = ((name if name.startswith(_PREFIX) else _PREFIX + name.upper(), settings[name]) for name in settings)
        os.environ.update(full)
        try:
            yield
        finally:
            for name in [name for name in os.environ if name.startswith(_PREFIX)]:
                del os.environ[name]
            os.environ.update(kept)


def project() -> Path:
    """What is started: this tree, unless `FAULTS_PROJECT` names a copy of its content that has a model."""
    return Path(os.environ.get("FAULTS_PROJECT") or home())


def project_in(folder: Path) -> Path:
    """The project in another folder: everything that a model is made of is ours, `var/` is its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in _PROJECT:
        (folder / name).symlink_to(project() / name)
    return folder


def fresh_buyer(kind: str = "buyer") -> str:
    """The id of somebody who never wrote."""
    return f"{kind}-{secrets.token_hex(6)}"
