"""Files as a buyer chooses, drops and pastes them, and what the page and the gateway know of them meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Locator, Request, expect

from tests.evidence.files import picture
from tests.widget.chat import ANSWERED_WITHIN, Chat

#: A part of a file has come, and not all of it.
UNDER_WAY: Final = re.compile(r": [1-9]\d?% sent")


def large_photo(path: Path, seed: int = 0) -> Path:
    """A real photo of some two megabytes."""
    picture(seed, (1600, 1200)).save(path, "JPEG", quality=95)
    return path


def choose(chat: Chat, *paths: Path) -> None:
    """Chooses files and waits for nothing."""
    chat.part("file-input").set_input_files([str(path) for path in paths])


def row(chat: Chat, path: Path) -> Locator:
    """The row of a file that is not handed in yet."""
    return chat.part("upload").filter(has_text=path.name)


def cut_in_the_middle(chat: Chat, path: Path) -> None:
    """Chooses a file and waits until a part of it has come."""
    choose(chat, path)
    expect(row(chat, path)).to_contain_text(UNDER_WAY, timeout=ANSWERED_WITHIN)


def files_told(chat: Chat) -> list[str]:
    """The names of the files that the conversation holds, in order, each as often as it was handed in."""
    return [file["name"] for each in chat.told() for file in each["custom"].get("files", ())]


def heard(chat: Chat) -> list[str]:
    """What a screen reader was given to read, in order."""
    return chat.part("announcements").locator("p").all_inner_texts()


@contextmanager
def requests(chat: Chat, wanted: Callable[[Request], bool]) -> Iterator[list[Request]]:
    """Inside, the page's requests that are wanted are noted."""
    noted: list[Request] = []

    def note(request: Request) -> None:
        if wanted(request):
            noted.append(request)

    chat.page.on("request", note)
    try:
        yield noted
    finally:
        chat.page.remove_listener("request", note)


def begins_an_upload(request: Request) -> bool:
    """Whether a request begins the upload of a file."""
    return request.method == "POST" and request.url.endswith("/widget/uploads")


def goes_on_with_one(request: Request) -> bool:
    """Whether a request sends a part of a file."""
    return request.method == "PATCH" and "/widget/uploads/" in request.url
