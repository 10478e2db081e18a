"""Bank accounts and passports in what a buyer wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gateway.redaction.seen_text import Removal

BANK_ACCOUNT: Final = "bank_account"
PASSPORT: Final = "passport"
_ACCOUNT_REMOVED: Final = "[bank account removed]"
_PASSPORT_REMOVED: Final = "[passport number removed]"

#: Letters of an IBAN by country: the IBAN registry of ISO 13616.
_IBAN_LENGTHS: Final = {
    country: int(length)
    for length, countries in (
        entry.split(":")
        for entry in [
            "15:NO",
            "16:BE",
            "18:DK,FI,FK,FO,GL,NL,SD",
            "19:MK,SI",
            "20:AT,BA,EE,KZ,LT,LU,MN,XK",
            "21:CH,CR,HR,LI,LV",
            "22:BG,BH,DE,GB,GE,IE,ME,RS",
            "23:AE,GI,IL,IQ,OM,SO,TL",
            "24:AD,CZ,ES,MD,PK,RO,SA,SE,SK,TN,VG",
            "25:LY,PT,ST",
            "26:IS,TR",
            "27:BI,DJ,FR,GR,IT,MC,MR,SM",
            "28:AL,AZ,BY,CY,DO,GT,HU,LB,NI,PL,SV",
            "29:BR,EG,PS,QA,UA",
            "30:JO,KW,MU,YE",
            "31:MT,SC",
            "32:LC",
            "33:RU",
        ]
    )
    for country in countries.split(",")
}
_IBAN_START: Final = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ \-.]?\d[ ]?\d(?=[ \-.\n]?[A-Za-z0-9])")
_IN_IBAN: Final = re.compile(r"[A-Za-z0-9](?:[ \-.\n]{0,2}[A-Za-z0-9])*")
#: Characters in which the longest IBAN ends, with what may stand between.
_REACH: Final = 100

_IS: Final = r"(?:[ \t]*(?:\b(?:is|was|number|num|no|nr|id|code|holder|it|my)\b|[:=#.\-]|\n)){0,5}[ \t]*"
_VALUE: Final = r"(?P<value>\d(?:[ \-]?\d){5,17})(?![\w])"
_NAMED_ACCOUNTS: Final = (
    re.compile(
        rf"\b(?:bank(?:ing)? (?:account|acct|details)|account (?:number|num|no|nr)|acct)\b{_IS}{_VALUE}", re.IGNORECASE
    ),
    re.compile(rf"\b(?:routing|sort code|bsb|aba|clabe|transit)\b{_IS}{_VALUE}", re.IGNORECASE),
    re.compile(
        rf"\biban\b{_IS}(?P<value>[A-Z]{{2}}[ ]?\d\d(?:[ \-]?[A-Z0-9]*\d[A-Z0-9]*){{2,8}})(?!\w)", re.IGNORECASE
    ),
)
_NAMED_PASSPORT: Final = re.compile(
    rf"\bpassport\b{_IS}"
    r"(?P<value>(?=(?:[A-Z]{0,2}\d){2})[A-Z0-9]{7,9}|[A-Z]{0,3} ?\d(?:[ \-]?\d){4,8}[A-Z]{0,2})(?!\w)",
    re.IGNORECASE,
)


def ibans(text: str) -> Iterator[Removal]:
    """International bank account numbers whose country, length and check digits are right."""
    end = 0
    for start in _IBAN_START.finditer(text):
        if start.start() < end:
            continue
        found = _iban_end(text, start.start())
        if found:
            end = found
            yield Removal(start.start(), end, BANK_ACCOUNT, _ACCOUNT_REMOVED)


def named_accounts(text: str) -> Iterator[Removal]:
    """Account and passport numbers that are called so, without overlaps."""
    patterns = [(pattern, BANK_ACCOUNT, _ACCOUNT_REMOVED) for pattern in _NAMED_ACCOUNTS]
    patterns.append((_NAMED_PASSPORT, PASSPORT, _PASSPORT_REMOVED))
    found = [
        Removal(*match.span("value"), kind, placeholder)
        for pattern, kind, placeholder in patterns
        for match in pattern.finditer(text)
    ]
    end = 0
    for removal in sorted(found, key=lambda removal: (removal.start, -removal.end)):
        if removal.start >= end:
            end = removal.end
            yield removal


def _iban_end(text: str, start: int) -> int | None:
    length = _IBAN_LENGTHS.get(text[start : start + 2].upper())
    row = _IN_IBAN.match(text, start, start + _REACH)
    if length is None or row is None:
        return None
    places = [place for place in range(start, row.end()) if text[place].isalnum()]
    if len(places) < length:
        return None
    end = places[length - 1] + 1
    if end < len(text) and text[end].isalnum():
        return None
    letters = "".join(text[place] for place in places[:length]).upper()
    return end if _checks(letters) else None


def _checks(letters: str) -> bool:
    return int("".join(str(int(char, 36)) for char in letters[4:] + letters[:4])) % 97 == 1
