"""The widget's modules in one answer: a page asks once, and not once for each module and again for what it imports.

Each module becomes a function that gives what it exports, in the order in which they need each other. Comments,
indentation and spaces that say nothing stay here. The files themselves are whole modules, and run as they are where a
browser is given them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_IMPORT: Final = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export ((?:async )?(?:const|class|function)\*? )(\w+)", re.MULTILINE)
#: What may begin a line and cannot be carried over.
_OTHER: Final = re.compile(r"^(?:import\b(?!\()|export\b|await\b)", re.MULTILINE)
#: Comments that fill whole lines; none stand behind code.
_LONG_COMMENT: Final = re.compile(r"^[ \t]*/\*\*.*?\*/[ \t]*$", re.MULTILINE | re.DOTALL)
_COMMENT: Final = re.compile(r"^[ \t]*//.*$", re.MULTILINE)
#: In a line: what is quoted or may be an expression in slashes, which stays; else spaces that say nothing.
_SPACES: Final = re.compile(
    r'("(?:[^"\\]|\\.)*"|`[^`]*`|/(?:[^/\\]|\\.)+/)|\s*([{};,?]|=>|[!=]==|=|&&|\|\||(?<!\+)\+=)\s*|(:)\s+'
)


class NotOneAnswer(ValueError):
    """A module that cannot be carried over; the message names it."""


def one_answer(folder: Path, entry: str) -> str:
    """The module `entry` (a name without its ending) with all that it imports, as one module.

    Raises NotOneAnswer for a way to import or export that is not used here, and for modules that need each other.
    """
    done: list[str] = []
    parts: list[str] = []
    _add(folder, entry, done, parts, ())
    return "".join(parts)


def _add(folder: Path, name: str, done: list[str], parts: list[str], above: tuple[str, ...]) -> None:
    if name in above:
        raise NotOneAnswer(f"{name}.js needs itself, through {' '.join(above)}")
    if name in done:
        return
    text = (folder / f"{name}.js").read_text(encoding="utf-8")
    for _, needed in _IMPORT.findall(text):
        _add(folder, needed, done, parts, (*above, name))
    exported = ", ".join(named for _, named in _EXPORT.findall(text))
    text = _EXPORT.sub(r"\1\2", _IMPORT.sub(r"const {\1} = $\2;", text))
    if _OTHER.search(text):
        raise NotOneAnswer(f"{name}.js imports or exports in a way that is not known here")
    done.append(name)
    given = f"return {{ {exported} }};\n" if exported else ""
    begins = f"const ${name} = " if exported else ""
    parts.append(f"{begins}(() => {{\n{_light(text)}{given}}})();\n")


def _light(text: str) -> str:
    """A module without comments, indentation, empty lines and spaces that say nothing; lines end where they ended."""
    lines = (line.strip() for line in _COMMENT.sub("", _LONG_COMMENT.sub("", text)).splitlines())
    return "".join(f"{_SPACES.sub(_tight, line)}\n" for line in lines if line)


def _tight(found: re.Match[str]) -> str:
    return found[1] or found[2] or found[3]
