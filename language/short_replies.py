"""Replies of a few words that the conversation hangs on: a plain yes, a plain no, not knowing.

Consent opens a dispute, so a plain yes or no is a closed list (`short_replies.yml`) and never a likeness.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from language.phrase_table import PhraseTable, matches, phrases
from language.spelling import Speller
from language.statements import rest
from language.wording import even, folded, read_table, wording, written_out

_LONGEST: Final = 60
#: A plain reply has these signs only: nothing that asks, trails off, quotes or counts, no letters of other scripts that
#: fold to ours.
_PLAIN = re.compile("(?:[A-Za-z\uff21-\uff3a\uff41-\uff5a ',\u2019👍✅👌✔👎❌🚫🏻-🏿\ufe0f])+[.!]{0,3}")
_SKIN = re.compile("[🏻-🏿]")


def is_plain_yes(text: str) -> bool:
    """Whether a message is a yes and nothing else; a question, a condition or any further word makes it none."""
    core, is_thanked = _core(text)
    return core in _list("yes") and not (is_thanked and core in _list("weak"))


def is_plain_no(text: str) -> bool:
    """Whether a message is a no and nothing else."""
    return _core(text)[0] in _list("no")


def _core(text: str) -> tuple[str, bool]:
    """The reply without courtesy, and whether it thanks; empty where it cannot be a plain reply."""
    if len(text) > _LONGEST:
        return "", False
    if not _PLAIN.fullmatch(text.strip()) or text.rstrip().endswith(".."):
        return "", False
    plain = _SKIN.sub("", folded(text)).strip()
    words = " ".join(written_out(plain).replace(",", " ").rstrip(".!").replace("okay", "ok").split())
    polite = max((word for word in _list("polite") if words.endswith(f" {word}")), key=len, default="")
    core = words.removesuffix(f" {polite}") if polite and words not in _list("yes") | _list("no") else words
    return core.strip(), polite.startswith("thank")


def says_unknown(text: str) -> bool:
    """Whether a message says that its writer does not know or will not say, and nothing else.

    "I don't know why he won't answer me" tells something, and is not that.
    """
    words = _speller().right(even(text))
    found = matches(_unknown(), words)
    around = frozenset(_replies()["unknown_around"]) | wording().filler
    return bool(found) and all(word in around for word in rest(words, found))


@lru_cache(maxsize=1)
def _replies() -> Mapping[str, Any]:
    return read_table("short_replies.yml")


@lru_cache(maxsize=8)
def _list(name: str) -> frozenset[str]:
    return frozenset(_replies()[name])


@lru_cache(maxsize=1)
def _unknown() -> PhraseTable:
    return phrases({"unknown": _replies()["unknown"]})


@lru_cache(maxsize=1)
def _speller() -> Speller:
    return Speller(_replies()["unknown"])
