"""Files come from Telegram's own host only, whole or not at all, and the buyer hears what became of them."""

from __future__ import annotations

import hashlib

import pytest

from tests.gateway.photographs import photo
from tests.gateway.telegram.chat import Chat, words
from tests.gateway.telegram.conftest import Place
from tests.gateway.telegram.fake import titles

pytestmark = pytest.mark.xdist_group("telegram")
DATABASE = "sqlite"


def sent(chat: Chat, name: str, content: bytes | None, **more: object) -> dict:  # type: ignore[type-arg]
    """An update with a photo, whatever its bytes are."""
    if content is not None:
        chat.telegram.files[name] = content
    return chat.telegram.message(chat.user, photo=[{"file_id": name, "width": 1, "height": 1}], **more)


def test_a_file_is_kept_whole_with_its_hash(chat: Chat, place: Place) -> None:
    """More than one chunk, and nothing unfinished is left; the conversation keeps what it is called as evidence."""
    content = photo(size=(2000, 1500))
    chat.hand(sent(chat, "whole", content))

    (file,) = chat.rows()[-1].files
    (kept,) = chat.evidence()
    assert len(content) > 512 * 1024
    assert file["sha256"] == kept.sha256 == hashlib.sha256(content).hexdigest()
    assert file["evidence_id"] == kept.evidence_id
    assert (place.evidence / kept.stored_name).read_bytes() == content
    assert list(place.uploads.glob("*")) == []


@pytest.mark.parametrize("fault", ["500", "cut"])
def test_a_file_that_does_not_come_at_once_is_fetched_again(chat: Chat, fault: str) -> None:
    """The message waits for it, and is not lost."""
    chat.telegram.fail("file", fault, times=2)
    content = photo()
    answered = chat.hand(sent(chat, f"later-{fault}", content, caption="hello"))

    assert "was accepted" in words(answered)
    assert chat.rows()[-1].files[0]["size"] == len(content)


def test_telegram_is_answered_before_the_file_is_fetched(chat: Chat) -> None:
    """So that it does not send the update again while a large file comes."""
    chat.telegram.fail("getFile", "slow", seconds=3)
    update = sent(chat, "slow", photo())
    before = len(chat.telegram.tried("file"))
    response = chat.post(update)
    fetched = len(chat.telegram.tried("file")) - before
    chat.wait_for_answers(update)

    assert response.status_code == 200
    assert fetched == 0
    assert len(chat.telegram.tried("file")) == before + 1


def test_a_file_that_is_gone_is_said_and_the_question_stays(chat: Chat) -> None:
    """Telegram knows nothing of it any more."""
    asked = chat.say("my lamp came broken, the glass is in pieces")[-1]
    answered = chat.hand(sent(chat, "gone", None))

    assert "could not get that file" in words(answered)
    assert "accepted" not in words(answered)
    assert answered[-1]["text"] == asked["text"]
    assert chat.rows()[-1].files[0]["problem"] == "lost"


@pytest.mark.parametrize("size", [21 * 1024 * 1024, 0])
def test_a_file_that_is_too_large_is_said(chat: Chat, place: Place, size: int) -> None:
    """Whether Telegram says so before, or the bytes never end."""
    chat.telegram.fail("file", "endless")
    chat.telegram.files["huge"] = b""
    video = {"file_id": "huge", **({"file_size": size} if size else {})}
    answered = chat.hand(chat.telegram.message(chat.user, video=video, caption="hello"))

    assert "larger than the 20 MB" in words(answered)
    assert chat.rows()[-1].files[0]["problem"] == "over_channel"
    assert list(place.uploads.glob("*")) == []


def test_no_redirect_is_followed(chat: Chat) -> None:
    """E-19: wherever it would lead."""
    chat.telegram.fail("file", "redirect")
    answered = chat.hand(sent(chat, "led-away", b"never"))

    assert "could not get that file" in words(answered)
    assert chat.telegram.done("elsewhere") == []


