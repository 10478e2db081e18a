"""What a value must look like before it may be kept, whoever wrote it.

Every text that comes in through the store passes here: lengths, letters, nothing that a database cannot hold.
"""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import Final

LONGEST_ORDER_ID: Final = 64
LONGEST_ITEM: Final = 200
LONGEST_STATEMENT: Final = 20_000
LONGEST_WISH: Final = 2_000
LONGEST_REASON: Final = 2_000
LARGEST_COUNT: Final = 1_000_000_000

_IDENTIFIER = re.compile(r"[A-Za-z0-9_.:-]{1,128}")
_ORDER_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 #._/-]*[A-Za-z0-9])?")
_BROKEN = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LINE_BREAK = re.compile("[\t\r\n\x0b\x0c\x85\u2028\u2029]")


class FieldError(ValueError):
    """A value that cannot be kept: `field` is its name; the message says what is expected, never what was given."""

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(f"{field}: {expected}")
        self.field = field
        self.expected = expected


def identifier(field: str, value: str) -> str:
    """A buyer's, claim's or turn's id, as somebody we trust gave it."""
    if not isinstance(value, str) or not _IDENTIFIER.fullmatch(value):
        raise FieldError(field, "1 to 128 letters, digits or any of _ . : - are expected")
    return value


def order_id(value: str) -> str:
    """An order's number, without blanks around it; empty where it is not known yet."""
    known = one_line("order_id", value, LONGEST_ORDER_ID)
    if known and not _ORDER_ID.fullmatch(known):
        raise FieldError("order_id", "letters and digits, and - . / _ # or a blank between them, are expected")
    return known


def one_line(field: str, value: str, longest: int) -> str:
    """A text of one line, with single blanks and none around it."""
    return " ".join(_text(field, value, longest, _LINE_BREAK).split())


def words(field: str, value: str, longest: int) -> str:
    """A text in somebody's own words, kept as it was written; it may have many lines."""
    return _text(field, value, longest, None)


def instant(value: datetime) -> datetime:
    """A point in time that carries its offset, in UTC."""
    if not isinstance(value, datetime) or value.utcoffset() is None:
        raise FieldError("now", "a point in time with its offset is expected")
    return value.astimezone(timezone.utc)


def _text(field: str, value: str, longest: int, refused: re.Pattern[str] | None) -> str:
    if not isinstance(value, str):
        raise FieldError(field, "a text is expected")
    if len(value) > longest:
        raise FieldError(field, f"at most {longest} characters are expected")
    if _BROKEN.search(value) or _CONTROL.search(value):
        raise FieldError(field, "a text without control characters or broken letters is expected")
    if refused is not None and refused.search(value):
        raise FieldError(field, "a text of one line is expected")
    return value
