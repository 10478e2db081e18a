"""The widget on a page, as its buyer uses it: everything by role and visible words, and waiting for what is seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any, Final

import httpx
from playwright.sync_api import Locator, Page, expect

from buyer_protection.tokens import mint
from tests.faults.stage import SECRET

ELEMENT: Final = "buyer-protection-chat"
#: Milliseconds for an answer of the real assistant, on a machine that is busy with other tests.
ANSWERED_WITHIN: Final = 60_000


class Chat:
    """The widget of one buyer on one page."""

    def __init__(self, page: Page, buyer: str, gateway: str) -> None:
        self.page, self.buyer, self.gateway = page, buyer, gateway
        self.element = page.locator(ELEMENT)
        self.launcher = self.part("launcher")
        self.panel = self.part("panel")
        self.messages = self.part("message")
        self.input = self.part("input")

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
        return self.panel.get_by_role("button", name=title, exact=True, disabled=False).last

    def pick(self, day: date) -> None:
        """Picks a day in the date picker, and waits for the answer."""
        with self.answered():
            picker = self.part("date-input").last
            picker.fill(day.isoformat())
            picker.press("Enter")

    def hand_in(self, *paths: Path) -> None:
        """Chooses files in the upload, and waits for the answer of the assistant."""
        with self.handed_in(len(paths)):
            self.part("file-input").set_input_files([str(path) for path in paths])

    @contextmanager
    def handed_in(self, count: int) -> Iterator[None]:
        """Inside, the buyer hands in so many files; at the end each has its receipt, and all of it is answered."""
        receipts = self.part("receipt")
        before = receipts.count()
        with self.answered():
            yield
        expect(receipts).to_have_count(before + count, timeout=ANSWERED_WITHIN)
        self.settle()

    @contextmanager
    def answered(self) -> Iterator[None]:
        """Inside, the buyer does something; at the end the assistant has answered and the page shows all of it."""
        said = self.part("message-assistant")
        before = said.count()
        yield
        expect(said).not_to_have_count(before, timeout=ANSWERED_WITHIN)
        self.settle()

    def settle(self) -> None:
        """Waits until nothing is to be answered any more and the page shows what was told last."""
        expect(self.part("typing")).to_be_hidden(timeout=ANSWERED_WITHIN)
        last = self.told()[-1]["id"]
        expect(self.element.locator(f'[data-id="{last}"]')).to_be_attached(timeout=ANSWERED_WITHIN)

    def told(self) -> list[dict[str, Any]]:
        """What the gateway keeps of the conversation, oldest first."""
        answer = httpx.get(
            f"{self.gateway}/widget/messages",
            headers={"Authorization": f"Bearer {mint(self.buyer, SECRET, datetime.now(timezone.utc))}"},
            timeout=20,
            trust_env=False,
            verify=False,
        )
        assert answer.status_code == httpx.codes.OK, answer.text
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages

    def open_question(self) -> str:
        """The slot of the question that was asked last; empty where an answer or a dispute came after it."""
        kinds = ("question", "assessment", "dispute")
        asked = [each["custom"] for each in self.told() if each["custom"].get("kind") in kinds]
        return str(asked[-1].get("slot", "")) if asked else ""

    def reference(self) -> str:
        """The reference of the dispute that the page shows."""
        shown = self.part("reference").last
        expect(shown).to_be_visible()
        return shown.inner_text().strip()
