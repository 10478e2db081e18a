"""The one way in: Rasa's real server, posted to over HTTP, with its actions and its database failing now and then."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from buyer_protection.disputes.database import migrate
from buyer_protection.settings import home
from tests.turns.conftest import METADATA, TINY, TinyServer, free_port, responses, wait_for
from tests.turns.tiny.server import SECRET as ACTIONS_SECRET
from turns.model import hash_beside

pytestmark = pytest.mark.xdist_group("tiny-server")

SECRET = "a secret of the turns"


class Door:
    """The private channel of a running server."""

    def __init__(self, url: str, database: Path, log: Path) -> None:
        self.url = url
        self.database = database
        self.log = log

    def post(self, turn: Any, secret: str = SECRET) -> httpx.Response:
        """Posts a turn."""
        headers = {"X-Buyer-Protection-Secret": secret}
        return httpx.post(f"{self.url}/turns", json=turn, headers=headers, timeout=30, trust_env=False, verify=False)

    def say(self, text: str, id: str, conversation: str) -> httpx.Response:
        """Posts a typed message."""
        return self.post({"id": id, "conversation": conversation, "text": text, "metadata": METADATA})


def tiny_project(folder: Path, tiny_model: Path) -> Path:
    """The tiny project with the real endpoints and credentials, and its model."""
    project = folder / "project"
    shutil.copytree(TINY, project, ignore=shutil.ignore_patterns(".rasa", "__pycache__"))
    for name in ("endpoints.yml", "credentials.yml"):
        shutil.copy(home() / name, project)
    (project / "models").mkdir()
    for path in (tiny_model, hash_beside(tiny_model)):
        shutil.copy(path, project / "models")
    return project


def environment(**settings: Any) -> dict[str, str]:
    """This process's environment with these settings and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BUYER_PROTECTION_")}
    return {**kept, **{f"BUYER_PROTECTION_{name.upper()}": str(value) for name, value in settings.items()}}


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory, tiny_model: Path, tiny_server: TinyServer) -> Iterator[Door]:
    """The server, as `make run` starts it."""
    folder = tmp_path_factory.mktemp("rasa")
    project = tiny_project(folder, tiny_model)
    database = folder / "rasa.db"
    migrate(f"sqlite:///{database}")
    port = free_port()
    known = environment(
        database_url=f"sqlite:///{database}",
        rasa_port=port,
        turn_secret=SECRET,
        actions="http",
        actions_port=tiny_server.port,
        actions_secret=ACTIONS_SECRET,
    )
    command = [sys.executable, "-m", "turns", "--project", str(project), "serve"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=home(), env=known, stdout=log, stderr=log)
    door = Door(f"http://127.0.0.1:{port}", database, folder / "log")
    try:
        wait_for(f"{door.url}/turns/ready", 120, {"X-Buyer-Protection-Secret": SECRET})
        yield door
    finally:
        process.terminate()
        process.wait(20)


def test_a_turn_is_answered(door: Door) -> None:
    """With what was said, words and custom of a message together, and the same id again answers the same."""
    hello, box = door.say("hello", "1", "a"), door.say("box", "2", "a")

    assert (hello.status_code, box.status_code) == (200, 200)
    assert responses(hello.json()["messages"]) == ["utter_introduction", "utter_hello"]
    assert box.json()["messages"] == [
        {
            "text": "Which colour?",
            "buttons": [
                {"title": "Red", "payload": '/say_colour{"colour": "red"}'},
                {"title": "Blue", "payload": '/say_colour{"colour": "blue"}'},
            ],
            "custom": {"kind": "question", "slot": "colour", "input": "choice"},
            "response": "utter_which_colour",
        }
    ]
    assert door.say("hello", "1", "a").json() == hello.json()
    pressed = {"id": "3", "conversation": "a", "payload": '/say_colour{"colour": "red"}', "metadata": METADATA}
    assert [message["text"] for message in door.post(pressed).json()["messages"]] == ["The red box is closed."]


