"""`make screenshots`: the main states of the widget, at the width of a desktop and of a telephone.

python -m tests.widget.screenshots [--into FOLDER]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser

from buyer_protection.settings import home
from tests.disputes.databases import migrated_database
from tests.evidence.files import photo
from tests.faults.stage import Stage, fresh_buyer
from tests.widget.chat import Chat
from tests.widget.chromium import MISSING, chromium, path_of_chromium
from tests.widget.devices import DEVICES
from tests.widget.states import countdown, states

#: What is shown, by the beginning of the files' names.
LOOKS: Final[dict[str, dict[str, Any]]] = {
    "desktop": {"device": "desktop"},
    "phone": {"device": "phone"},
    "phone-dark": {"device": "phone", "color_scheme": "dark"},
    "desktop-right-to-left": {"device": "desktop", "locale": "ar"},
}
#: States of which one picture is enough to see a look that is not the usual one.
SOME: Final = ("choices", "countdown", "dispute")
#: Pictures stay small enough to live beside the code.
LARGEST: Final = 200_000


def main() -> int:
    """Makes the pictures; 1 with one line where there is no browser."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=home() / "docs" / "screenshots")
    into = parser.parse_args().into
    path = path_of_chromium()
    if not path:
        print(MISSING, file=sys.stderr)
        return 1
    into.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        migrated_database("sqlite", Path(scratch)) as url,
        Stage(Path(scratch), url, rate_limits="") as stage,
        chromium(path) as browser,
    ):
        gateway = f"http://127.0.0.1:{stage.ports[0]}"
        picture = photo(Path(scratch) / "lamp.jpg")
        for name, look in LOOKS.items():
            _take(browser, gateway, picture, into, name, dict(look))
    return 0


def _take(browser: Browser, gateway: str, picture: Path, into: Path, name: str, look: dict[str, Any]) -> None:
    locale = look.pop("locale", "en")
    context = browser.new_context(**{**DEVICES[look.pop("device")], "reduced_motion": "reduce", **look})

    def opened() -> Chat:
        buyer = fresh_buyer("demo")
        page = context.new_page()
        page.goto(f"{gateway}/?{urlencode({'buyer': buyer, 'locale': locale})}")
        return Chat(page, buyer, gateway)

    def keep(chat: Chat, state: str) -> None:
        if name not in DEVICES and state not in SOME:
            return
        path = into / f"{name}-{state}.png"
        # Nothing is drawn as if it were about to be pressed.
        chat.page.mouse.move(0, 0)
        chat.page.screenshot(path=path, scale="css", animations="disabled")
        _make_small(path)
        print(path.name)

    chat = opened()
    for state in states(chat, picture):
        keep(chat, state)
    early = opened()
    countdown(early)
    keep(early, "countdown")
    context.close()


def _make_small(path: Path) -> None:
    Image.open(path).convert("RGB").quantize(160, dither=Image.Dither.NONE).save(path, optimize=True)
    assert path.stat().st_size < LARGEST, f"{path.name} is too large to be kept"


if __name__ == "__main__":
    sys.exit(main())
