"""A claim without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.widget.chat import Chat
from tests.widget.journeys import Journey, pressed, typed
from tests.widget.keyboard import Keyboard


def test_a_claim_is_made_with_the_keyboard_alone(opened: Callable[..., Chat], a_photo: Path) -> None:
    """From the button that opens the widget to the reference: nothing needs a mouse, and the focus is never lost."""
    page = opened()
    chat = Keyboard(page.page, page.buyer, page.gateway)
    chat.open()
    journey = Journey(typed("I want my money back"), {"claim_type": pressed("It is broken or does not work")})

    journey.go(chat, until="evidence")
    chat.hand_in(a_photo)
    journey.go_on(chat)

    assert chat.reference()


def test_esc_closes_the_widget_and_gives_the_focus_back(opened: Callable[..., Chat]) -> None:
    """Who opened it with the launcher stands on the launcher again."""
    page = opened()
    chat = Keyboard(page.page, page.buyer, page.gateway)
    chat.open()

    chat.page.keyboard.press("Escape")

    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_be_focused()