def test_the_same_turn_posted_at_once_is_one(door: Door) -> None:
    """All posts hear the same, and one message is recorded."""
    with ThreadPoolExecutor(8) as posts:
        answers = list(posts.map(lambda _: door.say("hello", "1", "at once").json(), range(8)))

    assert answers == [answers[0]] * 8
    assert messages(door.database, "at once") == 1


@pytest.mark.parametrize("nested", ["payload", "metadata"])
def test_what_is_nested_without_end_is_refused(door: Door, nested: str) -> None:
    """In code, and the server goes on."""
    deep = "[" * 20_000 + "]" * 20_000
    turn = {"id": "1", "conversation": "deep", "payload": "/affirm", "metadata": METADATA}
    if nested == "payload":
        bodies = [json.dumps({**turn, "payload": f'/affirm{{"a": {deep[at:-at]}}}'}) for at in (1, 19_000, 19_990)]
    else:
        bodies = [
            json.dumps(turn).replace('"channel"', f'"more": {deep[at:-at]}, "channel"') for at in (1, 19_000, 19_990)
        ]

    for body in bodies:
        headers = {"X-Buyer-Protection-Secret": SECRET, "Content-Type": "application/json"}
        answer = httpx.post(
            f"{door.url}/turns", content=body, headers=headers, timeout=30, trust_env=False, verify=False
        )
        assert answer.status_code == 400
    assert messages(door.database, "deep") == 0


def test_what_is_cut_off_is_named(door: Door, tiny_server: TinyServer) -> None:
    """Ready is what can take a turn now, and it is ready again as soon as what was cut off is back."""

    def ready() -> httpx.Response:
        headers = {"X-Buyer-Protection-Secret": SECRET}
        return httpx.get(f"{door.url}/turns/ready", headers=headers, timeout=10, trust_env=False, verify=False)

    assert (ready().status_code, ready().json()["cut"]) == (200, [])
    tiny_server.stop()
    assert (ready().status_code, ready().json()["cut"]) == (503, ["actions"])
    tiny_server.start()
    with closing(sqlite3.connect(door.database)) as connection:
        connection.execute("ALTER TABLE events RENAME TO gone")
        connection.commit()
        cut = ready()
        connection.execute("ALTER TABLE gone RENAME TO events")
        connection.commit()
    assert (cut.status_code, cut.json()["cut"]) == (503, ["database"])
    assert ready().status_code == 200


def test_without_the_secret_nothing_is_taken(door: Door) -> None:
    """Neither a turn nor whether one would be."""
    turn = {"id": "1", "conversation": "stranger", "text": "hello", "metadata": METADATA}

    for secret in ("", "another"):
        assert door.post(turn, secret).status_code == 401
    assert httpx.get(f"{door.url}/turns/ready", trust_env=False, verify=False).status_code == 401
    assert messages(door.database, "stranger") == 0


@pytest.mark.parametrize(
    "turn",
    [
        None,
        [],
        "hello",
        {},
        {"id": "1", "conversation": "bad", "metadata": METADATA},
        {"id": "1", "conversation": "bad", "text": 1, "metadata": METADATA},
        {"id": "1", "conversation": "bad", "text": "a", "payload": "/b", "metadata": METADATA},
        {"id": "1", "conversation": "bad", "payload": "b", "metadata": METADATA},
        {"id": "", "conversation": "bad", "text": "a", "metadata": METADATA},
        {"id": "1" * 201, "conversation": "bad", "text": "a", "metadata": METADATA},
        {"id": "1", "conversation": "bad", "text": "a"},
        {"id": "1", "conversation": "bad", "text": "a", "metadata": {}},
        {"id": "1", "conversation": "bad", "text": "a", "metadata": METADATA, "slots": {}},
    ],
    ids=range(13),
)
def test_what_is_no_turn_is_refused(door: Door, turn: Any) -> None:
    """With an error, never with an empty answer."""
    answer = door.post(turn)

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "bad_turn"
    assert messages(door.database, "bad") == 0


