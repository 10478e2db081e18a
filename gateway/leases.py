"""Who may do what nobody else may do meanwhile: a lease in the database, by the database's clock, with a fence.

A holder that dies loses its lease when the time is up; one that was only slow finds its fence overtaken, and what it
would have written is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from gateway.tables import database_now, leases

#: Seconds that a lease holds without being renewed: as long as a conversation waits for a holder that died.
HOLDS: Final = 5.0
#: Seconds between two renewals.
RENEWED_EVERY: Final = 1.5


@dataclass(frozen=True)
class Lease:
    """A lease that was taken; `fence` grows each time that anybody takes it."""

    name: str
    holder: str
    fence: int


def take(connection: Connection, name: str, holder: str) -> Lease | None:
    """The lease, if nobody holds it; None while somebody does, this holder included."""
    now = database_now()
    grown = sa.update(leases).where(leases.c.name == name, leases.c.until < now)
    values = {"holder": holder, "fence": leases.c.fence + 1, "until": now + HOLDS}
    if connection.execute(grown.values(values)).rowcount == 0:
        held = sa.select(sa.literal(1)).where(leases.c.name == name)
        if connection.execute(held).first() is not None:
            return None
        new = {"name": name, "holder": holder, "fence": 1, "until": now + HOLDS}
        connection.execute(sa.insert(leases).values(new))
        return Lease(name, holder, 1)
    fence = connection.execute(sa.select(leases.c.fence).where(leases.c.name == name)).scalar_one()
    return Lease(name, holder, fence)


def renew(connection: Connection, lease: Lease) -> bool:
    """Whether the lease is still held; if so, for as long as a new one."""
    return _change(connection, lease, database_now() + HOLDS)


def give_back(connection: Connection, lease: Lease) -> bool:
    """Whether the lease was still held; nobody holds it now, unless somebody else took it."""
    return _change(connection, lease, 0.0)


def hold_back(connection: Connection, lease: Lease, seconds: float) -> bool:
    """Whether the lease was still held; nobody can take it for so many seconds, not even who held it."""
    return _change(connection, lease, database_now() + seconds)


def _change(connection: Connection, lease: Lease, until: object) -> bool:
    mine = sa.update(leases).where(
        leases.c.name == lease.name, leases.c.holder == lease.holder, leases.c.fence == lease.fence
    )
    return bool(connection.execute(mine.values(until=until)).rowcount == 1)
