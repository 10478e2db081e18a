"""What buyers did and heard in a test, as it happened: written down to be compared with the database at the end."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any, Literal

#: `invoke`: sent. `ok`: answered for good. `pending`: taken, the answer comes later. `fail`: refused, so nothing may
#: have happened. `unknown`: nobody knows, the connection broke. `told`: read in the history or the stream.
Kind = Literal["invoke", "ok", "pending", "fail", "unknown", "told"]


@dataclass(frozen=True)
class Entry:
    """One thing that happened to a message `name` (the page's own id) of a buyer; `heard` are messages as drawn."""

    kind: Kind
    buyer: str
    name: str
    heard: tuple[dict[str, Any], ...] = ()
    code: str = ""
    at: float = field(default_factory=time.monotonic)


class History:
    """The entries of a test, oldest first; written by as many threads as there are buyers."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._writing = threading.Lock()

    def add(self, kind: Kind, buyer: str, name: str, heard: Any = (), code: str = "") -> None:
        """Writes one entry down."""
        with self._writing:
            self._entries.append(Entry(kind, buyer, name, tuple(heard), code))

    @property
    def entries(self) -> list[Entry]:
        """All entries so far."""
        with self._writing:
            return list(self._entries)

    def of(self, kind: Kind) -> list[Entry]:
        """The entries of one kind."""
        return [entry for entry in self.entries if entry.kind == kind]
