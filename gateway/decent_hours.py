"""When a buyer may be written to by itself: by day, on their own clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Hours:
    """The hours of a day in which buyers are written to: from the first, and not in the last any more."""

    first: int
    until: int

    def first_in(self, zone: ZoneInfo, now: datetime, not_before: date) -> datetime:
        """The first instant from `now` on that is in these hours of a day in a zone, that day or a later one.

        In UTC; `now` itself where it is one.
        """
        local = now.astimezone(zone)
        day = max(local.date(), not_before)
        if day == local.date() and local.hour >= self.until:
            day += timedelta(days=1)
        return max(now, datetime.combine(day, time(self.first), zone)).astimezone(timezone.utc)
