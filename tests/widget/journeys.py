"""Claims from click to reference: how a buyer answers each question, for each kind of claim."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Final

from tests.widget.chat import Chat

#: Questions after which a claim has to be at its end.
MOST_QUESTIONS: Final = 25

Answer = Callable[[Chat], None]


def pressed(title: str) -> Answer:
    """The buyer presses this button."""
    return lambda chat: chat.press(title)


def typed(text: str) -> Answer:
    """The buyer types this."""
    return lambda chat: chat.type(text)


def picked(days_ago: int) -> Answer:
    """The buyer picks the day that is so long ago, in the date picker."""
    return lambda chat: chat.pick(today() - timedelta(days=days_ago))


def handed_in(*paths: Path) -> Answer:
    """The buyer hands in these files."""
    return lambda chat: chat.hand_in(*paths)


def today() -> date:
    """The day on which the policy's clock is."""
    return datetime.now(timezone.utc).date()


#: What is answered where a journey says nothing else.
USUAL: Final[Mapping[str, Answer]] = {
    "paid_through_escrow": pressed("Yes"),
    "carrier_status": pressed("On its way, or no news"),
    "refund_requested": pressed("Yes"),
    "refund_requested_on": picked(20),
    "supplier_response": pressed("No answer"),
    "delivery_due_on": pressed("Skip"),
    "listing_said": pressed("No"),
    "receipt_slip_signed": pressed("Yes"),
    "quantity_ordered": typed("20"),
    "quantity_received": typed("5"),
    "order_id": typed("Order 8012345678"),
    "statement": typed("I have waited for an answer, and nobody helps me"),
    "item": pressed("The whole order"),
    "wish": pressed("A full refund"),
    "consent": pressed("Yes, open it"),
}


@dataclass(frozen=True)
class Journey:
    """How one claim begins, and what is answered otherwise than usual."""

    begins: Answer
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def go(self, chat: Chat, until: str = "") -> None:
        """Goes from the first message until a question is open; to the claim's end where none is named."""
        self.begins(chat)
        self.go_on(chat, until)

    def go_on(self, chat: Chat, until: str = "") -> None:
        """Answers question after question."""
        for _ in range(MOST_QUESTIONS):
            slot = chat.open_question()
            if slot == until or not slot:
                assert slot == until, f"the claim was at its end before {until}"
                return
            known = {**USUAL, **self.answers}
            assert slot in known, f"nobody knows what to answer to {slot}"
            known[slot](chat)
        raise AssertionError("the claim has no end")
