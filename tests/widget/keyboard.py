"""A buyer who has only a keyboard: everything is reached by Tab, pressed by Enter and left by Esc."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from playwright.sync_api import Locator

from tests.widget.chat import Chat

#: Tabs in which anything on the page has to be reached.
MOST_TABS: Final = 60
_HAS_FOCUS: Final = "element => element.getRootNode().activeElement === element"


class Keyboard(Chat):
    """The widget used without a mouse; says the same as a chat does."""

    def open(self) -> Chat:
        """Opens the widget; the focus is then where one writes."""
        # Asked for only when it is needed, the browser may open its own chooser before Playwright watches for it.
        self.page.on("filechooser", lambda _: None)
        self._reach(self.launcher)
        self.page.keyboard.press("Enter")
        self._is_on(self.input)
        return self

    def type(self, text: str) -> None:
        """Types into the field and sends with Enter."""
        self._reach(self.input)
        with self.answered():
            self.page.keyboard.insert_text(text)
            self.page.keyboard.press("Enter")

    def press(self, title: str) -> None:
        """Reaches the newest button with this title and presses Enter."""
        self._reach(self.button(title), backwards=True)
        with self.answered():
            self.page.keyboard.press("Enter")
        assert self.is_inside(), f"after {title} the focus has left the widget"

    def pick(self, day: date) -> None:
        """Types the day into the date picker, whose first part is the month in the browser's locale (en-US)."""
        self._reach(self.part("date-input").last)
        with self.answered():
            self.page.keyboard.type(f"{day:%m%d%Y}")
            self.page.keyboard.press("Enter")

    def hand_in(self, *paths: Path) -> None:
        """Reaches the button that asks for files, presses Enter and chooses them."""
        self._reach(self.part("add-evidence").last, backwards=True)
        with self.page.expect_file_chooser() as asked:
            self.page.keyboard.press("Enter")
        with self.handed_in(len(paths)):
            asked.value.set_files([str(path) for path in paths])

    def is_inside(self) -> bool:
        """Whether the focus is in the widget."""
        return bool(self.element.evaluate("element => document.activeElement === element"))

    def _reach(self, wanted: Locator, backwards: bool = False) -> None:
        for _ in range(MOST_TABS):
            if wanted.evaluate(_HAS_FOCUS):
                return
            self.page.keyboard.press("Shift+Tab" if backwards else "Tab")
        raise AssertionError("it cannot be reached by Tab")

    def _is_on(self, wanted: Locator) -> None:
        self.page.wait_for_function(_HAS_FOCUS, arg=wanted.element_handle())
