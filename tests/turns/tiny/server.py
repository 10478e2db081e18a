"""`python -m tests.turns.tiny.server PORT FAULTS`: the real action server with the tiny actions, and faults on demand.

The file holds `ACTION FAULT`: as long as it does, that action fails in that way.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rasa_sdk.executor import ActionExecutor
from sanic import Sanic, response
from sanic.request import Request

from actions.server import create_app, serve
from tests.turns.tiny.behaviour import executor

SECRET = "a secret of the tiny server"


async def _slow(request: Request) -> Any:
    await asyncio.sleep(2)
    return None


def _dies(request: Request) -> Any:
    os._exit(1)


FAULTS: dict[str, Callable[[Request], Any]] = {
    "dies": _dies,
    "is slow": _slow,
    "answers bad JSON": lambda request: response.text("{", content_type="application/json"),
    "answers words": lambda request: response.text("all is well"),
    "answers nothing": lambda request: response.json({}),
    "answers another shape": lambda request: response.json({"events": [{"event": 1}], "responses": "none"}),
    "says what has no words": lambda request: response.json({"events": [], "responses": [{"response": "utter_no"}]}),
    "answers 503": lambda request: response.json({}, status=503),
    "answers a strange 400": lambda request: response.text("?", status=400),
}


def faulty(app: Sanic, known: ActionExecutor, faults: Path) -> Sanic:
    """The server with faults: those of the connection in front of it, an error inside of it."""

    def failing(asked: str) -> str:
        action, _, fault = faults.read_text(encoding="utf-8").partition(" ") if faults.exists() else ("", "", "")
        return fault if action == asked else ""

    def raising(name: str, action: Callable[..., Any]) -> Callable[..., Any]:
        def run(dispatcher: Any, tracker: Any, domain: Any) -> Any:
            if failing(name) == "raises":
                raise RuntimeError(f"whatever {tracker.latest_message.get('text')} was")
            return action(dispatcher, tracker, domain)

        return run

    known.actions = {name: raising(name, action) for name, action in known.actions.items()}

    @app.middleware("request")
    async def in_front(request: Request) -> Any:
        fault = failing(request.json["next_action"]) if faults.exists() and request.path == "/webhook" else ""
        answer = FAULTS[fault](request) if fault in FAULTS else None
        return await answer if asyncio.iscoroutine(answer) else answer

    return app


if __name__ == "__main__":
    ready = executor()
    sys.exit(serve(faulty(create_app(SECRET, ready), ready, Path(sys.argv[2])), int(sys.argv[1])))
