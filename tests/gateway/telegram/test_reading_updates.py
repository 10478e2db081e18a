"""Whatever an update holds, reading it never fails, and only a person in a private chat is heard."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.channels.channel import BUTTON, EDIT, FILE, TEXT
from gateway.channels.telegram_updates import GROUP, START, UNLINK, read

PERSON = {"id": 5, "is_bot": False, "language_code": "en-GB"}
CHAT = {"id": 5, "type": "private"}

_FIELDS = st.sampled_from(
    [
        "update_id",
        "message",
        "edited_message",
        "callback_query",
        "from",
        "chat",
        "id",
        "type",
        "text",
        "caption",
        "photo",
        "video",
        "document",
        "file_id",
        "file_size",
        "width",
        "data",
        "reply_markup",
        "inline_keyboard",
        "message_id",
        "media_group_id",
        "voice",
        "is_bot",
        "language_code",
        "file_name",
        "mime_type",
    ]
)
_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(["private", 5]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_FIELDS, inner, max_size=5),
    max_leaves=20,
)


def message(**content: Any) -> dict[str, Any]:
    """An update with a message in a private chat."""
    return {"update_id": 7, "message": {"message_id": 3, "from": PERSON, "chat": CHAT, **content}}


@given(_ANYTHING)
def test_reading_never_fails(raw: Any) -> None:
    """Whatever comes."""
    read(raw)


@given(st.dictionaries(_FIELDS, _ANYTHING, max_size=8))
def test_reading_a_message_of_a_person_never_fails(content: dict[str, Any]) -> None:
    """Nor what is in it."""
    content = {**content, "from": PERSON, "chat": CHAT}
    for field in ("message", "edited_message", "callback_query"):
        read({"update_id": 7, field: {**content, "message": content}})


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"text": "hello"}, TEXT),
        ({"text": "/start"}, START),
        ({"text": " /START@some_bot abc "}, START),
        ({"text": "/unlink"}, UNLINK),
        ({"text": "/unlink now please"}, TEXT),
        ({"text": "/open_dispute"}, TEXT),
        ({"text": "/start a b"}, TEXT),
        ({"photo": [{"file_id": "a", "width": 1}], "caption": "look"}, FILE),
        ({"video": {"file_id": "a"}}, FILE),
        ({"video": {"file_id": "../x"}}, TEXT),
        ({"voice": {"file_id": "a"}, "caption": "look"}, TEXT),
    ],
)
def test_what_a_message_is(content: dict[str, Any], kind: str) -> None:
    """Commands are those three, whole; the rest is text without power."""
    update = read(message(**content))

    assert update is not None
    assert update.kind == kind


def test_what_was_forwarded_is_no_command() -> None:
    """Somebody else wrote it."""
    update = read(message(text="/unlink", forward_origin={}))

    assert update is not None
    assert update.kind == TEXT


@pytest.mark.parametrize(
    "changed",
    [
        {"chat": {"id": 6, "type": "private"}},
        {"chat": {"id": 5, "type": "channel"}},
        {"chat": {"id": 5}},
        {"from": {**PERSON, "is_bot": True}},
        {"from": {}},
        {"from": {"id": "5"}},
        {"pinned_message": {}},
    ],
)
def test_nobody_else_is_heard(changed: dict[str, Any]) -> None:
    """No bot, no channel, no chat that is not the person's own; nor what Telegram says itself."""
    assert read(message(text="hello", **changed)) is None


def test_of_a_group_nothing_is_read() -> None:
    """Neither who wrote nor what."""
    update = read(message(text="hello", chat={"id": -9, "type": "supergroup"}))

    assert update is not None
    assert (update.kind, update.user, update.text) == (GROUP, "", "")


def test_a_live_location_that_moves_is_not_an_edit() -> None:
    """It would be one every few seconds."""
    edited = {"update_id": 7, "edited_message": {"from": PERSON, "chat": CHAT, "location": {"latitude": 1}}}
    words = {"update_id": 7, "edited_message": {"from": PERSON, "chat": CHAT, "text": "hello"}}

    assert read(edited) is None
    assert read(words).kind == EDIT  # type: ignore[union-attr]


def test_a_press_on_a_message_that_telegram_no_longer_shows_is_read() -> None:
    """Old messages come without their keyboard."""
    query = {"id": "1", "from": PERSON, "message": {"chat": CHAT, "message_id": 3, "date": 0}, "data": "btn:1"}
    update = read({"update_id": 7, "callback_query": query})

    assert update is not None
    assert (update.kind, update.button, update.titles) == (BUTTON, "btn:1", ())
