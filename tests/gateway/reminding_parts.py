"""A gateway's parts that say reminders, without a door: `reminding_parts.py URL NOW ROUNDS` looks so many times.

NOW is the instant at which it looks the first time; each round is `STEP` later, so that what a killed one took is due.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

from buyer_protection.disputes.due_reminders import TAKEN_FOR
from buyer_protection.settings import DEVELOPMENT, Settings
from gateway.parts import Parts

STEP = TAKEN_FOR


def parts_on(url: str, **known: Any) -> Parts:
    """The parts of a gateway on a database; nothing listens."""
    secret = "a secret of the tests, nobody else's"
    given = {"env": DEVELOPMENT, "database_url": url, "gateway_secret": secret, "turn_secret": secret}
    return Parts(Settings(**given, widget_secret=secret, **known))


def look(url: str, *instants: datetime, prepare: Callable[[Parts], None] | None = None, **known: Any) -> None:
    """Looks for what is due, at each instant, as a gateway does that was just started."""

    async def look_once() -> None:
        parts = parts_on(url, **known)
        if prepare is not None:
            prepare(parts)
        await parts.runner.start()
        try:
            for now in instants:
                await parts.reminding.say_due(now)
        finally:
            await parts.stop()

    asyncio.run(look_once())


if __name__ == "__main__":
    first = datetime.fromisoformat(sys.argv[2])
    look(sys.argv[1], *(first + number * STEP for number in range(int(sys.argv[3]))))
