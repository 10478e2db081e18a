"""What a buyer of the bench types: one claim, from the first word to the dispute, the same on every side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

#: The kinds of turn: a rule that says one response; an answer in the form; the answer that opens the dispute.
UTTER: Final = "utter"
FORM: Final = "form"
LAST: Final = "last"
#: Turns that belong to none of them: the first of a conversation, and the one that opens the form.
OTHER: Final = "other"


@dataclass(frozen=True)
class Line:
    """One message, and what kind of turn it makes."""

    kind: str
    text: str


def lines(order: int, today: date) -> list[Line]:
    """The messages of one conversation about an order of its own; days are told as they lie before `today`."""
    asked, due = (f"{day.day} {day:%B %Y}" for day in (today - timedelta(days=20), today - timedelta(days=40)))
    return [
        Line(OTHER, "hello"),
        Line(UTTER, "thanks"),
        Line(OTHER, "my parcel never arrived"),
        Line(FORM, "yes"),
        Line(FORM, "it is still on its way"),
        Line(FORM, "yes"),
        Line(FORM, f"I asked on {asked}"),
        Line(FORM, "no answer"),
        Line(FORM, f"on {due}"),
        Line(FORM, f"Order {order}"),
        Line(FORM, "the whole order"),
        Line(FORM, "I waited for weeks and it is nowhere to be seen"),
        Line(FORM, "a full refund"),
        Line(LAST, "yes"),
        Line(UTTER, "thank you"),
    ]
