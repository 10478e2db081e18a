"""The page's way in: messages are posted, what was said is fetched or streamed; a token with each request."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timezone
from typing import Any, Final

from sse_starlette import EventSourceResponse
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from buyer_protection.disputes.transactions import reading
from buyer_protection.failpoints import reach
from gateway import history
from gateway.answering import Answering
from gateway.buttons import LONGEST
from gateway.channels.calendar import with_calendar
from gateway.channels.channel import BUTTON, TEXT, Incoming
from gateway.errors import GatewayError
from gateway.identity import Buyer, authorization_of
from gateway.parts import Parts
from gateway.unanswered import waiting_in

#: Bytes of a request; what is longer than can be kept is cut, what is longer than this is refused.
LARGEST_REQUEST: Final = 256 * 1024
#: Levels of lists and objects in a request; a message has one.
DEEPEST: Final = 4
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")
_NUMBER: Final = re.compile(r"[0-9]{1,18}")
#: Seconds between two signs of life in a stream.
_PING_EVERY: Final = 15


def routes(parts: Parts) -> list[Route]:
    """`POST messages`, `GET messages` and `GET events`, for the buyer that the token names."""
    widget = Widget(parts)
    return [
        Route("/widget/messages", widget.messages, methods=["GET", "POST"]),
        Route("/widget/events", widget.stream, methods=["GET"]),
    ]


class Widget:
    """What a page can ask for."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._answering = Answering(parts)

    def _buyer(self, request: Request) -> Buyer:
        return self._parts.identity.of(authorization_of(request.headers))

    async def messages(self, request: Request) -> Response:
        """Takes a message, or tells what was told."""
        return await (self.post(request) if request.method == "POST" else self.get(request))

    async def post(self, request: Request) -> Response:
        """Takes `{"text" | "payload", "id"}` and answers `{"messages": [...]}`, or 202 with `pending` after 8 s."""
        buyer = self._buyer(request)
        await self._parts.check_rate(buyer.buyer_id)
        incoming = read_message(await read_json(request), buyer)
        answer = await self._answering.answer_to(incoming)
        request.state.trace = answer.trace
        if not answer.is_same:
            raise GatewayError("id_taken")
        messages = self._signed([history.drawn(message) for message in answer.messages], buyer.conversation)
        reach("gateway.before_reply")
        if answer.is_final:
            return JSONResponse({"messages": messages})
        return JSONResponse({"messages": messages, "pending": True}, status_code=202)

    async def get(self, request: Request) -> Response:
        """What was told after the message `after`: `{"messages": [...], "pending": bool}`."""
        buyer = self._buyer(request)
        told, pending = await self._told(buyer.conversation, _after(request))
        return JSONResponse({"messages": told, "pending": pending})

    async def stream(self, request: Request) -> Response:
        """The same as it happens: events `message`, and `state` with `{"working": bool}`; ends with the token."""
        buyer = self._buyer(request)
        after = _after(request, request.headers.get("Last-Event-ID"))
        return EventSourceResponse(self._events(buyer, after), ping=_PING_EVERY)

    async def _events(self, buyer: Buyer, after: int) -> AsyncIterator[dict[str, Any]]:
        working: bool | None = None
        with self._parts.wake.waiting_for(buyer.conversation) as happening:
            while not self._parts.is_ending:
                told, pending = await self._told(buyer.conversation, after)
                for message in told:
                    after = message["id"]
                    yield {"event": "message", "id": str(after), "data": json.dumps(message)}
                if pending != working:
                    working = pending
                    yield {"event": "state", "data": json.dumps({"working": working})}
                left = (buyer.expires_at - datetime.now(timezone.utc)).total_seconds()
                if left <= 0:
                    return
                await happening.wait(min(left, self._parts.wake.look_again or left))

    async def _told(self, conversation: str, after: int) -> tuple[list[dict[str, Any]], bool]:
        def read(connection: Any) -> tuple[list[dict[str, Any]], bool]:
            told = history.told_after(connection, conversation, after, self._parts.buttons)
            return self._signed(told, conversation), waiting_in(connection, conversation)

        return await asyncio.to_thread(reading, self._parts.engine, read)

    def _signed(self, messages: list[dict[str, Any]], conversation: str) -> list[dict[str, Any]]:
        now, paths = datetime.now(timezone.utc), self._parts.paths
        return [{**each, "custom": with_calendar(each["custom"], conversation, paths, now)} for each in messages]


async def read_json(request: Request, deepest: int = DEEPEST) -> Any:
    """The JSON of a request. Raises GatewayError if it is not JSON, too large or too deep."""
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
        raise GatewayError("not_json")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise GatewayError("bad_request", "the body must not be compressed")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_REQUEST:
            raise GatewayError("too_large")
    try:
        read = json.loads(bytes(body))
    except (ValueError, RecursionError):
        raise GatewayError("bad_request", "the body is not JSON") from None
    if _depth(read, deepest) > deepest:
        raise GatewayError("bad_request", "the body is nested too deep")
    return read


def read_message(body: Any, buyer: Buyer) -> Incoming:
    """The message in a post. Raises GatewayError with a sentence that names what is wrong and quotes nothing."""
    if not isinstance(body, Mapping):
        raise GatewayError("bad_request", "a JSON object is expected")
    name, text, payload = body.get("id"), body.get("text"), body.get("payload")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise GatewayError("bad_request", "id: 1 to 128 letters, digits, - or _ are expected, new for each message")
    if ("text" in body) == ("payload" in body):
        raise GatewayError("bad_request", "either text or payload is expected")
    if not isinstance(text if "text" in body else payload, str):
        raise GatewayError("bad_request", "text and payload are strings")
    if text is not None and not text.strip():
        raise GatewayError("bad_request", "text: something to read is expected")
    return Incoming(
        channel="widget",
        native_id=f"{buyer.conversation}:{name}",
        buyer_id=buyer.buyer_id,
        conversation=buyer.conversation,
        kind=TEXT if payload is None else BUTTON,
        text=text or "",
        button=payload if payload and len(payload) <= LONGEST and payload.isascii() and payload.isprintable() else "",
        vouched=vouched_by(buyer),
    )


def vouched_by(buyer: Buyer) -> dict[str, Any]:
    """What the token says of the buyer."""
    said = {"time_zone": buyer.time_zone, "locale": buyer.locale, "name": buyer.name, "order_id": buyer.order_id}
    return {"is_linked": True, **{name: value for name, value in said.items() if value}}


def _after(request: Request, last: str | None = None) -> int:
    if request.query_params.keys() - {"after"}:
        raise GatewayError("bad_request", "after is the only parameter")
    given = last if last is not None else request.query_params.get("after", "0")
    if not _NUMBER.fullmatch(given):
        raise GatewayError("bad_request", "after: the number of a message is expected")
    return int(given)


def _depth(value: Any, most: int) -> int:
    if most < 0 or not isinstance(value, (dict, list)):
        return 0
    parts = value.values() if isinstance(value, dict) else value
    return 1 + max((_depth(part, most - 1) for part in parts), default=0)
