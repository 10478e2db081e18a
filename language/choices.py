"""Which of some choices on offer a message means: "the first one", "not the former", "the later one"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from language.templates import even_marks, template
from language.wording import read_table

_LEADS: Final = re.compile(r"(?:(?:no|yes|ok|sorry|oh|ah|hm|well|please) (?:, )*)+", re.IGNORECASE)


def chosen(text: str, choices: Sequence[str]) -> str | None:
    """The choice that a message names by its place among those on offer; None where it names none of them.

    "Earlier" and "later" go by the order of the choices as text, which is that of time for ISO days.
    """
    said = _said(text)
    if said is None or not choices:
        return None
    if said in ("earlier", "later"):
        return min(choices) if said == "earlier" else max(choices)
    if said == "last":
        return choices[-1]
    if said.startswith("not "):
        return choices[2 - int(said[4:])] if len(choices) == 2 else None
    return choices[int(said) - 1] if said.isdecimal() and int(said) <= len(choices) else None


def none_of_them(text: str) -> bool:
    """Whether a message says that it is none of the choices."""
    return _said(text) == "none"


def _said(text: str) -> str | None:
    words = even_marks(text)
    words = _LEADS.sub("", words, count=1) if _LEADS.match(words) else words
    return next((name for name, patterns in _table().items() if any(each.fullmatch(words) for each in patterns)), None)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """The table of `choices.yml`, read once at first use."""
    return {name: tuple(template(text, {}, {}) for text in texts) for name, texts in read_table("choices.yml").items()}
