"""What may be written to a log: ids, codes and places in code, never anything that a buyer wrote.

Our own events are codes (`turn.failed`) with a few keys that hold ids and codes. What other packages log may quote a
message or a whole conversation, in its text or in an error's, so only the place that it comes from is written.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
import warnings
from collections.abc import MutableMapping
from contextlib import AbstractContextManager, suppress
from typing import Any, Final, TextIO, cast

import structlog

#: What an event of ours may say beside its name.
_KEYS: Final = frozenset(
    {"action", "claim", "code", "count", "evidence", "kind", "model", "name", "outcome", "port", "reason", "reference"}
    | {"seconds", "status", "trace", "turn"}
)
_CODE: Final = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")
_LONGEST: Final = 300


def keep_quiet(level: str = "warning", stream: TextIO | None = None) -> None:
    """Lets through what is at least at a level (see the setting `log_level`), of every package, without content.

    Lines go to `stream`, standard error unless another is given. A line that cannot be written is lost: whoever says
    it goes on.
    """
    least: int = getattr(logging, level.upper())
    stream = cast(TextIO, _Forgiving(stream or sys.stderr))
    logging.raiseExceptions = False  # what could not be logged would be shown instead, with its content
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            _line,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Places())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(least)
    for name, logger in list(logging.root.manager.loggerDict.items()):
        if isinstance(logger, logging.Logger):
            logger.handlers.clear()
            logger.propagate = True
            logger.setLevel(max(least, logger.level) if name.startswith("sanic.access") else least)
    logging.captureWarnings(False)
    warnings.simplefilter("ignore")
    warnings.showwarning = _say_nothing


def traced(trace: object, turn: str = "") -> AbstractContextManager[None]:
    """While this lasts, every line of the log names the message that it is about, also those of other packages.

    `trace`: the name that the gateway gave the message; whatever else comes in its place is not written.
    """
    name = trace if isinstance(trace, str) and trace.isalnum() else ""
    about = {"trace": name, "turn": turn}
    context = structlog.contextvars.bound_contextvars(**{key: value for key, value in about.items() if value})
    return cast(AbstractContextManager[None], context)


def in_code(error: BaseException) -> str:
    """The kind of an error and the lines that raised it; never its message, which may hold what a buyer wrote.

    An error of ours whose message holds nothing but names offers it as `names`.
    """
    lines = traceback.extract_tb(error.__traceback__)[-3:]
    places = " < ".join(f"{line.filename.rpartition('/')[2]}:{line.lineno}" for line in reversed(lines))
    status = getattr(error, "status", None)
    known = [str(part) for part in (status, getattr(error, "names", None)) if isinstance(part, (int, str))]
    return " ".join([type(error).__name__, *known, f"({places})"])


def _say_nothing(*_: object, **__: object) -> None:
    """In the place of what prints warnings: some packages turn theirs on again when they are imported."""


def _line(_logger: object, _method: str, event: MutableMapping[str, Any]) -> str:
    name = str(event.get("event", ""))
    said = name if _CODE.fullmatch(name) else "event"
    kept = " ".join(f"{key}={_short(value)}" for key, value in sorted(event.items()) if key in _KEYS)
    return f"{event['timestamp']} {event['level']} {said} {kept}".rstrip()


def _short(value: object) -> str:
    return str(value)[:_LONGEST].replace("\n", " ") if isinstance(value, (str, int, float)) else type(value).__name__


class _Forgiving:
    """A stream that loses what it cannot write: a full disk is no reason for a turn to fail."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


class _Places(logging.Formatter):
    """Where a record of the standard library's logging comes from, and the kind of the error it carries."""

    def format(self, record: logging.LogRecord) -> str:
        when = self.formatTime(record, "%Y-%m-%dT%H:%M:%S")
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        kind = f" {in_code(error)}" if error else ""
        about = "".join(f" {key}={_short(value)}" for key, value in sorted(_about().items()))
        return f"{when} {record.levelname.lower()} {record.name}:{record.lineno}{kind}{about}"


def _about() -> dict[str, Any]:
    return {key: value for key, value in structlog.contextvars.get_contextvars().items() if key in _KEYS}
