"""How many files, and how many bytes, one buyer may send in a day; counted in the database, over all gateways.

What is begun counts, whatever becomes of it: an upload by the length that it says, a file in one piece and one that a
channel gives by what came.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes.transactions import writing
from buyer_protection.evidence import Limits
from gateway.rate_counts import RateCounts

DAY_SECONDS: Final = 24 * 60 * 60
#: Bytes are counted in these, rounded up: a count is a small number in the database.
_KIBIBYTE: Final = 1024


class QuotaReached(Exception):
    """A buyer has sent as much as may be sent in a day; nothing was counted."""


class UploadQuota:
    """The quota of every buyer. Waits for the database, so it is called in threads; raises the database's errors."""

    def __init__(self, engine: Engine, limits: Limits) -> None:
        self._engine = engine
        self._most_files, self._most_bytes = limits.most_files_a_day, limits.most_bytes_a_day

    def count(self, buyer_id: str, *, files: int = 1, size: int = 0) -> None:
        """Counts files and their bytes, within a day from the first one. Raises QuotaReached."""

        def work(connection: Connection) -> None:
            counts = RateCounts(connection)
            many = counts.incr(f"files:{buyer_id}", DAY_SECONDS, amount=files)
            kibibytes = counts.incr(f"kibibytes:{buyer_id}", DAY_SECONDS, amount=-(-size // _KIBIBYTE))
            if many > self._most_files or kibibytes * _KIBIBYTE > self._most_bytes:
                raise QuotaReached

        writing(self._engine, work)

    def sweep(self) -> None:
        """Forgets counts whose day is over."""
        writing(self._engine, lambda connection: RateCounts(connection).sweep())
