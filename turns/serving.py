"""Rasa's server with our agent: takes turns on loopback, or does not start."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Final

from buyer_protection.settings import secret, settings, variable
from turns.model import fitting
from turns.without_tensorflow import keep_tensorflow_out

LOOPBACK: Final = "127.0.0.1"


class CannotServe(RuntimeError):
    """The server may not take turns; the message is one line."""


def serve(project: Path) -> int:
    """Serves `POST /turns` with the model that fits, until stopped. 1 if it could not listen.

    Raises NoModel, SettingsError, DatabaseError or CannotServe before anything listens.
    """
    keep_tensorflow_out()
    known = settings()
    model = fitting(project)
    # What endpoints.yml names; a variable that is not set stops Rasa with a long trace.
    os.environ[variable("actions_port")] = str(known.actions_port)
    os.environ[variable("actions_secret")] = secret(known, "actions_secret")
    secret(known, "turn_secret")

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

    from turns.actions_over_http import ActionsOverHttp
    from turns.agent import TurnAgent
    from turns.conversations import Conversations

    store = TrackerStore.create(endpoints.tracker_store)
    if not isinstance(store, Conversations):
        raise CannotServe("endpoints.yml names no tracker store that remembers: turns.conversations.Conversations")
    if endpoints.action is None:
        raise CannotServe("endpoints.yml names no action_endpoint")
    actions = ActionsOverHttp.of(endpoints.action)
    agent = TurnAgent(generator=endpoints.nlg, tracker_store=store, action_endpoint=actions)
    agent.load_model(model_path)
    return agent
