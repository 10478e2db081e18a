"""Whether a message would be answered now: a real round trip through the database, Rasa and the actions."""

from __future__ import annotations

import asyncio
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from gateway import metrics
from gateway.posting import Rasa
from gateway.tables import leases

#: Seconds in which each part has to answer.
WITHIN: Final = 1.7


class _UndoneOnPurpose(Exception):
    """Ends the transaction that showed that the database can be written."""


async def cut_off(engine: Engine, rasa: Rasa) -> list[str]:
    """The names of the parts that cannot be reached, of `database`, `rasa` and `actions`; empty when all is well."""
    database, parts = await asyncio.gather(_within(asyncio.to_thread(_cannot_write, engine)), rasa.cut_off())
    cut = [*(["database"] if database else []), *(part for part in parts if part != "database" or not database)]
    metrics.READY.set(not cut)
    return cut


async def _within(check: object) -> bool:
    try:
        return bool(await asyncio.wait_for(check, WITHIN))  # type: ignore[arg-type]
    except asyncio.TimeoutError:
        return True


def _cannot_write(engine: Engine) -> bool:
    """Whether a row cannot be written; the one that is tried is taken back."""

    def write(connection: Connection) -> None:
        connection.execute(sa.insert(leases).values(name="readiness", holder="", fence=0, until=0.0))
        raise _UndoneOnPurpose

    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            write(connection)
    except _UndoneOnPurpose:
        return False
    except Exception:
        return True
    return False
