"""A part of the running assistant: a process of ours with a pid file, a log, and an end when its starter ends."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from buyer_protection.settings import home

#: Seconds that a part has to finish the turn it is in.
STOP_WITHIN: Final = 12.0
_PR_SET_PDEATHSIG: Final = 1


class Part:
    """One process and how to tell that it is ready."""

    def __init__(self, name: str, command: list[str], is_ready: Callable[[], bool], project: Path) -> None:
        self.name = name
        self.is_ready = is_ready
        self.log = project / "var" / "log" / f"{name}.log"
        self._command = command
        self._pid_file = project / "var" / "run" / f"{name}.pid"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the process in a group of its own, so that Ctrl-C reaches only who started it. Raises OSError."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self._pid_file.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=home(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=ending_with_starter(),
            )
        self._pid_file.write_text(f"{self._process.pid}\n", encoding="ascii")

    @property
    def exit_status(self) -> int | None:
        """How the process ended; None while it runs."""
        return self._process.poll() if self._process else None

    def stop(self) -> None:
        """Ends the process: asked first, so that the turn it is in can be finished, then made to."""
        if self._process and self._process.poll() is None:
            self._signal(signal.SIGTERM)
            try:
                self._process.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                self._signal(signal.SIGKILL)
                self._process.wait()
        self._pid_file.unlink(missing_ok=True)

    def wait_until_ready(self, seconds: float) -> bool:
        """Whether the part became ready in time; False at once if its process ended."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.exit_status is None:
            if self.is_ready():
                return True
            time.sleep(0.1)
        return False

    def last_line(self) -> str:
        """What the part wrote last, which says why it ended."""
        written = self.log.read_text(encoding="utf-8", errors="replace").strip() if self.log.exists() else ""
        return written.rpartition("\n")[2]

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)  # type: ignore[union-attr]


def ending_with_starter() -> Callable[[], None] | None:
    """What to run in a new process, so that the kernel ends it when this one ends, however that is. On Linux only."""
    if not sys.platform.startswith("linux"):
        return None
    libc, starter = ctypes.CDLL(None), os.getpid()

    def end_with_starter() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != starter:
            os._exit(1)

    return end_with_starter


def end_with_parent() -> None:
    """Ends this process when its parent ends, however that is. On Linux only."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
