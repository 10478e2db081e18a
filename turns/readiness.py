"""Whether turns can be taken: what they need is asked, not believed."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from turns.actions_over_http import ActionsOverHttp

#: Seconds that the database and the actions have to answer.
DATABASE_WITHIN: Final = 1.5
ACTIONS_WITHIN: Final = 1.0

#: One thread of its own: a database that hangs costs the turns none of theirs, and is asked once at a time.
_asking = ThreadPoolExecutor(1, thread_name_prefix="readiness")


async def cut_off(agent: Any) -> list[str]:
    """The names of what is cut off, of `database` and `actions`; none of them where a turn would be answered."""
    database, actions = await asyncio.gather(_has_database(agent.tracker_store), _has_actions(agent.action_endpoint))
    return [name for name, is_there in (("database", database), ("actions", actions)) if not is_there]


async def _has_database(store: Any) -> bool:
    engine: Engine | None = getattr(store, "engine", None)
    if engine is None:  # conversations are kept in memory
        return True
    with suppress(Exception):
        asked = asyncio.get_running_loop().run_in_executor(_asking, _round_trip, engine)
        await asyncio.wait_for(asked, DATABASE_WITHIN)
        return True
    return False


def _round_trip(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT id FROM events LIMIT 1")).all()


async def _has_actions(endpoint: Any) -> bool:
    if not isinstance(endpoint, ActionsOverHttp):  # in this process
        return True
    with suppress(Exception):
        return await asyncio.wait_for(endpoint.is_there(), ACTIONS_WITHIN)
    return False
