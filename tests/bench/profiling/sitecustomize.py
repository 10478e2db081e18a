"""Python runs this at the start of each process whose path begins here: timers around functions of the product.

Only for `tests.bench.breakdown`, which names the folder that spans are written to: one line of JSON for each call,
`[name, began, ended]` in seconds of the machine's monotonic clock.
"""

from __future__ import annotations

import asyncio
import atexit
import functools
import importlib.abc
import importlib.util
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

_FOLDER = os.environ.get("BENCH_SPANS", "")
_WRITTEN_EVERY = 0.5
_spans: list[tuple[str, float, float]] = []


def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, each call of which is noted."""
    if asyncio.iscoroutinefunction(function):

        @functools.wraps(function)
        async def awaited(*args: Any, **kwargs: Any) -> Any:
            began = time.monotonic()
            try:
                return await function(*args, **kwargs)
            finally:
                _spans.append((name, began, time.monotonic()))

        return awaited

    @functools.wraps(function)
    def called(*args: Any, **kwargs: Any) -> Any:
        began = time.monotonic()
        try:
            return function(*args, **kwargs)
        finally:
            _spans.append((name, began, time.monotonic()))

    return called


class Timers(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads modules as ever, and puts timers into them: `{"module": {"Class.function": "name"}}`."""

    def __init__(self, wanted: dict[str, dict[str, str]]) -> None:
        self._wanted, self._loaders = wanted, {}  # type: ignore[var-annotated]

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: Any = None) -> ModuleSpec | None:
        """The module, to be loaded by this."""
        if name not in self._wanted or name in self._loaders:
            return None
        self._loaders[name] = None
        spec = importlib.util.find_spec(name)
        if spec is None or spec.loader is None:
            return None
        self._loaders[name], spec.loader = spec.loader, self
        return spec

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """As its own loader does."""
        return self._loaders[spec.name].create_module(spec)  # type: ignore[no-any-return]

    def exec_module(self, module: ModuleType) -> None:
        """As its own loader does, and then the timers."""
        self._loaders[module.__name__].exec_module(module)
        for path, name in self._wanted[module.__name__].items():
            *owners, function = path.split(".")
            owner: Any = module
            for each in owners:
                owner = getattr(owner, each)
            setattr(owner, function, timed(name, getattr(owner, function)))


def _write() -> None:
    taken = _spans[:]
    del _spans[: len(taken)]
    if taken:
        with (Path(_FOLDER) / f"{os.getpid()}.jsonl").open("a", encoding="ascii") as out:
            out.writelines(json.dumps(span) + "\n" for span in taken)


def _keep_writing() -> None:
    while True:
        time.sleep(_WRITTEN_EVERY)
        with suppress(OSError):
            _write()


if _FOLDER:
    sys.meta_path.insert(0, Timers(json.loads((Path(_FOLDER) / "wanted.json").read_text(encoding="ascii"))))
    threading.Thread(target=_keep_writing, daemon=True).start()
    atexit.register(_write)
