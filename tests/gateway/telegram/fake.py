"""A Telegram that stands on loopback: it records what a bot calls, and can be made to fail as the real one does.

Real HTTP, the Bot API's own addresses, answers and limits. `update` hands updates to the bot, by webhook or by polling.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import anyio
import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.turns.conftest import free_port

TOKEN = "4711:a-token-of-nobody-xyzzyplugh"
SECRET = "webhook-of-the-tests-and-nobody-else"
NAME = "buyer_protection_test_bot"


@dataclass
class Call:
    """One call of the bot, when it came and whether it was done."""

    method: str
    parameters: dict[str, Any]
    at: float
    was_done: bool


@dataclass
class Fault:
    """What happens to the next calls of a method, so many times."""

    method: str
    kind: str
    times: int
    seconds: float = 0.0


@dataclass
class FakeTelegram:
    """The state of the fake; all of it may be looked at and changed from a test while it serves."""

    port: int = field(default_factory=free_port)
    calls: list[Call] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    #: Where the bot listens; empty where it polls.
    webhook: str = ""
    is_conflicted: bool = False
    #: Where a file is said to be, instead of where it is.
    file_paths: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1000)
        self._messages: dict[str, Iterator[int]] = defaultdict(lambda: itertools.count(1))

    @property
    def url(self) -> str:
        """Where the API is."""
        return f"http://127.0.0.1:{self.port}"

    # What buyers do.

    def message(self, user: int, *, message_id: int | None = None, **content: Any) -> dict[str, Any]:
        """A message of a user in the private chat, with an update around it."""
        number = next(self._numbers)
        return {"update_id": number, "message": self._body(user, message_id or next(self._messages["m"]), content)}

    def edit(self, user: int, message_id: int, **content: Any) -> dict[str, Any]:
        """An edit of an earlier message."""
        return {"update_id": next(self._numbers), "edited_message": self._body(user, message_id, content)}

    def press(self, user: int, title: str, sent: dict[str, Any] | None = None) -> dict[str, Any]:
        """A press on a button of the newest message to the user that has one of that title, or of `sent`."""
        found = sent or next(message for message in reversed(self.sent(user)) if title in titles(message))
        row = [button for row in found["reply_markup"]["inline_keyboard"] for button in row]
        button = next(button for button in row if button["text"] == title)
        query = {
            "id": f"q{next(self._messages['q'])}",
            "from": person(user),
            "message": {
                "message_id": found["message_id"],
                "chat": {"id": user, "type": "private"},
                "reply_markup": found["reply_markup"],
            },
            "data": button["callback_data"],
        }
        return {"update_id": next(self._numbers), "callback_query": query}

    def group_message(self, user: int, group: int, text: str) -> dict[str, Any]:
        """A message in a group where the bot is."""
        body = {**self._body(user, next(self._messages["m"]), {"text": text}), "chat": {"id": group, "type": "group"}}
        return {"update_id": next(self._numbers), "message": body}

    def update(self, update: dict[str, Any], secret: str = SECRET) -> httpx.Response | None:
        """Hands an update to the bot: posts it, or keeps it until it is fetched."""
        if not self.webhook:
            self.waiting.append(update)
            return None
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        return httpx.post(self.webhook, json=update, headers=headers, timeout=30, trust_env=False, verify=False)

    # What the bot did.

    def sent(self, chat: int) -> list[dict[str, Any]]:
        """Messages that arrived in a chat, each with the number that it got."""
        return [call.parameters for call in self.done("sendMessage") if call.parameters["chat_id"] == chat]

    def said(self, chat: int) -> str:
        """The words of all messages in a chat."""
        return "\n".join(message["text"] for message in self.sent(chat))

    def done(self, method: str) -> list[Call]:
        """The calls of a method that were done."""
        return [call for call in list(self.calls) if call.method == method and call.was_done]

    def tried(self, method: str) -> list[Call]:
        """The calls of a method, done or not."""
        return [call for call in list(self.calls) if call.method == method]

    def fail(self, method: str, kind: str, times: int = 1, seconds: float = 0.0) -> None:
        """From now on the next calls of a method fail in this way."""
        self.faults.append(Fault(method, kind, times, seconds))

    # The server.

    def _body(self, user: int, message_id: int, content: dict[str, Any]) -> dict[str, Any]:
        chat = {"id": user, "type": "private", "first_name": "Somebody"}
        return {"message_id": message_id, "from": person(user), "chat": chat, "date": int(time.time()), **content}

    def _fault(self, method: str) -> Fault | None:
        for fault in self.faults:
            if fault.method == method and fault.times > 0:
                fault.times -= 1
                return fault
        return None

    async def api(self, request: Request) -> Response:
        """`POST /bot<token>/<method>`."""
        if request.path_params["token"] != TOKEN:
            return refused(401, "Unauthorized")
        method, parameters = request.path_params["method"], await request.json()
        fault = self._fault(method)
        kind = fault.kind if fault else ""
        was_done = kind in ("", "slow", "lost answer")
        call = Call(method, parameters, time.monotonic(), was_done)
        if was_done and method == "sendMessage":
            refusal = cannot_send(parameters)
            if refusal:
                self.calls.append(Call(method, parameters, call.at, False))
                return refused(400, refusal)
            parameters["message_id"] = next(self._messages["m"])
        self.calls.append(call)
        if fault and kind in ("slow", "lost answer"):
            await anyio.sleep(fault.seconds)
        if kind == "lost answer" or kind == "500":
            return Response("<html>bad gateway</html>", 502, media_type="text/html")
        if kind == "429":
            return refused(429, "Too Many Requests", retry_after=fault.seconds if fault else 1)
        if kind == "403":
            return refused(403, "Forbidden: bot was blocked by the user")
        if kind == "400":
            return refused(400, "Bad Request: chat not found")
        return await self._answer(method, parameters)

    async def _answer(self, method: str, parameters: dict[str, Any]) -> Response:
        if method == "getUpdates":
            if self.is_conflicted:
                return refused(409, "Conflict: terminated by other getUpdates request")
            return done(await self._updates(parameters))
        if method == "getMe":
            return done({"id": 4711, "is_bot": True, "username": NAME})
        if method == "getFile":
            name = parameters["file_id"]
            if name not in self.files:
                return refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
            return done({"file_id": name, "file_path": self.file_paths.get(name, f"photos/{name}.jpg")})
        if method == "sendMessage":
            return done({"message_id": parameters["message_id"], "chat": {"id": parameters["chat_id"]}})
        return done(True)

    async def _updates(self, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        offset = parameters.get("offset", 0)
        self.waiting = [update for update in self.waiting if update["update_id"] >= offset]
        end = time.monotonic() + min(parameters.get("timeout", 0), 2)
        while not self.waiting and time.monotonic() < end:
            await anyio.sleep(0.02)
        return list(self.waiting[:100])

    async def file(self, request: Request) -> Response:
        """`GET /file/bot<token>/<path>`."""
        name = request.path_params["path"].rpartition("/")[2].removesuffix(".jpg")
        content = self.files.get(name)
        fault = self._fault("file")
        self.calls.append(Call("file", {"path": request.path_params["path"]}, time.monotonic(), fault is None))
        if request.path_params["token"] != TOKEN or content is None:
            return Response(status_code=404)
        if fault and fault.kind == "redirect":
            return RedirectResponse(f"{self.url}/elsewhere", 302)
        if fault and fault.kind == "500":
            return Response(status_code=500)
        if fault and fault.kind == "cut":

            async def half() -> Any:
                yield content[: len(content) // 2]
                raise RuntimeError("cut off")

            return StreamingResponse(half(), headers={"Content-Length": str(len(content))})
        if fault and fault.kind == "endless":

            async def endless() -> Any:
                for _ in range(30):
                    yield b"x" * 1024 * 1024

            return StreamingResponse(endless())
        return Response(content, media_type="application/octet-stream")

    async def elsewhere(self, request: Request) -> Response:
        """Where nobody should ever be led to."""
        self.calls.append(Call("elsewhere", {}, time.monotonic(), True))
        return Response(b"secret")

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Serves in a thread."""
        app = Starlette(
            routes=[
                Route("/bot{token}/{method}", self.api, methods=["POST", "GET"]),
                Route("/file/bot{token}/{path:path}", self.file),
                Route("/elsewhere", self.elsewhere),
            ]
        )
        server = uvicorn.Server(
            uvicorn.Config(
                app, host="127.0.0.1", port=self.port, log_config=None, ws="none", timeout_graceful_shutdown=1
            )
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the fake Telegram did not start"
            time.sleep(0.01)
        try:
            yield
        finally:
            server.should_exit = True
            thread.join(10)


def person(user: int) -> dict[str, Any]:
    """A user as Telegram describes one."""
    return {"id": user, "is_bot": False, "first_name": "Somebody", "language_code": "en"}


def titles(message: dict[str, Any]) -> list[str]:
    """What stands on the buttons under a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def cannot_send(parameters: dict[str, Any]) -> str:
    """Why Telegram would refuse a message; empty if it would not."""
    text = parameters.get("text", "")
    if not text.strip():
        return "Bad Request: message text is empty"
    if len(text.encode("utf-16-le")) // 2 > 4096:
        return "Bad Request: message is too long"
    for row in parameters.get("reply_markup", {}).get("inline_keyboard", []):
        for button in row:
            if not button["text"] or not 1 <= len(button["callback_data"].encode()) <= 64:
                return "Bad Request: BUTTON_DATA_INVALID"
    return ""


def done(result: Any) -> Response:
    """What Telegram answers to a call that was done."""
    return JSONResponse({"ok": True, "result": result})


def refused(status: int, description: str, retry_after: float | None = None) -> Response:
    """What Telegram answers to a call that was not."""
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if retry_after is not None:
        body["parameters"] = {"retry_after": retry_after}
    return JSONResponse(body, status)
