"""C-01, C-03, C-11: whoever is killed, wherever in a turn: nothing is lost, nothing doubled, nothing claimed."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.places import IS_LONG, KINDS, Place, grouped, on

GATEWAY = (
    "gateway.before_inbox_commit",
    "gateway.inbox_committed",
    "gateway.before_turn",
    "gateway.after_turn",
    "gateway.before_outbox_commit",
    "gateway.outbox_committed",
    "gateway.before_reply",
)
RASA = (
    "rasa.turn_taken",
    "rasa.state_loaded",
    "rasa.understood",
    "rasa.before_action",
    "rasa.after_action",
    "rasa.before_commit",
    "rasa.committed",
)
ACTIONS = ("actions.started", "disputes.before_commit", "disputes.committed", "actions.done")
STEPS = (*GATEWAY, *RASA, *ACTIONS)
#: The long form also lets each step fail in the other ways.
WAYS = ("kill", "term", "raise", "stall") if IS_LONG else ("kill",)
#: Together on the two kinds of places of the short form.
RANDOM_KILLS = 200 if IS_LONG else 10
#: Rasa takes seconds to start; killed as often as the others, it would never be there.
WEIGHTS = {"gateway": 3, "actions": 3, "rasa": 1}


def next_in_row(place: Place, step: str, way: str) -> str:
    """The failpoint of the next test in the same process; nothing after the last."""
    steps = [each for each in steps_on(place.kind) if place.process_of(each) == place.process_of(step)]
    later = steps[steps.index(step) + 1 :]
    return f"{later[0]}:{way}" if later else ""


def steps_on(kind: str) -> list[str]:
    """On SQLite each step; on PostgreSQL a third of them, in the short form."""
    return list(STEPS) if IS_LONG or kind.startswith("sqlite") else list(STEPS[1::3])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("place", "step"),
    [grouped(kind, step) for kind in KINDS for step in steps_on(kind)],
    indirect=["place"],
    scope="session",
)
def test_c03_whatever_fails_at_any_step_of_a_turn_the_dispute_is_opened_once(place: Place, step: str, way: str) -> None:
    """The buyer's page tries again, and hears of one dispute; the step is shown to have been hit."""
    name = place.process_of(step)
    process = place.stage.processes[name]
    buyer = place.waiting_for_yes(len(STEPS) * len(WAYS))
    place.stage.arm(name, step, way)
    # Who is started again after the kill is armed for the next test, which saves one start for each.
    process.next_failpoint = next_in_row(place, step, way)

    buyer.press("Yes, open it")

    assert process.has_hit(step)
    assert buyer.reference()
    kept = place.settle()
    assert [row["reference"] for row in kept.disputes if row["buyer_id"] == buyer.id] == [buyer.reference()]


@pytest.mark.timeout(3600 if IS_LONG else 400)
def test_c03_random_kills_lose_nothing_and_double_nothing(place: Place) -> None:
    """Processes are killed at any instant while buyers make claims."""
    generator = random.Random(20240312)
    is_over = threading.Event()

    def make_claims() -> int:
        count = 0
        while not is_over.is_set():
            buyer = place.buyer()
            buyer.patience = 300
            buyer.claim()
            assert buyer.reference()
            count += 1
        return count

    names = list(place.stage.processes)
    weights = [WEIGHTS[name] for name in names]
    with ThreadPoolExecutor(3) as buyers:
        claims = [buyers.submit(make_claims) for _ in range(3)]
        try:
            for _ in range(RANDOM_KILLS):
                time.sleep(generator.uniform(0.0, 1.5))
                (name,) = generator.choices(names, weights)
                place.stage.restart(name)
                if name != "gateway":
                    place.stage.wait_until_ready()
        finally:
            is_over.set()
        opened = sum(claim.result() for claim in claims)

    kept = place.settle()
    assert opened >= 3
    assert len({row["buyer_id"] for row in kept.disputes}) >= opened


@on("sqlite+http", "postgresql+http")
def test_c01_without_the_action_server_nothing_is_claimed_and_the_answer_comes_later(place: Place) -> None:
    """The buyer hears that it waits, nothing is opened, and once the server is back the dispute is there."""
    buyer = place.at_consent()
    yes = {"payload": buyer.button("Yes, open it"), "id": "yes"}
    with place.stage.held_down("actions"):
        answer = buyer.post(yes)
        assert answer is not None
        assert answer.status_code == 202
        said = answer.json()["messages"]
        assert [each["custom"]["kind"] for each in said] == ["failure"]
        assert not [row for row in place.kept().disputes if row["buyer_id"] == buyer.id]
        assert place.stage.ready() == (503, ["actions"])

    buyer.send(yes)

    assert buyer.reference()
    place.settle()
