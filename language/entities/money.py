"""Amounts of money as people write them: signs or codes before or after the number, numbers in words, bare numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from language.counts import WRITTEN, number
from language.entities.message import MOST
from language.wording import read_table

PERCENT: Final = "percent"
_FIGURES: Final = r"(?:\d{1,3}(?:[., '\u2019]\d{3})+|\d+)(?:[.,]\d{1,2})?(?:[.,]-|/-)?"
_EDGE: Final = r"(?<![\w.,/:-])"
_ENDS: Final = r"(?![\w/-]|[.,:]\d)"
_DIGIT: Final = re.compile(r"\d")
_WORDS: Final = r"(?:[a-z]+(?:[ -](?:and )?[a-z]+){0,4})"


@dataclass(frozen=True)
class Amount:
    """An amount as it stands in a text: a decimal number as text, and an ISO code, `percent`, or nothing."""

    start: int
    end: int
    amount: str
    currency: str
    of_all: bool = False
    """Whether it is told as the whole of which another amount is a part: "15 of 30 dollars"."""


def read(text: str) -> list[Amount]:
    """The amounts in a text, in its order, without their parts in the story."""
    found: list[Amount] = []
    # Most messages name no money: what cannot be there is not looked for.
    small, has_digit = text.lower(), _DIGIT.search(text)
    with_currency = islice(_with_currency(text), MOST if has_digit else 0)
    in_words = islice(_in_words(text), MOST if any(name in small for name in _names()) else 0)
    bare = islice(_bare(text), MOST if has_digit else 0)
    for each in (*with_currency, *in_words, *bare):
        if not any(other.start < each.end and each.start < other.end for other in found):
            found.append(each)
    found.sort(key=lambda each: each.start)
    return [*_of_one_kind(text, found)]


def plain(figures: str) -> str:
    """An amount as a decimal number: `1.250,00`, `1,250.00` and `1 250` are `1250.00`, `1250.00` and `1250`."""
    figures = re.sub(r"[ '\u2019]", "", figures).removesuffix("-").rstrip(".,/")
    comma, point = figures.rfind(","), figures.rfind(".")
    last = max(comma, point)
    if last < 0:
        return figures
    is_decimal = len(figures) - last - 1 != 3 or (comma >= 0 and point >= 0 and figures.count(figures[last]) == 1)
    whole = re.sub(r"[.,]", "", figures[:last])
    return f"{whole}.{figures[last + 1 :]}" if is_decimal else whole + figures[last + 1 :]


def _with_currency(text: str) -> Iterator[Amount]:
    for pattern in _currency_patterns():
        for found in pattern.finditer(text):
            yield Amount(*found.span(), plain(found["figures"]), _currency(found["currency"]))


def _in_words(text: str) -> Iterator[Amount]:
    for found in _word_pattern().finditer(text):
        written = WRITTEN.search(f"{found['words'].lower().replace('-', ' ')} ")
        if written and not found["words"].lower().replace("-", " ")[written.end() :].strip():
            start = found.start() + written.start()
            yield Amount(start, found.end(), str(number(written.group())), _currency(found["currency"]))


def _bare(text: str) -> Iterator[Amount]:
    for found in _bare_pattern().finditer(text):
        yield Amount(*found.span("figures"), plain(found["figures"]), "")


def _of_one_kind(text: str, found: list[Amount]) -> Iterator[Amount]:
    """The amounts, and before "of 30 dollars" also the number that is told in the same money: "15 of 30 dollars".

    After it likewise: "12 euros out of 40".
    """
    for each in found:
        before = _SHARED.search(text, 0, each.start)
        if (
            before
            and each.currency
            and not any(other.start < before.end() and before.start() < other.end for other in found)
        ):
            yield Amount(*before.span("figures"), plain(before["figures"]), each.currency)
            yield replace(each, of_all=True)
        else:
            yield each
        after = _WHOLE.match(text, each.end)
        if (
            after
            and each.currency
            and not any(other.start < after.end("figures") and after.start() < other.end for other in found)
        ):
            yield Amount(*after.span("figures"), plain(after["figures"]), each.currency, of_all=True)


_WHOLE: Final = re.compile(rf" (?:of|out of|instead of) (?:the |my )?(?P<figures>{_FIGURES}){_ENDS}")
_SHARED: Final = re.compile(rf"{_EDGE}(?P<figures>{_FIGURES}) (?:of|out of|from|instead of) (?:the |my |a )?$")


def _currency(sign: str) -> str:
    return _signs()[re.sub(r"\s+", " ", sign.lower())]


@lru_cache(maxsize=1)
def table() -> Mapping[str, Any]:
    """The table of currencies, and of the words that give an amount its role."""
    return read_table("entities/amounts.yml")


@lru_cache(maxsize=1)
def _signs() -> dict[str, str]:
    return {sign: code for code, signs in table()["currencies"].items() for sign in signs}


def _alternatives(signs: list[str]) -> str:
    return "|".join(re.escape(sign) for sign in sorted(signs, key=len, reverse=True))


@lru_cache(maxsize=1)
def _currency_patterns() -> tuple[re.Pattern[str], ...]:
    signs = [*_signs()]
    before = [sign for sign in signs if sign not in table()["only_after"] and _signs()[sign] != PERCENT]
    return (
        re.compile(rf"(?<!\w)(?P<currency>{_alternatives(before)})\.?\s?(?P<figures>{_FIGURES}){_ENDS}", re.IGNORECASE),
        re.compile(
            rf"{_EDGE}(?P<figures>{_FIGURES})(?:\s|-)?(?P<currency>{_alternatives(signs)})(?![\w])", re.IGNORECASE
        ),
    )


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    """The currencies' names, in small letters."""
    return tuple(sign for sign in _signs() if sign.isalpha() and len(sign) > 3)


@lru_cache(maxsize=1)
def _word_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<words>{_WORDS})[ -](?P<currency>{_alternatives([*_names()])})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _bare_pattern() -> re.Pattern[str]:
    cues = _alternatives(table()["bare_after"])
    nearly = "only |just |about |around |over |almost |nearly |like |me |us "
    follow = "for|and|but|with|by|via|through|on|back|instead|plus|including|using|altogether"
    return re.compile(
        rf"\b(?:{cues})[: ]+(?:{nearly})?(?P<figures>{_FIGURES}){_ENDS}(?=\s*(?:$|[,;!?)]|\.(?:\s|$)|(?:{follow})\b))",
        re.IGNORECASE,
    )
