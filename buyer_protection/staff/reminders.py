"""`reminders ...`: of which days buyers are to be reminded, and which they were."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import typer

from buyer_protection import disputes as store
from buyer_protection.staff import desk, showing

app = typer.Typer(no_args_is_help=True, help="Reminders of the day from which a dispute can be opened.")

_COLUMNS = ("reference", "due_on", "due_at", "state", "said_at", "buyer_id", "changed_at")
_STATES = (store.SET, store.HELD, store.SAID, store.CANCELLED, store.DECLINED)

_OVERDUE: Final = timedelta(hours=1)

State = typer.Option(None, help=f"Only those in one state: {', '.join(_STATES)}; else those that are still to be said.")


@app.command("list")
def list_(state: str = State) -> None:
    """Reminders, the nearest day first.

    `held` waits until the buyer writes, because they cannot be written to; what is `set` and long due says that no
    gateway runs.
    """
    if state is not None and state not in _STATES:
        raise desk.BadInput(f"--state: one of {', '.join(_STATES)} is expected")
    rows = [showing.document(reminder) for reminder in store.all_reminders(desk.engine(), state=state)]
    if showing.for_people():
        showing.as_table("Reminders", _COLUMNS, [tuple(row[name] for name in _COLUMNS) for row in rows])
    else:
        showing.as_json(rows)


@app.command()
def check() -> None:
    """Is any reminder overdue by more than an hour? Status 1 if so: no gateway runs, or none can write.

    Says nothing where all is well; for a job that looks every hour.
    """
    long_ago = desk.now() - _OVERDUE
    due = store.all_reminders(desk.engine(), state=store.SET)
    late = [reminder.due_at for reminder in due if reminder.due_at < long_ago]
    if late:
        first = showing.plain(min(late))
        typer.echo(f"{len(late)} overdue, the first since {first}: does a gateway run?", err=True)
        raise typer.Exit(1)
