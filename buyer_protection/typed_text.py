"""What somebody typed, made harmless before anything reads or keeps it.

The gateway cleans first; Rasa's side of the door cleans again, for whoever comes past the gateway.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: Characters of a message that are read: what it means is said in its beginning, and longer ones cost seconds.
LONGEST_READ: Final = 2_000

#: Read at most, for each character that may be kept: what lies beyond is blanks and things that are nothing.
_ROOM: Final = 4
_LINE_ENDS: Final = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
#: What changes the direction of the text around it, or is nothing: no message needs it.
_TREACHEROUS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff")
#: What a message may begin or end with and not be changed by losing it, although `str.strip` leaves it.
_INVISIBLE: Final = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2800\u3164"
)
_SLASHES: Final = frozenset("/\u2044\u2215\uff0f")
#: Marks on one letter that any language needs; composing a long run of them takes the square of its length.
_MOST_MARKS: Final = 30


def clean(text: str, longest: int) -> str:
    """Typed text composed (NFC), with plain line ends, at most `longest` characters, of whole characters only.

    Control characters, halves of characters, direction overrides, blanks at the edges and leading slashes are left out:
    Rasa reads a message that begins with a slash as an order to itself, also behind blanks, so typed text never does.
    Takes time in proportion to `longest`, however long the text is. What is left may be empty.
    """
    whole = "".join(_kept(_LINE_ENDS.sub("\n", text[: _ROOM * longest])))
    composed = unicodedata.normalize("NFC", whole)
    start, end = 0, len(composed)
    while start < end and _is_edge(composed[start], _SLASHES):
        start += 1
    while start < end and _is_edge(composed[end - 1], frozenset()):
        end -= 1
    end = min(end, start + longest)
    while start < end and _is_edge(composed[end - 1], frozenset()):
        end -= 1
    return composed[start:end]


def _kept(text: str) -> list[str]:
    kept: list[str] = []
    marks = 0
    for character in text:
        if character >= "\u0300" and unicodedata.combining(character):
            marks += 1
            if marks > _MOST_MARKS:
                continue
        elif _is_kept(character):
            marks = 0
        else:
            continue
        kept.append(character)
    return kept


def _is_kept(character: str) -> bool:
    if character in "\n\t" or " " <= character <= "~":
        return True
    return unicodedata.category(character) not in ("Cc", "Cs") and character not in _TREACHEROUS


def _is_edge(character: str, also: frozenset[str]) -> bool:
    return character.isspace() or character in _INVISIBLE or character in also
