"""`claims ...`: what buyers say happened, as long as no dispute is opened for it."""

from __future__ import annotations

import typer

from buyer_protection import disputes as store
from buyer_protection.staff import desk, showing
from buyer_protection.staff.cases import show_case

app = typer.Typer(no_args_is_help=True, help="Claims that are not yet disputes.")

_COLUMNS = ("reference", "outcome", "earliest_dispute_on", "claim_type", "order_id", "buyer_id", "changed_at")


@app.command("list")
def list_() -> None:
    """Drafts, the one changed last first, assessed for today."""
    rows = [
        {
            "reference": claim.reference,
            "outcome": claim.assessment.outcome,
            "earliest_dispute_on": claim.assessment.earliest_dispute_on,
            "claim_type": claim.facts.claim_type,
            "order_id": claim.order_id,
            "buyer_id": claim.buyer_id,
            "changed_at": claim.changed_at,
        }
        for claim in store.all_claims(desk.engine(), now=desk.now())
    ]
    if showing.for_people():
        showing.as_table("Claims", _COLUMNS, [tuple(row.values()) for row in rows])
    else:
        showing.as_json(rows)


@app.command()
def show(reference: str = typer.Argument(..., help="The claim's reference.")) -> None:
    """One claim: its facts, why it is assessed so, evidence; and its dispute where there is one."""
    engine = desk.engine()
    known = desk.reference(reference)
    claim = store.find_claim(engine, reference=known, now=desk.now())
    if claim is None:
        raise desk.BadInput(f"{known}: there is no such reference")
    show_case(engine, claim, store.find_dispute(engine, reference=known))
