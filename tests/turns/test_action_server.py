"""The action server works for Rasa alone, on loopback, and tells nobody what it was told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import httpx
import pytest

from buyer_protection.settings import home
from tests.turns.conftest import TinyServer, free_port
from tests.turns.tiny.server import SECRET
from turns.ports import owner

pytestmark = pytest.mark.xdist_group("tiny-server")

CALL = {
    "next_action": "action_read_mood",
    "sender_id": "c",
    "tracker": {"sender_id": "c", "slots": {}, "latest_message": {"text": "my card is 4111111111111111"}, "events": []},
}


def post(server: TinyServer, body: bytes, secret: str = SECRET, **headers: str) -> httpx.Response:
    """A call of the server."""
    headers = {"X-Buyer-Protection-Secret": secret, "Content-Type": "application/json", **headers}
    return httpx.post(f"{server.url}/webhook", content=body, headers=headers, timeout=20, trust_env=False, verify=False)


def test_an_action_is_run(tiny_server: TinyServer) -> None:
    """With the secret, and the answer is what Rasa expects."""
    answer = post(tiny_server, json.dumps(CALL).encode())

    assert answer.status_code == 200
    assert answer.json()["responses"] == []
    assert [event["name"] for event in answer.json()["events"]] == ["mood"]


@pytest.mark.parametrize("secret", ["", "another", SECRET.upper(), SECRET[:-1]])
def test_without_the_secret_nothing_is_run(tiny_server: TinyServer, secret: str) -> None:
    """Whoever makes up a conversation is refused, and hears nothing."""
    answer = post(tiny_server, json.dumps(CALL).encode(), secret)

    assert answer.status_code == 401
    assert answer.json() == {"error": {"code": "unauthorized"}}


def test_what_actions_there_are_is_nobodys_business(tiny_server: TinyServer) -> None:
    """`rasa_sdk` lists them to anyone."""
    for path in ("/actions", "/", "/domain", "/webhook"):
        assert httpx.get(tiny_server.url + path, trust_env=False, verify=False).status_code in (404, 405)
    assert httpx.get(f"{tiny_server.url}/health", trust_env=False, verify=False).json() == {"status": "ok"}


def test_a_compressed_body_is_refused(tiny_server: TinyServer) -> None:
    """A few kilobytes could grow to hundreds of megabytes."""
    bomb = zlib.compress(json.dumps({**CALL, "pad": "0" * 50_000_000}).encode())
    before = tiny_server.most_memory

    answer = post(tiny_server, bomb, **{"Content-Encoding": "deflate"})

    assert answer.status_code == 415
    assert tiny_server.most_memory - before < 20_000_000


def test_a_body_that_is_too_large_is_refused(tiny_server: TinyServer) -> None:
    """Two megabytes hold any conversation."""
    large = json.dumps({**CALL, "pad": "0" * (2 * 1024 * 1024)}).encode()

    try:
        status = post(tiny_server, large).status_code
    except (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError):
        status = 413  # the server closed the connection while we were still sending

    assert status == 413


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"next_action": 1}', b"[" * 100_000, b"\xff\xfe"], ids=range(7)
)
def test_what_is_no_call_is_refused(tiny_server: TinyServer, body: bytes) -> None:
    """In code, and the server stays up."""
    answer = post(tiny_server, body)

    assert answer.status_code == 422
    assert answer.json() == {"error": {"code": "not_a_call"}}


def test_an_error_holds_nothing_of_the_conversation(tiny_server: TinyServer) -> None:
    """`rasa_sdk` returns the whole of it, and logs it."""
    tiny_server.fail("action_read_mood", "raises")

    answer = post(tiny_server, json.dumps(CALL).encode())

    tiny_server.mend()
    assert answer.status_code == 500
    assert answer.json() == {"error": {"code": "failed"}}
    assert "4111111111111111" not in answer.text + tiny_server.log
    assert "action=action_read_mood" in tiny_server.log


def test_an_action_that_does_not_exist_is_an_error(tiny_server: TinyServer) -> None:
    """Not a success without events."""
    assert post(tiny_server, json.dumps({**CALL, "next_action": "action_other"}).encode()).status_code == 404


def test_it_listens_on_loopback_alone(tiny_server: TinyServer) -> None:
    """No other machine can knock."""
    rows = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    port = f"{tiny_server.port:04X}"

    addresses = {row.split()[1].partition(":")[0] for row in rows if row.split()[1].endswith(f":{port}")}

    assert addresses == {"0100007F"}
    assert "pid" in owner(tiny_server.port)


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    """The real action server, started to see it refuse."""
    known: dict[str, Any] = {
        name: value for name, value in os.environ.items() if not name.startswith("BUYER_PROTECTION_")
    }
    command = [sys.executable, "-m", "actions.server"]
    return subprocess.run(
        command, cwd=home(), env={**known, **environment}, capture_output=True, text=True, timeout=60, check=False
    )


def test_without_a_secret_it_does_not_start() -> None:
    """One line, with the name of the variable."""
    refused = start()

    assert refused.returncode == 2
    assert refused.stderr.startswith("BUYER_PROTECTION_ACTIONS_SECRET: ")
    assert refused.stderr.count("\n") == 1


def test_on_a_port_that_is_taken_it_does_not_start(tiny_server: TinyServer) -> None:
    """One line, with the port."""
    refused = start(BUYER_PROTECTION_ACTIONS_SECRET="x" * 20, BUYER_PROTECTION_ACTIONS_PORT=str(tiny_server.port))

    assert refused.returncode == 1
    assert f"port {tiny_server.port} is taken: set BUYER_PROTECTION_ACTIONS_PORT" in refused.stderr
    assert free_port() != tiny_server.port
