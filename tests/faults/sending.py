"""Files that a buyer sends over the wire: by tus, in parts and after breaks, and in one piece."""

from __future__ import annotations

import socket
from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any, Final

import httpx

from tests.faults.buyers import Buyer

TUS: Final = {"Tus-Resumable": "1.0.0"}
PART: Final = {"Content-Type": "application/offset+octet-stream"}


class Sending:
    """One buyer's page as it sends files."""

    def __init__(self, buyer: Buyer) -> None:
        self._buyer = buyer
        self._http = httpx.Client(trust_env=False, verify=False, timeout=60)

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, **more: Any) -> httpx.Response:
        """A request with the buyer's token."""
        return self._http.request(
            method, self._buyer.url(path), headers={**self._buyer.headers, **(headers or {})}, **more
        )

    def create(self, length: int, name: str = "lamp.jpg", **headers: str) -> httpx.Response:
        """Begins to send a file."""
        named = {
            "Upload-Length": str(length),
            "Upload-Metadata": f"filename {b64encode(name.encode()).decode()}".strip(),
        }
        return self.ask("POST", "/widget/uploads", {**TUS, **named, **headers})

    def begun(self, length: int, name: str = "lamp.jpg") -> str:
        """The path of a new upload."""
        answer = self.create(length, name)
        assert answer.status_code == 201, answer.text
        return answer.headers["Location"]

    def patch(self, path: str, offset: int, content: bytes | Iterator[bytes], **headers: str) -> httpx.Response:
        """Sends bytes of a file."""
        return self.ask("PATCH", path, {**TUS, **PART, "Upload-Offset": str(offset), **headers}, content=content)

    def go_on(self, path: str, content: bytes) -> httpx.Response:
        """Sends the rest of a file from where it is, as often as it turns out to be elsewhere."""
        answer = self.patch(path, self.offset(path), content[self.offset(path) :])
        while answer.status_code in (409, 423):
            come = self.offset(path)
            answer = self.patch(path, come, content[come:])
        return answer

    def offset(self, path: str) -> int:
        """How far a file has come."""
        answer = self.ask("HEAD", path, TUS)
        assert answer.status_code == 200
        return int(answer.headers["Upload-Offset"])

    def cut(
        self, path: str, offset: int, content: bytes, says: int, headers: Mapping[str, str] | None = None
    ) -> socket.socket:
        """Sends a part that says it is longer than what comes; the open connection."""
        head = {
            **self._buyer.headers,
            **TUS,
            **PART,
            "Upload-Offset": str(offset),
            "Content-Length": str(says),
            "Host": "gateway",
            **(headers or {}),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        connection = socket.create_connection(("127.0.0.1", self._buyer.stage.ports[self._buyer.gateway]), timeout=60)
        connection.sendall(f"PATCH {path} HTTP/1.1\r\n{lines}\r\n".encode() + content)
        return connection

    def receipts(self) -> list[dict[str, Any]]:
        """What the buyer is told of what was accepted."""
        answer = self.ask("GET", "/widget/evidence")
        assert answer.status_code == 200, answer.text
        told: list[dict[str, Any]] = answer.json()["evidence"]
        return told

    def hand_in(self, content: bytes, name: str = "lamp.jpg") -> httpx.Response:
        """Sends a file in one piece."""
        return self.ask("POST", "/widget/evidence", files={"file": (name, content, "image/jpeg")})
