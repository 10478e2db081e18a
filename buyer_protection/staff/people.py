"""`people ...`: buyers who want a person."""

from __future__ import annotations

import typer

from buyer_protection import disputes as store
from buyer_protection.staff import desk, showing

app = typer.Typer(no_args_is_help=True, help="Buyers who want a person.")

_COLUMNS = ("reference", "buyer_id", "claim_id", "asked_at", "reason")


@app.command("list")
def list_() -> None:
    """Who waits, the longest waiting first."""
    rows = [showing.document(handoff) for handoff in store.open_handoffs(desk.engine())]
    if showing.for_people():
        showing.as_table("People", _COLUMNS, [tuple(row[name] for name in _COLUMNS) for row in rows])
    else:
        showing.as_json(rows)


@app.command()
def told(buyer: str = typer.Argument(..., help="The buyer's id.")) -> None:
    """What a buyer sent that belongs to no claim yet: long texts, files, changed messages."""
    notes = [showing.document(note) for note in store.untied_notes(desk.engine(), buyer_id=buyer)]
    if showing.for_people():
        showing.as_table("Told", ("topic", "text", "at"), [tuple(note.values()) for note in notes])
    else:
        showing.as_json(notes)


@app.command()
def done(
    reference: str = typer.Argument(..., help="The reference that the buyer was told."),
    actor: str = desk.Actor,
) -> None:
    """Somebody has spoken with the buyer."""
    known = desk.reference(reference)
    answer = store.close_handoff(desk.engine(), reference=known, actor=desk.actor(actor), now=desk.now())
    print(f"{desk.done(known, answer)}: closed")
