"""What the listing said, in its own words: "the ad promised real leather", "sold as new"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from language.entities.denial import denial
from language.entities.entity import Entity
from language.entities.longest import longest_of
from language.entities.message import Told
from language.phrase_table import NOTHING, PhraseTable, phrases
from language.wording import any_of, read_table, wording

#: So many words are what the listing said, at most.
_LONGEST: Final = 7
_NAME: Final = "entities/listing.yml"
_LABEL: Final = "label"
_MARKED: Final = re.compile(r"""['"\u2019\u201d)]?\s?(?:[:=\u2013\u2014-]|["'\u201c\u2018\u201e\u00ab])""")


def said_by_listing(told: Told) -> list[Entity]:
    """What a message says that the listing said, each to the end of its part of the sentence."""
    words = told.even.text
    found: list[Entity] = []
    matches = longest_of(_table(), words)
    # Of openers that overlap the one counts that reaches furthest: "the listing said it was".
    for match in sorted(matches, key=lambda match: (-match.end, match.start)):
        if match.value == _LABEL and not _MARKED.match(told.text[told.even.span(match.start, match.end)[1] :]):
            continue
        begin = match.end + (2 if words.startswith(", ", match.end) and match.value == _LABEL else 0)
        rest = _ends().split(words[begin:], maxsplit=1)[0].split()[:_LONGEST]
        if not rest or all(word in wording().filler or word in wording().negations for word in rest):
            continue
        start, end = told.even.span(begin, begin + len(" ".join(rest)))
        if end > start and not any(other.overlaps(start, end) for other in found):
            said = told.text[start:end]
            found.append(Entity("listing", start, end, value=said, is_denied=denial(words, match.start) is not None))
    return sorted(found, key=lambda entity: entity.start)


@lru_cache(maxsize=1)
def _table() -> PhraseTable:
    entry = read_table(_NAME)
    return phrases({"said": entry["openers"], _LABEL: entry["labels"], NOTHING: entry["nothing"]}, entry["sets"])


@lru_cache(maxsize=1)
def _ends() -> re.Pattern[str]:
    return any_of(
        frozenset(
            wording().breaks - {"and"}
            | {
                ",",
                ".",
                "?",
                "what",
                "i",
                "not",
                "and the",
                "and it",
                "and this",
                "and that",
                "and i",
                "and mine",
                "and they",
                "and what",
            }
        )
    )
