"""Lexical patterns: which of the things listed in patterns.yml a message mentions.

The table is for content people; this module reads it, checks it and says yes or no for each row. It knows no intents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

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
_SIGN: Final = re.compile(r"[^\x00-\x7f\w]")


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


@dataclass(frozen=True, eq=False)
class Wordings:
    """What is looked for in a plain text: `exact`, and `quick`, the same one by one for RE2 and text in ASCII.

    RE2 takes time in proportion to a text's length whatever the pattern, but knows no look-around and, read by the
    byte, no letters beyond ASCII: `quick` is None where a pattern needs those.
    """

    exact: re.Pattern[str]
    quick: tuple[bytes, ...] | None

    def are_in(self, plain_text: str) -> bool:
        """Whether one of them is in a plain text."""
        return self.exact.search(plain_text) is not None


@dataclass(frozen=True)
class Row:
    """One feature: it holds where `any` is found and `unless` is not, and in a table where none of `without` holds."""

    name: str
    means: str
    any: Wordings
    unless: Wordings | None
    without: tuple[str, ...] = ()

    def holds(self, is_in: Callable[[Wordings], bool]) -> bool:
        """Whether a message shows this row, of whose wordings it can be told whether they are in the message.

        The rows that it must be without are the table's concern.
        """
        return is_in(self.any) and (self.unless is None or not is_in(self.unless))

    def shown_by(self, text: str) -> bool:
        """Whether a message, as it was written, shows this row."""
        plain_text = plain(text)
        return self.holds(lambda wordings: wordings.are_in(plain_text))


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
        names: set[str] = set()
        for row in rows:
            if row.name in names:
                raise PatternError(f"{row.name}: two rows have this name")
            if later := set(row.without) - names:
                raise PatternError(f"{row.name}: no row above it is called {', '.join(sorted(later))}")
            names.add(row.name)
        return cls(rows)

    def found(self, text: str) -> list[str]:
        """The names of the rows that a message shows."""
        return [self.rows[place].name for place in self.shown(text)]

    def shown(self, text: str) -> list[int]:
        """The places of the rows that a message shows."""
        is_in = self._reader(plain(text))
        shown: dict[str, int] = {}
        for place, row in enumerate(self.rows):
            if shown.keys().isdisjoint(row.without) and row.holds(is_in):
                shown[row.name] = place
        return list(shown.values())

    def _reader(self, plain_text: str) -> Callable[[Wordings], bool]:
        """Says of wordings whether they are in a plain text; of text in ASCII all quick ones are asked at once."""
        # Signs beyond ASCII, such as emoji, stand between words, and no pattern that is quick can name one.
        in_ascii = _SIGN.sub("\x7f", plain_text)
        if not in_ascii.isascii():
            return lambda wordings: wordings.are_in(plain_text)
        owners, together = self._together
        found = {owners[number] for number in together.Match(in_ascii.encode("ascii")) or ()}
        return lambda wordings: wordings in found if wordings.quick else wordings.are_in(plain_text)

    @cached_property
    def _together(self) -> tuple[list[Wordings], Any]:
        """RE2's filter of all that is quick, and whose each is: it looks only for what has some of its letters there.

        One by one, because RE2 works out what a pattern can meet as texts bring it, and of many in one that is much.
        """
        each = [wordings for row in self.rows for wordings in (row.any, row.unless) if wordings]
        owners, together = [wordings for wordings in each for _ in wordings.quick or ()], re2.Filter()
        for quick in (quick for wordings in each for quick in wordings.quick or ()):
            together.Add(quick, _options())
        together.Compile()
        return owners, together


def _row(entry: Mapping[str, Any], words: Mapping[str, str]) -> Row:
    name = entry.get("name")
    if not isinstance(name, str) or not name.isidentifier():
        raise PatternError(f"{name!r}: every row needs a name like part_is_missing")
    strange = set(entry) - {"name", "means", "any", "unless", "without", "edges"}
    if strange or not entry.get("means") or not entry.get("any"):
        raise PatternError(f"{name}: a row has `name`, `means`, `any`, and perhaps `unless`, `without` and `edges`")
    edges = entry.get("edges", True)
    unless = entry.get("unless")
    return Row(
        name=name,
        means=entry["means"],
        any=_compiled(name, entry["any"], words, edges),
        unless=_compiled(name, unless, words, edges) if unless else None,
        without=tuple(entry.get("without", ())),
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


def _quick(patterns: list[str], edges: bool) -> tuple[bytes, ...] | None:
    before, after = (r"(?:^|\W)", r"(?:\W|$)") if edges else ("", "")
    try:
        quick = tuple(f"{before}(?:{pattern}){after}".encode("ascii") for pattern in patterns)
        for pattern in quick:
            re2.compile(pattern, _options())
    except (re2.error, UnicodeEncodeError):
        return None
    return quick


def _options() -> Any:
    options = re2.Options()
    options.encoding, options.log_errors, options.never_capture = re2.Options.Encoding.LATIN1, False, True
    return options
