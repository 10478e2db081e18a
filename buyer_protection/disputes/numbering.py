"""References are given out once and never again, also when what they named is gone."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from buyer_protection.disputes.reference import new_reference
from buyer_protection.disputes.tables import issued_references


def issue_reference(connection: Connection, kind: str, now: datetime) -> str:
    """A reference that nobody has had; `kind` is `claim` or `handoff`."""
    taken = True
    while taken:
        reference = new_reference()
        query = sa.select(issued_references.c.kind).where(issued_references.c.reference == reference)
        taken = connection.execute(query).first() is not None
    connection.execute(sa.insert(issued_references).values(reference=reference, kind=kind, issued_at=now))
    return reference
