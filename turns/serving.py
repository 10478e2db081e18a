"""Rasa's server with our agent: takes turns on loopback, or does not start."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Any, Final

from buyer_protection.logs import keep_quiet
from buyer_protection.settings import SECRET_HEADER, Settings, secret, settings, variable
from turns.left_out import leave_out
from turns.model import fitting
from turns.without_tensorflow import keep_tensorflow_out

LOOPBACK: Final = "127.0.0.1"
#: The setting `actions` for a process of their own.
HTTP: Final = "http"


class CannotServe(RuntimeError):
    """The server may not take turns; the message is one line."""


def serve(project: Path) -> int:
    """Serves `POST /turns` with the model that fits, until stopped. 1 if it could not listen.

    Raises NoModel, SettingsError, DatabaseError or CannotServe before anything listens.
    """
    known = settings()
    keep_quiet(known.log_level)
    keep_tensorflow_out()
    if known.fast:
        leave_out()
    model = fitting(project)
    for name in ("turn_secret", *(["actions_secret"] if known.actions == HTTP else [])):
        secret(known, name)

    import rasa.core.agent
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints

    listening: list[bool] = []

    async def note(*_: Any) -> None:
        listening.append(True)

    rasa.core.agent.load_agent = load
    sys.path.insert(0, str(project))
    serve_application(
        model_path=str(model),
        credentials=str(project / "credentials.yml"),
        endpoints=AvailableEndpoints.read_endpoints(str(project / "endpoints.yml")),
        interface=LOOPBACK,
        port=known.rasa_port,
        enable_api=False,
        server_listeners=[(note, "after_server_start")],
    )
    if not listening:
        print(f"port {known.rasa_port} is taken: set {variable('rasa_port')}", file=sys.stderr)
    return 0 if listening else 1


async def load(model_path: str, endpoints: Any, **_: Any) -> Any:
    """In the place of Rasa's `load_agent`, which goes on without a model and without a database.

    Raises CannotServe, ConversationsUnavailable or what loading a model raises.
    """
    from rasa.core.tracker_store import TrackerStore

    from turns.agent import TurnAgent
    from turns.conversations import Conversations
    from turns.warm_up import warm_up

    store = TrackerStore.create(endpoints.tracker_store)
    if not isinstance(store, Conversations):
        raise CannotServe("endpoints.yml names no tracker store that remembers: turns.conversations.Conversations")
    agent = TurnAgent(generator=endpoints.nlg, tracker_store=store, action_endpoint=actions_of(settings()))
    agent.load_model(model_path)
    await warm_up(agent)
    # All that was loaded stays; looking through it for what can go would hold up a turn now and then, for 10 ms.
    gc.freeze()
    return agent


def actions_of(known: Settings) -> Any:
    """The way to the actions that the settings choose. Raises SettingsError, or ImportError for broken actions."""
    from turns.actions_in_process import ActionsInProcess
    from turns.actions_over_http import ActionsOverHttp

    if known.actions != HTTP:
        return ActionsInProcess()
    headers = {SECRET_HEADER: secret(known, "actions_secret")}
    return ActionsOverHttp(f"http://{LOOPBACK}:{known.actions_port}/webhook", headers=headers)
