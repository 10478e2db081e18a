"""What is read at its first use is read before the first buyer waits for it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from rasa.core.channels.channel import UserMessage

from buyer_protection import responses
from buyer_protection.policy import Facts, assess
from language.answers import answer, is_plain_yes, questions
from language.dates import read
from language.facts import facts_in
from language.topics import topics_in
from turns.agent import Silent

if TYPE_CHECKING:
    from turns.agent import TurnAgent

#: Words that reach every table: a day, a number, a mistake in spelling. Nobody said them.
_SAID: Final = "The lamp arived on 3 March 2024 with two of four legs, I asked for a refund last Monday, before Easter"
_ON: Final = date(2024, 3, 12)


async def warm_up(agent: TurnAgent) -> None:
    """Understands a message and reads answers once; nothing is recorded. Raises what understanding raises."""
    await agent.processor.parse_message(UserMessage(_SAID, Silent(""), ""))
    if agent.action_endpoint is None or agent.action_endpoint.url != "in-process":
        return  # what actions read is warmed by their own process
    responses.exists("")
    assess(Facts.from_dict({}), _ON)
    read(_SAID, _ON)
    facts_in(_SAID, _ON)
    topics_in(_SAID)
    is_plain_yes(_SAID)
    for slot in questions():
        answer(slot, _SAID)
