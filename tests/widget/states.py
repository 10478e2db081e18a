"""The main states of the widget, in the order in which one claim goes through them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import expect

from tests.widget.chat import Chat
from tests.widget.journeys import Journey, pressed, typed

_CLAIM = Journey(typed("I want my money back"), {"claim_type": pressed("It is broken or does not work")})


def states(chat: Chat, photo: Path) -> Iterator[str]:
    """Goes through a claim about something broken, and stops in each state with its name."""
    expect(chat.launcher).to_be_visible()
    yield "closed"
    chat.open()
    yield "open"
    _CLAIM.begins(chat)
    yield "choices"
    _CLAIM.go_on(chat, until="refund_requested_on")
    yield "date"
    _CLAIM.go_on(chat, until="evidence")
    yield "upload"
    chat.hand_in(photo)
    yield "assessment"
    _CLAIM.go_on(chat, until="consent")
    yield "consent"
    _CLAIM.go_on(chat)
    yield "dispute"
