"""Virus scanners for tests: a real clamd where there is one, and a small server of ours that speaks the same words."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import socketserver
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

#: The test file that every scanner finds, put together here so that no scanner finds it in this file.
EICAR: Final = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
#: clamd itself (Debian: clamav-daemon); `CLAMD` names one that lies elsewhere.
CLAMD: Final = os.environ.get("CLAMD") or shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
_STARTS_WITHIN: Final = 60.0


class Words(socketserver.StreamRequestHandler):
    """One connection, as clamd answers `zINSTREAM`."""

    server: SmallScanner

    def handle(self) -> None:
        """Reads a file, waits if it is to be slow, and says what it found."""
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
        self.server.seen.append(len(content))
        self.server.goes_on.wait(self.server.takes)
        found = b"stream: Eicar-Test FOUND" if EICAR in content else b"stream: OK"
        self.wfile.write((self.server.says or found) + b"\0")


class SmallScanner(socketserver.ThreadingTCPServer):
    """A scanner that knows one thing to find; `takes` seconds for a file, or until `goes_on` is set.

    `says` is what it answers instead, whatever the file is.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Words)
        self.seen: list[int] = []
        self.takes, self.says = 0.0, b""
        self.goes_on = threading.Event()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"tcp://127.0.0.1:{self.server_address[1]}"

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Inside, it takes files and says nothing."""
        self.takes = 60
        try:
            yield
        finally:
            self.takes = 0


@contextmanager
def small_scanner(port: int = 0) -> Iterator[SmallScanner]:
    """Such a scanner, running."""
    with SmallScanner(port) as server:
        running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        running.start()
        try:
            yield server
        finally:
            server.goes_on.set()
            server.shutdown()


class Clamd:
    """A running clamd at `url`."""

    def __init__(self, url: str, process: subprocess.Popen[bytes]) -> None:
        self.url, self._process = url, process

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Inside, it stands still: who comes is connected by the machine, and hears nothing."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)


@contextmanager
def real_clamd(folder: Path, port: int = 0) -> Iterator[Clamd]:
    """A clamd of its own, which knows the test file, at a port or else a socket; skips loudly where there is none."""
    if not CLAMD:
        pytest.skip("no clamd: install clamav-daemon, or name one in CLAMD")
    (folder / "db").mkdir()
    (folder / "db" / "test.ndb").write_text(f"Eicar-Test:0:*:{EICAR.hex()}\n")
    at = folder / "clamd.sock"
    where = {"TCPSocket": port, "TCPAddr": "127.0.0.1"} if port else {"LocalSocket": at}
    known = {**where, "DatabaseDirectory": folder / "db", "Foreground": "yes", "LogFile": folder / "log"}
    (folder / "clamd.conf").write_text("".join(f"{name} {value}\n" for name, value in known.items()))
    process = subprocess.Popen([CLAMD, "-c", folder / "clamd.conf"], stdout=subprocess.DEVNULL)
    try:
        _wait_for(("127.0.0.1", port) if port else str(at), process)
        yield Clamd(f"tcp://127.0.0.1:{port}" if port else f"unix://{at}", process)
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(at: tuple[str, int] | str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        with socket.socket(socket.AF_UNIX if isinstance(at, str) else socket.AF_INET) as wire:
            try:
                wire.connect(at)
                return
            except OSError:
                time.sleep(0.1)
    raise AssertionError("clamd did not start")
