"""`evidence fetch` and `evidence check`: the files themselves."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

import typer

from buyer_protection import evidence as files_of
from buyer_protection.evidence import Checked, Store, StoreAway
from buyer_protection.evidence.viewing import ORIGINAL, SHOWN
from buyer_protection.settings import settings
from buyer_protection.staff import desk, showing

#: Status of a check that found a file missing or altered.
NOT_WELL: Final = 1

#: Why nobody gets a file, by what the virus scanner said.
_LOCKED: Final = {
    "waiting": "it waits for the virus scanner; nobody gets it before",
    "infected": "the virus scanner found something in it; nobody gets it",
}

Target = typer.Argument(..., help="Where to put the file; nothing may be there yet.")


def fetch(
    evidence_id: str = typer.Argument(..., help="As `evidence list` says."),
    target: Path = Target,
    reason: str = typer.Option(..., help="Why; it is written down with your name."),
    original: bool = typer.Option(False, "--original", help="The sealed original, with all that it says of itself."),
    actor: str = desk.Actor,
) -> None:
    """Take a file to look at: the copy without metadata, or the original; who took it, and why, is kept for ever."""
    engine, store = desk.engine(), Store.of(settings())
    found = files_of.for_viewing(engine, evidence_id=evidence_id, buyer_id=None)
    if found is None:
        raise desk.BadInput(f"{evidence_id}: there is no such evidence")
    if found.is_locked:
        raise desk.BadInput(f"{evidence_id}: {_LOCKED[found.scan]}")
    name = found.stored_name if original else found.shown_name
    if not name:
        raise desk.BadInput(f"{evidence_id}: a document has no copy to show; --original takes it as it came")
    if target.exists() or not target.parent.is_dir():
        raise desk.BadInput(f"{target}: there is something already, or no folder for it")
    who, part = desk.actor(actor), ORIGINAL if original else SHOWN
    try:
        with store.open(name) as source:
            # Nobody gets a file without a line that says so, so the line comes first.
            files_of.note_access(engine, evidence_id=evidence_id, part=part, actor=who, reason=reason, now=desk.now())
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                shutil.copyfileobj(source, file)
    except FileNotFoundError:
        raise desk.BadInput(f"{evidence_id}: its file is missing from the store") from None
    except OSError as error:
        raise desk.BadInput(f"{evidence_id}: it cannot be fetched just now ({type(error).__name__})") from None
    print(f"{target}: {'original' if original else 'copy'} of {found.original_name}, noted for {who}")


def check(
    sweep: bool = typer.Option(False, "--sweep", help="Remove files that no row speaks of and that are a day old."),
    quiet: bool = typer.Option(False, "--quiet", help="Say nothing where all is well, as a nightly job should."),
) -> None:
    """Read every original again: is it there, as it came in? Status 1 if not, 2 if nobody can tell; for each night."""
    try:
        found = files_of.check(desk.engine(), Store.of(settings()), now=desk.now(), sweep=sweep)
    except StoreAway as away:
        raise desk.BadInput(f"the store cannot be used just now ({away}); nothing is known of the files") from None
    if quiet and found.is_well:
        return
    if quiet:
        _name(found)
    elif showing.for_people():
        showing.as_fields("Evidence", showing.document(found))
        print(_in_a_line(found))
    else:
        showing.as_json(showing.document(found))
    if not found.is_well:
        typer.echo(_in_a_line(found), err=True)
        raise typer.Exit(NOT_WELL)


def _name(found: Checked) -> None:
    """A line for each file that is not well, by its id alone: what it is called may name a person."""
    for condition in ("missing", "altered", "without_copy", "unscanned"):
        for evidence_id in getattr(found, condition):
            print(f"{condition} {evidence_id}")


def _in_a_line(found: Checked) -> str:
    return (
        f"{found.looked_at} looked at: {len(found.missing)} missing, {len(found.altered)} altered, "
        f"{len(found.without_copy)} without the copy to show, {len(found.unscanned)} not scanned for a day; "
        f"{len(found.orphans)} files without a row, {len(found.removed)} of them removed"
    )
