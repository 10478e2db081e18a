"""A process that serves leaves out what only other uses of Rasa need, and says so if something asks for it."""

from __future__ import annotations

import subprocess
import sys

from buyer_protection.settings import home
from turns.left_out import LEFT_OUT


def outcome(code: str) -> str:
    """What a new process prints that leaves these out and then loads what serves."""
    begins = "import sys\nfrom turns.left_out import leave_out\nleave_out()\n"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", begins + code], cwd=home(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_nothing_that_is_left_out_is_loaded_with_what_serves() -> None:
    """Neither at import nor when the server of Rasa is loaded; a module that was found has a file."""
    found = outcome(
        "from turns.without_tensorflow import keep_tensorflow_out\n"
        "keep_tensorflow_out()\n"
        "import turns.agent, turns.conversations, turns.channel, turns.warm_up, rasa.server, rasa.core.run, spacy\n"
        "from turns.left_out import LEFT_OUT\n"
        "print([name for name, module in sys.modules.items()\n"
        "       if getattr(module, '__file__', None) and any(name == each or name.startswith(each + '.')\n"
        "                                                    for each in LEFT_OUT)])"
    )

    assert found == "[]"


def test_what_is_left_out_says_so_when_it_is_used() -> None:
    """Not an attribute error far away."""
    said = outcome(
        "from pymongo.mongo_client import MongoClient\n"
        "try:\n    MongoClient('localhost')\nexcept RuntimeError as error:\n    print(error)"
    )

    assert said == "pymongo.mongo_client.MongoClient is left out of a process that serves"


def test_everything_that_is_left_out_is_there_otherwise() -> None:
    """A name in the list that Rasa does not have any more would leave out nothing."""
    unknown = (
        "from importlib.util import find_spec\n"
        "from turns.left_out import LEFT_OUT\n"
        "sys.meta_path.pop(0)\n"
        "print([each for each in LEFT_OUT if find_spec(each) is None])"
    )

    assert outcome(unknown) == "[]"
    assert len(set(LEFT_OUT)) == len(LEFT_OUT)
