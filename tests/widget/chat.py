"""The widget on a page, as its buyer uses it: everything by role and visible words, and waiting for what is seen."""

from __future__ import annotations

import re
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any, Final

import httpx
from playwright.sync_api import Locator, Page, expect

from buyer_protection.tokens import mint
from tests.faults.stage import SECRET

ELEMENT: Final = "buyer-protection-chat"
#: Milliseconds for an answer of the real assistant, on a machine that is busy with other tests.
ANSWERED_WITHIN: Final = 30_000


class Chat:
    """The widget of one buyer on one page."""

    def __init__(self, page: Page, buyer: str, gateway: str) -> None:
        self.page, self.buyer, self.gateway = page, buyer, gateway
        self.element = page.locator(ELEMENT)
        self.launcher = self.part("launcher")
        self.panel = self.part("panel")
        self.log = self.element.get_by_role("log")
        self.input = self.element.get_by_role("textbox", name="Message")
        self.messages = self.part("message")

    def part(self, name: str) -> Locator:
        """What bears the name of a part, which a page can style."""
        return self.element.locator(f'[part~="{name}"]')

    def open(self) -> Chat:
        """Opens the widget and waits until it can be written to."""
        self.launcher.click()
        expect(self.input).to_be_visible()
        return self

    def type(self, text: str) -> None:
        """Types something, sends it, and waits for the answer."""
        with self.answered():
            self.input.fill(text)
            self.input.press("Enter")

    def press(self, title: str) -> None:
        """Presses the newest button with this title, and waits for the answer."""
        with self.answered():
            self.button(title).click()

    def button(self, title: str) -> Locator:
        """The newest button with this title that can be pressed."""
        named = self.log.get_by_role("button", name=title, exact=True, disabled=False)
        return named.last

    def pick(self, day: date) -> None:
        """Picks a day in the date picker, and waits for the answer."""
        with self.answered():
            picker = self.part("date").last
            picker.fill(day.isoformat())
            picker.press("Enter")

    def hand_in(self, *paths: Path) -> None:
        """Chooses files in the upload, and waits for the answer of the assistant."""
        with self.answered():
            self.element.locator("input[type=file]").last.set_input_files([str(path) for path in paths])

    def answered(self) -> Answered:
        """Inside, the buyer does something; at the end the answer is on the page."""
        return Answered(self)

    def told(self) -> list[dict[str, Any]]:
        """What the gateway keeps of the conversation, oldest first."""
        answer = httpx.get(
            f"{self.gateway}/widget/messages",
            headers={"Authorization": f"Bearer {mint(self.buyer, SECRET, datetime.now(timezone.utc))}"},
            timeout=20,
            trust_env=False,
        )
        assert answer.status_code == httpx.codes.OK, answer.text
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages

    def open_question(self) -> str:
        """The slot of the question that was asked last; empty where none is open."""
        asked = [each["custom"] for each in self.told() if each["custom"].get("kind") in ("question", "dispute")]
        return str(asked[-1].get("slot", "")) if asked else ""

    def reference(self) -> str:
        """The reference of the dispute that the page shows."""
        shown = self.part("reference").last
        expect(shown).to_be_visible()
        return shown.inner_text().strip()


class Answered:
    """Waits until the page shows an answer of the assistant that was not there before, and nothing is to come."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._before = 0

    def __enter__(self) -> None:
        self._before = self._from_assistant().count()

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            expect(self._from_assistant()).not_to_have_count(self._before, timeout=ANSWERED_WITHIN)
            expect(self._chat.part("typing")).to_be_hidden(timeout=ANSWERED_WITHIN)

    def _from_assistant(self) -> Locator:
        return self._chat.element.locator('[part~="message"][data-from="assistant"]')


def exactly(text: str) -> re.Pattern[str]:
    """A pattern for these words alone."""
    return re.compile(f"^{re.escape(text)}$")
