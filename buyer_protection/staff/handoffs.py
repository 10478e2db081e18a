"""`handoffs ...`: buyers who want a person: the queue, the conversation with its facts, and speaking in it."""

from __future__ import annotations

import sys
from typing import Any

import typer
from sqlalchemy.engine import Engine

from buyer_protection import disputes as store
from buyer_protection.conversation_record import MOST, Line, conversation_record
from buyer_protection.disputes import staff_conversations as talk
from buyer_protection.disputes.handoff_events import WROTE
from buyer_protection.disputes.handoffs import TAKEN, WAITING
from buyer_protection.staff import desk, showing
from buyer_protection.staff.cases import as_tables, case_of

app = typer.Typer(no_args_is_help=True, help="Buyers who want a person, and speaking with them.")

Reference = typer.Argument(..., help="The reference that the buyer was told.")
Text = typer.Argument(None, help="What to say, as text; without it the standard input is read.")
Lines = typer.Option(MOST, min=1, max=2_000, help="How many of the newest messages.")

_COLUMNS = ("reference", "state", "taken_by", "unanswered", "buyer_id", "asked_at", "reason")
_ABOUT = ("reference", "state", "taken_by", "taken_at", "closed_by", "closed_at", "buyer_id", "asked_at", "reason")


@app.command("list")
def list_(state: str = typer.Option("", help=f"Only {WAITING} or {TAKEN}.")) -> None:
    """Who waits for a person and who speaks with one, the oldest first."""
    if state not in ("", WAITING, TAKEN):
        raise desk.BadInput(f"--state: {WAITING} or {TAKEN} is expected")
    engine = desk.engine()
    rows = [_row(engine, handoff) for handoff in store.open_handoffs(engine, state=state or None)]
    if showing.for_people():
        showing.as_table("Handoffs", _COLUMNS, [tuple(row[name] for name in _COLUMNS) for row in rows])
    else:
        showing.as_json(rows)


@app.command()
def show(reference: str = Reference, lines: int = Lines, actor: str = desk.Actor) -> None:
    """The conversation, what is known of the buyer's claims and why it is assessed so; that you looked is kept."""
    engine = desk.engine()
    known = desk.reference(reference)
    handoff = store.find_handoff(engine, reference=known)
    if handoff is None:
        raise desk.BadInput(f"{known}: there is no such reference of a buyer who wants a person")
    talk.note_shown(engine, reference=known, actor=desk.actor(actor), now=desk.now())
    events = store.handoff_events_of(engine, reference=known)
    theirs = {event.message_id for event in events if event.kind == WROTE}
    transcript = conversation_record(engine, buyer_id=handoff.buyer_id, most=lines)
    about = _row(engine, handoff)
    if not showing.for_people():
        told = [{**showing.document(line), "for_staff": line.id in theirs} for line in transcript]
        cases = [case_of(engine, claim, dispute) for claim, dispute in _cases(engine, handoff)]
        happened = [showing.document(event) for event in events]
        showing.as_json({"handoff": about, "transcript": told, "cases": cases, "events": happened})
        return
    showing.as_fields(f"Handoff {known}", {name: about[name] for name in (*_ABOUT, "unanswered")})
    for claim, dispute in _cases(engine, handoff):
        as_tables(case_of(engine, claim, dispute), claim, dispute)
    showing.as_table("Conversation", ("at", "who", "said", "to"), [_as_row(line, theirs) for line in transcript])
    showing.as_table(
        "What was done", ("at", "who", "what", "text"), [(each.at, each.actor, each.kind, each.text) for each in events]
    )


@app.command()
def take(
    reference: str = Reference,
    from_: str = typer.Option("", "--from", help="Who has it now, where they give it to you."),
    actor: str = desk.Actor,
) -> None:
    """Have the conversation: what the buyer writes comes to you, and the assistant is silent."""
    engine, known = desk.engine(), desk.reference(reference)
    taken = talk.take(engine, reference=known, actor=desk.actor(actor), now=desk.now(), taken_from=from_)
    print(f"{known}: {desk.done(known, taken).taken_by} has it")


@app.command()
def answer(reference: str = Reference, text: str = Text, actor: str = desk.Actor) -> None:
    """Say something to the buyer, where they wrote last; you must have taken it."""
    engine, known = desk.engine(), desk.reference(reference)
    said = sys.stdin.read() if text is None else text
    desk.done(known, talk.answer(engine, reference=known, actor=desk.actor(actor), text=said, now=desk.now()))
    print(f"{known}: said")


@app.command("hand-back")
def hand_back(reference: str = Reference, actor: str = desk.Actor) -> None:
    """Give the conversation back to the assistant, which says so and goes on."""
    engine, known = desk.engine(), desk.reference(reference)
    desk.done(known, talk.hand_back(engine, reference=known, actor=desk.actor(actor), now=desk.now()))
    left = store.unanswered(store.handoff_events_of(engine, reference=known))
    print(f"{known}: handed back" + (f"; {left} of the buyer's messages had no answer" if left else ""))


def _row(engine: Engine, handoff: store.Handoff) -> dict[str, Any]:
    events = store.handoff_events_of(engine, reference=handoff.reference)
    return {**showing.document(handoff, "turn_id"), "state": handoff.state, "unanswered": store.unanswered(events)}


def _cases(engine: Engine, handoff: store.Handoff) -> list[tuple[store.KeptClaim, store.Dispute | None]]:
    """The claim that was being made, the buyer's disputes and what they left unfinished; each once, nobody else's."""
    now, buyer_id = desk.now(), handoff.buyer_id
    disputes = {dispute.claim_id: dispute for dispute in store.disputes_of(engine, buyer_id=buyer_id)}
    drafts = [draft.claim_id for draft in store.unfinished_claims(engine, buyer_id=buyer_id, now=now)]
    wanted = dict.fromkeys([*filter(None, [handoff.claim_id]), *disputes, *drafts])
    found = [store.find_claim(engine, claim_id=claim_id, buyer_id=buyer_id, now=now) for claim_id in wanted]
    return [(claim, disputes.get(claim.claim_id)) for claim in found if claim is not None]


def _as_row(line: Line, theirs: set[int | None]) -> tuple[object, ...]:
    beside = [*(f"[{choice}]" for choice in line.choices), *(f"<{name}>" for name in line.files)]
    said = "\n".join(filter(None, [line.text, " ".join(beside)]))
    return line.at, line.who, said, "staff" if line.id in theirs else ""
