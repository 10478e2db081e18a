"""What Telegram's updates say, read without trust: whatever they hold, reading never fails."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from buyer_protection.evidence.files import cleaned_name
from gateway.attachments import TOO_LARGE
from gateway.channels.channel import BUTTON, EDIT, FILE, TEXT
from gateway.channels.telegram_limits import FILES, LARGEST_FILE, UNKNOWN, UNREADABLE

START, UNLINK, HELP = "start", "unlink", "help"
#: Somebody wrote where others read along: nothing of it is looked at.
GROUP: Final = "group"

#: What Telegram puts into a chat itself; the buyer said nothing.
_SERVICE: Final = frozenset(
    {"pinned_message", "message_auto_delete_timer_changed", "write_access_allowed", "connected_website"}
    | {"successful_payment", "refunded_payment", "users_shared", "chat_shared", "passport_data", "boost_added"}
    | {"chat_background_set", "proximity_alert_triggered", "web_app_data", "gift", "unique_gift", "forum_topic_created"}
)
_COMMAND: Final = re.compile(r"\s*/(start|unlink|help)(?:@\w{1,64})?(?:\s+(\S+))?\s*", re.IGNORECASE)
_FILE_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,200}")
_MEDIA_TYPE: Final = re.compile(r"[a-z]+/[A-Za-z0-9.+-]{1,80}")
_LOCALE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}")
_LARGEST_NUMBER: Final = 2**63 - 1


@dataclass(frozen=True)
class Update:
    """One update: who wrote where, and what. `code` goes with `start`; `titles` are those of a pressed keyboard."""

    number: int
    kind: str
    chat: str
    user: str = ""
    message: int = 0
    text: str = ""
    code: str = ""
    button: str = ""
    callback: str = ""
    titles: tuple[tuple[str, str], ...] = ()
    files: tuple[Mapping[str, Any], ...] = ()
    album: str = ""
    notices: tuple[str, ...] = ()
    locale: str = ""


def number_of(raw: Any) -> int | None:
    """The number of an update, None if it has none."""
    return _number(raw.get("update_id")) if isinstance(raw, Mapping) else None


def read(raw: Any) -> Update | None:
    """The update, or None where the buyer said nothing that is for us. Never raises."""
    number = number_of(raw)
    if number is None:
        return None
    if isinstance(raw.get("callback_query"), Mapping):
        return _pressed(number, raw["callback_query"])
    for field, is_edit in (("message", False), ("edited_message", True)):
        if isinstance(raw.get(field), Mapping):
            return _written(number, raw[field], is_edit)
    return None


def _pressed(number: int, query: Mapping[str, Any]) -> Update | None:
    message = _object(query, "message")
    user, chat = _object(query, "from"), _object(message, "chat")
    if not _is_private(user, chat):
        return None
    keyboard = _object(message, "reply_markup").get("inline_keyboard")
    return Update(
        number,
        BUTTON,
        chat=str(chat["id"]),
        user=str(user["id"]),
        message=_number(message.get("message_id")) or 0,
        button=_text(query, "data")[:128],
        callback=_text(query, "id")[:128],
        titles=tuple(_titles(keyboard)),
        locale=_locale(user),
    )


def _written(number: int, message: Mapping[str, Any], is_edit: bool) -> Update | None:
    user, chat = _object(message, "from"), _object(message, "chat")
    if chat.get("type") in ("group", "supergroup") and not is_edit and _number(chat.get("id"), signed=True):
        return Update(number, GROUP, chat=str(chat["id"]))
    if not _is_private(user, chat) or _SERVICE & message.keys():
        return None
    text = _text(message, "text") or _text(message, "caption")
    known: dict[str, Any] = {
        "chat": str(chat["id"]),
        "user": str(user["id"]),
        "message": _number(message.get("message_id")) or 0,
        "locale": _locale(user),
    }
    if is_edit:
        # A live location moves all the time; only words can be changed so that it matters.
        return Update(number, EDIT, text=text, **known) if text.strip() else None
    # What somebody else wrote has no power here.
    command = None if {"forward_origin", "forward_date"} & message.keys() else _COMMAND.fullmatch(text)
    if command:
        return Update(number, command[1].lower(), code=command[2] or "", **known)
    files = tuple(_files(message))
    if files or text.strip():
        notices = () if files else tuple(UNREADABLE[kind] for kind in UNREADABLE if kind in message)[:1]
        album = _text(message, "media_group_id")[:128]
        kind = FILE if files else TEXT
        return Update(number, kind, text=text, files=files, album=album, notices=notices, **known)
    unreadable = next((UNREADABLE[kind] for kind in UNREADABLE if kind in message), UNKNOWN)
    return Update(number, TEXT, notices=(unreadable,), **known)


def _files(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    """At most one, as a message has; the largest size of a photo."""
    for kind in FILES:
        found = message.get(kind)
        if kind == "photo" and isinstance(found, list):
            sizes = [size for size in found if isinstance(size, Mapping)]
            found = max(sizes, key=lambda size: _number(size.get("width")) or 0, default=None)
        # An animation comes with a document that is the same file.
        if kind == "document" and "animation" in message:
            continue
        if isinstance(found, Mapping) and _FILE_ID.fullmatch(_text(found, "file_id")):
            return [_file(kind, found)]
    return []


def _file(kind: str, found: Mapping[str, Any]) -> dict[str, Any]:
    media_type, size = _text(found, "mime_type"), _number(found.get("file_size")) or 0
    name = _text(found, "file_name")
    file: dict[str, Any] = {
        "kind": kind,
        "name": cleaned_name(name) if name else "",
        "media_type": media_type if _MEDIA_TYPE.fullmatch(media_type) else "",
        "size": size,
        "native_id": found["file_id"],
    }
    return {**file, "problem": TOO_LARGE} if size > LARGEST_FILE else file


def _titles(keyboard: Any) -> list[tuple[str, str]]:
    """What stands on the buttons of a keyboard, by what comes back when they are pressed."""
    rows = [row for row in keyboard if isinstance(row, list)] if isinstance(keyboard, list) else []
    buttons = [button for row in rows for button in row if isinstance(button, Mapping)]
    return [(_text(button, "callback_data"), _text(button, "text")) for button in buttons]


def _is_private(user: Mapping[str, Any], chat: Mapping[str, Any]) -> bool:
    """Whether a person writes to us alone: the chat is then called as they are."""
    is_person = _number(user.get("id")) is not None and user.get("is_bot") is not True
    return is_person and chat.get("type") == "private" and chat.get("id") == user["id"]


def _object(parent: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    value = parent.get(field)
    return value if isinstance(value, Mapping) else {}


def _text(parent: Mapping[str, Any], field: str) -> str:
    value = parent.get(field)
    return value if isinstance(value, str) else ""


def _number(value: Any, *, signed: bool = False) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _LARGEST_NUMBER:
        return None
    return value if signed or value >= 0 else None


def _locale(user: Mapping[str, Any]) -> str:
    locale = _text(user, "language_code")
    return locale if _LOCALE.fullmatch(locale) else ""
