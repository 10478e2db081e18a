"""Leaves out of a serving process what Rasa imports and a process that only runs turns never uses.

Rasa 3.6 imports the clients of all its tracker stores, its own tests with the plotting they do, the questions of its
command line and scikit-learn, whatever is configured: half of the time that a process takes to start.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Final, NoReturn

#: Packages and modules, with all that is inside them.
LEFT_OUT: Final = (
    # Reminders: ours are rows (docs/decisions/0010).
    "apscheduler",
    # Conversations in other stores than SQL's.
    "boto3",
    "botocore",
    "pymongo",
    # Channels of Rasa's own: ours are the gateway's.
    "aiogram",
    "fbmessenger",
    "mattermostwrapper",
    "rocketchat_API",
    "slack_sdk",
    "socketio",
    "twilio",
    "webexteamssdk",
    # The command lines of Rasa and spaCy.
    "prompt_toolkit",
    "questionary",
    "spacy.cli",
    # Locks over Redis.
    "portalocker.redis",
    # Names of languages, which spaCy knows in hundreds.
    "langcodes",
    # Running a graph in parallel: `turns.fast.direct_graph` runs it in order.
    "dask",
    # Training and measuring.
    "matplotlib",
    "rasa.core.test",
    "rasa.nlu.test",
    "sklearn",
)


def leave_out() -> None:
    """From now on these are imported as empty modules. Must be called before anything of Rasa is imported."""
    sys.meta_path.insert(0, _Finder())


class _Finder(MetaPathFinder, Loader):
    """Finds an empty module wherever one of those left out, or something inside one, is imported."""

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:
        if any(name == each or name.startswith(f"{each}.") for each in LEFT_OUT):
            return ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Empty(spec.name, "Left out: see turns/left_out.py.")

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing in it."""


class _Empty(ModuleType):
    """A module that has a class under each name that is asked for; a class that nobody can use."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (_Unusable,), {"__module__": self.__name__})
        setattr(self, name, made)
        return made


class _Unusable(Exception):
    """Stands for a class or a function that was left out. Raises RuntimeError when it is used.

    An exception, because what could be raised by a package that is left out is still caught.
    """

    def __new__(cls, *_: object, **__: object) -> NoReturn:
        raise RuntimeError(f"{cls.__module__}.{cls.__qualname__} is left out of a process that serves")
