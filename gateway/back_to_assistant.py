"""A buyer who is with a person wants the assistant back: said in so many words, or by the button."""

from __future__ import annotations

import re
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from buyer_protection.disputes.handoff_events import HANDED_BACK
from buyer_protection.disputes.handoff_tables import handoff_events
from gateway.channels.channel import BUTTON, TEXT
from gateway.inbox import Message

#: What Rasa is asked then; nobody can type it.
HAND_BACK: Final = "/hand_back"

_LONGEST: Final = 80
_WISH: Final = re.compile(
    r"(?:(?:ok|okay|please|thanks|thank you|hi|hello|no)[,!. ]+)*"
    r"(?:(?:can|could) (?:i|we) (?:please )?(?:go |get |come |switch )?|"
    r"(?:(?:i|we) (?:want|would like|need)|i'd like|let's|let us|let me|take me|put me|bring me|get me|give me)"
    r"(?: (?:to )?(?:go|get|come|switch))? ?|(?:go|switch|return|get|come) )?"
    r"(?:please )?(?:back (?:to|with) (?:the |my |your )?|(?:talk|speak) to the |return to (?:the )?)"
    r"(?:assistant|bot|robot|chat ?bot|virtual assistant|machine|automatic assistant)"
    r"(?: (?:again|please|now|then))*",
    re.IGNORECASE,
)


def wants_assistant(message: Message) -> bool:
    """Whether a message is this wish and nothing else; what was typed long ago and changed now is not."""
    if message.kind not in (TEXT, BUTTON) or len(message.text) > _LONGEST or message.files:
        return False
    return _WISH.fullmatch(" ".join(message.text.replace("\u2019", "'").split()).strip(" .!?")) is not None


def handed_back(connection: Connection, message: Message) -> str:
    """The reference of the request that ended by this very message; empty where nobody had the conversation."""
    events = handoff_events
    query = sa.select(events.c.reference).where(events.c.message_id == message.id, events.c.kind == HANDED_BACK)
    return str(connection.execute(query.limit(1)).scalar() or "")
