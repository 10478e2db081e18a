"""What buyers read is easy to read: at or below grade 7 (Flesch and Kincaid), response by response."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pytest
import textstat
import yaml

ROOT: Final = Path(__file__).parents[2]
HIGHEST_GRADE: Final = 7.0
#: A label of a few words is no sentence, and the formula says nothing about it.
FEWEST_WORDS: Final = 5
#: Names that no plainer word can replace.
NAMES: Final = ("Buyer Protection", "MasterCard", "Moneybookers", "PayPal", "Telegram", "Ctrl-C")
_CLAUSES: Final = re.compile(r"\s*\((?:[A-Z]+-[A-Z]?\d+(?:, )?)+\)")
_CLAUSE: Final = re.compile(r"\b[A-Z]+-[A-Z]?\d+\b")
_PLACEHOLDER: Final = re.compile(r"\s*\{\w+\}")
_NUMBER: Final = re.compile(r"\d+")


@lru_cache(maxsize=1)
def texts() -> dict[str, str]:
    """Each response in English, with the number of the variant where there are several."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "data" / "responses").glob("*.yml")):
        responses: dict[str, list[dict[str, Any]]] = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
        for name, variants in responses.items():
            if re.fullmatch(r"utter_only_english_\w\w", name):
                continue
            for number, variant in enumerate(variants, start=1):
                found[name if len(variants) == 1 else f"{name}, {number}"] = variant["text"]
    return found


def plain(text: str) -> str:
    """A text as it is measured: no clause ids, placeholders or names, a number as a word, each line a sentence."""
    for pattern in (_CLAUSES, _CLAUSE, _PLACEHOLDER):
        text = pattern.sub("", text)
    text = _NUMBER.sub("ten", text)
    for name in NAMES:
        text = text.replace(name, "it")
    lines = (line.strip("- ") for line in text.replace('"', "").splitlines())
    return "\n".join(line if line[-1:] in ".?!" else f"{line}." for line in lines if line)


def grade(text: str) -> float:
    """The school year that a text asks for."""
    return float(textstat.flesch_kincaid_grade(plain(text)))


@pytest.mark.parametrize("name", texts())
def test_a_response_is_at_or_below_grade_seven(name: str) -> None:
    """Short words in short sentences."""
    text = texts()[name]
    if len(plain(text).split()) >= FEWEST_WORDS:
        assert grade(text) <= HIGHEST_GRADE, plain(text)


def test_what_is_hard_to_read_is_noticed() -> None:
    """The measure tells an easy sentence from a hard one, and clause ids make nothing harder."""
    hard = "Notwithstanding the aforementioned stipulations, eligibility necessitates comprehensive documentation."

    assert grade(hard) > HIGHEST_GRADE
    assert grade("Ask the seller for your money back (WAIT-1).") == grade("Ask the seller for your money back.")
