"""Buyers' wording made even: what every word table is matched against.

A message becomes a string of small-letter words and marks, each followed by one blank, so that tables can be matched as
text: contractions are written out, short misspellings are put right, `,` ends a part of a sentence, `.` and `?` a whole
one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

#: Longer messages are read no further; what a turn may carry is less.
LONGEST: Final = 4000

#: libyaml where it is there: it reads ten times faster, and the process starts sooner.
LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: ASCII without what cannot be seen.
_PLAIN: Final = re.compile(r"[\t\r\n -~]*")
APOSTROPHES = str.maketrans({**dict.fromkeys("\u2019\u2018`\u00b4\u02bc\uff07\u2032", "'"), "\t": " ", "\r": "\n"})
#: What is written out, and the letters without which it is not there: looking for those is much quicker.
_CONTRACTED: Final = (
    ("won't", re.compile(r"\bwon't\b"), "will not"),
    ("can't", re.compile(r"\bcan't\b"), "can not"),
    ("ain't", re.compile(r"\bain't\b"), "is not"),
    ("let's", re.compile(r"\blet's\b"), "let us"),
    ("n't", re.compile(r"n't\b"), " not"),
    ("'re", re.compile(r"'re\b"), " are"),
    ("'ve", re.compile(r"'ve\b"), " have"),
    ("'ll", re.compile(r"'ll\b"), " will"),
    ("'m", re.compile(r"'m\b"), " am"),
    ("'d", re.compile(r"'d\b"), " would"),
    ("'s", re.compile(r"\b(it|he|she|that|there|what|where|who|how|here|nothing|tracking|seller|when)'s\b"), r"\1 is"),
    ("'s", re.compile(r"'s\b"), ""),
    ("cannot", re.compile(r"\bcannot\b"), "can not"),
)
_COUNTED: Final = (
    (re.compile(r"(?<=\d),(?=\d{3}\b)"), ""),
    (re.compile(r"\b(\d+) ?(?:pcs|pc|pieces|piece|x)\b"), r"\1 pieces"),
    (re.compile(r"\bx ?(\d+)\b"), r"\1"),
    (re.compile(r"(?<=\d) ?%"), " percent"),
)
_DIGIT: Final = re.compile(r"\d")
TOKEN = re.compile(r"[$€£¥]?\d+(?:[.:/-]\d+)*%?|[^\W\d_]+(?:\d+\w*)?|[,;:()\n]|[.!?]+|\u2026|[-\u2013\u2014](?=\s)")
_PRONOUN_AFTER_NO = r"(?:i|it|he|she|they|we|you|that|this|the|my|still|just|only|not|never|there|because)"
LEADING_WORD: Final = re.compile(rf"(?<![^ ])(no|nope|nah|yes|yeah|yep|yup|ok) (?={_PRONOUN_AFTER_NO} )")


@dataclass(frozen=True)
class Wording:
    """The shared word lists of `wording.yml`."""

    sets: Mapping[str, str]
    negations: frozenset[str]
    unsure: frozenset[str]
    breaks: frozenset[str]
    filler: frozenset[str]
    misspelt: Mapping[str, str]


@lru_cache(maxsize=1)
def wording() -> Wording:
    """The shared word lists, read once at first use."""
    table = read_table("wording.yml")
    lists = {name: frozenset(table[name]) for name in ("negations", "unsure", "breaks", "filler")}
    return Wording(sets=table["sets"], misspelt=table["misspelt"], **lists)


def table_path(name: str) -> Path:
    """Where a word table is: beside this module."""
    return Path(__file__).parent / name


def read_table(name: str) -> dict[str, Any]:
    """A word table beside this module; YAML's own readings of yes, no and on are words here."""
    text = table_path(name).read_text(encoding="utf-8")
    table = yaml.load(text, Loader=_Words)
    if not isinstance(table, dict):
        raise ValueError(f"{name} is not a table")
    return table


class _Words(LOADER):  # type: ignore[misc, valid-type]
    """Safe YAML in which only lists, mappings and words exist, so that `no` and `on` are words."""


_Words.yaml_implicit_resolvers = {}


def any_of(words: frozenset[str]) -> re.Pattern[str]:
    """Finds any of these words in even text."""
    return re.compile(rf"(?<![^ ])(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))}) ")


@lru_cache(maxsize=1)
def misspelt() -> re.Pattern[str]:
    """Finds the short misspellings that are put right, in even text."""
    return any_of(frozenset(wording().misspelt))


def folded(text: str) -> str:
    """Text in small letters, in one form of each letter and digit, without invisible characters; marks are kept."""
    if (simple := simply_folded(text)) is not None:
        return simple
    plain = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST].translate(APOSTROPHES)
    plain = "".join(char for char in plain if is_seen(char))
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in plain.casefold())


def simply_folded(text: str) -> str | None:
    """`folded` for most messages, of which each letter stays one letter; None where letters may join or go."""
    return text[:LONGEST].translate(APOSTROPHES).lower() if _PLAIN.fullmatch(text, 0, LONGEST) else None


def is_seen(char: str) -> bool:
    """Whether a character shows, or ends a line."""
    return char == "\n" or unicodedata.category(char) not in ("Cf", "Cc", "Cs", "Co", "Cn", "Mn")


def written_out(text: str) -> str:
    """Folded text with its contractions written out: `didn't` is `did not`."""
    for pattern, instead in writings_out(text):
        text = pattern.sub(instead, text)
    return text


def writings_out(text: str) -> Iterator[tuple[re.Pattern[str], str]]:
    """What is written out in folded text, and how, one after another; without what cannot be in it."""
    yield from ((pattern, instead) for letters, pattern, instead in _CONTRACTED if letters in text)
    if _DIGIT.search(text):
        yield from _COUNTED


@lru_cache(maxsize=16)  # one message is asked for by each table in turn
def even(text: str) -> str:
    """A message as words and marks, each followed by a blank: the form that tables are matched against."""
    tokens = (mark(token) for token in TOKEN.findall(written_out(folded(text))))
    words = "".join(f"{token} " for token in tokens)
    words = misspelt().sub(lambda found: f"{wording().misspelt[found.group()[:-1]]} ", words)
    return LEADING_WORD.sub(r"\1 , ", words)


def mark(token: str) -> str:
    """A token as even text has it: of the marks only `,`, `.` and `?` are left."""
    if token[0] in ",;:()-\u2013\u2014":
        return ","
    if token[0] in ".!?\u2026\n":
        return "?" if "?" in token else "."
    return token
