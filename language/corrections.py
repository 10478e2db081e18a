"""What a message says of being put right: which fact, by its name or by a value, and what stands in the place of what.

The wordings are in `corrections.yml`. Nothing is known here of what was told: that decides what a correction can mean.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from language.correction_table import PLACE, Kind, table
from language.templates import even_marks, written

#: What is a correction as one sentence of several, too.
_ALSO_A_SENTENCE: Final = ("both", "name", "meant")
#: A longer message tells a story.
_MOST_WORDS: Final = 40
#: What may stand behind a correction ("sorry, please, thank you") has fewer letters.
_LONGEST_TRAIL: Final = 100
_MEANT: Final = re.compile(r"i (?:meant|mean)(?: to say)?(?: that)? ", re.IGNORECASE)
_ASKS_FOR_IT: Final = re.compile(r"(?:please )?(?:can|could|may|would|how|is it possible) ", re.IGNORECASE)
#: In the place of what is replaced these say nothing of it: "it should be 30".
_PRONOUNS: Final = frozenset({"it", "that", "this", "they", "those", "these"})


@dataclass(frozen=True)
class Correction:
    """`names` are the facts that a name can stand for, `new` and `old` the words in their places, or empty.

    `marked`: the message says by a word of its own that something was not right. `is_reported`: it tells of others.
    """

    kind: Kind
    names: tuple[str, ...] = ()
    new: str = ""
    old: str = ""
    marked: bool = False
    is_reported: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether the words can hardly be anything but a correction, whatever was asked."""
        return self.kind not in ("stated", "marked")

    @property
    def swaps_things(self) -> bool:
        """Whether a thing or a number takes the place of another, and not a piece of a sentence.

        "I meant that it has not arrived" puts nothing in the place of "arrived".
        """
        return bool(self.old) and table().of_a_sentence.isdisjoint(f"{self.new} {self.old}".casefold().split())


def correction(text: str) -> Correction | None:
    """The correction that a message is, or one whole sentence of a short one; None where it tells something else."""
    found = _read(text)
    if found is not None or len(text.split()) > _MOST_WORDS:
        return found
    sentences = [sentence for sentence in re.split(r"(?<=[.!?\n])\s+", text) if sentence.strip()]
    if len(sentences) < 2:
        return None
    readings = [_read(sentence) for sentence in sentences]
    sure = [reading for reading in readings if reading is not None and reading.kind in _ALSO_A_SENTENCE]
    return sure[0] if len(sure) == 1 else None


def facts_named(text: str) -> tuple[str, ...]:
    """The facts that a message names and says nothing else of: "the order number, please"."""
    words = _stages(_without_trails(even_marks(text)))[-1][0]
    return _named(words) if words else ()


def said_against(text: str) -> Mapping[str, bool]:
    """Of the yes-or-no facts, those that a message says the other way round if they were told otherwise.

    `last` stands for the answer given last, whatever it was: "I did!", "I meant no".
    """
    words = _stages(_without_trails(even_marks(text)))[-1][0]
    return {slot: value for slot, value, pattern in table().against if pattern.fullmatch(words)}


def as_meant(text: str) -> str:
    """The words of a message without what may stand before and behind a correction: "no, I meant that", "sorry"."""
    return _MEANT.sub("", written(_stages(_without_trails(even_marks(text)))[-1][0]))


def leaves_it(text: str) -> bool:
    """Whether a message takes back that something is to be changed: "never mind", "leave it"."""
    return any(table().leaves.fullmatch(words) for words, _ in _stages(_without_trails(even_marks(text))))


def _read(text: str) -> Correction | None:
    stages = _stages(_without_trails(even_marks(text)))
    rest, marked = stages[-1]
    if not stages[0][0] or ("?" in text and not _ASKS_FOR_IT.match(rest)):
        return None
    for words, is_marked in stages:
        for kind, names, pattern in table().alone:
            if pattern.fullmatch(words):
                return Correction(kind, names, marked=True)
        named, names_found = _with_places(words)
        if found := _first(("name", "both"), named):
            return _made(*found, is_marked, names_found)
    if found := _first(("stated",), named):
        return _made(*found, marked, names_found)
    if found := _first(("instead", "meant", "marked") if marked else ("instead", "meant"), rest):
        return _made(*found, marked, ())
    return None


def _first(kinds: tuple[Kind, ...], words: str) -> tuple[Kind, re.Match[str]] | None:
    """The first template of these groups that matches all the words."""
    for kind in kinds:
        for pattern in table().groups[kind]:
            if found := pattern.fullmatch(words):
                return kind, found
    return None


def _with_places(words: str) -> tuple[str, tuple[str, ...]]:
    """The words with a place for each name of a fact, and those names."""
    names: list[str] = []

    def place(found: re.Match[str]) -> str:
        names.append(found.group())
        return PLACE.format(len(names) - 1) + " "

    return table().names.sub(place, words), tuple(names)


def _made(kind: Kind, found: re.Match[str], marked: bool, names: tuple[str, ...]) -> Correction:
    places = {place: _filled(words, names) for place, words in found.groupdict(default="").items()}
    name = places.get("name") or places.get("loosely") or ""
    new, old = written(places.get("new", "")), written(places.get("old", ""))
    if kind == "instead" and old.casefold() in _PRONOUNS:
        kind, old = "meant", ""
    told_of_others = not table().others.isdisjoint(f"{new} {old}".casefold().replace(",", "").split())
    return Correction(kind, _named(name), new, old, marked, told_of_others)


def _filled(words: str, names: tuple[str, ...]) -> str:
    """The words of a place with the names that stand for themselves in it."""
    for at, name in enumerate(names):
        words = words.replace(PLACE.format(at) + " ", name)
    return words


def _named(name: str) -> tuple[str, ...]:
    """The facts that a name can stand for, each once, in the order of the table."""
    found = [slots for slots, pattern in table().called.items() if pattern.fullmatch(name)]
    return tuple(dict.fromkeys(slot for slots in found for slot in slots.split()))


def _stages(words: str) -> list[tuple[str, bool]]:
    """The words, and what is left of them after each thing that may stand before a correction.

    With each, whether what was left out says that something was not right.
    """
    stages = [(words, False)]
    while True:
        words, marked = stages[-1]
        found, is_mark = table().marks.match(words), True
        if found is None:
            found, is_mark = table().leads.match(words), False
        if found is None:
            return stages
        stages.append((words[found.end() :], marked or is_mark))


def _without_trails(words: str) -> str:
    found = table().trails.search(words, max(0, len(words) - _LONGEST_TRAIL))
    return words[: found.start()] if found and found.start() else words
