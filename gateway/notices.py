"""What the gateway itself says, beside what the conversation says; the words are in `data/responses/gateway.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from buyer_protection.responses import text
from gateway.handing_in import in_words, response_of
from gateway.inbox import NOTICES, Message
from gateway.meaning import accepted_files

#: What was removed from a message, and the words that say so.
_REMOVED: Final = {
    "card_number": "utter_removed_card_number",
    "security_code": "utter_removed_card_number",
    "one_time_code": "utter_removed_code",
    "password": "utter_removed_password",
    "bank_account": "utter_removed_account",
    "passport": "utter_removed_account",
}
#: Why a file did not come, and the words that say so and what to do; why one was refused has words of its own.
_LOST: Final = {"over_channel": "utter_file_too_large", "lost": "utter_file_lost"}


def before_answer(messages: list[Message]) -> list[dict[str, Any]]:
    """What is said before the answer: what was removed, what the channel has to say, what became of files."""
    removed = dict.fromkeys(_REMOVED[kind] for message in messages for kind in message.removed)
    of_channel = dict.fromkeys(response for message in messages for response in message.metadata.get(NOTICES, ()))
    problems = [file for message in messages for file in message.files if "problem" in file]
    lost = dict.fromkeys(_LOST[file["problem"]] for file in problems if file["problem"] in _LOST)
    said = [notice(response) for response in [*removed, *of_channel, *lost]]
    said += [_refused(file) for file in problems if file["problem"] not in _LOST]
    # Without words beside them, the answer itself is about the files.
    return [*said, *files_came(messages)] if any(message.text for message in messages) else said


def waiting(message: Message) -> dict[str, Any]:
    """A part failed: the message is kept, and will be answered."""
    return _failure("utter_turn_waiting", message)


def given_up(message: Message) -> dict[str, Any]:
    """The message was kept and cannot be handled; staff see it, and there is another way."""
    return _failure("utter_turn_given_up", message)


def notice(response: str, **values: Any) -> dict[str, Any]:
    """Something said by its name."""
    return {"text": text(response, **values), "custom": {"kind": "notice"}, "response": response}


def _refused(file: Mapping[str, Any]) -> dict[str, Any]:
    code, name = str(file["problem"]), str(file.get("name") or "")
    custom = {"kind": "file_refused", "code": code, "name": name}
    return {"text": in_words(code, name), "custom": custom, "response": response_of(code)}


def files_came(messages: list[Message]) -> list[dict[str, Any]]:
    """How many files of messages were accepted."""
    counted = [bool(file["counts"]) for file in accepted_files(messages)]
    evidence, others = counted.count(True), counted.count(False)
    said = []
    if evidence:
        said.append(notice("utter_files_came" if evidence > 1 else "utter_file_came", count=evidence))
    if others:
        said.append(notice("utter_documents_came" if others > 1 else "utter_document_came", count=others))
    return said


def _failure(response: str, message: Message) -> dict[str, Any]:
    custom = {"kind": "failure", "trace": message.trace}
    return {"text": text(response, trace=message.trace), "custom": custom, "response": response}
