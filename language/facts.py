"""What a message volunteers beyond the open question: facts that it states for sure, under the policy's JSON names.

The wordings are in `facts.yml`. When in doubt a fact is left out: a wrong one is worse than a question.
Never the claim type (that is what the intent says), and nothing that only staff or an upload can show.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final, Literal

from language import dates
from language.counts import has_minus, quantities, told_phrases
from language.parcel_numbers import order_ids, tracking_numbers
from language.phrase_table import NOTHING, PhraseTable, phrases
from language.spelling import Speller
from language.statements import is_left_open, said, statements
from language.wording import even, read_table

_AS_SAID: Final[Mapping[str, Any]] = {"true": True, "false": False}
#: Words that make the day after them the last one; `facts_in` looks for them this many words and letters back.
_END_WORDS: Final = frozenset(
    {"by", "until", "till", "due", "latest", "deadline", "before", "period", "ends", "ended", "supposed"}
)
_WORDS_BEFORE: Final = 6
_FAR: Final = 80
_END_OF_SENTENCE: Final = re.compile(r"[?!\n]|\.(?=\s|$)")


@dataclass(frozen=True)
class _Fact:
    phrases: PhraseTable
    yields: Mapping[str, frozenset[str]]


def facts_in(text: str, on: date, order: Literal["DMY", "MDY"] | None = None) -> dict[str, Any]:
    """The facts that a message states, by their JSON names (dates as ISO strings), and `order_id`, `tracking_number`.

    `on` is the writer's day, `order` how they write numeric dates where that is known.
    A fact of which two values are said, or whose value is asked, denied or supposed, is not in the answer.
    """
    words = _speller().right(statements(even(text)))
    facts: dict[str, Any] = {}
    for name, fact in _table().items():
        found = said(fact.phrases, words)
        if any(is_left_open(words, match) for match in found):
            continue
        values = {match.value for match in found}
        values = {value for value in values if not fact.yields.get(value, frozenset()) & values}
        if name == "listing_said":
            if values and ("none" not in values or len(values) == 1):
                facts[name] = sorted(values - {"none"})
        elif len(values) == 1:
            value = values.pop()
            facts[name] = _AS_SAID.get(value, value)
    facts |= {} if has_minus(text) else quantities(words)
    facts |= _days(text, on, order, asked=facts.get("refund_requested") is True)
    for name, numbers in (("order_id", order_ids(text)), ("tracking_number", tracking_numbers(text))):
        if len(numbers) == 1:
            facts[name] = numbers.pop()
    return facts


def _days(text: str, on: date, order: Literal["DMY", "MDY"] | None, asked: bool) -> dict[str, str]:
    """The days whose part in the story is plain and that read one way only; a request cannot lie in the future."""
    told: dict[str, set[tuple[str, ...]]] = {"refund_requested_on": set(), "delivery_due_on": set()}
    for reading in dates.read(text, on, order):
        if _in_a_question(text, reading.span[1]):
            continue
        if reading.role == "refund_requested":
            told["refund_requested_on"].add(reading.candidates)
        elif reading.role == "due" and _names_the_end(text, reading.span[0]):
            told["delivery_due_on"].add(reading.candidates)
    days = {name: next(iter(found)) for name, found in told.items() if len(found) == 1}
    sure = {name: candidates[0] for name, candidates in days.items() if len(candidates) == 1}
    if not asked or sure.get("refund_requested_on", "") > on.isoformat():
        sure.pop("refund_requested_on", None)
    return sure


def _names_the_end(text: str, start: int) -> bool:
    """Whether the words before a day make it the end of the delivery period, not just a day on which it may come."""
    before = even(text[max(0, start - _FAR) : start]).split()[-_WORDS_BEFORE:]
    return not _END_WORDS.isdisjoint(before) and "will" not in before


def _in_a_question(text: str, end: int) -> bool:
    """Whether what ends here is asked; "I asked on 1 March, and when do I get it?" states its day."""
    found = _END_OF_SENTENCE.search(text, end)
    if found is None or found.group() != "?":
        return False
    begins = max((each.end() for each in _END_OF_SENTENCE.finditer(text, 0, end)), default=0)
    return "," not in text[end : found.start()] or not statements(even(text[begins : found.end()]))


@lru_cache(maxsize=1)
def _entries() -> Mapping[str, Any]:
    return read_table("facts.yml")


@lru_cache(maxsize=1)
def _table() -> Mapping[str, _Fact]:
    """The facts of `facts.yml`, read once at first use."""
    entries = {name: entry for name, entry in _entries().items() if name != "sets"}
    return {name: _fact(entry) for name, entry in entries.items()}


def _fact(entry: Mapping[str, Any]) -> _Fact:
    values = {**entry["values"], NOTHING: entry.get("nothing", [])}
    return _Fact(
        phrases=phrases(values, _entries()["sets"]),
        yields={value: frozenset(others) for value, others in entry.get("yields", {}).items()},
    )


@lru_cache(maxsize=1)
def _speller() -> Speller:
    entries = [entry for name, entry in _entries().items() if name != "sets"]
    texts = [text for entry in entries for group in entry["values"].values() for text in group]
    return Speller(
        [*texts, *(text for entry in entries for text in entry.get("nothing", ())), *told_phrases()], _entries()["sets"]
    )
