"""Messages that are about something else than the open question: a rule answers them, and the question comes back."""

from __future__ import annotations

import re
from typing import Final

from actions.claim_slots import RECORD_FIELDS
from actions.reading import is_question
from actions.turn import Turn
from language.facts import facts_in

#: What may interrupt a claim; each has a rule in data/rules that answers and goes back to the form.
DIGRESSIONS: Final = frozenset(
    {
        "ask_policy",
        "ask_why",
        "stop",
        "request_human",
        "check_dispute_status",
        "track_order",
        "report_offsite_payment",
        "withdraw_dispute",
        "greet",
        "goodbye",
        "thank",
        "hand_in_evidence",
        "say_helped",
        "say_not_helped",
        "out_of_scope",
        "other_language",
        "list_claims",
        "come_back",
        "cancel",
    }
)

#: What a message does to the conversation (language/moves.yml): certain, and about nothing else.
MOVES: Final = frozenset(
    {
        "ask_meaning",
        "say_again",
        "ask_noted",
        "hold_on",
        "want_reminder",
        "decline_reminder",
        "small_talk",
        "vent",
        "name_a_subject",
    }
)

#: Those that a buyer may also mean as part of the story.
_MAY_TELL_FACTS: Final = frozenset({"check_dispute_status", "track_order", "greet", "goodbye", "thank", "out_of_scope"})

#: What still interrupts where any text would do as an answer.
_ALWAYS: Final = frozenset(
    {"stop", "request_human", "ask_why", "ask_policy", "withdraw_dispute", "list_claims", "come_back", "cancel"}
)

#: What also interrupts there where a message says nothing else.
_ALONE: Final = frozenset({"greet", "goodbye", "thank"})
_WORDS_ALONE: Final = 3

_WORD: Final = re.compile(r"(?<![\w/.])[^\W\d_]{2,}(?![\w/]|\.\w)")
_WORDS_OF_A_SUBJECT: Final = 2

_SURE = 0.5
_SURE_OF_A_SHORT_ONE = 0.8
_SHORT = 10


def asks_for_offsite_payment(turn: Turn) -> bool:
    """Whether the words say that the supplier wants money elsewhere: a guess is no report against anybody."""
    return turn.payload is not None or bool(facts_in(turn.text, turn.today).get("supplier_asked_offsite_payment"))


def digresses(turn: Turn, slot: str, *, answered: bool, says_nothing_else: bool, tells_facts: bool) -> bool:
    """Whether the message is to be left to a rule.

    `answered`: it can be read as an answer; `says_nothing_else`: as that only; `tells_facts`: it tells other facts.
    """
    if turn.intent in MOVES:
        return turn.intent != "name_a_subject" or not (answered or slot in RECORD_FIELDS)
    if turn.intent not in DIGRESSIONS:
        return False
    if turn.intent == "report_offsite_payment" and not asks_for_offsite_payment(turn):
        return False
    if turn.payload is not None:
        return True
    if turn.intent == "out_of_scope" and len(_WORD.findall(turn.text)) < _WORDS_OF_A_SUBJECT:
        return False  # a bare number or a file's name is a try at the answer, not another subject
    if slot in RECORD_FIELDS and slot != "order_id":
        longest = _SHORT if turn.intent in _ALWAYS else _WORDS_ALONE if turn.intent in _ALONE else 0
        return len(turn.text.split()) <= longest and turn.confidence >= _SURE_OF_A_SHORT_ONE
    if turn.confidence < _SURE or says_nothing_else:
        return False
    if answered and not is_question(turn.text):
        return False
    return not (tells_facts and turn.intent in _MAY_TELL_FACTS)
