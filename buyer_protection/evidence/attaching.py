"""Handing evidence in: a file is copied, looked at, and counted only as a photo or video that opens (EVID-1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes import Refused, fields
from buyer_protection.disputes.keeping import DRAFT, refresh
from buyer_protection.disputes.tables import claims, evidence
from buyer_protection.disputes.transactions import writing
from buyer_protection.disputes.verifying import held_claim, note_on_dispute
from buyer_protection.evidence.files import Copy, TooLarge, cleaned_name, copy_in
from buyer_protection.evidence.looking import Kind, Unacceptable, look
from buyer_protection.evidence.receipts import Receipt, receipts

LARGEST_PHOTO: Final = 20 * 1024**2
LARGEST_VIDEO: Final = 200 * 1024**2
MOST_FILES: Final = 10
MOST_BYTES: Final = 500 * 1024**2

NO_SUCH_FILE: Final = "no_such_file"
TOO_LARGE: Final = "too_large"
TOO_MANY_FILES: Final = "too_many_files"
TOO_MANY_BYTES: Final = "too_many_bytes"


def attach(engine: Engine, *, folder: Path, reference: str, path: Path, actor: str, now: datetime) -> Receipt | Refused:
    """Add a file to a draft or an open dispute; it is kept in `folder` under a name of ours.

    The very same file again gives the receipt there is, with `already`.
    Codes: `unknown_reference`, `closed`, `no_such_file`, `empty`, `too_large`, `not_photo_or_video`, `damaged`,
    `too_many_pixels`, `too_many_files`, `too_many_bytes`. Raises `OSError` where the folder cannot be written.
    """
    actor = fields.identifier("actor", actor)
    now = fields.instant(now)
    if not path.is_file():
        return Refused(NO_SUCH_FILE)
    known = writing(engine, lambda connection: held_claim(connection, reference))
    if isinstance(known, Refused):
        return known
    try:
        copy = copy_in(path, folder, LARGEST_VIDEO)
    except TooLarge:
        return Refused(TOO_LARGE)
    try:
        kind = look(copy.path)
        if kind.is_photo and copy.size > LARGEST_PHOTO:
            return Refused(TOO_LARGE)
        return _keep(engine, copy, kind, reference, cleaned_name(path.name), actor, now)
    except Unacceptable as refused:
        return Refused(refused.code)
    finally:
        copy.discard()


def _keep(
    engine: Engine, copy: Copy, kind: Kind, reference: str, original_name: str, actor: str, now: datetime
) -> Receipt | Refused:
    """The row for a copy that has its lasting name.

    Where the database fails, the copy stays: the row may have been written all the same, and must not speak of nothing.
    """
    lasting = copy.keep_as(kind.ending)

    def work(connection: Connection) -> Receipt | Refused:
        claim = held_claim(connection, reference)
        if isinstance(claim, Refused):
            return claim
        before = receipts(connection, claims.c.claim_id == claim.claim_id)
        for receipt in before:
            if receipt.sha256 == copy.sha256:
                return replace(receipt, already=True)
        if len(before) >= MOST_FILES:
            return Refused(TOO_MANY_FILES)
        if sum(receipt.size for receipt in before) + copy.size > MOST_BYTES:
            return Refused(TOO_MANY_BYTES)
        row: dict[str, Any] = {
            "sha256": copy.sha256,
            "media_type": kind.media_type,
            "size": copy.size,
            "original_name": original_name,
            "stored_name": lasting.name,
            "attached_at": now,
            "attached_by": actor,
        }
        connection.execute(sa.insert(evidence).values(claim_id=claim.claim_id, **row))
        detail = {"sha256": copy.sha256, "media_type": kind.media_type, "size": copy.size}
        note_on_dispute(connection, reference, "evidence", actor, now, "", detail)
        if claim.state == DRAFT:
            refresh(connection, claim, now)
        return Receipt(reference=claim.reference, **row)

    answer = writing(engine, work)
    # Tried again after a lost answer, a row of ours comes back as one that was there before.
    if not (isinstance(answer, Receipt) and answer.stored_name == lasting.name):
        lasting.unlink(missing_ok=True)
        return answer
    return replace(answer, already=False)
