"""Whatever part fails, and however: one honest line, nothing of the turn remembered, and the same again succeeds."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest
import yaml
from rasa.utils.endpoints import ClientResponseError

from actions.wiring import engine
from buyer_protection.disputes import database, transactions
from buyer_protection.settings import home
from tests.conversations.replay import Replay
from tests.conversations.scenes import ANSWERS, finish, open_question
from tests.conversations.stage import assistant
from turns.actions_in_process import ActionsInProcess
from turns.actions_over_http import checked
from turns.assistant import Assistant
from turns.conversations import Conversations
from turns.turn import Turn

Begin = Callable[[str], Replay]
Run = Callable[[Any], Any]
Message = dict[str, str]

FAILED: Final = ["utter_turn_failed"]
TABLES: Final = ("claims", "disputes", "dispute_events", "handoffs", "claim_notes", "verified_facts", "evidence")
#: What differs between two runs that did the same.
_NAMES: Final = {"id", "reference", "claim_id", "turn_id", "submitted_as", "helped_asked_in"}


async def _refused() -> Any:
    raise aiohttp.ClientConnectionError("refused")


async def _error() -> Any:
    raise ClientResponseError(500, "internal", "{}")


async def _slow() -> Any:
    await asyncio.wait_for(asyncio.sleep(60), 0.01)


async def _bad_json() -> Any:
    return checked(json.loads("{"))


async def _empty() -> Any:
    return checked({})


async def _another_shape() -> Any:
    return checked({"events": [{"event": 1}], "responses": "none"})


async def _no_such_words() -> Any:
    return checked({"events": [], "responses": [{"response": "utter_no_such_words"}]})


WAYS: Final[dict[str, Callable[[], Awaitable[Any]]]] = {
    "refused": _refused,
    "500": _error,
    "slow": _slow,
    "bad JSON": _bad_json,
    "an empty object": _empty,
    "another shape": _another_shape,
    "words that are not there": _no_such_words,
}


class Breaking(ActionsInProcess):
    """The real actions behind an endpoint of which one call can be made to fail, before the work or after it.

    `break_action` names the action whose next call fails, `break_call` counts the calls from now on.
    """

    def __init__(self) -> None:
        super().__init__(executor=assistant().agent.action_endpoint.executor)
        self.called: list[str] = []
        self._fails: Callable[[str], bool] = lambda _: False
        self._way: Callable[[], Awaitable[Any]] = _refused
        self._is_done = False

    def break_action(self, action: str, way: str, *, after: bool = False) -> None:
        """The next call of this action fails in this way; `after` its work was done and committed."""
        self.called = []
        self._fails, self._way, self._is_done = lambda name: name == action, WAYS[way], after

    def break_call(self, number: int, way: str, *, after: bool = False) -> None:
        """Of the calls from now on this one fails, counted from nought."""
        self.called = []
        self._fails, self._way, self._is_done = lambda _: len(self.called) == number + 1, WAYS[way], after

    def mend(self) -> None:
        """Nothing fails from now on."""
        self.called = []
        self._fails = lambda _: False

    async def request(self, method: str = "post", subpath: str | None = None, **kwargs: Any) -> Any:
        """The answer of an action, unless its call is the one to fail."""
        self.called.append(kwargs["json"]["next_action"])
        if not self._fails(self.called[-1]):
            return await super().request(method, subpath, **kwargs)
        if self._is_done:
            await super().request(method, subpath, **kwargs)
        self._fails = lambda _: False
        return await self._way()


@pytest.fixture
def actions(monkeypatch: pytest.MonkeyPatch) -> Breaking:
    """The actions of the assistant, breakable."""
    breaking = Breaking()
    monkeypatch.setattr(assistant().agent.processor, "action_endpoint", breaking)
    return breaking


async def send(replay: Replay, turn_id: str, message: Message) -> list[str]:
    """A message with an id of our own, so that it can be sent again; the names of what was said."""
    vouched = {"buyer_id": replay.buyer, "channel": "test", "time_zone": "UTC", "at": replay.now.isoformat()}
    turn = Turn(id=turn_id, conversation=replay.conversation, metadata=vouched, **message)
    replay.replies = await replay.assistant.handle(turn)
    return [reply["response"] for reply in replay.replies]


def new_id() -> str:
    """The id of a message."""
    return f"m-{uuid.uuid4().hex}"


def rows(replay: Replay) -> dict[str, list[dict[str, Any]]]:
    """What every table says, without the names that are new in each run."""
    return {
        table: [{name: value for name, value in row.items() if name not in _NAMES} for row in replay.rows(table)]
        for table in TABLES
    }


def as_opened(said: list[str]) -> list[str]:
    """What is there already, because the answer was lost, is told in words of its own."""
    first = {
        "utter_dispute_already_open": "utter_dispute_opened",
        "utter_person_called_before": "utter_person_called",
    }
    return [first.get(name, name) for name in said]


def text(words: str) -> Message:
    """A typed message."""
    return {"text": words}


def press(payload: str) -> Message:
    """A pressed button."""
    return {"payload": payload}


_ALL_AT_ONCE: Final = (
    "My parcel never came. I paid through escrow, it is still in transit, and I asked the seller for a refund on "
    "1 March 2024 but he does not answer."
)


def place_held_files(replay: Replay) -> Message:
    """The button that puts the files which are held to the kept claim."""
    held = [row["evidence_id"] for row in replay.rows("evidence")]
    payload = {"claim_reference": replay.rows("claims")[-1]["reference"], "evidence_ids": held}
    return press(f"/place_files{json.dumps(payload)}")


#: For each action a place where it is called (a scene, or one of `AFTER`), and the message that does it.
PLACES: Final[dict[str, tuple[str, str, Message | Callable[[Replay], Message]]]] = {
    "the start of the session": ("action_session_start", "nothing", text("hello")),
    "the start of a claim": ("action_start_claim", "nothing", text("my parcel never came, please help")),
    "the start of the form": ("validate_claim_form", "nothing", text("my parcel never came, please help")),
    "a first message that tells it all": ("validate_claim_form", "nothing", text(_ALL_AT_ONCE)),
    "a first message that tells no kind": (
        "validate_claim_form",
        "nothing",
        text("I want my money back, I paid in cash"),
    ),
    "an answer": ("validate_claim_form", "paid_through_escrow", press('/inform{"paid_through_escrow": true}')),
    "an answer in own words": ("validate_claim_form", "statement", text("it was never brought to my door at all")),
    "the question for the request": (
        "action_ask_refund_requested_on",
        "refund_requested",
        press('/inform{"refund_requested": true}'),
    ),
    "the question for the last day": (
        "action_ask_delivery_due_on",
        "supplier_response",
        press('/inform{"supplier_response": "none"}'),
    ),
    "the question for evidence": (
        "action_ask_evidence",
        "receipt_slip_signed",
        press('/inform{"receipt_slip_signed": true}'),
    ),
    "the offer of a kept claim": ("action_ask_resume_draft", "again", text("my parcel never came, please help")),
    "the offer of files": ("action_ask_use_held_evidence", "use_held_evidence", press("/repeat_question")),
    "the summary": ("action_ask_consent", "wish", press('/inform{"wish": "A full refund"}')),
    "the assessment": ("action_give_assessment", "refund_requested", press('/inform{"refund_requested": false}')),
    "the opening": ("action_open_dispute", "consent", text("yes")),
    "going on": ("action_resume_claim", "again", press("/resume_claim")),
    "a correction of a kept claim": ("action_correct_claim", "again", text("change the date")),
    "which fact is to be changed": ("action_ask_correcting", "carrier_status", text("I want to change something")),
    "the way of paying, anew": (
        "action_ask_payment_method",
        "carrier_status",
        press('/change_answer{"correct": "payment_method"}'),
    ),
    "stopping": ("action_stop_claim", "carrier_status", press("/stop")),
    "a question about the policy": ("action_answer_policy", "carrier_status", press("/ask_policy")),
    "where a parcel is": ("action_answer_tracking", "carrier_status", press("/track_order")),
    "another language": ("action_answer_other_language", "carrier_status", press("/other_language")),
    "a question why": ("action_explain_question", "carrier_status", press("/ask_why")),
    "the status": ("action_tell_status", "carrier_status", press("/check_dispute_status")),
    "a withdrawal": ("action_answer_withdrawal", "carrier_status", press("/withdraw_dispute")),
    "payment elsewhere": ("action_report_offsite_payment", "carrier_status", press("/report_offsite_payment")),
    "where evidence goes": ("action_explain_evidence", "carrier_status", press("/hand_in_evidence")),
    "a person": ("action_call_person", "carrier_status", press("/request_human")),
    "a greeting": ("action_greet", "carrier_status", press("/greet")),
    "what is not understood": ("action_clarify", "nothing", press("/nlu_fallback")),
    "an old button": ("action_repeat_question", "carrier_status", press("/repeat_question")),
    "a long text": ("action_keep_long_text", "carrier_status", press("/write_at_length")),
    "files": ("action_keep_files", "carrier_status", press("/send_file")),
    "a changed message": ("action_notice_edit", "carrier_status", press("/edit_message")),
    "what a word means": ("action_explain_meaning", "carrier_status", text("what is escrow?")),
    "say that again": ("action_say_again", "carrier_status", text("say that again")),
    "what was noted": ("action_tell_noted", "carrier_status", text("what have you noted so far?")),
    "one moment": ("action_hold_on", "carrier_status", text("one moment please")),
    "small talk": ("action_small_talk", "carrier_status", text("how are you?")),
    "anger": ("action_answer_anger", "carrier_status", text("this is ridiculous")),
    "a noun alone": ("action_ask_subject", "nothing", text("refund")),
    "a no to nothing": ("action_answer_no", "nothing", press("/deny")),
    "something else": ("action_answer_out_of_scope", "nothing", press("/out_of_scope")),
    "the question for the order": ("action_ask_order_id", "delivery_due_on", press("/say_unknown")),
    "whether to start over": ("action_ask_start_over", "carrier_status", text("start over")),
    "starting over": ("action_start_over", "nothing", press("/start_over")),
    "a question asked too often": ("action_ask_way_on", "asked three times", text("zzz zzz zzz")),
    "back from a person": ("action_go_on_after_person", "carrier_status", press("/hand_back")),
    "whether it helped": ("action_keep_feedback", "opened", press("/say_helped")),
    "leaving a claim": ("action_leave_claim", "another claim", press("/withdraw_dispute")),
    "what files are for": ("action_place_files", "use_held_evidence", place_held_files),
    "no reminder": ("action_set_reminder", "carrier_status", text("please do not remind me")),
}
#: Places that are no scene: the scene that they begin from, and what the buyer writes there.
AFTER: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "opened": ("consent", ("yes",)),
    "another claim": ("consent", ("yes", "my lamp came broken")),
    "asked three times": ("carrier_status", ("qqq qqq qqq", "zzz qqq zzz")),
}
#: Kept by the gateway, which tries again under the same id: another id is another one.
_SENT_AGAIN_IS_ANOTHER: Final = {"files", "a changed message"}


async def at(begin: Begin, place: str) -> tuple[Replay, Message]:
    """A conversation at a place, and the message that is sent there.

    `again` is a new conversation of a buyer with a kept claim.
    """
    _, scene, message = PLACES[place]
    scene, said = AFTER.get(scene, (scene, ()))
    replay = begin("order_id" if scene == "again" else scene)
    if scene == "again":
        replay.conversation = f"c-{uuid.uuid4().hex}"
    for words in said:
        await replay.type(words)
    return replay, message(replay) if callable(message) else message


_CASES: Final = [
    pytest.param(
        place,
        says_it_anew,
        id=f"{place}, {'a new id' if says_it_anew else 'the same id'}",
    )
    for place in PLACES
    for says_it_anew in (False, True)
    if not (says_it_anew and place in _SENT_AGAIN_IS_ANOTHER)
]


@pytest.mark.parametrize(("place", "says_it_anew"), _CASES)
def test_an_action_that_fails_in_any_way_costs_nothing_but_the_turn(
    begin: Begin, run: Run, actions: Breaking, place: str, says_it_anew: bool
) -> None:
    """Each way, before and after its work, one after the other; then the same message does what it would have done."""
    action = PLACES[place][0]

    async def undisturbed() -> tuple[list[str], dict[str, Any]]:
        replay, message = await at(begin, place)
        said = await send(replay, new_id(), message)
        return said, rows(replay)

    async def play() -> None:
        actions.mend()
        expected, done = await undisturbed()
        assert action in actions.called, f"{actions.called}, {expected}"
        replay, message = await at(begin, place)
        events, slots, before = (
            await replay.assistant.events(replay.conversation),
            await replay.assistant.slots(replay.conversation),
            rows(replay),
        )
        turn_id = new_id()
        for after in (False, True):
            for way in WAYS if not after else ["slow"]:
                actions.break_action(action, way, after=after)
                turn_id = new_id() if says_it_anew else turn_id
                assert await send(replay, turn_id, message) == FAILED, way
                assert await replay.assistant.events(replay.conversation) == events, way
                assert await replay.assistant.slots(replay.conversation) == slots, way
                for table, kept in rows(replay).items():
                    assert kept in (before[table], done[table]), (way, table)
                assert after or rows(replay)["disputes"] == before["disputes"]
        actions.mend()
        said = await send(replay, new_id() if says_it_anew else turn_id, message)
        assert as_opened(said) == expected
        assert rows(replay) == done

    run(play())


def test_every_action_has_its_turn_to_fail() -> None:
    """Each custom action of the domain is at one of the places."""
    domain = yaml.safe_load((home() / "domain.yml").read_text(encoding="utf-8"))

    assert {action for action, _, _ in PLACES.values()} == set(domain["actions"])


#: A conversation from the first message to the dispute, with a person called and something that the policy is silent
#: about on the way.
_STORY: Final[tuple[Message, ...]] = (
    text("my parcel never came, please help"),
    press('/inform{"paid_through_escrow": true}'),
    text("talk to a person"),
    press('/inform{"carrier_status": "in_transit"}'),
    press("/report_offsite_payment"),
    press('/inform{"refund_requested": true}'),
    text("I asked on 1 March"),
    press('/inform{"supplier_response": "none"}'),
    press("/say_unknown"),
    text("Order 8012345678"),
    press('/inform{"item": ""}'),
    press('/inform{"wish": "A full refund"}'),
    text("yes"),
)


@pytest.mark.parametrize("says_it_anew", [False, True], ids=["the same id", "a new id"])
def test_every_call_of_a_conversation_may_fail_and_all_is_written_once(
    begin: Begin, run: Run, actions: Breaking, says_it_anew: bool
) -> None:
    """Each call of each turn fails before its work, and then after it, and the buyer says the same again each time."""

    async def play() -> tuple[Replay, int]:
        replay, failures = begin("nothing"), 0
        for message in _STORY:
            turn_id, number, after = new_id(), 0, False
            while True:
                actions.break_call(number, "refused", after=after)
                turn_id = new_id() if says_it_anew else turn_id
                said = await send(replay, turn_id, message)
                if said != FAILED:
                    break
                failures += 1
                number, after = (number + 1, False) if after else (number, True)
        assert as_opened(said) == ["utter_dispute_opened"]
        return replay, failures

    replay, failures = run(play())

    assert failures > 40
    written = rows(replay)
    assert [len(written[table]) for table in ("claims", "disputes", "handoffs")] == [1, 1, 1]
    assert [event["kind"] for event in written["dispute_events"]] == ["opened"]
    assert written["verified_facts"] == written["evidence"] == []
    assert len(written["claim_notes"]) == 1


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a database in a test."""
    monkeypatch.setattr(database, "BUSY_MILLISECONDS", 20)
    monkeypatch.setattr(transactions, "PATIENCE_SECONDS", 0.1)


