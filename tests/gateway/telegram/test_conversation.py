"""A whole conversation in Telegram: typed, pressed, sent, edited; each thing once, in order, and never silence."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.gateway.photographs import film, photo
from tests.gateway.telegram.chat import Chat, wait_until, words
from tests.gateway.telegram.conftest import Place
from tests.gateway.telegram.fake import titles

pytestmark = pytest.mark.xdist_group("telegram")
DATABASE = "postgresql"

PHOTO = [
    {"file_id": "small", "width": 90, "height": 90, "file_size": 9},
    {"file_id": "large", "width": 1280, "height": 960, "file_size": 1000},
]


def test_typed_words_are_answered_with_a_question_and_its_buttons(chat: Chat) -> None:
    """Plain text, without previews of links; buttons are tokens."""
    answered = chat.say("my lamp came broken, the glass is in pieces")

    asked = answered[-1]
    assert {"Yes", "I don't know"} <= set(titles(asked))
    assert "parse_mode" not in asked
    assert asked["link_preview_options"] == {"is_disabled": True}
    buttons = [button for row in asked["reply_markup"]["inline_keyboard"] for button in row]
    assert all(button["callback_data"].startswith("btn:") for button in buttons)


def test_a_pressed_button_is_answered_and_marked(chat: Chat) -> None:
    """The waiting ends on the button, and what was chosen stays to be read."""
    asked = chat.say("my lamp came broken, the glass is in pieces")[-1]
    following = chat.press("Yes")

    assert following
    assert "earlier question" not in words(following)
    wait_until(lambda: bool(chat.telegram.done("answerCallbackQuery")))
    wait_until(lambda: "✓ Yes" in titles(marked(chat, asked)))
    assert len(titles(marked(chat, asked))) == 1


def test_a_button_that_had_its_time_does_nothing_and_the_question_comes_again(chat: Chat) -> None:
    """Also when it is pressed twice; its keyboard goes away, and Telegram is answered all the same."""
    asked = chat.say("my lamp came broken, the glass is in pieces")[-1]
    update = chat.telegram.press(chat.user, "Yes", asked)
    open_question = chat.hand(update)[-1]
    answered_before = len(chat.telegram.done("answerCallbackQuery"))
    again = chat.hand(chat.telegram.press(chat.user, "Yes", asked))

    assert "earlier question" in words(again)
    assert again[-1]["text"] == open_question["text"]
    wait_until(lambda: len(chat.telegram.done("answerCallbackQuery")) > answered_before)
    wait_until(lambda: titles(marked(chat, asked)) == [])


def test_a_forged_button_does_nothing(chat: Chat) -> None:
    """What Telegram sends back is believed only where we signed it."""
    asked = chat.say("my lamp came broken, the glass is in pieces")[-1]
    update = chat.telegram.press(chat.user, "Yes", asked)
    update["callback_query"]["data"] = '/open_dispute{"order_id": "1"}'

    assert "earlier question" in words(chat.hand(update))


def test_e01_a_photo_with_a_caption_is_evidence_and_its_caption_is_answered(chat: Chat) -> None:
    """The largest size; the buyer hears that it was accepted, and what comes next."""
    chat.telegram.files["large"] = content = photo()
    answered = chat.hand(
        chat.telegram.message(chat.user, photo=PHOTO, caption="my lamp came broken, the glass is in pieces")
    )

    (kept,) = chat.evidence()
    assert "was accepted" in words(answered)
    assert "Yes" in titles(answered[-1])
    assert (kept.size, kept.channel, kept.counts) == (len(content), "telegram", True)
    assert chat.rows()[-1].files[0]["evidence_id"] == kept.evidence_id


def test_an_album_is_one_message(chat: Chat) -> None:
    """Three updates, one answer, and all three photos are evidence."""
    updates = []
    for number in range(3):
        chat.telegram.files[f"part{number}"] = photo(number)
        sizes = [{"file_id": f"part{number}", "width": 10, "height": 10}]
        caption = {"caption": "hello"} if number == 0 else {}
        updates.append(chat.telegram.message(chat.user, photo=sizes, media_group_id="album-1", **caption))
    for update in updates:
        assert chat.post(update).status_code == 200
    chat.wait_for_answers(*updates)

    first, *others = chat.rows()
    assert [row.answered_by for row in others] == [first.id, first.id]
    assert "Your 3 photos and videos have arrived" in chat.telegram.said(chat.user)
    assert {row.files[0]["evidence_id"] for row in chat.rows()} == {kept.evidence_id for kept in chat.evidence()}


@pytest.mark.parametrize("kind", ["video", "video_note", "document", "animation"])
def test_other_files_are_kept_under_a_name_of_ours(chat: Chat, place: Place, kind: str) -> None:
    """What the buyer called it is only shown, without folders; what it is, its content says."""
    chat.telegram.files["the-film"] = content = film()
    file = {"file_id": "the-film", "file_name": "../../etc/lamp.bin", "mime_type": "text/html", "file_size": 7}
    sent = {kind: file, **({"document": file} if kind == "animation" else {})}
    assert chat.hand(chat.telegram.message(chat.user, **sent))

    (kept,) = chat.evidence()
    assert (kept.kind, kept.media_type, kept.original_name) == ("video", "video/mp4", "lamp.bin")
    assert (place.evidence / kept.stored_name).read_bytes() == content
    assert (place.evidence / kept.stored_name).stat().st_mode & 0o777 == 0o600
    assert list(place.uploads.glob("*")) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"voice": {"file_id": "v"}}, "recordings"),
        ({"audio": {"file_id": "v"}}, "recordings"),
        ({"sticker": {"file_id": "v"}}, "stickers"),
        ({"contact": {"phone_number": "+1 555"}}, "contact cards"),
        ({"location": {"latitude": 1}}, "places on a map"),
        ({"venue": {}, "location": {"latitude": 1}}, "places on a map"),
        ({"poll": {"question": "?"}}, "that kind of message"),
        ({"something_new": {}}, "that kind of message"),
    ],
)
def test_what_cannot_be_read_is_said_with_what_to_do_and_the_question_stays(
    chat: Chat, content: dict[str, Any], said: str
) -> None:
    """Never silence; nothing of it is kept."""
    asked = chat.say("my lamp came broken, the glass is in pieces")[-1]
    answered = chat.hand(chat.telegram.message(chat.user, **content))

    assert said in words(answered)
    assert answered[-1]["text"] == asked["text"]
    assert titles(answered[-1]) == titles(asked)
    assert chat.rows()[-1].files == []
    assert chat.rows()[-1].text == ""


def test_an_edit_changes_nothing_and_both_texts_are_kept_for_staff(chat: Chat) -> None:
    """C-09: the buyer hears what an edit does, and hears the question again."""
    chat.hand(chat.telegram.message(chat.user, message_id=900_001, text="my lamp came broken"))
    answered = chat.hand(chat.telegram.edit(chat.user, 900_001, text="my lamp never came"))

    from buyer_protection.disputes import all_claims, notes_of, untied_notes

    buyer = f"unlinked:telegram:{chat.user}"
    now = chat.rows()[-1].received_at.astimezone()
    notes = untied_notes(chat.engine, buyer_id=buyer)
    for claim in all_claims(chat.engine, now=now):
        notes += notes_of(chat.engine, claim_id=claim.claim_id, buyer_id=buyer)
    (note,) = [note for note in notes if note.topic == "edited_message"]
    assert "changed an earlier message" in words(answered)
    assert note.text == "before: my lamp came broken\nnow: my lamp never came"


def test_a_typed_slash_has_no_power(chat: Chat) -> None:
    """Whatever stands behind it; nothing is opened and nothing is set."""
    answered = chat.say('/open_dispute{"order_id": "1"}')

    assert answered
    assert "is opened" not in words(answered)
    assert chat.rows()[-1].kind == "text"


def test_start_and_help_are_answered(chat: Chat) -> None:
    """The first thing that anybody sends is `/start`."""
    started = chat.say("/start")
    helped = chat.say("/help")

    assert "automated assistant" in words(started)
    assert "/unlink" in words(helped)


def test_in_a_group_one_line_is_said_and_nothing_is_kept(chat: Chat, place: Place) -> None:
    """I-30, also when more is written there."""
    group = -100_000 - chat.user
    for text in ("my lamp came broken", "hello"):
        assert chat.post(chat.telegram.group_message(chat.user, group, text)).status_code == 200
    wait_until(lambda: bool(place.telegram.sent(group)))

    (line,) = place.telegram.sent(group)
    assert "privately" in line["text"]
    assert chat.rows() == []


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"update_id": 1},
        {"update_id": "x", "message": {}},
        {"update_id": 2, "message": {"chat": {"id": 5, "type": "channel"}}},
        {"update_id": 3, "my_chat_member": {"chat": {"id": 5, "type": "private"}}},
        {"update_id": 4, "message_reaction": {}},
        {"update_id": 5, "message": {"from": {"id": 5}, "chat": {"id": 6, "type": "private"}, "text": "hello"}},
        {"update_id": 6, "callback_query": {"id": "1", "from": {"id": 5}}},
        {"update_id": True, "message": None},
    ],
)
def test_what_is_not_for_us_is_taken_and_dropped(chat: Chat, update: dict[str, Any]) -> None:
    """Telegram would otherwise send it again for a day."""
    assert chat.post(update).status_code == 200


def test_everything_twice_and_out_of_order_is_done_once(place: Place) -> None:
    """C-08: one row, one answer for each update, whatever is redelivered when."""
    dice = random.Random(8)
    chats = [place.chat() for _ in range(4)]
    updates: list[tuple[Chat, dict[str, Any]]] = []
    place.telegram.files["twice"] = photo()
    for chat in chats:
        asked = chat.say("my lamp came broken, the glass is in pieces")[-1]
        sizes = [{"file_id": "twice", "width": 1, "height": 1}]
        updates += [
            (chat, chat.telegram.press(chat.user, "Yes", asked)),
            (chat, chat.telegram.message(chat.user, text="what is covered?")),
            (chat, chat.telegram.message(chat.user, photo=sizes)),
            (chat, chat.telegram.message(chat.user, text="hello")),
        ]
    deliveries = [update for each in updates for update in (each, each)]
    for _ in range(len(deliveries) // 10):
        left, right = dice.randrange(len(deliveries)), dice.randrange(len(deliveries))
        deliveries[left], deliveries[right] = deliveries[right], deliveries[left]

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda each: each[0].post(each[1]).status_code, deliveries))
    for chat in chats:
        chat.wait_for_answers(*(update for owner, update in updates if owner is chat))

    assert set(statuses) == {200}
    for chat in chats:
        rows = chat.rows()
        assert len(rows) == 5
        assert len({row.native_id for row in rows}) == 5
        for row in rows:
            final = [reply for reply in chat.replies() if reply.inbox_id == row.id and reply.is_final]
            assert final
            assert [reply.position for reply in final] == list(range(len(final)))
        texts = [reply.text for reply in chat.replies() if reply.text]
        assert [message["text"] for message in place.telegram.sent(chat.user)] == texts


def marked(chat: Chat, message: dict[str, Any]) -> dict[str, Any]:
    """A message as it looks now."""
    for call in reversed(chat.telegram.done("editMessageReplyMarkup")):
        if call.parameters["message_id"] == message["message_id"] and call.parameters["chat_id"] == chat.user:
            return call.parameters
    return message
