"""Nobody is kept out: axe-core finds no barrier in any main state, in any look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import expect

from tests.widget.accessible import barriers
from tests.widget.chat import Chat
from tests.widget.states import countdown, states

LOOKS: Final[Mapping[str, dict[str, Any]]] = {
    "light": {},
    "dark": {"color_scheme": "dark", "device": "phone"},
    "right to left": {"locale": "ar", "direction": "rtl"},
    "forced colours": {"forced_colors": "active"},
}


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_no_barrier_in_any_state(opened: Callable[..., Chat], a_photo: Path, look: str) -> None:
    """WCAG 2.2, levels A and AA, from the closed widget to the dispute's card."""
    chat = opened(**LOOKS[look])

    found = [f"{state}: {barrier}" for state in states(chat, a_photo) for barrier in barriers(chat.page)]

    assert not found, "\n".join(found)


def test_axe_finds_no_barrier_while_the_days_are_counted(opened: Callable[..., Chat]) -> None:
    """The card that says how long it is until a dispute can be opened, and saves the day to a calendar."""
    chat = opened(color_scheme="dark")
    countdown(chat)

    assert barriers(chat.page) == []
    expect(chat.part("countdown").last).to_contain_text("6 days left")
    with chat.page.expect_download() as saved:
        chat.part("calendar").last.click()
    assert "BEGIN:VCALENDAR" in saved.value.path().read_text(encoding="utf-8")


def test_axe_would_find_a_barrier_inside_the_widget(chat: Chat) -> None:
    """It looks into the shadow tree: a button that loses its name there is found."""
    chat.open()
    assert barriers(chat.page) == []

    chat.part("send").evaluate("button => ['aria-label', 'title'].forEach(name => button.removeAttribute(name))")

    assert any("button-name" in barrier for barrier in barriers(chat.page))


def test_answers_are_heard_and_the_focus_stays(chat: Chat) -> None:
    """One polite live region has the conversation; an answer is appended to it and moves nobody's focus."""
    chat.open()
    expect(chat.panel).to_have_count(1)

    chat.type("the lamp arrived broken, the glass is in pieces")

    expect(chat.input).to_be_focused()
    expect(chat.panel).to_contain_text("pay at its own checkout")


def test_at_four_hundred_percent_nothing_is_cut_off(opened: Callable[..., Chat]) -> None:
    """On 320 by 256 pixels, which is 1280 by 1024 enlarged fourfold, one can read, choose and write."""
    chat = opened(viewport={"width": 320, "height": 256}).open()

    chat.type("the lamp arrived broken, the glass is in pieces")
    chat.press("Yes")

    expect(chat.input).to_be_in_viewport(ratio=1)
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert chat.panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")