def lock(path: Path) -> Callable[[], None]:
    """Another process keeps the database to itself."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    return other.close


def take_away(path: Path) -> Callable[[], None]:
    """The database's file is gone, and something that is no database is in its place."""
    engine().dispose()
    away = path.with_suffix(".away")
    path.rename(away)
    path.mkdir()

    def bring_back() -> None:
        engine().dispose()
        path.rmdir()
        away.rename(path)

    return bring_back


@pytest.mark.parametrize("trouble", [lock, take_away])
@pytest.mark.parametrize("place", ["an answer", "an answer in own words", "the summary", "the opening", "a person"])
def test_a_database_that_is_not_there_for_one_turn_costs_nothing_but_the_turn(
    begin: Begin, run: Run, impatient: None, place: str, trouble: Callable[[Path], Callable[[], None]]
) -> None:
    """Locked or gone: the turn fails honestly; once it is back, the same message does its work once."""

    async def play() -> None:
        replay, message = await at(begin, place)
        before, events = rows(replay), await replay.assistant.events(replay.conversation)
        replay.engine.dispose()
        turn_id = new_id()

        over = trouble(replay.folder / "conversation.db")
        said = await send(replay, turn_id, message)
        over()

        assert said == FAILED
        assert await replay.assistant.events(replay.conversation) == events
        assert rows(replay) == before
        assert await send(replay, turn_id, message) != FAILED
        if place == "a person":
            assert len(replay.rows("handoffs")) == 1
        assert (await finish(replay))["status"] == "opened"
        assert len(replay.rows("claims")) == len(replay.rows("disputes")) == 1

    run(play())


