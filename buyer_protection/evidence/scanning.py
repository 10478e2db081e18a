"""A virus scanner that looks at files before anybody else does: clamd, over its `INSTREAM` command.

Which one is a setting; without it nothing is scanned. What a scanner has not answered about is shown to nobody.
"""

from __future__ import annotations

import socket
import struct
import time
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import urlsplit

import structlog

from buyer_protection.settings import Settings, SettingsError, variable

#: What is known of a file: no scanner was set, it found nothing, it has not answered yet, it found something.
UNSCANNED, CLEAN, WAITING, INFECTED = "none", "clean", "waiting", "infected"
#: What nobody is shown.
LOCKED: Final = frozenset({WAITING, INFECTED})

#: Seconds that a buyer who sent a file waits for the scanner; the check goes on without them.
PATIENCE_SECONDS: Final = 10.0
#: Seconds for a file that nobody waits for.
LONG_PATIENCE_SECONDS: Final = 30.0
_CHUNK: Final = 256 * 1024
_LONGEST_ANSWER: Final = 4096

_logger = structlog.get_logger(__name__)


class ScannerAway(Exception):
    """The scanner did not say what a file is; nothing is known of it. The message is one word."""


class Scanner:
    """A clamd at `tcp://HOST:PORT` or `unix:///SOCKET`."""

    def __init__(self, url: str) -> None:
        where = urlsplit(url)
        self._path = where.path if where.scheme == "unix" else ""
        try:
            self._at = (where.hostname or "", where.port or 0)
        except ValueError:
            self._at = ("", 0)
        if not self._path and (where.scheme != "tcp" or not all(self._at)):
            raise SettingsError(f"{variable('evidence_scanner')}: tcp://HOST:PORT or unix:///SOCKET is expected")

    @classmethod
    def of(cls, known: Settings) -> Scanner | None:
        """The scanner of the settings, if there is one. Raises SettingsError for an address that is none."""
        return cls(known.evidence_scanner) if known.evidence_scanner else None

    def verdict(self, file: BinaryIO, patience: float) -> str:
        """`CLEAN` or `INFECTED`, for what is left of a file. Raises ScannerAway, within `patience` seconds or so."""
        ends = time.monotonic() + patience
        try:
            with self._connected(patience) as wire:
                wire.sendall(b"zINSTREAM\0")
                while chunk := file.read(_CHUNK):
                    _limit(wire, ends)
                    wire.sendall(struct.pack(">I", len(chunk)) + chunk)
                wire.sendall(struct.pack(">I", 0))
                said = _answer(wire, ends)
        except OSError as error:
            raise ScannerAway(type(error).__name__) from None
        if said.endswith(b" FOUND"):
            return INFECTED
        if said.endswith(b": OK"):
            return CLEAN
        raise ScannerAway("not_understood")  # such as a file that is larger than the scanner takes

    def _connected(self, patience: float) -> socket.socket:
        if not self._path:
            return socket.create_connection(self._at, timeout=patience)
        wire = socket.socket(socket.AF_UNIX)
        wire.settimeout(patience)
        try:
            wire.connect(self._path)
        except OSError:
            wire.close()
            raise
        return wire


def scanned(path: Path, scanner: Scanner | None) -> str:
    """What is known of a file that somebody waits for: `UNSCANNED`, `CLEAN`, `INFECTED`, or `WAITING` for an answer."""
    if scanner is None:
        return UNSCANNED
    try:
        with path.open("rb") as file:
            return scanner.verdict(file, PATIENCE_SECONDS)
    except ScannerAway as away:
        _logger.warning("scanner.away", reason=str(away))
        return WAITING


def _answer(wire: socket.socket, ends: float) -> bytes:
    said = b""
    while not said.endswith(b"\0") and len(said) < _LONGEST_ANSWER:
        _limit(wire, ends)
        piece = wire.recv(_LONGEST_ANSWER)
        if not piece:
            break
        said += piece
    return said.rstrip(b"\0")


def _limit(wire: socket.socket, ends: float) -> None:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    wire.settimeout(left)
