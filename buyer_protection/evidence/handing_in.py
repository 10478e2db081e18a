"""Handing evidence in: a file is copied, looked at, sealed, and counted only as a photo or video that opens (EVID-1).

Its original and its copy to show are in the store for sure before a row speaks of them; so what a crash leaves behind
is a file without a row, which the sweeper removes, never a row without a file.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from buyer_protection.disputes import Refused, fields, find_claim, refusal
from buyer_protection.disputes.evidence_tables import evidence
from buyer_protection.disputes.keeping import DRAFT, refresh
from buyer_protection.disputes.transactions import writing
from buyer_protection.disputes.verifying import note_on_dispute
from buyer_protection.evidence.belonging import claim_for
from buyer_protection.evidence.files import Copy, TooLarge, cleaned_name, copy_in
from buyer_protection.evidence.limits import Limits
from buyer_protection.evidence.looking import Look, Unacceptable, look
from buyer_protection.evidence.receipts import TOLD_OF_A_FILE, Receipt, is_held, receipts
from buyer_protection.evidence.scanning import INFECTED, Scanner, scanned
from buyer_protection.evidence.store import Store

NO_SUCH_FILE: Final = "no_such_file"
TOO_LARGE: Final = "too_large"
TOO_MANY_FILES: Final = "too_many_files"
TOO_MANY_BYTES: Final = "too_many_bytes"


def hand_in(
    engine: Engine,
    store: Store,
    *,
    buyer_id: str,
    path: Path,
    original_name: str,
    channel: str,
    actor: str,
    now: datetime,
    reference: str | None = None,
    at: str = "",
    limits: Limits | None = None,
    scanner: Scanner | None = None,
) -> Receipt | Refused:
    """Take in a buyer's file for a claim of theirs, or hold it for them until there is one; see `claim_for`.

    The file at `path` is left as it is. The very same file again gives the receipt there is, with `already`.
    `at` is the id of the claim that the conversation is at. What `scanner` does not answer about in time is taken all
    the same, and shown to nobody until `rescan` has asked again.
    Codes: `unknown_reference`, `closed`, `no_such_file`, `empty`, `too_large`, `not_photo_or_video`, `damaged`,
    `too_many_pixels`, `two_kinds`, `infected`, `too_many_files`, `too_many_bytes`.
    Raises `OSError` where the file cannot be read or the store cannot be used, and `FieldError`.
    """
    buyer_id = fields.identifier("buyer_id", buyer_id)
    actor = fields.identifier("actor", actor)
    now = fields.instant(now)
    limits = limits or Limits()
    if not path.is_file():
        return Refused(NO_SUCH_FILE)
    known = writing(engine, lambda connection: claim_for(connection, buyer_id, reference, at))
    if isinstance(known, Refused):
        return known
    try:
        copy = copy_in(path, store.spool, limits.largest)
    except TooLarge:
        return Refused(TOO_LARGE)
    shown = copy.path.with_suffix(".shown.part")
    try:
        found = look(copy.path, shown)
        if copy.size > (limits.largest_video if found.kind == "video" else limits.largest_photo):
            return Refused(TOO_LARGE)
        scan = scanned(copy.path, scanner)
        if scan == INFECTED:
            return Refused(INFECTED)
        row = {**_row(copy, found, cleaned_name(original_name), channel, actor, now), "scan": scan}
        _put(store, copy, shown, row)
        return _keep(engine, store, row, buyer_id, reference, at, limits)
    except Unacceptable as refused:
        return Refused(refused.code)
    finally:
        copy.discard()
        shown.unlink(missing_ok=True)


def attach(
    engine: Engine,
    store: Store,
    *,
    reference: str,
    path: Path,
    actor: str,
    now: datetime,
    channel: str = "staff",
    limits: Limits | None = None,
    scanner: Scanner | None = None,
) -> Receipt | Refused:
    """The same, done by staff for whoever's claim it is."""
    claim = find_claim(engine, reference=reference, now=now)
    if claim is None:
        return Refused(refusal.UNKNOWN_REFERENCE) if path.is_file() else Refused(NO_SUCH_FILE)
    return hand_in(
        engine,
        store,
        buyer_id=claim.buyer_id,
        path=path,
        original_name=path.name,
        channel=channel,
        actor=actor,
        now=now,
        reference=claim.reference,
        limits=limits,
        scanner=scanner,
    )


def _row(copy: Copy, found: Look, original_name: str, channel: str, actor: str, now: datetime) -> dict[str, Any]:
    return {
        "evidence_id": secrets.token_urlsafe(16),
        "sha256": copy.sha256,
        "media_type": found.media_type,
        "kind": found.kind,
        "counts": found.counts,
        "size": copy.size,
        "original_name": original_name,
        "stored_name": copy.name + found.ending,
        "shown_name": f"{copy.name}-shown.jpg" if found.shown_type else "",
        "shown_type": found.shown_type,
        "captured_on": found.captured_on,
        "checked": list(found.checked),
        "removed": list(found.removed),
        "channel": channel,
        "condition": "kept",
        "attached_at": now,
        "attached_by": actor,
    }


def _put(store: Store, copy: Copy, shown: Path, row: dict[str, Any]) -> None:
    store.put(copy.path, row["stored_name"])
    if row["shown_name"]:
        store.put(shown, row["shown_name"])


def _keep(
    engine: Engine, store: Store, row: dict[str, Any], buyer_id: str, reference: str | None, at: str, limits: Limits
) -> Receipt | Refused:
    """The row for files that are in the store.

    Where the database fails, they stay: the row may have been written all the same, and must not speak of nothing.
    """
    now: datetime = row["attached_at"]

    def work(connection: Connection) -> Receipt | Refused:
        claim = claim_for(connection, buyer_id, reference, at)
        if isinstance(claim, Refused):
            return claim
        mine = is_held(buyer_id) if claim is None else evidence.c.claim_id == claim.claim_id
        before = receipts(connection, mine)
        for receipt in before:
            if receipt.sha256 == row["sha256"]:
                return replace(receipt, already=True)
        if len(before) >= limits.most_files:
            return Refused(TOO_MANY_FILES)
        if sum(receipt.size for receipt in before) + row["size"] > limits.most_bytes:
            return Refused(TOO_MANY_BYTES)
        claim_id = None if claim is None else claim.claim_id
        connection.execute(sa.insert(evidence).values(claim_id=claim_id, buyer_id=buyer_id, **row))
        if claim is not None:
            _tell(connection, claim, row, now)
        (receipt,) = receipts(connection, evidence.c.evidence_id == row["evidence_id"])
        return receipt

    answer = writing(engine, work)
    # Tried again after a lost answer, a row of ours comes back as one that was there before.
    if isinstance(answer, Receipt) and answer.evidence_id == row["evidence_id"]:
        return replace(answer, already=False)
    for name in filter(None, (row["stored_name"], row["shown_name"])):
        with suppress(OSError):  # what cannot be removed now, the sweeper finds
            store.remove(name)
    return answer


def _tell(connection: Connection, claim: Row, row: dict[str, Any], now: datetime) -> None:
    """A line in the dispute's timeline; a draft is assessed again."""
    detail = {name: row[name] for name in TOLD_OF_A_FILE}
    note_on_dispute(connection, claim.reference, "evidence", row["attached_by"], now, "", detail)
    if claim.state == DRAFT:
        refresh(connection, claim, now)
