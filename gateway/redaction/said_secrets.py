"""Codes and passwords in what a buyer wrote: told by the words before or after them, because nothing else tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gateway.redaction.card_numbers import CODE_REMOVED, SECURITY_CODE
from gateway.redaction.number_words import CODE_ON_CARD
from gateway.redaction.seen_text import Removal

ONE_TIME_CODE: Final = "one_time_code"
PASSWORD: Final = "password"
_ONE_TIME_REMOVED: Final = "[code removed]"
_PASSWORD_REMOVED: Final = "[password removed]"

#: "is", ":", " = ", "it says" and the like between a name and its value.
_IS: Final = (
    r"(?:[ \t]*(?:\b(?:is|was|it|says|said|i got|i received|below|here)\b"
    r"|->|=>|[:=#\-\u2013\u2014,(\"'`]|\n)){0,4}[ \t]*"
)
_CARD_CODE: Final = re.compile(
    rf"\b(?:{CODE_ON_CARD}|security code)(?![a-z]){_IS}(?P<value>\d{{3,4}})(?!\w)", re.IGNORECASE
)

_ONE_TIME: Final = (
    r"(?:otp(?: code)?|one[ -]?time[ -]?(?:pass(?:word|code)?|pin|code)(?: code)?|(?-i:TAN)|passcode|2fa"
    r"|(?<!order )(?<!delivery )(?<!pickup )(?:verification|security|authenti(?:cation|cator)|authori[sz]ation"
    r"|confirmation|sms|text|login|log[ -]in|sign[ -]?in|access|2fa|mfa|two[ -]factor|secret|bank|banking|email|e-mail"
    r"|google|whatsapp|telegram|paypal) (?:code|pin))(?![a-z])"
)
_DIGITS: Final = r"(?P<value>(?:[A-Z]-)?\d(?:[ \-]?\d){3,7})"
_FIGURES: Final = rf"{_DIGITS}(?!\w|[.,]\d)"
_CODES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_ONE_TIME}{_IS}{_FIGURES}",
        # With letters in it only where ":" or "is" stands before it.
        rf"\b{_ONE_TIME}[ \t]*(?:is|was|:|=)[ \t]*(?P<value>(?=[A-Z]*\d)[A-Z0-9]{{4,10}})(?!\w)",
        # A postal, promo or order code has its word before "code".
        rf"\bmy code\b{_IS}{_FIGURES}",
        rf"(?:\b(?:the|this|your|a)[ ]|^[ \t]*|[.!?;\n][ \t]*)code[ \t]*(?:is|was|:|=)[ \t]*{_FIGURES}",
        rf"\bpin(?: number)?{_IS}(?P<value>\d{{4,6}})(?!\w)",
        # In some countries a PIN code of six digits is a part of the address.
        rf"\bpin ?code{_IS}(?P<value>\d{{4,5}})(?!\w)",
        # "123456 is your verification code", "G-123456 is my code".
        rf"(?<![\w.,/-]){_DIGITS}(?!\w)[ \t]*(?:is|was|=|as|-)[ \t]+(?:my|your|the|a|an)[ \t]+"
        rf"(?:(?:{_ONE_TIME})|code(?![a-z])|[a-z]{{1,20}}[ \t]+{_ONE_TIME})",
    )
)

_PASSWORD: Final = re.compile(
    r"\b(?:pass(?:word|wort|wd|phrase|[ -]phrase|[ -]word)|pwd|passw|pw)\b"
    r"(?P<link>(?:[ \t]*(?:\b(?:is|was|are|to|as|called|for (?:my|the|this) \w{1,20})\b|->|=>|[:=]))*)"
    r"[ \t]*(?P<value>\"[^\"\n\0]{1,80}\"|'[^'\n\0]{1,80}'|[^\s\0]{1,200})",
    re.IGNORECASE,
)
_PASS: Final = re.compile(r"\bpass[ \t]*[:=][ \t]*(?P<value>[^\s\0]{1,200})", re.IGNORECASE)
#: Words that go on after "my password is" or "my password" and are no password.
_NO_PASSWORDS: Final = """
    a about again all already also always an and any are as asked at be been being blank blocked box but by can
    can't cannot changed compromised correct could did didn't do does doesn't don't email empty ever every
    exactly expired expires fails field fine for forgot forgotten from gone good got hacked had has hasn't have
    hidden i if in incorrect invalid is isn't it just keeps known leaked link locked long lost manager missing
    my needed never new no not now of ok okay old on only or page please private protected required reset right
    safe same secret secure security seems sent should so still stolen strong that the there they this to too
    unknown valid very was wasn't weak what when which why will with won't work worked working works would wrong
    you your
"""
_GOES_ON: Final = frozenset(_NO_PASSWORDS.split())
#: What stands around words and is no part of them.
_EDGES: Final = ".,;:!?()[]{}\"'"


def said_secrets(text: str) -> Iterator[Removal]:
    """What is to go of the seen text, from left to right, without overlaps."""
    end = 0
    found = [*_codes(text), *_passwords(text)]
    for removal in sorted(found, key=lambda removal: (removal.start, -removal.end)):
        if removal.start >= end:
            end = removal.end
            yield removal


def _codes(text: str) -> Iterator[Removal]:
    for found in _CARD_CODE.finditer(text):
        yield Removal(*found.span("value"), SECURITY_CODE, CODE_REMOVED)
    for pattern in _CODES:
        for found in pattern.finditer(text):
            yield Removal(*found.span("value"), ONE_TIME_CODE, _ONE_TIME_REMOVED)


def _passwords(text: str) -> Iterator[Removal]:
    for pattern in (_PASSWORD, _PASS):
        for found in pattern.finditer(text):
            if pattern is _PASS or _is_password(found["link"], found["value"]):
                yield Removal(*found.span("value"), PASSWORD, _PASSWORD_REMOVED)


def _is_password(link: str, value: str) -> bool:
    if link.rstrip().endswith((":", "=", ">")):
        return True
    bare = value.strip(_EDGES)
    if not bare or bare.casefold() in _GOES_ON:
        return False
    # "my password hunter2": told from "password problem" by what is not a letter in it.
    return bool(link.strip()) or (any(map(str.isdigit, bare)) and any(map(str.isalpha, bare)))
