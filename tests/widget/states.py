"""The main states of the widget, in the order in which one claim goes through them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.widget.chat import Chat
from tests.widget.journeys import Journey, picked, pressed, typed

_TOO_EARLY = Journey(
    typed("I want my money back"), {"claim_type": pressed("It never came"), "refund_requested_on": picked(4)}
)
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
    _show(chat.part("receipt").last)
    yield "receipt"
    _show(chat.part("assessment").last)
    yield "assessment"
    _CLAIM.go_on(chat, until="consent")
    yield "consent"
    _CLAIM.go_on(chat)
    yield "dispute"


def countdown(chat: Chat) -> None:
    """Goes through a claim of somebody who asked the seller four days ago, until they are told how long to wait."""
    _TOO_EARLY.go(chat.open())
    shown = chat.part("countdown").last
    expect(shown).to_be_visible()
    _show(shown)


def _show(what: Locator) -> None:
    what.evaluate("element => (element.closest('section') ?? element).scrollIntoView({block: 'start'})")
