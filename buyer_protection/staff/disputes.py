"""`disputes ...`: the records opened with the platform, and the moves of staff."""

from __future__ import annotations

from typing import Any

import typer

from buyer_protection import disputes as store
from buyer_protection.policy.vocabulary import COUNTS, VOLUNTEERED, YES_NO
from buyer_protection.staff import desk, showing
from buyer_protection.staff.cases import show_case

app = typer.Typer(no_args_is_help=True, help="The records opened with the platform.")

Reference = typer.Argument(..., help="The reference, in capitals or not, with dashes or not.")
Why = typer.Option(..., "--reason", help="Why; it stays in the timeline.")

_COLUMNS = ("reference", "status", "claim_type", "order_id", "buyer_id", "opened_on")


@app.command("list")
def list_(
    status: str = typer.Option("", help=f"One of {', '.join(store.STATUSES)}; those that are open unless given."),
) -> None:
    """Disputes, the newest first."""
    if status and status not in store.STATUSES:
        raise desk.BadInput(f"--status: one of {', '.join(store.STATUSES)} is expected")
    found = store.all_disputes(desk.engine(), status=status or None)
    rows = [{name: getattr(dispute, name) for name in _COLUMNS} for dispute in found]
    if showing.for_people():
        showing.as_table("Disputes", _COLUMNS, [tuple(row.values()) for row in rows])
    else:
        showing.as_json(rows)


@app.command()
def show(reference: str = Reference) -> None:
    """One dispute: its facts, why it is assessed so, evidence, timeline."""
    engine = desk.engine()
    known = desk.reference(reference)
    dispute = store.find_dispute(engine, reference=known)
    if dispute is None:
        draft = store.find_claim(engine, reference=known, now=desk.now())
        hint = "" if draft is None else f" of a dispute, but of a claim ({draft.state}): `claims show` shows it"
        raise desk.BadInput(f"{known}: there is no such reference{hint}")
    claim = store.find_claim(engine, claim_id=dispute.claim_id, now=desk.now())
    assert claim is not None, "a dispute has its claim"
    show_case(engine, claim, dispute)


@app.command()
def verify(
    reference: str = Reference,
    fact: str = typer.Argument(..., help="The fact's name."),
    value: str = typer.Argument(..., help="What a record shows; `null` takes back what was verified before."),
    source: str = typer.Option("a record seen by staff", help="Where it was seen."),
    actor: str = desk.Actor,
) -> None:
    """Write down what a record, the carrier or a supplier's proof shows; of a draft, too."""
    known = desk.reference(reference)
    answer = store.verify(
        desk.engine(),
        reference=known,
        fact=fact,
        value=_value(fact, value),
        source=source,
        actor=desk.actor(actor),
        now=desk.now(),
    )
    claim = desk.done(known, answer)
    print(f"{known}: {fact} is verified; the claim is now assessed as {claim.assessment.outcome}")


@app.command()
def ask(
    reference: str = Reference,
    side: str = typer.Argument(..., help="buyer or supplier."),
    reason: str = Why,
    actor: str = desk.Actor,
) -> None:
    """Ask one side, and wait for its answer."""
    moved = {"side": side, "reason": reason}
    _move(reference, store.ask, actor, **moved)


@app.command()
def review(
    reference: str = Reference,
    reason: str = typer.Option("", help="Why; it stays in the timeline."),
    actor: str = desk.Actor,
) -> None:
    """Look at what both sides gave."""
    _move(reference, store.review, actor, reason=reason)


@app.command()
def decide(
    reference: str = Reference,
    outcome: str = typer.Argument(..., help=f"One of {', '.join(store.DECISIONS)}."),
    reason: str = Why,
    actor: str = desk.Actor,
) -> None:
    """Write down the platform's decision, which is final; a review comes first."""
    _move(reference, store.decide, actor, outcome=outcome, reason=reason)


def _move(reference: str, move: Any, actor: str | None, **how: str) -> None:
    known = desk.reference(reference)
    answer = move(desk.engine(), reference=known, actor=desk.actor(actor), now=desk.now(), **how)
    dispute: store.Dispute = desk.done(known, answer)
    print(f"{dispute.reference}: {dispute.status}")


def _value(fact: str, text: str) -> Any:
    """A fact's JSON value from what was typed; whether it can be is for the policy to say."""
    plain = text.strip().lower()
    if plain == "null":
        return None
    if fact in YES_NO or fact in VOLUNTEERED:
        return {"true": True, "yes": True, "false": False, "no": False}.get(plain, text)
    if fact in COUNTS:
        return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 20 else text
    if fact == "listing_said":
        return [] if plain == "none" else [part.strip() for part in plain.split(",")]
    return text.strip()
