"""The only channel: a turn is posted on loopback with a secret, and answered with what was said or with an error."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

from buyer_protection.settings import SECRET_HEADER, secret, settings
from turns.agent import TURN_FAILED
from turns.assistant import Assistant
from turns.readiness import cut_off
from turns.turn import Turn

#: Bytes of a post; the longest message that is read at all fits many times.
LARGEST_POST: Final = 1024 * 1024
LONGEST_ID: Final = 200


class TurnInput(InputChannel):
    """`POST /turns` with `{"id", "conversation", "text" | "payload", "metadata"}` answers `{"messages": [...]}`.

    A turn that failed answers 503 with `error` and, in `messages`, the one line that the buyer hears; it can be posted
    again with the same id. A turn that is running is joined; one that was recorded is answered as the first time.
    `GET /turns/ready` answers `{"model", "cut": [...]}`, 503 if something that turns need is cut off.
    """

    def __init__(self, turn_secret: str) -> None:
        self._secret = turn_secret.encode()

    @classmethod
    def name(cls) -> str:
        """The name in Rasa's list of channels."""
        return "turns"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> TurnInput:
        """The channel with the secret of the settings. Raises SettingsError if there is none."""
        return cls(secret(settings(), "turn_secret"))

    def url_prefix(self) -> str:
        """The root."""
        return "/"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes `POST /turns` and `GET /turns/ready`. Rasa's way in returns nothing and is not used."""
        blueprint = Blueprint("turns")

        @blueprint.listener("before_server_start")
        async def limit(app: Sanic, _loop: object) -> None:
            app.config.REQUEST_MAX_SIZE = LARGEST_POST

        @blueprint.listener("after_server_start")
        async def attach(app: Sanic, _loop: object) -> None:
            app.ctx.assistant = Assistant(app.ctx.agent)

        @blueprint.post("/turns")
        async def take(request: Request) -> HTTPResponse:
            if not self._is_known(request):
                return _error(401, "unauthorized", "the secret is missing or wrong")
            try:
                turn = read_turn(request.json)
            except (ValueError, SanicException) as error:
                return _error(400, "bad_turn", str(error) if isinstance(error, ValueError) else "not JSON")
            return answer(turn.id, await request.app.ctx.assistant.handle(turn))

        @blueprint.get("/turns/ready")
        async def ready(request: Request) -> HTTPResponse:
            if not self._is_known(request):
                return _error(401, "unauthorized", "the secret is missing or wrong")
            cut = await cut_off(request.app.ctx.agent)
            return json({"model": request.app.ctx.agent.model_name, "cut": cut}, status=503 if cut else 200)

        return blueprint

    def _is_known(self, request: Request) -> bool:
        return hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret)


def read_turn(body: Any) -> Turn:
    """The turn in a post. Raises ValueError with a line that names what is wrong and quotes nothing."""
    if not isinstance(body, Mapping):
        raise ValueError("a JSON object is expected")
    unknown = body.keys() - {"id", "conversation", "text", "payload", "metadata"}
    if unknown:
        raise ValueError(f"{len(unknown)} unknown field(s)")
    for field in ("id", "conversation"):
        if not isinstance(body.get(field), str) or not 0 < len(body[field]) <= LONGEST_ID:
            raise ValueError(f"{field}: 1 to {LONGEST_ID} characters are expected")
    for field in ("text", "payload"):
        if not isinstance(body.get(field), (str, type(None))):
            raise ValueError(f"{field}: a string is expected")
    metadata = body.get("metadata")
    if not isinstance(metadata, Mapping) or not isinstance(metadata.get("buyer_id"), str) or not metadata["buyer_id"]:
        raise ValueError("metadata: an object with buyer_id is expected")
    return Turn(body["id"], body["conversation"], body.get("text"), body.get("payload"), metadata)


def answer(turn: str, messages: list[dict[str, Any]]) -> HTTPResponse:
    """The answer to a post: 200 with what was said, or 503 when the turn failed."""
    if any(message["response"] == TURN_FAILED for message in messages):
        failure = {
            "code": "turn_failed",
            "message": "nobody knows if it was saved; post it again",
            "trace": turn,
        }
        return json({"error": failure, "messages": messages}, status=503)
    return json({"messages": messages})


def _error(status: int, code: str, message: str) -> HTTPResponse:
    return json({"error": {"code": code, "message": message, "trace": ""}}, status=status)
