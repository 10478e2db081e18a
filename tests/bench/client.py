"""The buyers of the bench, in a process of their own: plain sockets, one connection for each conversation.

`python -m tests.bench.client` reads one job (JSON) from each line of its standard input and answers each with a line:
a list of turns as `[line, kind, began, ended, words]`, in seconds of the machine's monotonic clock. The same
code speaks to both sides; only the bytes of a request differ, and they are made before the clock starts.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from typing import Any, Final

from buyer_protection.tokens import mint
from tests.bench.script import lines

LOOPBACK: Final = "127.0.0.1"
#: Seconds in which a message is answered, or something broke.
ANSWER_WITHIN: Final = 60.0

Turn = tuple[int, str, float, float, str]


class Broken(RuntimeError):
    """A message was not answered."""


@dataclass(frozen=True)
class Door:
    """Where one side takes messages: its port, and the secret of its tokens; a side without tokens has none."""

    port: int
    secret: str = ""

    def request(self, buyer: str, text: str, token: str) -> bytes:
        """The bytes of a post."""
        if self.secret:
            return self._post("/widget/messages", {"id": uuid.uuid4().hex, "text": text}, f"Bearer {token}")
        now = datetime.now(timezone.utc).isoformat()
        vouched = {"buyer_id": buyer, "channel": "rest", "time_zone": "UTC", "at": now, "is_linked": True}
        return self._post("/webhooks/rest/webhook", {"sender": buyer, "message": text, "metadata": vouched})

    def token(self, buyer: str) -> str:
        """What a buyer's page says who it speaks for with."""
        return mint(buyer, self.secret, datetime.now(timezone.utc), time_zone="UTC") if self.secret else ""

    def words(self, body: bytes) -> str:
        """The words of an answer. Raises Broken if it is none."""
        read = json.loads(body)
        messages = read["messages"] if self.secret else read
        if not messages or (self.secret and read.get("pending")):
            raise Broken("a message has no answer")
        return "\n".join(message["text"] for message in messages if message.get("text"))

    def _post(self, path: str, body: dict[str, Any], authorization: str = "") -> bytes:
        content = json.dumps(body).encode()
        said = f"Authorization: {authorization}\r\n" if authorization else ""
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {LOOPBACK}:{self.port}\r\n{said}"
            f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        return head.encode() + content


async def exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> bytes:
    """The body of the answer to one request. Raises Broken if its status is not 200."""
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    fields = head.lower().split(b"\r\n")
    length = next((int(field[15:]) for field in fields if field.startswith(b"content-length:")), 0)
    body = await reader.readexactly(length)
    if fields[0].split()[1] != b"200":
        raise Broken(f"status {fields[0].split()[1].decode()}: {body[:300].decode(errors='replace')}")
    return body


async def converse(door: Door, buyer: str, order: int, skip: int = 0, only: int | None = None) -> list[Turn]:
    """One conversation, or its lines from `skip` to `only`, each line after the answer to the one before."""
    token = door.token(buyer)
    turns: list[Turn] = []
    reader, writer = await asyncio.open_connection(LOOPBACK, door.port)
    try:
        for number, line in list(enumerate(lines(order, datetime.now(timezone.utc).date())))[skip:only]:
            request = door.request(buyer, line.text, token)
            began = time.monotonic()
            body = await asyncio.wait_for(exchange(reader, writer, request), ANSWER_WITHIN)
            turns.append((number, line.kind, began, time.monotonic(), door.words(body)))
    finally:
        writer.close()
    return turns


async def one_buyer(door: Door, orders: list[int], buyer: str = "", skip: int = 0) -> list[Turn]:
    """Conversations one after another, each of a new buyer unless one is named."""
    named = [(buyer or f"bench-{uuid.uuid4().hex}", order) for order in orders]
    return [turn for who, order in named for turn in await converse(door, who, order, skip)]


async def at_once(door: Door, buyers: int, orders: list[int]) -> list[Turn]:
    """The same with several buyers side by side, who share the orders out between them."""
    shares = [orders[number::buyers] for number in range(buyers)]
    told = await asyncio.gather(*(one_buyer(door, share) for share in shares))
    return [turn for turns in told for turn in turns]


async def first(door: Door, seconds: float) -> list[Turn]:
    """Says hello as soon as anybody listens, and again until it is answered. Raises Broken after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            return await converse(door, f"bench-{uuid.uuid4().hex}", 0, only=1)
        except (OSError, EOFError, Broken):
            await asyncio.sleep(0.05)
    raise Broken(f"nobody answered within {seconds:.0f} s")


_JOBS: Final[dict[str, Callable[..., Any]]] = {"one_buyer": one_buyer, "at_once": at_once, "first": first}


def main() -> int:
    """Does what it is told, line by line."""
    for told in sys.stdin:
        job = json.loads(told)
        try:
            answer: Any = asyncio.run(_JOBS[job["do"]](Door(**job["door"]), **job["how"]))
        except Exception as error:
            answer = {"broken": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)
    return 0


def told(do: str, door: Door, **how: Any) -> str:
    """A job, as a line."""
    return json.dumps({"do": do, "door": asdict(door), "how": how}) + "\n"


if __name__ == "__main__":
    sys.exit(main())
