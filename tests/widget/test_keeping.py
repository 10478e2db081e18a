"""What stays and goes on: a copy of the conversation for the buyer, another device, a token that ends in the middle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Download, expect

from tests.widget.chat import ANSWERED_WITHIN, Chat
from tests.widget.journeys import Journey, pressed, typed
from tests.widget.owners_page import OwnersSite
from tests.widget.uploading import heard

BROKEN = Journey(typed("I want my money back"), {"claim_type": pressed("It is broken or does not work")})
#: Seconds that a token is good for, which end while the buyer reads.
SHORT = 5


def test_the_conversation_is_saved_as_text(chat: Chat, a_photo: Path) -> None:
    """All that was told, in order, with who said it and when, the choices, and the names of files; nothing else."""
    chat.open()
    chat.type("I want my money back; <b>it</b> is \u0645\u0643\u0633\u0648\u0631")
    chat.hand_in(a_photo)

    saved = _saved(chat)

    text = saved.path().read_text(encoding="utf-8-sig")
    assert saved.suggested_filename == "buyer-protection-conversation.txt"
    at = 0
    for each in chat.told():
        who = "You, " if each["from"] == "buyer" else "Assistant, "
        files = [f"[{file['name']}]" for file in each["custom"].get("files", ())]
        choices = [f"( ) {button['title']}" for button in each["buttons"]]
        for part in filter(None, [who, each["text"], *files, *choices]):
            assert part in text[at:], part
            at = text.index(part, at) + len(part)
    assert f"[{a_photo.name}]" in text
    assert "( ) " in text
    assert "btn:" not in text


def test_a_conversation_in_another_language_is_saved_in_its_words(opened: Callable[..., Chat]) -> None:
    """Who spoke is said in the buyer's language."""
    chat = opened(locale="ar", direction="rtl").open()
    chat.type("hello")

    text = _saved(chat, "حفظ هذه المحادثة").path().read_text(encoding="utf-8-sig")

    assert text.startswith("\u2068" + "أنت" + "\u2069، ")
    assert "المساعد" in text


def test_the_conversation_goes_on_on_another_device(opened: Callable[..., Chat], a_photo: Path) -> None:
    """Begun at a desk, gone on by telephone: all is there, the photo is seen, the open question is answered."""
    desk = opened().open()
    BROKEN.begins(desk)
    desk.hand_in(a_photo)
    BROKEN.go_on(desk, until="refund_requested")

    phone = opened(desk.buyer, device="phone").open()

    expect(phone.messages).to_have_count(desk.messages.count(), timeout=ANSWERED_WITHIN)
    expect(phone.part("receipt").get_by_role("img", name=f"Preview of {a_photo.name}")).to_be_visible()
    expect(phone.button("Yes")).to_be_in_viewport()
    assert heard(phone) == []
    phone.press("Yes")
    assert phone.open_question() == "refund_requested_on"
    expect(desk.part("date-input")).to_be_visible(timeout=ANSWERED_WITHIN)


def test_a_token_that_ends_in_the_middle_is_not_noticed(opened: Callable[..., Chat], site: OwnersSite) -> None:
    """The gateway really refuses it; the page's next one is used, and not a word is said of it."""
    chat = opened()
    chat.page.goto(site.page_of(chat.buyer, lasts=SHORT))
    chat.open()
    chat.type("hello")
    asked = chat.page.evaluate("window.tokensAsked")
    refused: list[str] = []
    chat.page.on("response", lambda answer: refused.append(answer.url) if answer.status == 401 else None)
    # Nothing is to be seen of it: the token simply ends while somebody reads.
    chat.page.wait_for_timeout((SHORT + 1) * 1000)

    chat.type("the lamp arrived broken, the glass is in pieces")

    assert refused
    assert chat.page.evaluate("window.tokensAsked") > asked
    expect(chat.part("status")).to_be_hidden()
    assert not any("signed in" in line or "connect" in line for line in heard(chat))


def _saved(chat: Chat, label: str = "Save this conversation") -> Download:
    with chat.page.expect_download() as saving:
        chat.panel.get_by_role("button", name=label).click()
    return saving.value
