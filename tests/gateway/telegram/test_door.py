"""Who may knock as Telegram, and that the bot's token and what buyers write are in no log."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from buyer_protection.settings import SettingsError, settings
from gateway.app import create_app
from tests.gateway.served import SECRETS
from tests.gateway.telegram.chat import Chat
from tests.gateway.telegram.conftest import Place
from tests.gateway.telegram.fake import SECRET, TOKEN

pytestmark = pytest.mark.xdist_group("telegram")
DATABASE = "postgresql"

HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.mark.parametrize("shown", [None, "", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper()])
def test_a_forged_update_is_refused(chat: Chat, shown: str | None) -> None:
    """I-26: without the secret nothing is taken, and nothing is told."""
    headers = {} if shown is None else {HEADER: shown}
    update = chat.telegram.message(chat.user, text="hello")
    response = httpx.post(chat.telegram.webhook, json=update, headers=headers, trust_env=False, verify=False)

    assert response.status_code == 401
    assert response.json()["error"]["code"] == "unauthorized"
    assert chat.rows() == []


def test_only_json_of_a_decent_size_is_read(chat: Chat) -> None:
    """What Telegram would never send."""
    headers = {HEADER: SECRET}

    def post(**body: object) -> int:
        given = {**headers, **body.pop("headers", {})}  # type: ignore[dict-item]
        return httpx.post(chat.telegram.webhook, headers=given, trust_env=False, verify=False, **body).status_code  # type: ignore[arg-type]

    assert post(content=b"{}", headers={"Content-Type": "text/plain"}) == 415
    assert post(content=b"{", headers={"Content-Type": "application/json"}) == 400
    assert post(json={"update_id": 1, "message": {"text": "x" * 300_000}}) == 413
    assert post(json=[1, 2]) == 200
    deep: list[object] = []
    for _ in range(60):
        deep = [deep]
    assert post(json={"update_id": 1, "message": {"text": deep}}) == 400


def test_the_token_and_what_is_written_are_in_no_log(chat: Chat, place: Place) -> None:
    """At the level of most words, also when calls fail."""
    word = "xylophonequartz"
    chat.say(f"hello {word}")
    for fault in ("429", "500", "lost answer", "403"):
        chat.telegram.fail("sendMessage", fault, seconds=0.2)
        chat.say(f"hello {word}")
    chat.telegram.files["named"] = b"x"
    for fault in ("500", "redirect"):
        chat.telegram.fail("file", fault)
        document = {"file_id": "named", "file_name": f"{word}.pdf"}
        chat.hand(chat.telegram.message(chat.user, document=document, caption=word))
    chat.say(f"/start {word}")

    for name in place.running.parts:
        log = place.running.log(name)
        assert TOKEN.partition(":")[2] not in log
        assert word not in log
        assert str(chat.user) not in log
    assert "delivery.failed" in place.running.log("gateway")


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """The settings of a server with Telegram, but for what a test changes."""
    known = {**SECRETS, "database_url": f"sqlite:///{tmp_path / 'x.db'}", "telegram_token": TOKEN}
    for name, value in {**known, "telegram_mode": "webhook"}.items():
        monkeypatch.setenv(f"BUYER_PROTECTION_{name.upper()}", str(value))
    return monkeypatch


def test_a_webhook_without_a_secret_does_not_start(environment: pytest.MonkeyPatch) -> None:
    """With the name of the variable."""
    with pytest.raises(SettingsError, match="BUYER_PROTECTION_TELEGRAM_SECRET"):
        create_app(settings())


def test_a_webhook_with_a_short_secret_does_not_start(environment: pytest.MonkeyPatch) -> None:
    """Sixteen characters are the least."""
    environment.setenv("BUYER_PROTECTION_TELEGRAM_SECRET", "short")

    with pytest.raises(SettingsError, match="BUYER_PROTECTION_TELEGRAM_SECRET"):
        create_app(settings())


def test_without_a_token_there_is_no_telegram(environment: pytest.MonkeyPatch) -> None:
    """And it starts without the secret."""
    environment.setenv("BUYER_PROTECTION_TELEGRAM_TOKEN", "")
    from starlette.testclient import TestClient

    answer = TestClient(create_app(settings()), raise_server_exceptions=False).post("/telegram", json={})

    assert answer.status_code == 404
