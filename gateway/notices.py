"""What the gateway itself says, beside what the conversation says; the words are in `data/responses/gateway.yml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from buyer_protection.evidence.scanning import INFECTED, WAITING
from buyer_protection.responses import buttons, text
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

#: Files that may fail in a row before a person is offered.
MOST_FAILED: Final = 3
_WAY_ON: Final = "utter_files_way_on"


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


def way_on(failed_files: int, said: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A person is offered once so many files in a row have failed, unless the answer itself offers one."""
    offered = {button["payload"] for each in said for button in each.get("buttons") or ()}
    offer = buttons(_WAY_ON)
    if failed_files < MOST_FAILED or {button["payload"] for button in offer} <= offered:
        return []
    return [{**notice(_WAY_ON), "buttons": offer}]


def waiting(message: Message) -> dict[str, Any]:
    """A part failed: the message is kept, and will be answered."""
    return _failure("utter_turn_waiting", message)


def given_up(message: Message) -> dict[str, Any]:
    """The message was kept and cannot be handled; staff see it, and there is another way."""
    return _failure("utter_turn_given_up", message)


def notice(response: str, **values: Any) -> dict[str, Any]:
    """Something said by its name."""
    return {"text": text(response, **values), "custom": {"kind": "notice"}, "response": response}


def found_later(name: str) -> dict[str, Any]:
    """A file that was accepted counts no more: the virus scanner has answered, and found something."""
    response = "utter_file_infected_after_all"
    custom = {"kind": "file_refused", "code": INFECTED, "name": name}
    return {"text": text(response, name=name), "custom": custom, "response": response}


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
    if any(file.get("scan") == WAITING for file in accepted_files(messages)):
        said.append(notice("utter_evidence_being_checked"))
    return said


def _failure(response: str, message: Message) -> dict[str, Any]:
    custom = {"kind": "failure", "trace": message.trace}
    return {"text": text(response, trace=message.trace), "custom": custom, "response": response}
