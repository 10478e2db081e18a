"""What a buyer's browser loads of the widget: how much it is, in which words, and what never stands in it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from gateway.assets import ENTRY, WIDGET
from gateway.one_answer import one_answer

#: Bytes that a buyer loads, compressed, with the words of one language.
MOST = 25 * 1024
MODULES = sorted(WIDGET.glob("*.js"))
LANGUAGES = sorted((WIDGET / "words").glob("*.js"))
#: Where a text becomes a page's code, or a page's policy would have to be loosened.
_NEVER = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|document\.write|DOMParser|srcdoc"
    r"|\beval\(|new Function|javascript:|setHTML|\bstyle=|setAttribute\(\"style|createElement\(\"style|cssText"
)


def test_a_buyer_loads_at_most_25_kib() -> None:
    """The widget and its longest language, as they are sent."""
    words = max(len(gzip.compress(path.read_bytes(), 9)) for path in LANGUAGES)

    loaded = len(gzip.compress(one_answer(WIDGET, ENTRY).encode(), 9)) + words

    assert loaded <= MOST, f"{loaded} bytes"


def test_no_module_is_left_behind() -> None:
    """What nobody imports would be dead, and what is loaded later would be missing."""
    joined = one_answer(WIDGET, ENTRY)

    assert [path.stem for path in MODULES if f"const ${path.stem} = " not in joined and path.stem != ENTRY] == []


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_each_language_has_all_words_and_all_places(path: Path) -> None:
    """A word that is missing would be an error on the page of whoever speaks that language."""
    assert _places(path) == _places(WIDGET / "words" / "en.js")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_text_becomes_code(path: Path) -> None:
    """Text nodes only, and no style in an attribute: the strictest policy of a page lets it run."""
    assert _NEVER.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_texts_are_quoted_in_one_way(path: Path) -> None:
    """`gateway/one_answer.py` leaves out spaces that are not between these quotes."""
    code = re.sub(r"^\s*(//|/?\*).*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)

    assert "'" not in re.sub(r'"(?:[^"\\]|\\.)*"|`[^`]*`', "", code)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_of_the_widget_has_one_idea_and_says_which(path: Path) -> None:
    """As in the other rooms; the style sheet is one idea with many lines."""
    lines = path.read_text(encoding="utf-8").splitlines()

    assert lines[0].startswith("// ")
    assert len(lines) <= (260 if path.stem == "style" else 230)


def test_every_word_that_is_said_exists() -> None:
    """A name that nobody knows would show nothing."""
    known = set(_places(WIDGET / "words" / "en.js"))
    said = {name for path in MODULES for name in re.findall(r'\bsay\("(\w+)"', path.read_text(encoding="utf-8"))}

    assert said - known == set()


def _places(path: Path) -> dict[str, set[str]]:
    """The names of a language's words, each with the places that are filled in; `{n}` may stand in the word's form."""
    found: dict[str, set[str]] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if begins := re.match(r"  (\w+): ", line):
            name = begins[1]
            found[name] = set()
        found.setdefault(name, set()).update(set(re.findall(r"\{(\w+)\}", line)) - {"n"})
    return found
