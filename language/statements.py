"""What of a message is stated: not what it asks, denies, fears, plans or supposes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from language.phrase_table import Match, PhraseTable, matches
from language.wording import any_of, wording

_QUESTION_WORD = r"(?:what|how|why|where|who|whom|whose|which|when)"
_AUXILIARY = r"(?:is|are|was|were|do|does|did|can|could|will|would|should|shall|may|has|have|had|am)"
_SUBJECT = r"(?:i|you|he|she|it|they|we|this|that|there|anyone|anybody|someone|one)"
_ARTICLED = r"(?:the|my|a|an|your|their|his|her|these|those)"
#: Without "and" a last part such as "is it" may ask about what stands before it.
_LAST_PART_ASKS = re.compile(rf"^(?:(?:and|so|but) )?(?:{_QUESTION_WORD}) |^and {_AUXILIARY} {_SUBJECT} ")
_ASKS = re.compile(
    rf"^(?:(?:and|so|but|ok|hi|hello|hey|please|well|sorry|yes|no|,) )*"
    rf"(?:{_QUESTION_WORD} (?:{_AUXILIARY}|if|about|happens|happened|many|much|long|to|kind|sort|else|exactly) "
    rf"|{_AUXILIARY} {_SUBJECT} |(?:is|are|was|were|do|does|did|can|could|will|would|should|shall|may) {_ARTICLED} "
    rf"|(?:what|which|why|who|whom|whose) (?:\w+ )?$)"
)


def statements(words: str) -> str:
    """Even text without its questions, whether they carry a mark or only the order of words."""
    sentences = re.findall(r"[^.?]+[.?]? ?", words)
    return "".join(_stated(sentence.strip()) for sentence in sentences)


def _stated(sentence: str) -> str:
    """A sentence that states, or what one states before its last part asks: `in transit , and when do i get it ?`"""
    if not is_question(sentence):
        return f"{sentence} "
    before, comma, last = sentence.rpartition(" , ")
    return f"{before} . " if comma and _LAST_PART_ASKS.search(f"{last} ") and not is_question(before) else ""


def is_question(sentence: str) -> bool:
    """Whether one sentence of even text asks."""
    return sentence.endswith("?") or bool(_ASKS.search(f"{sentence.removesuffix('.').strip()} "))


def said(table: PhraseTable, words: str) -> list[Match]:
    """The phrases of a table that even text states: no "not" or "if" before them in their part of the sentence."""
    return [match for match in matches(table, words) if not _holds_back().search(part_before(words, match.start))]


def is_denied(words: str, start: int) -> bool:
    """Whether a "not" stands before a place in even text, in its part of the sentence."""
    return bool(_denies().search(part_before(words, start)))


def is_left_open(words: str, match: Match) -> bool:
    """Whether a phrase is one of two that an "or" leaves open."""
    return words[: match.start].endswith(" or ") or words[match.end :].startswith("or ")


def part_before(words: str, start: int) -> str:
    """What stands before a place in even text, in the same part of the sentence."""
    return _ends_of_parts().split(words[:start])[-1]


def rest(words: str, found: Iterable[Match]) -> list[str]:
    """The words of even text that no match covers, without the marks."""
    left = list(words)
    for match in found:
        left[match.start : match.end] = " " * (match.end - match.start)
    return [word for word in "".join(left).split() if word not in (",", ".")]


@lru_cache(maxsize=1)
def _holds_back() -> re.Pattern[str]:
    return any_of(wording().negations | wording().unsure)


@lru_cache(maxsize=1)
def _denies() -> re.Pattern[str]:
    return any_of(wording().negations)


@lru_cache(maxsize=1)
def _ends_of_parts() -> re.Pattern[str]:
    return any_of(wording().breaks | {",", ".", "?"})
