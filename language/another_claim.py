"""Whether a message in the middle of one claim tells of another one: "and another parcel never came".

What the seller sent, offered or promised in place of something belongs to the same claim, and what came well is none.
"""

from __future__ import annotations

import re
from typing import Final

_ORDER: Final = r"(?:order|parcel|package|purchase|delivery|shipment)"
_OTHER: Final = r"(?:an ?other|another|a second|a different|one more|a new|a further)"
_CLAIM: Final = r"(?:claim|problem|issue|complaint|dispute|case|trouble)"
_WRONG: Final = (
    r"(?:has(?: also)?|is|was|did|does|never|also|came|comes|arrived|got|hasn'?t|didn'?t|isn'?t|still|too|went|not)"
)
#: Its number may stand beside it: "another order, 8012345679, came broken".
_NUMBER: Final = r"(?:,? (?:(?:number|no\.?|nr\.?) )?#?[\w-]*\d[\w-]*,?)?"
_LEADS_IN: Final = r"(?:(?:and|also|plus|now|ok|hi|so|but|then)\W+)*"
_SAYS: Final = re.compile(
    "|".join(
        (
            r"\b(?:have|had|got|is|was|there'?s|report|raise|add|open|start|make|file|begin|submit|about|for|with)"
            rf" {_OTHER}"
            rf" (?:{_ORDER} )?{_CLAIM}\b",
            rf"^{_LEADS_IN}{_OTHER} (?:{_ORDER}|{_CLAIM}|item|thing|product){_NUMBER} {_WRONG}\b",
            rf"^{_LEADS_IN}(?:my|the) (?:other|second|next) {_ORDER}{_NUMBER} {_WRONG}\b",
            rf"\b{_CLAIM}s? (?:with|about|for|on) (?:{_OTHER}|my other|my second|the other) {_ORDER}\b",
            rf"\b(?:from|in|of) (?:{_OTHER}|my other|my second) {_ORDER}\b",
            rf"\b(?:i|we) also (?:have|had|got) (?:a|an|some) {_CLAIM}",
            rf"^{_LEADS_IN}(?:a )?(?:new|second|another|different) claim\W*$",
            rf"\bthis (?:time )?is (?:about )?{_OTHER} (?:{_ORDER}|{_CLAIM})\b",
        )
    ),
    re.IGNORECASE,
)
_IN_PLACE_OF: Final = re.compile(
    r"\b(?:seller|supplier|shop|vendor|he|she|they)\b(?:\W+\w+){0,3}?\W+"
    r"(?:sent|send|sends|sending|shipped|ship|ships|promised|promise|promises|offered|offer|offers|gave|give)\b"
    r"|\b(?:replacement|resent|reshipped|instead|wrong order|fine|safely|on time|no problem)\b",
    re.IGNORECASE,
)
_ADDS: Final = re.compile(
    r"^\W*(?:and\W+)?(?:also|plus|besides)\b|\b(?:as well|also|too)\W*$|\b(?:i|we) also\b", re.IGNORECASE
)


def says_another_claim(text: str) -> bool:
    """Whether the words name another order, or another claim."""
    return _SAYS.search(_plain(text)) is not None and not _IN_PLACE_OF.search(text)


def adds(text: str) -> bool:
    """Whether the words add something to what was told before, as "and also" does."""
    return _ADDS.search(_plain(text)) is not None and not _IN_PLACE_OF.search(text)


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2019", "'").split())
