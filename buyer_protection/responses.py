"""The words of `data/responses/`, by name: for whoever puts words together outside of Rasa.

No words to buyers stand in Python.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

FOLDER: Final = Path(__file__).parent.parent / "data" / "responses"

#: libyaml where it is there: it reads ten times faster, and the process starts sooner.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLACE: Final = re.compile(r"\{([a-z_]+)\}")


@lru_cache(maxsize=1)
def _responses() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(FOLDER.glob("*.yml")):
        responses = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)["responses"]
        found |= {name: variants[0] for name, variants in responses.items() if "text" in variants[0]}
    return found


def text(response: str, **values: Any) -> str:
    """The text of a response with `{name}` replaced by values, each as it is; raises KeyError for an unknown name."""
    return _filled(_responses()[response]["text"], values)


def buttons(response: str, **values: Any) -> list[dict[str, str]]:
    """The buttons of a response, each with `title` and `payload`, with `{name}` replaced in the same way."""
    return [
        {name: _filled(button[name], values) for name in ("title", "payload")}
        for button in _responses()[response].get("buttons", ())
    ]


def day(value: date) -> str:
    """A day for people to read, always with its weekday, so that a wrong one is noticed."""
    return f"{value:%A} {value.day} {value:%B %Y}"


def exists(response: str) -> bool:
    """Whether there is such a response."""
    return response in _responses()


def _filled(words: str, values: Mapping[str, Any]) -> str:
    return _PLACE.sub(lambda place: str(values[place[1]]), words)
