"""What the gateway itself says, beside what the conversation says; the words are in `data/responses/gateway.yml`."""

from __future__ import annotations

from typing import Any, Final

from buyer_protection.responses import text
from gateway.inbox import NOTICES, Message
from gateway.meaning import stored_files

#: What was removed from a message, and the words that say so.
_REMOVED: Final = {
    "card_number": "utter_removed_card_number",
    "security_code": "utter_removed_card_number",
    "one_time_code": "utter_removed_code",
    "password": "utter_removed_password",
    "bank_account": "utter_removed_account",
    "passport": "utter_removed_account",
}
#: Why a file is not kept, and the words that say so and what to do.
_PROBLEMS: Final = {"too_large": "utter_file_too_large", "lost": "utter_file_lost"}


def before_answer(messages: list[Message]) -> list[dict[str, Any]]:
    """What is said before the answer: what was removed, what the channel has to say, what became of files."""
    removed = dict.fromkeys(_REMOVED[kind] for message in messages for kind in message.removed)
    of_channel = dict.fromkeys(response for message in messages for response in message.metadata.get(NOTICES, ()))
    problems = dict.fromkeys(
        _PROBLEMS[file["problem"]] for message in messages for file in message.files if "problem" in file
    )
    said = [notice(response) for response in [*removed, *of_channel, *problems]]
    files = stored_files(messages)
    if files and any(message.text for message in messages):
        said.append(notice("utter_files_kept" if files > 1 else "utter_file_kept", count=files))
    return said


def waiting(message: Message) -> dict[str, Any]:
    """A part failed: the message is kept, and will be answered."""
    return _failure("utter_turn_waiting", message)


def given_up(message: Message) -> dict[str, Any]:
    """The message was kept and cannot be handled; staff see it, and there is another way."""
    return _failure("utter_turn_given_up", message)


def notice(response: str, **values: Any) -> dict[str, Any]:
    """Something said by its name."""
    return {"text": text(response, **values), "custom": {"kind": "notice"}, "response": response}


def _failure(response: str, message: Message) -> dict[str, Any]:
    custom = {"kind": "failure", "trace": message.trace}
    return {"text": text(response, trace=message.trace), "custom": custom, "response": response}
