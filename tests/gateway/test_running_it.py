"""For who runs the gateway: whether it is ready, numbers on a private port, and logs that hold nothing of a message."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from buyer_protection.disputes.database import connect
from gateway.conversations import conversation_of
from gateway.tables import inbox
from tests.gateway.served import Page, Served
from tests.timing import is_answered_within

pytestmark = pytest.mark.xdist_group("gateway")

CANARY = "xylophonequartz"


def ready(running: Served) -> httpx.Response:
    """What `/ready` says."""
    return httpx.get(f"{running.url}/ready", timeout=10, trust_env=False, verify=False)


def test_it_is_ready_when_all_parts_are(running: Served) -> None:
    """And alive all the time."""
    assert ready(running).json() == {"ready": True, "cut": []}
    assert httpx.get(f"{running.url}/live", trust_env=False, verify=False).json() == {"status": "ok"}


def test_what_is_cut_off_is_named_within_two_seconds(running: Served) -> None:
    """503, and `/live` stays well."""
    with running.stands_still("rasa"):
        answers: list[httpx.Response] = []
        is_in_time = is_answered_within(2, lambda: answers.append(ready(running)))
        alive = httpx.get(f"{running.url}/live", trust_env=False, verify=False)

    assert {answer.status_code for answer in answers} == {503}
    assert {"ready": False, "cut": ["rasa"]} in [answer.json() for answer in answers]
    assert is_in_time
    assert alive.status_code == 200


def test_messages_and_turns_are_counted_on_the_private_port(running: Served, page: Page) -> None:
    """As Prometheus reads them; the open port tells nothing."""
    before = _number(running, 'messages_total{channel="widget",kind="text"}')
    page.say("hello")

    assert _number(running, 'messages_total{channel="widget",kind="text"}') == before + 1
    assert _number(running, "waiting_messages") == 0
    assert httpx.get(f"{running.url}/metrics", trust_env=False, verify=False).status_code == 404


def test_nothing_of_a_message_is_in_a_log(running: Served, page: Page) -> None:
    """Of any process, at the level of most words."""
    page.say(f"hello {CANARY}")
    page.say(f"my lamp {CANARY} came broken")
    page.say(CANARY * 500)
    page.post({"id": f"{CANARY}!", "text": CANARY})
    page.post([CANARY])
    httpx.get(
        f"{running.url}/{CANARY}?{CANARY}={CANARY}", headers={"Authorization": CANARY}, trust_env=False, verify=False
    )

    for name in running.parts:
        assert CANARY not in running.log(name)
        assert page.buyer not in running.log(name)


def test_what_rasa_and_the_actions_log_of_a_message_names_its_trace(running: Served, page: Page) -> None:
    """The one that the gateway gave it, in lines of Rasa's own too."""
    page.say("my lamp came broken")

    engine = connect(running.database_url)
    with engine.connect() as connection:
        query = sa.select(inbox.c.trace, inbox.c.id).where(inbox.c.conversation == conversation_of(page.buyer))
        trace, number = connection.execute(query).one()
    engine.dispose()
    lines = [line for line in running.log("rasa").splitlines() if line.endswith(f" trace={trace} turn=m{number}")]
    assert any(" rasa.core.processor:" in line for line in lines)
    assert any(" rasa_sdk.executor:" in line for line in lines)


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[Served]:
    """A gateway that lets each buyer send three messages a minute."""
    from tests.disputes.databases import migrated_database
    from tests.gateway.served import served

    with (
        pytest.MonkeyPatch.context() as patch,
        migrated_database("sqlite", tmp_path) as url,
        served(tmp_path, url, patch, rate_limits="3 per minute") as started,
    ):
        yield started


def test_who_sends_too_much_is_told_how_long_to_wait(limited: Served) -> None:
    """Others are not affected."""
    page, other = limited.page(), limited.page()
    for _ in range(3):
        page.say("hello")
    refused = page.post({"id": "more", "text": "hello"})

    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["Retry-After"] in refused.json()["error"]["message"]
    assert other.say("hello")


def _number(running: Served, name: str) -> float:
    lines = httpx.get(f"{running.metrics_url}/metrics", trust_env=False, verify=False).text.splitlines()
    return next((float(line.rpartition(" ")[2]) for line in lines if line.startswith(name + " ")), 0.0)
