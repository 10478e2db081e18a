"""`evidence ...`: handing photos and videos in for a buyer."""

from __future__ import annotations

from pathlib import Path

import typer

from buyer_protection.disputes import Refused
from buyer_protection.evidence import Limits, Store
from buyer_protection.evidence import attach as attach_file
from buyer_protection.settings import settings
from buyer_protection.staff import desk

app = typer.Typer(no_args_is_help=True, help="Photos and videos.")

Files = typer.Argument(..., help="Photos or videos.")


@app.callback()
def _group() -> None:
    """Photos and videos."""


@app.command()
def attach(
    reference: str = typer.Argument(..., help="The reference of a draft or a dispute."),
    files: list[Path] = Files,
    actor: str = desk.Actor,
) -> None:
    """Add files to a claim; each counts only if it is a photo or video by its content."""
    known = desk.reference(reference)
    engine = desk.engine()
    store, limits = Store.of(settings()), Limits.of(settings())
    refused = False
    for path in files:
        try:
            answer = attach_file(
                engine,
                store,
                reference=known,
                path=path,
                actor=desk.actor(actor),
                now=desk.now(),
                limits=limits,
            )
            if isinstance(answer, Refused):
                desk.refuse(known if answer.code in ("unknown_reference", "closed") else str(path), answer)
            before = " (the claim had it before)" if answer.already else ""
            print(f"{path}: {answer.media_type}, {answer.size} bytes, attached to {answer.reference}{before}")
        except (desk.BadInput, OSError) as error:
            typer.echo(str(error), err=True)
            refused = True
    if refused:
        raise typer.Exit(desk.BAD_INPUT)
