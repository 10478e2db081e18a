"""How much one buyer may send: a setting, counted over all gateways; what was refused does not count."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import structlog
from limits import RateLimitItem, parse_many
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from buyer_protection.disputes.transactions import writing
from buyer_protection.logs import in_code
from buyer_protection.settings import Settings, SettingsError, variable
from gateway.rate_counts import RateCounts

#: In production, where nothing else is set: a burst of five, and one a second in the long run.
STRICT: Final = "5 per 5 seconds; 60 per minute"
LARGEST_AMOUNT: Final = 1_000_000
LONGEST_WINDOW: Final = 24 * 60 * 60
SWEEP_SECONDS: Final = 600.0

_logger = structlog.get_logger(__name__)


class _Refused(Exception):
    """Rolls back what was counted on the way to a limit that is reached."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class RateLimits:
    """The limits of the settings; raises `SettingsError` for those that cannot be read.

    `clock` (seconds that only grow) says when counts that have ended are swept away: at the first check of a process,
    and then every ten minutes.
    """

    def __init__(self, known: Settings, engine: Engine, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits_of(known)
        self._engine = engine
        self._clock = clock
        self._swept_at: float | None = None

    @property
    def are_off(self) -> bool:
        """Whether everybody may send as much as they like."""
        return not self._limits

    def check(self, buyer_id: str) -> int | None:
        """Count one message of a buyer: None, or where it is one too many the seconds to wait, and it is not counted.

        Waits for the database, so it is called in a thread; raises the database's errors.
        """
        if self.are_off:
            return None
        try:
            writing(self._engine, lambda connection: self._count(connection, buyer_id))
        except _Refused as refused:
            return refused.seconds
        self._sweep_now_and_then()
        return None

    def _count(self, connection: Connection, buyer_id: str) -> None:
        counts = RateCounts(connection)
        window = FixedWindowRateLimiter(counts)
        reached = [limit for limit in self._limits if not window.hit(limit, buyer_id)]
        if reached:
            raise _Refused(max(1, *(counts.seconds_left(limit.key_for(buyer_id)) for limit in reached)))

    def _sweep_now_and_then(self) -> None:
        if self._swept_at is not None and self._clock() < self._swept_at + SWEEP_SECONDS:
            return
        self._swept_at = self._clock()
        try:
            writing(self._engine, lambda connection: RateCounts(connection).sweep())
        except SQLAlchemyError as error:
            # The message has been counted and may go on; the next sweep takes more.
            _logger.warning("rate_counts.not_swept", reason=in_code(error))


def limits_of(known: Settings) -> list[RateLimitItem]:
    """The limits that hold, the shortest first; none where they are off.

    Unset is strict in production and off in development; empty is off. Raises `SettingsError`.
    """
    text = known.rate_limits
    if text is None:
        text = "" if known.is_development else STRICT
    if not text.strip():
        return []
    try:
        read = parse_many(text.strip())
    except ValueError:
        raise _unreadable() from None
    if any(not 1 <= limit.amount <= LARGEST_AMOUNT or limit.get_expiry() > LONGEST_WINDOW for limit in read):
        raise _unreadable()
    # One limit written twice would count each message twice.
    different = {limit.key_for(): limit for limit in read}
    return sorted(different.values(), key=lambda limit: limit.get_expiry())


def _unreadable() -> SettingsError:
    return SettingsError(
        f"{variable('rate_limits')}: limits such as '{STRICT}' are expected, "
        f"each of 1 to {LARGEST_AMOUNT} messages and at most a day"
    )
