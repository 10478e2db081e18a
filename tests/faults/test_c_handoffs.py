"""C-03 with a person: staff take, answer and hand back, and whoever is killed meanwhile, all is said, and once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timezone
from typing import Any, Final

import httpx
import pytest

from buyer_protection.disputes import Handoff, connect, handoff_events_of, handoff_of
from buyer_protection.disputes.staff_conversations import answer, hand_back, take
from tests.faults.buyers import Buyer
from tests.faults.places import IS_LONG, KINDS, Place, grouped

HERE: Final = "Somebody from support staff is here now"
RECEIPT: Final = "Your message is with support staff."
SAID: Final = "We have asked the carrier, please give us until Friday."
BACK: Final = "Support staff have given this chat back to me."
WRITTEN: Final = ("are you there?", "the parcel was a present")

TAKES, WRITES, ANSWERS, HANDS_BACK = DOINGS = ("takes", "writes", "answers", "hands back")
#: What is done, and the step at which a process is killed by it.
STEPS: Final = (
    (TAKES, "staff.before_commit"),
    (TAKES, "staff.told"),
    (WRITES, "gateway.inbox_committed"),
    (WRITES, "gateway.before_outbox_commit"),
    (WRITES, "gateway.outbox_committed"),
    (ANSWERS, "staff.before_commit"),
    (ANSWERS, "staff.told"),
    (HANDS_BACK, "staff.before_commit"),
    (HANDS_BACK, "staff.told"),
    (HANDS_BACK, "rasa.before_action"),
    (HANDS_BACK, "actions.done"),
    (HANDS_BACK, "rasa.committed"),
    (HANDS_BACK, "gateway.outbox_committed"),
)
TOLD_WITHIN: Final = 120.0


def steps_on(kind: str) -> tuple[tuple[str, str], ...]:
    """In the short form each on one of the two databases."""
    return STEPS if IS_LONG else STEPS[kind.startswith("sqlite") :: 2]


class Desk:
    """Somebody of the staff, and the buyer who asked for them in the middle of a claim."""

    def __init__(self, place: Place) -> None:
        self.buyer: Final[Buyer] = place.buyer()
        self.buyer.claim(2)
        self.open_slot = self.buyer.heard[-1]["custom"]["slot"]
        self.buyer.say("I want to talk to a person")
        self.engine = connect(place.stage.url)
        handoff = handoff_of(self.engine, buyer_id=self.buyer.id)
        assert handoff is not None
        self.reference = handoff.reference

    def do(self, doing: str) -> None:
        """Does it, and waits until it was told."""
        {TAKES: self._take, WRITES: self._write, ANSWERS: self._answer, HANDS_BACK: self._hand_back}[doing]()

    def heard(self) -> list[dict[str, Any]]:
        """All that was said to the buyer."""
        return [message for message in self.buyer.read_all() if message["from"] != "buyer"]

    def times(self, words: str) -> int:
        """How often something was said."""
        return sum(words in message["text"] for message in self.heard())

    def _take(self) -> None:
        assert isinstance(take(self.engine, **self._common()), Handoff)
        self._wait_for(lambda: self.times(HERE) > 0)

    def _write(self) -> None:
        for text in WRITTEN:
            self.buyer.say(text)

    def _answer(self) -> None:
        assert isinstance(answer(self.engine, text=SAID, **self._common()), Handoff)
        self._wait_for(lambda: self.times(SAID) > 0)

    def _hand_back(self) -> None:
        assert isinstance(hand_back(self.engine, **self._common()), Handoff)
        self._wait_for(lambda: self.times(BACK) > 0)

    def _common(self) -> dict[str, Any]:
        return {"reference": self.reference, "actor": "ann", "now": datetime.now(timezone.utc)}

    def _wait_for(self, is_told: Callable[[], bool]) -> None:
        end = time.monotonic() + TOLD_WITHIN
        while time.monotonic() < end:
            with suppress(httpx.HTTPError):  # the gateway is being started again
                if is_told():
                    return
            time.sleep(0.2)
        raise AssertionError("the buyer was not told")


@contextmanager
def killing(place: Place, step: str) -> Iterator[None]:
    """Inside, the process that goes through a step is killed there; afterwards it was, and is there again."""
    name = place.process_of(step)
    place.stage.arm(name, step)
    starts = place.stage.processes[name].starts
    yield
    end = time.monotonic() + 30
    while place.stage.processes[name].starts == starts:
        assert time.monotonic() < end, f"{name} never came to {step}"
        time.sleep(0.05)
    place.stage.wait_until_ready()


@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("place", "doing", "step"),
    [grouped(kind, doing, step) for kind in KINDS for doing, step in steps_on(kind)],
    indirect=["place"],
    scope="session",
)
def test_c03_whoever_is_killed_while_a_person_has_the_conversation_says_each_thing_once(
    place: Place, doing: str, step: str
) -> None:
    """What the buyer wrote is with staff, what staff did is told, and the open question is there again."""
    desk = Desk(place)
    for each in DOINGS:
        if each == doing:
            with killing(place, step):
                desk.do(each)
        else:
            desk.do(each)

    place.settle()

    assert {words: desk.times(words) for words in (HERE, RECEIPT, SAID, BACK)} == dict.fromkeys(
        (HERE, RECEIPT, SAID, BACK), 1
    )
    assert desk.heard()[-1]["custom"]["slot"] == desk.open_slot
    kinds = [event.kind for event in handoff_events_of(desk.engine, reference=desk.reference)]
    assert kinds.count("wrote") == len(WRITTEN)
    assert (kinds.count("answered"), kinds.count("handed_back")) == (1, 1)
    desk.engine.dispose()
