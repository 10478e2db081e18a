"""Small screens and calm ones: a telephone's keyboard, a page enlarged fourfold, no motion for who wants none."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.faults.stage import Stage
from tests.widget.chat import ANSWERED_WITHIN, Chat
from tests.widget.pushed import push

#: Pixels of a telephone's screen that its keyboard leaves, and how far some browsers move the page up meanwhile.
LEFT = 400
MOVED = 120
#: How many animations run in the widget.
_RUNNING = "panel => panel.getAnimations({subtree: true}).filter(each => each.playState === 'running').length"
_TOO_WIDE = """panel => [panel, ...panel.querySelectorAll('*')]
  .filter(each => each.clientWidth > 1 && each.scrollWidth > each.clientWidth + 1 && !each.matches('.unseen, textarea'))
  .map(each => each.outerHTML.slice(0, 120))"""

#: On how many lines each reference in the chat stands.
_LINES_OF_REFERENCES = """panel => {
  const walk = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT), lines = [];
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const at = text.data.indexOf("C7KF-3M9P-K");
    if (at < 0 || !text.parentElement.closest("li.message")) continue;
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 11);
    lines.push(new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size);
  }
  return lines;
}"""


def test_a_reference_is_never_cut_into_two_lines(opened: Callable[..., Chat], stage: Stage) -> None:
    """Wherever in a sentence it stands, in a line or in a list."""
    chat = opened(device="phone").open()
    chat.type("hello")
    for number in range(12):
        push(stage, chat.buyer, f"{'- ' * (number % 2)}{'so ' * number}it is kept as C7KF-3M9P-K, please note it")
    expect(chat.messages.filter(has_text="C7KF")).to_have_count(12)

    assert chat.panel.evaluate(_LINES_OF_REFERENCES) == [1] * 12


@pytest.mark.parametrize("moved", [0, MOVED])
def test_above_a_telephones_keyboard_one_sees_what_one_writes(opened: Callable[..., Chat], moved: int) -> None:
    """Input, header and the newest message stay in what it leaves; without it all of the screen is used again.

    A browser without a screen has no keyboard, so what it would say of the part that is seen is said in its place.
    """
    chat = opened(device="phone").open()
    chat.type("I want my money back")
    whole = chat.panel.bounding_box()

    _keyboard(chat, LEFT, moved)

    for seen in (chat.input, chat.part("header"), chat.messages.last.locator("button").last):
        top, bottom = _edges(seen)
        assert moved <= top
        assert bottom <= moved + LEFT
    _keyboard(chat, 780, 0)
    assert chat.panel.bounding_box() == whole


def test_enlarged_fourfold_nothing_is_cut_off(opened: Callable[..., Chat], stage: Stage, a_photo: Path) -> None:
    """On 320 by 256 pixels, which is 1280 by 1024 at 400 %, cards, days, files and long words fit; one can write."""
    chat = opened(viewport={"width": 320, "height": 256}).open()
    chat.type("hello")
    chat.hand_in(a_photo)
    assessed = {
        "kind": "assessment",
        "outcome": "wait",
        "clauses": ["WAIT-1", "SCOPE-2"],
        "earliest_dispute_on": "2030-12-30",
        "waiting_days": 10,
        "calendar": "/widget/calendar/BP-1.ics",
    }
    dispute = {"kind": "dispute", "reference": "BP-7K2M-9QX4", "status": "under_review", "opened_on": "2024-03-11"}
    push(stage, chat.buyer, "word" * 60, custom=assessed)
    push(stage, chat.buyer, "word" * 60, custom=dispute)
    push(stage, chat.buyer, "word" * 60, sender="staff", buttons=[{"title": "word" * 30, "payload": "/greet"}])
    push(stage, chat.buyer, "When?", custom={"kind": "question", "slot": "x", "input": "date", "latest": "2024-03-11"})
    expect(chat.part("date-input")).to_be_visible(timeout=ANSWERED_WITHIN)

    assert chat.panel.evaluate(_TOO_WIDE) == []
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= 320
    for each in (chat.input, chat.part("send"), chat.part("close"), chat.part("send-date")):
        expect(each).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("wanted", "runs"), [("reduce", False), ("no-preference", True)])
def test_who_wants_no_motion_sees_none(opened: Callable[..., Chat], stage: Stage, wanted: str, runs: bool) -> None:
    """While an answer is on its way three points beat, or stand still."""
    chat = opened(reduced_motion=wanted).open()
    chat.type("hello")

    with chat.answered(), _stopped(stage, "rasa"):
        chat.input.fill("what is this?")
        chat.input.press("Enter")
        expect(chat.part("typing")).to_be_visible(timeout=ANSWERED_WITHIN)
        assert (chat.panel.evaluate(_RUNNING) > 0) is runs


@contextmanager
def _stopped(stage: Stage, name: str) -> Iterator[None]:
    stage.kill(name, signal.SIGSTOP)
    try:
        yield
    finally:
        stage.kill(name, signal.SIGCONT)


def _keyboard(chat: Chat, left: int, moved: int) -> None:
    chat.input.focus()
    chat.page.evaluate(
        """([height, offsetTop]) => {
          Object.defineProperty(visualViewport, 'height', {configurable: true, get: () => height});
          Object.defineProperty(visualViewport, 'offsetTop', {configurable: true, get: () => offsetTop});
          visualViewport.dispatchEvent(new Event('resize'));
        }""",
        [left, moved],
    )


def _edges(what: Locator) -> tuple[float, float]:
    box = what.bounding_box()
    assert box is not None
    return box["y"], box["y"] + box["height"]
