"""The gateway as buyers meet it: its process and Rasa's, started as `make run` starts them, on a new database."""

from __future__ import annotations

import json
import os
import signal
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest

from buyer_protection.settings import home, settings
from buyer_protection.tokens import mint
from tests.turns.conftest import free_port
from turns.part import Part
from turns.running import parts_of

SECRETS = {
    "turn_secret": "turns of the tests, and of nobody else",
    "actions_secret": "actions of the tests, nobody else's",
    "widget_secret": "tokens of the tests, of nobody else's",
    "gateway_secret": "buttons of the tests, nobody else's",
}
READY_WITHIN = 120


class Page:
    """The page of one buyer."""

    def __init__(self, url: str, buyer: str | None = None) -> None:
        self.url = url
        self.buyer = buyer or f"buyer-{uuid.uuid4().hex[:12]}"

    def headers(self) -> dict[str, str]:
        """What the page sends with each request."""
        token = mint(self.buyer, SECRETS["widget_secret"], datetime.now(timezone.utc))
        return {"Authorization": f"Bearer {token}"}

    def post(self, body: Any, **kwargs: Any) -> httpx.Response:
        """Posts a body as it is."""
        # Nothing is verified on loopback; reading the certificates of the machine for it takes longer than a turn.
        return httpx.post(
            f"{self.url}/widget/messages",
            json=body,
            headers=self.headers(),
            timeout=30,
            trust_env=False,
            verify=False,
            **kwargs,
        )

    def say(self, text: str, id: str | None = None) -> list[dict[str, Any]]:
        """What is answered to a typed message."""
        return self._messages(self.post({"id": id or uuid.uuid4().hex, "text": text}))

    def press(self, title: str, messages: list[dict[str, Any]], id: str | None = None) -> list[dict[str, Any]]:
        """What is answered to the press of a button."""
        return self._messages(self.post({"id": id or uuid.uuid4().hex, "payload": token_of(title, messages)}))

    def history(self, after: int = 0) -> dict[str, Any]:
        """What was told after a message."""
        response = httpx.get(
            f"{self.url}/widget/messages",
            params={"after": after},
            headers=self.headers(),
            timeout=30,
            trust_env=False,
            verify=False,
        )
        assert response.status_code == 200, response.text
        told: dict[str, Any] = response.json()
        return told

    @contextmanager
    def events(self, after: int = 0) -> Iterator[Iterator[tuple[str, Any]]]:
        """What happens, as it is streamed: names of events and their data."""
        with httpx.stream(
            "GET",
            f"{self.url}/widget/events",
            params={"after": after},
            headers=self.headers(),
            timeout=30,
            trust_env=False,
            verify=False,
        ) as response:
            assert response.status_code == 200
            yield _events(response.iter_lines())

    @staticmethod
    def _messages(response: httpx.Response) -> list[dict[str, Any]]:
        assert response.status_code == 200, response.text
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages


def token_of(title: str, messages: list[dict[str, Any]]) -> str:
    """The token of the button with these words."""
    return next(button["payload"] for message in messages for button in message["buttons"] if button["title"] == title)


def said(messages: list[dict[str, Any]]) -> str:
    """The words of messages."""
    return "\n".join(message["text"] for message in messages)


def _events(lines: Iterator[str]) -> Iterator[tuple[str, Any]]:
    name = ""
    for line in lines:
        if line.startswith("event:"):
            name = line.partition(":")[2].strip()
        elif line.startswith("data:"):
            yield name, json.loads(line.partition(":")[2])


class Served:
    """The running processes, their address and their database."""

    def __init__(self, parts: list[Part], url: str, metrics_url: str, database_url: str) -> None:
        self.parts = {part.name: part for part in parts}
        self.url, self.metrics_url, self.database_url = url, metrics_url, database_url

    def page(self, buyer: str | None = None) -> Page:
        """A buyer's page; a new buyer's unless one is named."""
        return Page(self.url, buyer)

    def signal(self, name: str, number: signal.Signals) -> None:
        """Sends a signal to one of the processes."""
        process = self.parts[name]._process
        assert process is not None
        os.kill(process.pid, number)

    @contextmanager
    def stands_still(self, name: str) -> Iterator[None]:
        """Inside, one of the processes does nothing; afterwards it goes on."""
        self.signal(name, signal.SIGSTOP)
        try:
            yield
        finally:
            self.signal(name, signal.SIGCONT)

    def log(self, name: str) -> str:
        """What one of the processes wrote."""
        return self.parts[name].log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def served(folder: Path, database_url: str, monkeypatch: pytest.MonkeyPatch, **known: Any) -> Iterator[Served]:
    """Starts the processes, and stops them; `known` are further settings."""
    ports = {name: free_port() for name in ("port", "rasa_port", "actions_port", "metrics_port")}
    for name, value in {"env": "production", "database_url": database_url, **SECRETS, **ports, **known}.items():
        monkeypatch.setenv(f"BUYER_PROTECTION_{name.upper()}", str(value))
    parts = parts_of(home(), settings())
    for part in parts:
        part.log = folder / f"{part.name}.log"
        part._pid_file = folder / f"{part.name}.pid"
        part.start()
    try:
        for part in parts:
            assert part.wait_until_ready(READY_WITHIN), part.log.read_text()
        yield Served(
            parts, f"http://127.0.0.1:{ports['port']}", f"http://127.0.0.1:{ports['metrics_port']}", database_url
        )
    finally:
        for part in reversed(parts):
            part.stop()
