"""Files that buyers hand in: every way in, several at once, and what is said of one that is not taken."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import expect

from tests.evidence.files import bomb, cut, document, photo, photo_that_is_a_document, written
from tests.widget.accessible import barriers
from tests.widget.chat import ANSWERED_WITHIN, Chat
from tests.widget.network import Network
from tests.widget.uploading import choose, files_told, heard, large_photo, row

#: Files that are not taken: what they are called, who makes them, and what the page says.
REFUSED: Final[Mapping[str, tuple[str, Callable[[Path], Path], str]]] = {
    "wrong kind": ("notes.txt", written(b"it came broken, and nobody answers me\n" * 40), "is no photo or video"),
    "named as another kind": ("lamp.jpg", written(b"MZ" + bytes(4000)), "is no photo or video"),
    "empty": ("lamp.jpg", written(b""), "It is empty"),
    "truncated": ("lamp.jpg", lambda path: cut(photo(path)), "arrived damaged"),
    "two kinds": ("lamp.jpg", photo_that_is_a_document, "something else hidden in it"),
    "too many pixels": ("lamp.png", bomb, "more pixels than I can open"),
    "photo too large": ("lamp.jpg", lambda path: _longer(photo(path), 21_000_000), "is too large"),
    "video too large": ("lamp.mp4", lambda path: _longer(path, 201_000_000), "larger than 200 MB"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_file_that_is_not_taken_gets_its_sentence(chat: Chat, a_photo: Path, tmp_path: Path, why: str) -> None:
    """It is said beside the file and to a screen reader, can be put away, and the next file comes through."""
    name, make, sentence = REFUSED[why]
    refused = make(tmp_path / name)
    chat.open()

    choose(chat, refused)

    shown = row(chat, refused)
    expect(shown).to_contain_text(sentence, timeout=ANSWERED_WITHIN)
    expect(shown.get_by_role("button", name=f"Send {name} again")).to_have_count(0)
    assert any(sentence in line for line in heard(chat))
    assert barriers(chat.page) == []
    shown.get_by_role("button", name=f"Delete {name} from this list").click()
    expect(shown).to_have_count(0)
    another = tmp_path / "another.jpg"
    another.write_bytes(a_photo.read_bytes())
    chat.hand_in(another)
    assert files_told(chat) == ["another.jpg"]


def test_after_three_files_that_failed_a_person_is_offered(chat: Chat, a_photo: Path, tmp_path: Path) -> None:
    """Beside the third in a row, whatever was wrong with them; a file that is taken ends the row."""
    empty, wrong, cut_off = (tmp_path / f"{name}.jpg" for name in ("empty", "wrong", "cut"))
    offer = chat.panel.get_by_role("button", name="Talk to a person")
    chat.open()
    choose(chat, written(b"")(empty))
    choose(chat, written(b"MZ" + bytes(4000))(wrong))
    expect(row(chat, empty)).to_contain_text("empty.jpg: not taken. It is empty.")
    expect(row(chat, wrong).locator("p")).to_have_text(re.compile("^wrong.jpg is no photo"), timeout=ANSWERED_WITHIN)
    expect(offer).to_have_count(0)

    choose(chat, cut(photo(cut_off)))
    expect(row(chat, cut_off).get_by_role("button", name="Talk to a person")).to_be_visible(timeout=ANSWERED_WITHIN)
    assert barriers(chat.page) == []
    with chat.answered():
        offer.click()
    expect(chat.messages.last).to_contain_text("support staff")
    chat.hand_in(a_photo)
    choose(chat, written(b"")(tmp_path / "again.jpg"))
    expect(row(chat, tmp_path / "again.jpg")).to_contain_text("It is empty")
    expect(offer).to_have_count(1)


def test_the_same_file_again_is_said_and_kept_once(chat: Chat, a_photo: Path) -> None:
    """The row stays to say so, because nothing new is said in the conversation."""
    chat.open()
    chat.hand_in(a_photo)
    before = chat.told()

    choose(chat, a_photo)

    expect(row(chat, a_photo)).to_contain_text("You sent this file before; it is kept once", timeout=ANSWERED_WITHIN)
    assert any("kept once" in line for line in heard(chat))
    assert chat.told() == before
    row(chat, a_photo).get_by_role("button", name="Delete").click()
    expect(chat.part("upload")).to_have_count(0)
    expect(chat.part("receipt")).to_have_count(1)


def test_a_document_is_kept_and_said_not_to_count(chat: Chat, tmp_path: Path) -> None:
    """The receipt says so, and the answer does not call it a photo."""
    chat.open()

    chat.hand_in(document(tmp_path / "bill.pdf"))

    expect(chat.part("receipt")).to_contain_text("does not count as evidence")
    expect(chat.messages.filter(has_text="received 1 document")).to_have_count(1)


def test_several_files_at_once_come_all_and_are_heard(chat: Chat, tmp_path: Path) -> None:
    """How far each is can be seen and heard, without a word every moment; each is handed in once."""
    photos = [large_photo(tmp_path / f"photo-{number}.jpg", number) for number in range(3)]
    chat.open()
    network = Network(chat.page)
    network.is_slow()

    with chat.handed_in(len(photos)):
        choose(chat, *photos)
        bars = chat.panel.get_by_role("progressbar")
        expect(bars).to_have_count(2)
        for path in photos[:2]:
            expect(chat.panel.get_by_role("progressbar", name=path.name)).to_be_visible()
        expect(row(chat, photos[2])).to_contain_text("waiting")
        chat.page.wait_for_function(
            "bar => bar.value > 0.1 && bar.value < 1", arg=bars.first.element_handle(), timeout=ANSWERED_WITHIN
        )
        assert barriers(chat.page) == []
        network.is_fast()

    lines = heard(chat)
    assert sorted(files_told(chat)) == [path.name for path in photos]
    for path in photos:
        assert any(f"{path.name}: received" in line for line in lines)
    assert any(f"{photos[0].name}: " in line and "% sent" in line for line in lines)
    assert sum("% sent" in line for line in lines) < 20


def test_one_file_too_many_is_sent_once_there_is_room(chat: Chat, tmp_path: Path) -> None:
    """Ten files are taken; the eleventh says what to do, and is sent again after one was removed."""
    chat.open()
    chat.hand_in(*[photo(tmp_path / f"photo-{number}.jpg", seed=number) for number in range(10)])
    last = photo(tmp_path / "last.jpg", seed=11)
    choose(chat, last)
    expect(row(chat, last)).to_contain_text("as many files as it can have", timeout=ANSWERED_WITHIN)

    chat.panel.get_by_role("button", name="Remove photo-3.jpg").click()
    expect(chat.panel).to_contain_text("photo-3.jpg is removed.")
    with chat.handed_in(1):
        row(chat, last).get_by_role("button", name="Send last.jpg again").click()

    assert files_told(chat)[-1] == "last.jpg"


def test_a_file_that_is_dropped_is_handed_in(chat: Chat, a_photo: Path) -> None:
    """While it hovers the widget says where to let it go; nothing else on the page is changed by it."""
    chat.open()
    box = chat.panel.bounding_box()
    assert box is not None
    session = chat.page.context.new_cdp_session(chat.page)

    def drag(kind: str) -> None:
        data = {"items": [], "files": [str(a_photo)], "dragOperationsMask": 1}
        at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        session.send("Input.dispatchDragEvent", {"type": kind, **at, "data": data})

    drag("dragEnter")
    drag("dragOver")
    expect(chat.panel.get_by_text("Drop photos or videos here")).to_be_visible()
    with chat.handed_in(1):
        drag("drop")

    expect(chat.panel.get_by_text("Drop photos or videos here")).to_be_hidden()
    assert files_told(chat) == [a_photo.name]


def test_a_picture_that_is_pasted_is_handed_in(chat: Chat, tmp_path: Path) -> None:
    """Copied somewhere, pasted where one writes; what was being written stays."""
    content = b64encode(photo(tmp_path / "copied.png", "PNG").read_bytes()).decode()
    chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.page.evaluate(
        """async content => {
          const bytes = Uint8Array.from(atob(content), each => each.charCodeAt(0));
          const blob = new Blob([bytes], {type: 'image/png'});
          await navigator.clipboard.write([new ClipboardItem({'image/png': blob})]);
        }""",
        content,
    )
    chat.open()
    chat.input.fill("this is how it")

    with chat.handed_in(1):
        chat.input.press("Control+v")

    assert files_told(chat) == ["image.png"]
    expect(chat.input).to_have_value("this is how it")


def _longer(path: Path, size: int) -> Path:
    """A file that is made longer, without taking the room on the disk."""
    with path.open("ab") as file:
        file.truncate(size)
    return path
