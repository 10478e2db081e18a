"""Lexical patterns: which of the things listed in patterns.yml a message mentions.

The table is for content people; this module reads it, checks it and says yes or no for each row. It knows no intents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import re2
import yaml

from language.wording import LOADER

SHIPPED: Final = Path(__file__).with_name("patterns.yml")

_GAPS: Final = {"gap": r"(?:\W+\w+){0,3}?\W+", "wide": r"(?:\W+\w+){0,7}?\W+"}

#: Longer messages say what they say in their first pages, and reading must stay quick.
LONGEST: Final = 4000

_APOSTROPHES: Final = str.maketrans(dict.fromkeys("\u2019\u2018\u00b4\u02bc`", "'"))
_CONTRACTED: Final = re.compile(
    r"\b(do|does|did|is|are|was|were|has|have|had|would|could|should|must|need)n'?t\b|\bain'?t\b|\b(can)(?:'t|t|not)\b"
    r"|\bwo(?:n't|nt)\b"
)
_HANDLE: Final = re.compile(r"(?<!\w)@\w+")
_DIGITS: Final = re.compile(r"\d+")
_BLANKS: Final = re.compile(r"\s+")


class PatternError(ValueError):
    """A table that cannot be used; the message names the row."""


def plain(text: str) -> str:
    """The form that patterns are matched against: small letters, whole negations, no digits but 0, single blanks."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).lower().translate(_APOSTROPHES)
    text = _CONTRACTED.sub(_written_out, text)
    text = _HANDLE.sub("@shop", text).replace("'", "")
    return _BLANKS.sub(" ", _DIGITS.sub("0", text)).strip()


def _written_out(found: re.Match[str]) -> str:
    verb = found[1] or found[2]
    if verb:
        return f"{verb} not"
    return "will not" if found[0].startswith("wo") else "is not"


class Plain(NamedTuple):
    """A text in its plain form; `in_ascii` is None where it has other letters."""

    text: str
    in_ascii: bytes | None

    @classmethod
    def of(cls, text: str) -> Plain:
        """The plain form of a text as it was written."""
        found = plain(text)
        return cls(found, found.encode("ascii") if found.isascii() else None)


@dataclass(frozen=True)
class Wordings:
    """What is looked for in a plain text: `exact`, and the same for text in ASCII in a tenth of the time.

    RE2 takes time in proportion to a text's length whatever the pattern, but knows no look-around and, read by the
    byte, no letters beyond ASCII: `quick` is None where a pattern needs those.
    """

    exact: re.Pattern[str]
    quick: Any

    def are_in(self, plain_text: Plain) -> bool:
        """Whether one of them is in a plain text."""
        if self.quick is None or plain_text.in_ascii is None:
            return self.exact.search(plain_text.text) is not None
        return self.quick.search(plain_text.in_ascii) is not None


@dataclass(frozen=True)
class Row:
    """One feature: it holds where `any` is found and `unless` is not."""

    name: str
    means: str
    any: Wordings
    unless: Wordings | None

    def holds(self, plain_text: Plain) -> bool:
        """Whether a message, already in its plain form, shows this row."""
        if not self.any.are_in(plain_text):
            return False
        return self.unless is None or not self.unless.are_in(plain_text)

    def shown_by(self, text: str) -> bool:
        """Whether a message, as it was written, shows this row."""
        return self.holds(Plain.of(text))


@dataclass(frozen=True)
class PatternTable:
    """All rows, in the table's order, which is the order of the features."""

    rows: tuple[Row, ...]

    @classmethod
    def load(cls, path: Path = SHIPPED) -> PatternTable:
        """Read and check a table; raises `PatternError` naming the row that is wrong."""
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
        words = {**_GAPS, **{name: f"(?:{listed})" for name, listed in document["words"].items()}}
        rows = tuple(_row(entry, words) for entry in document["patterns"])
        names = [row.name for row in rows]
        for name in names:
            if names.count(name) > 1:
                raise PatternError(f"{name}: two rows have this name")
        return cls(rows)

    def vector(self, text: str) -> list[int]:
        """1 or 0 for each row."""
        plain_text = Plain.of(text)
        return [int(row.holds(plain_text)) for row in self.rows]

    def found(self, text: str) -> list[str]:
        """The names of the rows that a message shows."""
        plain_text = Plain.of(text)
        return [row.name for row in self.rows if row.holds(plain_text)]


def _row(entry: Mapping[str, Any], words: Mapping[str, str]) -> Row:
    name = entry.get("name")
    if not isinstance(name, str) or not name.isidentifier():
        raise PatternError(f"{name!r}: every row needs a name like part_is_missing")
    strange = set(entry) - {"name", "means", "any", "unless", "edges"}
    if strange or not entry.get("means") or not entry.get("any"):
        raise PatternError(f"{name}: a row has `name`, `means`, `any`, and perhaps `unless` and `edges`")
    edges = entry.get("edges", True)
    unless = entry.get("unless")
    return Row(
        name=name,
        means=entry["means"],
        any=_compiled(name, entry["any"], words, edges),
        unless=_compiled(name, unless, words, edges) if unless else None,
    )


def _compiled(name: str, patterns: list[str], words: Mapping[str, str], edges: bool) -> Wordings:
    try:
        written_out = [re.sub(r"\{([a-z_]+)\}", lambda found: words[found[1]], pattern) for pattern in patterns]
        before, after = (r"(?<!\w)", r"(?!\w)") if edges else ("", "")
        exact = re.compile("|".join(f"{before}(?:{pattern}){after}" for pattern in written_out))
    except KeyError as error:
        raise PatternError(f"{name}: {error.args[0]} is not among the words") from error
    except (re.error, TypeError) as error:
        raise PatternError(f"{name}: {error}") from error
    return Wordings(exact, _quick(written_out, edges))


def _quick(patterns: list[str], edges: bool) -> Any:
    before, after = (r"(?:^|\W)", r"(?:\W|$)") if edges else ("", "")
    options = re2.Options()
    options.encoding, options.log_errors = re2.Options.Encoding.LATIN1, False
    try:
        return re2.compile("|".join(f"{before}(?:{pattern}){after}" for pattern in patterns).encode("ascii"), options)
    except (re2.error, UnicodeEncodeError):
        return None
