"""Do the files and the rows agree? What a crash left behind is removed; what is missing or altered is said.

Every original is read again and its SHA-256 compared with the one of the day it came in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from buyer_protection.disputes import fields
from buyer_protection.disputes.evidence_tables import evidence
from buyer_protection.disputes.tables import claims
from buyer_protection.disputes.transactions import reading, writing
from buyer_protection.disputes.verifying import note_on_dispute
from buyer_protection.evidence.scanning import WAITING
from buyer_protection.evidence.store import Kept, Store

KEPT: Final = "kept"
MISSING: Final = "missing"
ALTERED: Final = "altered"

#: A file without a row may be one whose row is about to be written, until it is as old as this.
GRACE: Final = timedelta(hours=24)

#: Names that this package gives; whatever else lies in the store is somebody else's.
_OURS: Final = re.compile(r"[0-9a-f]{32}(?:[.-]shown)?(?:\.[a-z0-9]{2,4})?(?:\.part)?")


@dataclass
class Checked:
    """What a check found: names of files without a row, and ids of evidence.

    `orphans` are files of ours older than a day that no row speaks of; `removed` those of them that were taken away.
    `missing` and `altered` name evidence whose original is not there, or not as it came in; `without_copy` evidence
    whose copy to show is not there, and `unscanned` evidence that the virus scanner has not answered about for a day.
    `looked_at` is how many originals were read.
    """

    looked_at: int = 0
    orphans: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    without_copy: list[str] = field(default_factory=list)
    unscanned: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        """Whether every file that a row speaks of is there as it came in, and a scanner answers in time."""
        return not (self.missing or self.altered or self.without_copy or self.unscanned)


def check(engine: Engine, store: Store, *, now: datetime, sweep: bool = False) -> Checked:
    """Compare the store with the rows, and write down what became of each original; with `sweep` remove orphans.

    Never removes what a row speaks of, nor what has no name of ours. Raises `StoreAway`: then nothing more is said.
    """
    now = fields.instant(now)
    # The files first: one that comes in between has no row in the list, and is not looked for among the files either.
    there = store.files()
    rows = reading(engine, lambda connection: connection.execute(sa.select(evidence).order_by(evidence.c.id)).all())
    found = Checked(looked_at=len(rows), orphans=_orphans(there, rows, now))
    if sweep:
        for name in found.orphans:
            store.remove(name)
            found.removed.append(name)
    for row in rows:
        condition = _condition(store, row)
        if condition != KEPT:
            (found.missing if condition == MISSING else found.altered).append(row.evidence_id)
        if row.shown_name and not _is_there(store, row.shown_name):
            found.without_copy.append(row.evidence_id)
        if row.scan == WAITING and row.attached_at < now - GRACE:
            found.unscanned.append(row.evidence_id)
        if condition != row.condition:
            _write_down(engine, row, condition, now)
    # Taken back while we looked: nothing is missing then.
    still = _ids(engine)
    for ids in (found.missing, found.altered, found.without_copy, found.unscanned):
        ids[:] = [evidence_id for evidence_id in ids if evidence_id in still]
    return found


def _orphans(there: list[Kept], rows: list[Row], now: datetime) -> list[str]:
    spoken_of = {name for row in rows for name in (row.stored_name, row.shown_name)}
    return [
        file.name
        for file in there
        if file.name not in spoken_of and file.written_at < now - GRACE and _OURS.fullmatch(file.name)
    ]


def _condition(store: Store, row: Row) -> str:
    try:
        return KEPT if store.sha256(row.stored_name) == row.sha256 else ALTERED
    except FileNotFoundError:
        return MISSING


def _is_there(store: Store, name: str) -> bool:
    try:
        return store.size(name) > 0
    except FileNotFoundError:
        return False


def _ids(engine: Engine) -> set[str]:
    return reading(engine, lambda connection: set(connection.scalars(sa.select(evidence.c.evidence_id))))


def _write_down(engine: Engine, row: Row, condition: str, now: datetime) -> None:
    """The row says what its file is, and so does the dispute's timeline."""
    detail: dict[str, Any] = {"evidence_id": row.evidence_id, "condition": condition}

    def work(connection: Connection) -> None:
        changed = connection.execute(
            sa.update(evidence)
            .where(evidence.c.id == row.id, evidence.c.condition != condition)
            .values(condition=condition)
        )
        if changed.rowcount and row.claim_id is not None:
            of_claim = sa.select(claims.c.reference).where(claims.c.claim_id == row.claim_id)
            note_on_dispute(connection, connection.scalar(of_claim), "evidence_file", "check", now, "", detail)

    writing(engine, work)
