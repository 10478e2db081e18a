"""What time it is in a turn: the instant that is vouched for, and the machine's clock only where none came."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import datetime, timezone
from typing import Any

#: The metadata of the turn that is being run in this task.
_vouched: ContextVar[Mapping[str, Any]] = ContextVar("vouched")


def start_of_turn(metadata: Mapping[str, Any] | None) -> None:
    """Tells the clock of this task what the turn's metadata vouches for."""
    _vouched.set(metadata or {})


def instant(metadata: Mapping[str, Any] | None) -> float | None:
    """The instant in a turn's metadata (`at`, ISO with an offset) as seconds since 1970, or None."""
    at = (metadata or {}).get("at")
    if not isinstance(at, str):
        return None
    try:
        moment = datetime.fromisoformat(at.replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment.timestamp() if moment.tzinfo else None


def minutes_since(metadata: Mapping[str, Any] | None, timestamp: float) -> float:
    """Minutes from an earlier turn to the present one, by the vouched clock if both turns have one.

    The earlier turn is given by its metadata and by the machine's clock of then.
    """
    now, then = instant(_vouched.get({})), instant(metadata)
    if now is None or then is None:
        now, then = time.time(), timestamp
    return (now - then) / 60


def now() -> datetime:
    """The machine's clock, for whoever vouches for a turn."""
    return datetime.now(timezone.utc)