def test_a_failed_turn_is_an_error_with_words(door: Door, tiny_server: TinyServer) -> None:
    """Whoever posted it learns that it failed and what the buyer is told; posted again it succeeds."""
    tiny_server.fail("action_ask_colour", "raises")
    door.say("hello", "1", "failing")

    failed = door.say("box", "2", "failing")

    assert failed.status_code == 503
    assert failed.json()["error"] == {
        "code": "turn_failed",
        "message": "nobody knows if it was saved; post it again",
        "trace": "2",
    }
    assert responses(failed.json()["messages"]) == ["utter_turn_failed"]
    assert messages(door.database, "failing") == 1

    tiny_server.mend()

    assert responses(door.say("box", "2", "failing").json()["messages"]) == ["utter_which_colour"]


def test_a_database_that_is_busy_fails_the_turn(door: Door) -> None:
    """It is not answered from an empty memory."""
    with closing(sqlite3.connect(door.database, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        failed = door.say("hello", "1", "busy")
        writer.execute("ROLLBACK")

    assert failed.status_code == 503
    assert door.say("hello", "1", "busy").status_code == 200


def test_a_client_that_goes_away_does_not_end_the_turn(door: Door, tiny_server: TinyServer) -> None:
    """The turn is finished and recorded, and answered to whoever asks for it again."""
    turn = {"id": "1", "conversation": "gone", "text": "hello", "metadata": METADATA}
    headers = {"X-Buyer-Protection-Secret": SECRET}
    tiny_server.fail("action_read_mood", "is slow")
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{door.url}/turns", json=turn, headers=headers, timeout=0.5, trust_env=False, verify=False)
    tiny_server.mend()

    assert responses(door.post(turn).json()["messages"]) == ["utter_introduction", "utter_hello"]
    assert messages(door.database, "gone") == 1


def test_nothing_else_is_open(door: Door) -> None:
    """Not Rasa's API, not its other channels."""
    for path in (
        "/conversations/a/tracker",
        "/model",
        "/status",
        "/domain",
        "/webhooks/rest/webhook",
        "/webhooks/rasa/webhook",
    ):
        assert httpx.get(door.url + path, trust_env=False, verify=False).status_code == 404
        assert (
            httpx.post(door.url + path, json={"sender": "a", "message": "b"}, trust_env=False, verify=False).status_code
            == 404
        )


def test_the_log_holds_nothing_of_messages(door: Door, tiny_server: TinyServer) -> None:
    """Not of one that is answered, not of one that fails."""
    tiny_server.fail("action_read_mood", "answers another shape")
    door.say("my card is 4111111111111111", "1", "secretive")
    tiny_server.mend()
    door.say("my card is 4111111111111111", "2", "secretive")

    log = door.log.read_text(encoding="utf-8")
    assert "turn.failed" in log
    assert "4111111111111111" not in log


@pytest.mark.parametrize(
    ("missing", "line"),
    [
        ("turn_secret", "BUYER_PROTECTION_TURN_SECRET: "),
        ("actions_secret", "BUYER_PROTECTION_ACTIONS_SECRET: "),
        ("model", "no model in models/ fits"),
        ("table", "the conversations cannot be read"),
    ],
)
def test_what_is_missing_at_the_start_is_one_line(tmp_path: Path, tiny_model: Path, missing: str, line: str) -> None:
    """And the server does not start without it."""
    project = tiny_project(tmp_path, tiny_model)
    database = tmp_path / "rasa.db"
    if missing != "table":
        migrate(f"sqlite:///{database}")
    if missing == "model":
        shutil.rmtree(project / "models")
        (project / "models").mkdir()
    known = {
        "database_url": f"sqlite:///{database}",
        "rasa_port": free_port(),
        "turn_secret": SECRET,
        "actions": "http",
        "actions_secret": SECRET,
    }
    known.pop(missing, None)
    command = [sys.executable, "-m", "turns", "--project", str(project), "serve"]

    refused = subprocess.run(
        command, cwd=home(), env=environment(**known), capture_output=True, text=True, timeout=120, check=False
    )

    assert refused.returncode == 2
    assert refused.stderr.strip().splitlines()[-1].startswith(line)


def messages(database: Path, conversation: str) -> int:
    """How many messages of a conversation are recorded."""
    query = "SELECT count(*) FROM events WHERE sender_id = ? AND type_name = 'user'"
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute(query, (conversation,)).fetchone()[0])