@pytest.mark.parametrize("says_it_anew", [False, True], ids=["the same id", "a new id"])
def test_a_dispute_whose_conversation_could_not_be_saved_is_opened_once(
    begin: Begin, run: Run, impatient: None, says_it_anew: bool
) -> None:
    """The record is committed, and then the database is locked: the buyer says yes again and hears the reference."""

    async def play() -> None:
        replay = begin("nothing")
        held = assistant().agent
        replay.assistant = Assistant(held)
        path = replay.folder / "conversation.db"
        store, memory = Conversations(held.domain, url=os.environ["BUYER_PROTECTION_DATABASE_URL"]), held.tracker_store
        held.tracker_store = held.processor.tracker_store = store
        endpoint = held.processor.action_endpoint
        try:
            await send(replay, new_id(), text("my parcel never came, please help"))
            while (slot := await open_question(replay)) != "consent":
                await ANSWERS[str(slot)](replay)
            turn_id = new_id()
            locking = LockingAfter("action_open_dispute", path)
            held.processor.action_endpoint = locking
            assert await send(replay, turn_id, text("yes")) == FAILED
            locking.unlock()
            held.processor.action_endpoint = endpoint
            [opened] = replay.rows("disputes")
            assert await open_question(replay) == "consent"

            said = await send(replay, new_id() if says_it_anew else turn_id, text("yes"))

            assert said == ["utter_dispute_already_open"]
            assert replay.replies[0]["custom"]["reference"] == opened["reference"]
            assert replay.rows("disputes") == [opened]
        finally:
            held.tracker_store = held.processor.tracker_store = memory
            held.processor.action_endpoint = endpoint

    run(play())


class LockingAfter(ActionsInProcess):
    """The real actions; after one of them has done its work, the database is locked."""

    def __init__(self, action: str, path: Path) -> None:
        super().__init__(executor=assistant().agent.action_endpoint.executor)
        self._action, self._path = action, path
        self.unlock: Callable[[], None] = lambda: None

    async def request(self, method: str = "post", subpath: str | None = None, **kwargs: Any) -> Any:
        """The answer of the action."""
        answer = await super().request(method, subpath, **kwargs)
        if kwargs["json"]["next_action"] == self._action:
            self.unlock = lock(self._path)
        return answer
