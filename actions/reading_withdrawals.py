"""What somebody wants to take back or cancel: their dispute, an order, or they do not say which.

Whoever means an order must never lose a dispute by it, so where both are named, or neither, it is left open.
"""

from __future__ import annotations

import re
from typing import Final

DISPUTE, ORDER, UNSAID = "dispute", "order", ""

_DISPUTE: Final = re.compile(
    r"\b(?:dispute|disputes|claim|claims|case|cases|complaint|complaints|refund requests?)\b", re.I
)
_ORDER: Final = re.compile(
    r"\b(?:order|orders|oder|purchase|purchases|delivery|shipment|shipping|shipped|item|items|buy|bought|subscription)\b",
    re.I,
)
#: "My claim of the wrong order": an order beside the dispute, and not what is to be cancelled.
_BESIDE: Final = re.compile(
    r"\b(?:of|for|about|on|with|regarding) (?:the|my|this|that|an?)?(?: \w+){0,2} ?(?:order|purchase|item|delivery)s?\b"
    r"|\border (?:number|no|nr)\b|\b(?:order|item) (?:has |had )?(?:came|come|arrived|turned up|is here)\b",
    re.I,
)
_TAKE_BACK: Final = r"(?:cancel|withdraw|close|drop|delete|remove|take back)\w*\b"
_PRESSED: Final = re.compile(
    r"\b(?:seller|supplier|shop|store|vendor|merchant|he|she|they)\b[^.?!]{0,40}"
    r"\b(?:(?:want|ask|tell|told|say|said|beg|insist|demand|promis|offer|threat|press)\w*|pays?|refunds?|gives?)\b"
    rf"[^.?!]{{0,50}}\b(?:(?:me|us) to|(?:if|when|once|after|that) i|i (?:must|should|have to)) {_TAKE_BACK}"
    r" (?:it|(?:my |the |this |that |a )?(?:refund )?(?:request|dispute|claim|case))\b",
    re.I,
)
_YES: Final = re.compile(
    r"(?:(?:yes|yep|yeah|ok|okay|sure|please)[,!. ]+)*(?:please )?"
    r"withdraw (?:it|that|the dispute|my dispute|this dispute|the claim|my claim)(?: please)?",
    re.I,
)
_KEEP: Final = re.compile(
    r"(?:(?:no|nope|ok|please|wait|sorry)[,!. ]+)*(?:please )?"
    r"(?:keep|leave) (?:it|that|the dispute|my dispute)(?: open| as it is| alone| running| please)*",
    re.I,
)


def is_pressed(text: str) -> bool:
    """Whether a text tells that the supplier wants something withdrawn or closed, or promises money for it."""
    return _PRESSED.search(text) is not None


def is_to_be_withdrawn(text: str) -> str:
    """`dispute` or `order`, whichever alone is named as what is to be withdrawn or cancelled; else the empty text."""
    names_dispute = _DISPUTE.search(text) is not None
    names_order = _ORDER.search(_BESIDE.sub(" ", text) if names_dispute else text) is not None
    if names_dispute == names_order:
        return UNSAID
    return DISPUTE if names_dispute else ORDER


def confirms_withdrawal(text: str) -> bool:
    """Whether a whole text says once more, after it was asked, that the dispute is to be withdrawn."""
    return _YES.fullmatch(_bare(text)) is not None


def keeps_dispute(text: str) -> bool:
    """Whether a whole text says, after it was asked, that the dispute is to stay."""
    return _KEEP.fullmatch(_bare(text)) is not None


def _bare(text: str) -> str:
    return " ".join(text.split()).rstrip(" .!")
