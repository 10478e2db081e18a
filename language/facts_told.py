"""Whether a message that was taken for a question tells facts of a claim, which are not to be lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from language.facts import facts_in

#: What such a message is then: it goes on with a claim, or begins one.
INTENT: Final = "inform"
_STATUS: Final = "check_dispute_status"
#: What gives way to facts beside a question; a message that does something, such as to stop, does that.
_GIVES_WAY: Final = frozenset(
    {"ask_policy", "ask_why", "ask_meaning", "small_talk", "track_order", _STATUS, "nlu_fallback"}
)
#: Facts are looked for as of any day: only whether there are some counts here.
_SOME_DAY: Final = date(2024, 3, 12)
_ONLY_SUPPOSED: Final = re.compile(
    r"\W*(?:and |so |but )?(?:if|suppos\w+|say|assum\w+|imagine|what if|when|once|in case|let'?s say|provided)\b",
    re.IGNORECASE,
)


def tells_facts(intent: str, beside: Mapping[str, Any]) -> bool:
    """Whether a message of an intent tells facts beside a question; `beside` is what `several_intents` says of it."""
    told, asked = beside["told"], {question["intent"] for question in beside["asked"]}
    if intent not in _GIVES_WAY or _STATUS in asked or not told or _ONLY_SUPPOSED.match(told):
        return False
    return beside.get("tells") == INTENT or bool(facts_in(told, _SOME_DAY))
