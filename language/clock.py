"""The machine's clock, for a message whose turn nobody vouches for: a trained model that is tried by itself."""

from __future__ import annotations

from datetime import datetime, timezone


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(timezone.utc)
