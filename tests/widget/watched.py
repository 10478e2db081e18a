"""What a page complains of while a test uses it: breaches of its content security policy, and errors of scripts."""

from __future__ import annotations

from typing import Any, Final

from playwright.sync_api import BrowserContext, ConsoleMessage

_LISTEN: Final = """
window.addEventListener('securitypolicyviolation', event =>
  console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`), true);
"""
#: What the browser itself writes when a request fails; the widget cannot keep it from doing so.
_OF_THE_BROWSER: Final = "Failed to load resource"


class Watched:
    """What the pages of one context complained of."""

    def __init__(self, context: BrowserContext) -> None:
        self.violations: list[str] = []
        self.errors: list[str] = []
        context.add_init_script(_LISTEN)
        context.on("console", self._heard)
        context.on("weberror", self._failed)

    def _heard(self, message: ConsoleMessage) -> None:
        text = message.text
        if "policy violated" in text or "Content Security Policy" in text or "TrustedHTML" in text:
            self.violations.append(text)
        elif message.type == "error" and not text.startswith(_OF_THE_BROWSER):
            self.errors.append(text)

    def _failed(self, error: Any) -> None:
        self.errors.append(str(error.error))