@pytest.mark.parametrize(
    "path",
    [
        "http://127.0.0.1:{port}/elsewhere",
        "//127.0.0.1:{port}/elsewhere",
        "@127.0.0.1:{port}/elsewhere",
        "../../../elsewhere",
        "photos/%2e%2e/%2e%2e/elsewhere",
        "photos/a.jpg?x=1",
        "photos\\..\\a.jpg",
        "",
    ],
)
def test_e19_a_place_of_a_file_that_leads_elsewhere_is_not_gone_to(chat: Chat, path: str) -> None:
    """Whoever answers in Telegram's name: only a plain path below the files of the bot is fetched."""
    chat.telegram.file_paths["led"] = path.format(port=chat.telegram.port)
    before = len(chat.telegram.tried("file")), len(chat.telegram.tried("elsewhere"))
    answered = chat.hand(sent(chat, "led", photo()))

    assert "could not get that file" in words(answered)
    assert (len(chat.telegram.tried("file")), len(chat.telegram.tried("elsewhere"))) == before
    assert chat.evidence() == []


def test_of_an_album_with_a_lost_file_both_are_said(chat: Chat) -> None:
    """How many are kept, and that one is not."""
    updates = [
        sent(chat, "kept", photo(), media_group_id="half", caption="hello"),
        sent(chat, "lost", None, media_group_id="half"),
    ]
    for update in updates:
        chat.post(update)
    chat.wait_for_answers(*updates)

    assert "could not get that file" in chat.telegram.said(chat.user)
    assert "was accepted" in chat.telegram.said(chat.user)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"<svg onload='alert(1)'/>" * 40, "lamp.jpg", "lamp.jpg is no photo or video"),
        (b"", "lamp.jpg", "lamp.jpg is empty"),
        (photo()[:2000], "half.jpg", "half.jpg arrived damaged"),
    ],
)
def test_a_file_that_is_no_evidence_is_refused_by_its_name(chat: Chat, content: bytes, name: str, said: str) -> None:
    """The same checks as everywhere; nothing is kept of it, and the question stays."""
    asked = chat.say("my lamp came broken, the glass is in pieces")[-1]
    chat.telegram.files["bad"] = content
    answered = chat.hand(chat.telegram.message(chat.user, document={"file_id": "bad", "file_name": name}))

    assert said in words(answered)
    assert answered[-1]["text"] == asked["text"]
    assert chat.evidence() == []


def test_the_same_file_twice_is_one_piece_of_evidence(chat: Chat) -> None:
    """E-12: each message says that it came, and it is counted once."""
    content = photo()
    chat.hand(sent(chat, "first", content))
    chat.hand(sent(chat, "again", content))

    assert len(chat.evidence()) == 1
    assert len({row.files[0]["evidence_id"] for row in chat.rows()}) == 1


@pytest.mark.parametrize("where", ["in a claim", "before one"])
def test_after_three_files_that_failed_a_person_is_offered(chat: Chat, where: str) -> None:
    """Whatever the failure was; once in an answer, and one that comes through ends the row."""
    chat.say("my lamp came broken, the glass is in pieces" if where == "in a claim" else "hello")
    failing = [b"no photo", None, photo()[:2000]]
    answers = [chat.hand(sent(chat, f"failing-{number}", content)) for number, content in enumerate(failing)]

    def offers(answered: list[dict]) -> list[str]:  # type: ignore[type-arg]
        return [title for message in answered for title in titles(message) if title == "Talk to a person"]

    assert [offers(answered) for answered in answers] == [[], [], ["Talk to a person"]]
    chat.hand(sent(chat, "better", photo()))
    assert offers(chat.hand(sent(chat, "bad again", b"no photo"))) == []
    assert "support staff" in words(chat.say("talk to a person"))


def test_the_offer_of_a_person_is_a_button_that_works(chat: Chat) -> None:
    """Pressed at once, it calls one."""
    chat.say("hello")
    for number in range(3):
        chat.hand(sent(chat, f"none-{number}", b"no photo"))

    assert "I have told support staff" in words(chat.press("Talk to a person"))
