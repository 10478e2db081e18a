"""A message that stops and wants something else at once: "stop that, I want to see my open dispute"."""

from __future__ import annotations

import re
from typing import Final

_STOPS: Final = re.compile(
    r"(?:(?:ok|okay|please|no|wait|sorry|actually|well|oh|hey|hm+|can we|can you|could you|let'?s|i want to|just)\W+)*"
    r"(?:(?:stop|cancel|quit|forget|drop|leave|abort|end)"
    r"(?:\W(?:that|this|it|here|now|(?:the|this|that|my) claim|the questions|asking|about (?:it|that)|everything))*"
    r"|never ?mind(?:\W(?:that|this|it|please))*)",
    re.IGNORECASE,
)
#: What parts the wish from what follows; without it "stop asking me about the order" is one wish.
_AND: Final = re.compile(
    r"(?:\s*[,.;:!\u2013\u2014-]+\s*|\s+(?=(?:and|then|instead)\b))(?:(?:and|then|but|instead|now|rather)\W+)*",
    re.IGNORECASE,
)
_FEWEST_WORDS: Final = 2


def stop_and_more(text: str) -> tuple[str, str] | None:
    """The words that stop and the words after them, where a message has both; else None."""
    stops = _STOPS.match(text.lstrip())
    if stops is None:
        return None
    rest = text.lstrip()[stops.end() :]
    gap = _AND.match(rest)
    if gap is None or len(rest[gap.end() :].split()) < _FEWEST_WORDS:
        return None
    return stops.group(), rest[gap.end() :].strip()
