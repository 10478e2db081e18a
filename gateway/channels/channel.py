"""What every channel reads a request into, and what it renders: the contract between the ways in and the inbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

TEXT, BUTTON, FILE, EDIT = "text", "button", "file", "edit"
#: Who says something to a buyer.
ASSISTANT, STAFF = "assistant", "staff"


@dataclass(frozen=True)
class Incoming:
    """One thing that a buyer sent, verified to be theirs.

    `native_id` is the channel's own name for it, unique within the channel: the same again is the same message.
    `kind` is `text`, `button` (with the token of the button), `file` (with a caption as `text`, or none) or `edit`
    (the new text of an earlier message). `files` are JSON objects that say what was received and where it is kept.
    `album` names what is sent in several messages and meant as one; the first of them waits `waits` seconds for the
    others. `address` is where replies are sent to; empty where the buyer's page fetches them. `vouched` is what the
    channel knows of the buyer: `time_zone`, `locale`, `name`, `order_id`, `is_linked`. `notices` are names of
    responses that are said before the answer: what the channel itself has to say; where there is nothing to read
    beside them, the open question follows. `about` is what the channel calls the thing that was written, the same for
    a message and for its edits. `own` is what the gateway itself asks of Rasa, such as `/hand_back{...}`: nobody wrote
    such a message, and nobody sees it.
    """

    channel: str
    native_id: str
    buyer_id: str
    conversation: str
    kind: str = TEXT
    text: str = ""
    button: str = ""
    files: tuple[Mapping[str, Any], ...] = ()
    album: str = ""
    waits: float = 0.0
    address: str = ""
    vouched: Mapping[str, Any] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    about: str = ""
    own: str = ""


@dataclass(frozen=True)
class Button:
    """A choice: what stands on it, and the signed token that comes back when it is pressed."""

    title: str
    token: str


@dataclass(frozen=True)
class Outgoing:
    """One thing that the assistant (or `staff`) says; `custom` is for those who draw it."""

    id: int
    sender: str
    at: datetime
    text: str
    buttons: tuple[Button, ...] = ()
    custom: Mapping[str, Any] = field(default_factory=dict)


class NotDelivered(Exception):
    """A message did not get through; `wait` seconds before it makes sense to try again, None: never.

    `may_have_arrived` where nobody knows: the next try then says that it is sent again.
    """

    def __init__(self, reason: str, *, wait: float | None, may_have_arrived: bool = False) -> None:
        super().__init__(reason)
        self.wait = wait
        self.may_have_arrived = may_have_arrived


class Sender(Protocol):
    """A channel that messages are sent to."""

    async def send(self, address: str, message: Outgoing, *, again: bool) -> None:
        """Sends one message; `again` if an earlier try may have arrived. Raises NotDelivered."""
