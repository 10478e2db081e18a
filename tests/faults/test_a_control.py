"""A rows: nobody but the gateway reaches Rasa or the actions, and nothing tells strangers what runs here."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
import yaml

from buyer_protection.settings import home
from tests.faults.places import Place, on, on_one
from tests.faults.stage import SECRET, environment_of
from tests.timing import is_answered_within

SECRET_HEADER = "X-Buyer-Protection-Secret"
#: What stock Rasa answers on, and what it does there.
RASA_PATHS = (
    ("GET", "/conversations/{conversation}/tracker"),
    ("PUT", "/conversations/{conversation}/tracker/events"),
    ("POST", "/conversations/{conversation}/tracker/events"),
    ("POST", "/conversations/{conversation}/execute"),
    ("POST", "/conversations/{conversation}/trigger_intent"),
    ("POST", "/conversations/{conversation}/predict"),
    ("POST", "/conversations/{conversation}/messages"),
    ("GET", "/conversations/{conversation}/story"),
    ("DELETE", "/model"),
    ("PUT", "/model"),
    ("POST", "/model/train"),
    ("POST", "/model/parse"),
    ("POST", "/model/predict"),
    ("POST", "/model/test/intents?callback_url=http://127.0.0.1:1/internal"),
    ("POST", "/model/test/stories"),
    ("GET", "/domain"),
    ("GET", "/status"),
    ("POST", "/webhooks/rest/webhook"),
    ("GET", "/webhooks/rest"),
    ("POST", "/webhooks/callback/webhook"),
    ("GET", "/socket.io/"),
    ("POST", "/webhooks/telegram/webhook"),
)


@on_one("sqlite+http")
@pytest.mark.parametrize(("method", "path"), RASA_PATHS)
def test_a01_a02_a03_rasas_own_ways_in_are_not_there(place: Place, method: str, path: str) -> None:
    """Not on Rasa's port, with the secret or without, and not on the gateway's."""
    buyer = place.buyer()
    filled = path.format(conversation=buyer.conversation)
    body = {"model_server": {"url": "http://127.0.0.1:1/m"}, "sender": buyer.conversation, "message": "hello"}
    for port in (place.stage.rasa_ports[0], place.stage.ports[0]):
        for headers in ({}, {SECRET_HEADER: SECRET}):
            url = f"http://127.0.0.1:{port}{filled}"
            answer = httpx.request(method, url, json=body, headers=headers, timeout=10, trust_env=False, verify=False)
            assert answer.status_code in (404, 405), answer.text
    assert not place.kept().events_of(buyer.conversation)


@on_one("postgresql")
def test_a01_turns_are_taken_from_who_has_the_secret_alone(place: Place) -> None:
    """Whoever reaches the port and guesses hears nothing and changes nothing."""
    buyer = place.buyer()
    turn = {
        "id": "m999999",
        "conversation": buyer.conversation,
        "payload": "/affirm",
        "metadata": {"buyer_id": buyer.id, "channel": "widget"},
    }
    for given in ({}, {SECRET_HEADER: ""}, {SECRET_HEADER: SECRET[:-1]}, {"Authorization": f"Bearer {SECRET}"}):
        url = f"http://127.0.0.1:{place.stage.rasa_ports[0]}/turns"
        answer = httpx.post(url, json=turn, headers=given, trust_env=False, verify=False)
        assert answer.status_code == 401
    assert not place.kept().events_of(buyer.conversation)


@on_one("postgresql")
def test_a04_a06_nothing_says_what_runs_here(place: Place) -> None:
    """No version, no name of a server, in no header and no body of any path that anybody can ask for."""
    for path in ("/", "/version", "/live", "/ready", "/metrics", "/docs", "/widget/messages", "/status", "/server"):
        answer = httpx.get(f"http://127.0.0.1:{place.stage.ports[0]}{path}", timeout=10, trust_env=False, verify=False)
        told = (str(answer.headers) + ("" if path == "/ready" else answer.text)).lower()
        for word in ("rasa", "uvicorn", "starlette", "sanic", "python", "3.6.21", "server'"):
            assert word not in told, path


@on("sqlite+http", "postgresql+http")
def test_a07_the_action_server_works_for_rasa_alone(place: Place) -> None:
    """A made-up conversation without the secret runs nothing."""
    alice = place.at_consent()
    call = {
        "next_action": "action_open_dispute",
        "sender_id": alice.conversation,
        "tracker": {
            "sender_id": alice.conversation,
            "slots": {"order_id": alice.order},
            "latest_message": {"metadata": {"buyer_id": alice.id}},
            "events": [],
        },
    }
    for headers in ({}, {SECRET_HEADER: "guessed"}):
        url = f"http://127.0.0.1:{place.stage.actions_port}/webhook"
        answer = httpx.post(url, json=call, headers=headers, trust_env=False, verify=False)
        assert answer.status_code == 401
    assert not [row for row in place.settle().disputes if row["buyer_id"] == alice.id]


def test_a07_only_the_gateway_can_be_reached_from_elsewhere(place: Place) -> None:
    """And that only if its setting says so: everything listens on loopback here."""
    for process in place.stage.processes.values():
        for part in (psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)):
            listening = [each.laddr.ip for each in part.net_connections("inet") if each.status == psutil.CONN_LISTEN]
            assert set(listening) <= {"127.0.0.1"}


@on_one("sqlite+http")
def test_a08_a_compressed_body_is_not_unpacked(place: Place) -> None:
    """Four hundred kilobytes that would become four hundred megabytes cost nothing."""
    bomb = zlib.compress(b"\0" * 400_000_000, 9)
    buyer = place.buyer()
    doors = {
        "gateway": (buyer.url(), buyer.headers),
        "rasa": (f"http://127.0.0.1:{place.stage.rasa_ports[0]}/turns", {SECRET_HEADER: SECRET}),
        "actions": (f"http://127.0.0.1:{place.stage.actions_port}/webhook", {SECRET_HEADER: SECRET}),
    }
    for name in place.stage.processes:
        url, headers = doors[name]
        before = psutil.Process(place.stage.processes[name].pid).memory_info().rss
        said = {"Content-Encoding": "deflate", "Content-Type": "application/json", **headers}
        answer = httpx.post(url, content=bomb, headers=said, timeout=20, trust_env=False, verify=False)
        assert 400 <= answer.status_code < 500
        assert psutil.Process(place.stage.processes[name].pid).memory_info().rss - before < 50e6


def test_a09_a14_p13_no_log_of_any_process_holds_what_was_typed_or_what_is_secret(place: Place) -> None:
    """At the level of most words, with actions that raise, parts that die and requests that are refused."""
    canary = f"xylophone{secrets.token_hex(6)}"
    buyer = place.buyer()
    buyer.say(f"{canary} arrived broken, {canary}@example.org, call +44 20 79460958")
    claimant = place.buyer()
    claimant.claim()
    buyer.say(f"my password is {canary}")
    buyer.say(canary * 300)
    buyer.post({"text": canary, "id": f"{canary} !"})
    buyer.send({"payload": f"btn:{canary}", "id": canary})
    where = "actions" if "actions" in place.stage.processes else "rasa"
    for name, step in ((where, "actions.started"), ("rasa", "rasa.before_commit"), ("gateway", "gateway.after_turn")):
        place.stage.arm(name, step, "raise")
        buyer.say(f"why {canary}")
        assert place.stage.processes[name].has_hit(step)
    for header in (f"Bearer {canary}", f"Bearer {SECRET}"):
        httpx.get(
            buyer.url(f"/widget/messages?token={canary}"),
            headers={"Authorization": header},
            trust_env=False,
            verify=False,
        )

    place.settle()
    for name in place.stage.processes:
        log = place.stage.log(name)
        for word in (canary, SECRET, claimant.order, "79460958", "password is"):
            assert word not in log, name


def test_a11_credentials_open_nothing_but_the_private_channel() -> None:
    """No channel of Rasa's own is named, and no callback of any kind."""
    credentials = yaml.safe_load((home() / "credentials.yml").read_text(encoding="utf-8"))
    endpoints = yaml.safe_load((home() / "endpoints.yml").read_text(encoding="utf-8"))

    assert list(credentials) == ["turns.channel.TurnInput"]
    assert not set(endpoints) - {"action_endpoint", "tracker_store", "nlg"}


