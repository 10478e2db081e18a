"""The action server: runs custom actions for Rasa alone, on loopback, and tells nobody else anything.

`rasa_sdk`'s own listens on every address without a secret, inflates compressed bodies without a limit and returns the
whole conversation in its errors.
"""

from __future__ import annotations

import hmac
import json
import sys
from typing import Any, Final

import structlog
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from sanic import Sanic, response
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from buyer_protection.logs import in_code, keep_quiet, traced
from buyer_protection.settings import SECRET_HEADER, SettingsError, secret, settings, variable

LARGEST_CALL: Final = 2 * 1024 * 1024
LOOPBACK: Final = "127.0.0.1"

_logger = structlog.get_logger(__name__)


def create_app(actions_secret: str, executor: ActionExecutor) -> Sanic:
    """The server of the actions that an executor knows: `POST /webhook` with the secret in a header, `GET /health`."""
    app = Sanic("buyer_protection_actions", configure_logging=False, register=False)
    app.config.REQUEST_MAX_SIZE = LARGEST_CALL
    app.config.ACCESS_LOG = False
    expected = actions_secret.encode()

    @app.get("/health")
    async def health(_: Request) -> HTTPResponse:
        return response.json({"status": "ok"})

    @app.post("/webhook")
    async def webhook(request: Request) -> HTTPResponse:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), expected):
            return _error(401, "unauthorized")
        if request.headers.get("Content-Encoding", "identity") != "identity":
            return _error(415, "compressed")
        call = _read(request.body)
        if call is None:
            return _error(422, "not_a_call")
        with traced(_trace(call)):
            return await run(call)

    async def run(call: dict[str, Any]) -> HTTPResponse:
        try:
            return response.json(await executor.run(call), dumps=json.dumps)
        except ActionExecutionRejection as rejection:
            return response.json({"error": "rejected", "action_name": rejection.action_name}, status=400)
        except ActionNotFoundException:
            return _error(404, "no_such_action")
        except Exception as error:
            _logger.error("action.failed", action=call["next_action"], reason=in_code(error))
            return _error(500, "failed")

    @app.exception(Exception)
    async def refuse(_: Request, error: Exception) -> HTTPResponse:
        status = error.status_code if isinstance(error, SanicException) else 500
        return _error(status or 500, "refused")

    return app


def _read(body: bytes) -> dict[str, Any] | None:
    """A call: an object that names an action and carries a conversation; None if it is not one."""
    try:
        call = json.loads(body)
    except (ValueError, RecursionError):
        return None
    is_call = isinstance(call, dict) and isinstance(call.get("next_action"), str) and "tracker" in call
    return call if is_call else None


def _trace(call: dict[str, Any]) -> object:
    """The name that the gateway gave the message."""
    place: Any = call
    for name in ("tracker", "latest_message", "metadata", "trace"):
        place = place.get(name) if isinstance(place, dict) else None
    return place


def _error(status: int, code: str) -> HTTPResponse:
    """An error of the server, in code alone."""
    return response.json({"error": {"code": code}}, status=status)


def main() -> int:
    """`python -m actions.server`: serves on the port of the settings; 2 and one line if it may not start.

    Exits with status 1 if a module of this package cannot be imported.
    """
    try:
        known = settings()
        actions_secret = secret(known, "actions_secret")
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    executor = ActionExecutor()
    executor.register_package("actions")
    keep_quiet(known.log_level)  # last: what is imported may set up logging of its own
    return serve(create_app(actions_secret, executor), known.actions_port)


def serve(app: Sanic, port: int) -> int:
    """Serves on a port of loopback until stopped; 1 if the port is taken."""
    listening: list[bool] = []

    @app.listener("after_server_start")
    async def note(*_: Any) -> None:
        listening.append(True)

    app.run(host=LOOPBACK, port=port, access_log=False, debug=False)
    if not listening:
        print(f"port {port} is taken: set {variable('actions_port')}", file=sys.stderr)
    return 0 if listening else 1


if __name__ == "__main__":
    sys.exit(main())
