"""`make run`: everything that the assistant needs on one machine, made ready, started and stopped together."""

from __future__ import annotations

import fcntl
import os
import secrets
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NoReturn

import httpx

from actions import words
from buyer_protection.disputes.database import migrate
from buyer_protection.orders import fill_in_development
from buyer_protection.settings import (
    DEVELOPMENT,
    SECRET_HEADER,
    Settings,
    home,
    minting_secret,
    secret,
    settings,
    variable,
)
from buyer_protection.tokens import mint
from turns.clock import now
from turns.household import Household
from turns.model import NoModel, fitting
from turns.part import Part, ending_with_starter
from turns.ports import LOOPBACK, is_free, owner
from turns.terminal import converse, time_zone
from turns.typed_lines import TypedLines

BUYER: Final = "buyer-at-the-terminal"
_ENDS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class CannotRun(RuntimeError):
    """The assistant does not start; the message is one line."""


class Stopped(BaseException):
    """Somebody asked for the end."""


def run(project: Path) -> int:
    """Runs the assistant until Ctrl-C, SIGTERM or the end of what is typed; whatever was started is stopped then.

    Raises CannotRun, PartFailed, SettingsError or DatabaseError, each with one line to say why.
    """
    os.environ.setdefault(variable("env"), DEVELOPMENT)
    for name in ("turn_secret", "actions_secret"):
        os.environ.setdefault(variable(name), secrets.token_urlsafe(32))
    known = settings()
    _listen_for_the_end()
    household = None
    try:
        with alone(project / "var" / "run" / "run.pid"):
            try:
                for name in _ports_of(known):
                    check_port(known, name)
                _have_a_model(project)
                migrate(known.database_url)
                fill_in_development(known, now())
                household = Household(parts_of(project, known))
                household.start()
                _talk(known)
            finally:
                # A second Ctrl-C must not leave half of the processes behind.
                for number in _ENDS:
                    signal.signal(number, signal.SIG_IGN)
                if household:
                    household.stop()
    except Stopped:
        print(flush=True)
    if household and household.failure:
        raise household.failure
    return 0


def parts_of(project: Path, known: Settings) -> list[Part]:
    """The processes of the assistant: actions where they have one of their own, Rasa, and the gateway.

    The gateway is ready once a message would be answered.
    """
    python = sys.executable
    actions_health = f"http://{LOOPBACK}:{known.actions_port}/health"
    rasa_ready = f"http://{LOOPBACK}:{known.rasa_port}/turns/ready"
    ready = f"http://{_reached_at(known)}:{known.port}/ready"
    headers = {SECRET_HEADER: secret(known, "turn_secret")}
    actions = Part("actions", [python, "-m", "actions.server"], lambda: _answers(actions_health, {}), project)
    rasa = [python, "-m", "turns", "--project", str(project), "serve"]
    return [
        *([actions] if known.actions == "http" else []),
        Part("rasa", rasa, lambda: _answers(rasa_ready, headers), project),
        Part("gateway", [python, "-m", "gateway"], lambda: _answers(ready, {}), project),
    ]


def _ports_of(known: Settings) -> list[str]:
    return ["port", "rasa_port", "metrics_port", *(["actions_port"] if known.actions == "http" else [])]


def _reached_at(known: Settings) -> str:
    """The address at which this machine reaches its own open port."""
    return LOOPBACK if known.host in ("0.0.0.0", "::") else known.host


@contextmanager
def alone(pid_file: Path) -> Iterator[None]:
    """Holds the pid file of this copy. Raises CannotRun if another copy holds it."""
    pid_file.parent.mkdir(parents=True, exist_ok=True)
    with pid_file.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise CannotRun(f"another copy is running already (pid {file.read().strip()}): stop it first") from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def check_port(known: Settings, name: str) -> None:
    """Raises CannotRun if the port of a setting is taken, saying by whom."""
    port: int = getattr(known, name)
    if not is_free(port):
        by = owner(port)
        raise CannotRun(f"port {port} is taken{f' by {by}' if by else ''}: stop it, or set {variable(name)}")


def _have_a_model(project: Path) -> None:
    with suppress(NoModel):
        fitting(project)
        return
    # In a process of its own: training needs what running must not load.
    command = [sys.executable, "-m", "turns", "--project", str(project), "train"]
    status = subprocess.run(
        command, cwd=home(), stdin=subprocess.DEVNULL, preexec_fn=ending_with_starter(), check=False
    ).returncode
    if status:
        raise CannotRun(f"no model could be trained (status {status})")


def _talk(known: Settings) -> None:
    url = f"http://{_reached_at(known)}:{known.port}"
    if known.is_development:
        print(f"a shop with the widget, to try it: {url}/", flush=True)
    print(f"ready: buyers are answered on {url}; Ctrl-C or SIGTERM ends", flush=True)
    if _is_spoken_to():
        print(words.text("utter_terminal_help"), end="\n\n")
        converse(url, lambda: mint(BUYER, minting_secret(known), now(), time_zone=time_zone()), TypedLines("> "))
        return
    threading.Event().wait()


def _is_spoken_to() -> bool:
    """Whether standard input is a terminal, a pipe or a file, and not nothing at all."""
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return False
    return os.isatty(0) or not stat.S_ISCHR(mode)


def _answers(url: str, headers: dict[str, str]) -> bool:
    with suppress(httpx.HTTPError):
        # Not verified: on this machine alone, and reading the certificates of the world takes longer than to ask.
        answer = httpx.get(url, headers=headers, timeout=2.0, trust_env=False, verify=False)
        return answer.status_code == httpx.codes.OK
    return False


def _listen_for_the_end() -> None:
    for number in _ENDS:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # `nohup` asks to be left alone
            signal.signal(number, _stop)


def _stop(*_: object) -> NoReturn:
    raise Stopped
