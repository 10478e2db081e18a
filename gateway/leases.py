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


# Put together once: each message takes a lease and gives one back.
_NAMED: Final = leases.c.name == sa.bindparam("lease")
_MINE: Final = sa.and_(_NAMED, leases.c.holder == sa.bindparam("by"), leases.c.fence == sa.bindparam("taken"))
_UNTIL: Final = database_now() + HOLDS
_TAKE: Final = (
    sa.update(leases)
    .where(_NAMED, leases.c.until < database_now())
    .values(holder=sa.bindparam("by"), fence=leases.c.fence + 1, until=_UNTIL)
)
_FIRST: Final = sa.insert(leases).values(name=sa.bindparam("lease"), holder=sa.bindparam("by"), fence=1, until=_UNTIL)
_FENCE: Final = sa.select(leases.c.fence).where(_NAMED)
_RENEW: Final = sa.update(leases).where(_MINE).values(until=_UNTIL)
_HOLD_BACK: Final = (
    sa.update(leases).where(_MINE).values(until=database_now() + sa.bindparam("seconds", type_=sa.Float))
)
_GIVE_BACK: Final = sa.update(leases).where(_MINE).values(until=0.0)


class LeaseLost(Exception):
    """Somebody else has the lease by now; what was done under it is not written."""


@dataclass(frozen=True)
class Lease:
    """A lease that was taken; `fence` grows each time that anybody takes it."""

    name: str
    holder: str
    fence: int


def take(connection: Connection, name: str, holder: str) -> Lease | None:
    """The lease, if nobody holds it; None while somebody does, this holder included."""
    about = {"lease": name, "by": holder}
    if connection.execute(_TAKE, about).rowcount == 0:
        if connection.execute(_FENCE, about).first() is not None:
            return None
        connection.execute(_FIRST, about)
        return Lease(name, holder, 1)
    return Lease(name, holder, connection.execute(_FENCE, about).scalar_one())


def renew(connection: Connection, lease: Lease) -> bool:
    """Whether the lease is still held; if so, for as long as a new one."""
    return bool(connection.execute(_RENEW, _this(lease)).rowcount == 1)


def give_back(connection: Connection, lease: Lease) -> bool:
    """Whether the lease was still held; nobody holds it now, unless somebody else took it."""
    return bool(connection.execute(_GIVE_BACK, _this(lease)).rowcount == 1)


def hold_back(connection: Connection, lease: Lease, seconds: float) -> bool:
    """Whether the lease was still held; nobody can take it for so many seconds, not even who held it."""
    return bool(connection.execute(_HOLD_BACK, {**_this(lease), "seconds": seconds}).rowcount == 1)


def _this(lease: Lease) -> dict[str, object]:
    return {"lease": lease.name, "by": lease.holder, "taken": lease.fence}
