"""What a typed answer to an open, closed question says.

The wordings are in `answers.yml`, one list for each value; whoever adds a word there needs no code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from language.counts import COUNTED, count, has_minus
from language.phrase_table import NOTHING, Match, PhraseTable, phrases
from language.short_replies import is_plain_no, is_plain_yes, says_unknown
from language.spelling import Speller
from language.statements import is_left_open, rest, said, statements
from language.wording import even, read_table, wording

__all__ = ["Answer", "answer", "is_plain_no", "is_plain_yes", "questions", "says_unknown"]

#: `Did it a minute ago` has the order of a question and is none.
_WITHOUT_I: Final = re.compile(r"^did it (?=(?:a|an|yesterday|today|last|this|once|twice|\d+) )")
_SEVERAL: Final = "listing_said"
#: Nobody who says nothing but the answer needs more letters.
_LONGEST_ALONE: Final = 200
_AS_SAID: Final[Mapping[str, Any]] = {"true": True, "false": False}


@dataclass(frozen=True)
class Answer:
    """A value under the policy's JSON names, and whether the message says nothing else (courtesy apart)."""

    value: Any
    whole: bool


@dataclass(frozen=True)
class _Question:
    """The wordings of one slot's answers; `yields` says which value gives way to which.

    `about` has for yes and for no the words of which one may follow; it is empty where neither is an answer.
    """

    phrases: PhraseTable
    around: frozenset[str]
    beside: frozenset[str]
    yields: Mapping[str, frozenset[str]]
    about: Mapping[str, frozenset[str]]
    speller: Speller


def answer(slot: str, text: str) -> Answer | None:
    """What a message answers to the open question of a slot; None where it answers nothing, or two things.

    A question is no answer, and what is denied or only supposed is not said.
    Values are those of the policy: names, booleans, a list of names for `listing_said`, whole numbers for quantities.
    None as well for a slot that is not a closed question (dates, free text).
    """
    if slot in COUNTED:
        counted = None if has_minus(text) else count(slot, statements(even(text)))
        return Answer(*counted) if counted else None
    question = questions().get(slot)
    if question is None:
        return None
    message = _WITHOUT_I.sub(r"i \g<0>", even(text))
    words = question.speller.right(statements(message))
    found = _accepted(question, words)
    values = {match.value for match in found}
    left = rest(words, found)
    if question.about and (leading := _leading(words)):
        left = left[1:] if left and left[0] in _SHORT else left
        if values or _is_about(left, leading, question):
            values.add(leading)
    value = _value(slot, {value for value in values if not question.yields.get(value, frozenset()) & values})
    if value is None:
        return None
    return Answer(value, whole=_is_filler(left, question) and "?" not in message)


def _accepted(question: _Question, words: str) -> list[Match]:
    """The phrases that hold; those that count only alone are taken where nothing else is said."""
    can_be_alone = len(words) <= _LONGEST_ALONE
    found = said(question.phrases if can_be_alone else question.phrases.beside_others, words)
    alone = [match for match in found if match.alone]
    for match in sorted(alone, key=lambda match: -match.words):
        if _is_filler(_told_beside(rest(words, [match]), question), question):
            return [match]
    if alone and _is_filler(_told_beside(rest(words, alone), question), question):
        return found
    return [match for match in found if not match.alone or is_left_open(words, match)]


def _told_beside(words: list[str], question: _Question) -> list[str]:
    """The words without those that an answer may carry with it, as `3 weeks ago` after a yes."""
    if not question.beside:
        return words
    return [word for word in words if word not in question.beside and not word[0].isdigit()]


def _is_filler(words: list[str], question: _Question) -> bool:
    if question.about and not _SHORT.keys().isdisjoint(words):
        return False
    return all(word in question.around or word in wording().filler for word in words)


_SHORT: Final = {
    "yes": "true",
    "yeah": "true",
    "yep": "true",
    "yup": "true",
    "no": "false",
    "nope": "false",
    "nah": "false",
}


def _leading(words: str) -> str | None:
    """The yes or no with which a longer answer begins; without a comma a no may belong to what follows: "no answer"."""
    first, _, others = words.partition(" ")
    leading = _SHORT.get(first)
    return leading if leading == "true" or not others or others[0] in ",." else None


def _is_about(left: list[str], leading: str, question: _Question) -> bool:
    """Whether what follows a yes or no is about the question: "yes, I want a person" is not."""
    return _is_filler(_told_beside(left, question), question) or not question.about[leading].isdisjoint(left)


def _value(slot: str, values: set[str]) -> Any:
    if slot == _SEVERAL:
        if not values or ("none" in values and len(values) > 1):
            return None
        return sorted(values - {"none"})
    if len(values) != 1:
        return None
    value = values.pop()
    return _AS_SAID.get(value, value)


@lru_cache(maxsize=1)
def questions() -> Mapping[str, _Question]:
    """The closed questions of `answers.yml`, read once at first use."""
    return {slot: _question(entry) for slot, entry in read_table("answers.yml").items()}


def _question(entry: Mapping[str, Any]) -> _Question:
    nothing = entry.get("nothing", [])
    values: dict[str, list[str]] = {**entry["values"], NOTHING: nothing}
    return _Question(
        phrases=phrases(values),
        around=frozenset(entry.get("around", ())),
        beside=frozenset(entry.get("beside", ())),
        yields={value: frozenset(others) for value, others in entry.get("yields", {}).items()},
        about={value: frozenset(words) for value, words in entry.get("about", {}).items()},
        speller=Speller(text for texts in values.values() for text in texts),
    )
