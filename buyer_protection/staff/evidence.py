"""`evidence ...`: handing files in for a buyer, what there is, taking one, and whether all are as they came."""

from __future__ import annotations

from pathlib import Path

import typer

from buyer_protection import evidence as files_of
from buyer_protection.disputes import Refused
from buyer_protection.evidence import Limits, Scanner, Store
from buyer_protection.settings import settings
from buyer_protection.staff import desk, showing
from buyer_protection.staff.evidence_files import check, fetch

app = typer.Typer(no_args_is_help=True, help="Photos and videos.")

Files = typer.Argument(..., help="Photos or videos.")

_COLUMNS = (
    "evidence_id",
    "original_name",
    "media_type",
    "size",
    "counts",
    "captured_on",
    "removed",
    "condition",
    "scan",
)


@app.command()
def attach(
    reference: str = typer.Argument(..., help="The reference of a draft or a dispute."),
    files: list[Path] = Files,
    actor: str = desk.Actor,
) -> None:
    """Add files to a claim; each counts only if it is a photo or video by its content."""
    known = desk.reference(reference)
    engine = desk.engine()
    store, limits, scanner = Store.of(settings()), Limits.of(settings()), Scanner.of(settings())
    refused = False
    for path in files:
        try:
            answer = files_of.attach(
                engine,
                store,
                reference=known,
                path=path,
                actor=desk.actor(actor),
                now=desk.now(),
                limits=limits,
                scanner=scanner,
            )
            if isinstance(answer, Refused):
                desk.refuse(known if answer.code in ("unknown_reference", "closed") else str(path), answer)
            before = " (the claim had it before)" if answer.already else ""
            counts = "" if answer.counts else ", kept and not counted"
            print(f"{path}: {answer.media_type}, {answer.size} bytes, attached to {answer.reference}{before}{counts}")
        except (desk.BadInput, OSError) as error:
            typer.echo(str(error), err=True)
            refused = True
    if refused:
        raise typer.Exit(desk.BAD_INPUT)


@app.command("list")
def list_(
    reference: str = typer.Argument(None, help="The reference of a draft or a dispute."),
    buyer: str = typer.Option(None, help="All files of a buyer instead, those without a claim among them."),
) -> None:
    """What was accepted, what each file says of itself, and who of the staff took it."""
    engine = desk.engine()
    if (reference is None) == (buyer is None):
        raise desk.BadInput("REFERENCE or --buyer: one of the two is expected")
    if buyer is not None:
        found = files_of.evidence_of_buyer(engine, buyer_id=buyer)
    else:
        found = files_of.evidence_of(engine, reference=desk.reference(reference))
    if showing.for_people():
        showing.as_table("Evidence", _COLUMNS, [[getattr(file, name) for name in _COLUMNS] for file in found])
        return
    rows = []
    for file in found:
        taken = files_of.accesses_of(engine, evidence_id=file.evidence_id)
        rows.append({**showing.document(file, "already"), "taken_by": [showing.document(one) for one in taken]})
    showing.as_json(rows)


app.command()(fetch)
app.command()(check)