@on_one("sqlite+http")
def test_a12_nobody_is_called_outside_of_this_machine(place: Place) -> None:
    """No process has a connection that leaves loopback, while turns are run."""
    buyer = place.buyer()
    for step in ("hello", "what is escrow", "thanks"):
        buyer.say(step)
        for process in place.stage.processes.values():
            remote = {each.raddr.ip for each in psutil.Process(process.pid).net_connections("inet") if each.raddr}
            assert remote <= {"127.0.0.1"}
    place.settle()


STARTS: dict[str, tuple[list[str], str]] = {
    "gateway": (["-m", "gateway"], "turn_secret"),
    "gateway, no widget secret": (["-m", "gateway"], "widget_secret"),
    "gateway, no gateway secret": (["-m", "gateway"], "gateway_secret"),
    "rasa": (["-m", "turns", "serve"], "turn_secret"),
    "actions": (["-m", "actions.server"], "actions_secret"),
}


@pytest.mark.parametrize(
    ("who", "value"), [*((who, "") for who in STARTS), ("gateway", "changeme"), ("rasa", "password")]
)
def test_a13_nothing_starts_in_production_without_a_secret_or_with_a_bad_one(
    who: str, value: str, tmp_path: Path
) -> None:
    """One line names the variable, and never its value."""
    command, missing = STARTS[who]
    names = ("turn_secret", "actions_secret", "widget_secret", "gateway_secret")
    known: dict[str, str] = dict.fromkeys(names, SECRET)
    known |= {"env": "production", "database_url": f"sqlite:///{tmp_path / 'none.db'}", missing: value}
    with environment_of(known):
        environment = dict(os.environ)
    ended = subprocess.run(
        [sys.executable, *command],
        cwd=home(),
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert ended.returncode == 2
    last = ended.stderr.strip().splitlines()[-1]
    assert last.startswith(f"BUYER_PROTECTION_{missing.upper()}: ")
    assert not value or value not in last


@on_one("sqlite+http")
def test_a15_what_is_cut_off_is_named_within_two_seconds(place: Place) -> None:
    """Each part in its turn; `/live` says that the process runs, all the while."""
    parts: list[tuple[str, Any]] = [("rasa", "rasa"), *([("actions", "actions")] if "+http" in place.kind else [])]
    for name, called in parts:
        with place.stage.held_down(name):
            said: list[tuple[int, list[str]]] = []
            assert is_answered_within(2, lambda said=said: said.append(place.stage.ready()))
            assert (503, [called]) in said
            assert all(status == 503 and called in cut for status, cut in said)
            alive = httpx.get(
                f"http://127.0.0.1:{place.stage.ports[0]}/live", timeout=10, trust_env=False, verify=False
            )
            assert json.loads(alive.text) == {"status": "ok"}
        place.stage.wait_until_ready()
    assert place.stage.ready() == (200, [])
