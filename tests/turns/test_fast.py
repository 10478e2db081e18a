"""What makes Rasa fast changes nothing but the time: with and without it, every conversation is recorded the same."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import re
import secrets
import uuid
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.core.actions.action import RemoteAction
from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.slots import AnySlot, TextSlot
from rasa.shared.core.trackers import DialogueStateTracker

from buyer_protection.settings import home
from tests.conversations.replay import Replay
from tests.conversations.stage import assistant, fresh_database
from tests.conversations.transcript import Transcript, all_transcripts
from turns import fast
from turns.assistant import Assistant
from turns.conversations import Conversations
from turns.fast.copied_trackers import copied
from turns.live_trackers import LiveTrackers

#: How many conversations are played both ways.
SAMPLE = 140
#: What actions say that few conversations lead to.
_SELDOM = (
    "utter_offsite_payment",
    "utter_withdraw_order_or_dispute",
    "utter_helped",
    "utter_handed_back",
    "utter_ask_resume_draft",
    "utter_not_understood",
    "utter_track_order",
    "utter_take_your_time",
    "utter_said_before",
    "utter_meaning_refund_request",
    "utter_long_text_kept",
    "utter_edit_noticed",
    "utter_nothing_to_remind_of",
    "utter_ask_start_over",
    "utter_new_claim",
    "utter_offer_going_on",
)
_REFERENCE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\b")


@pytest.fixture(autouse=True)
def fast_again() -> Iterator[None]:
    """Whatever a test does, the next one finds the replacements in place."""
    yield
    fast.make_fast()


@lru_cache(maxsize=1)
def sample() -> list[Transcript]:
    """Conversations that together reach most responses, and every action: each time the one that adds most."""
    left, reached = all_transcripts(), set[str]()
    chosen = [next(each for each in left if response in each.path) for response in _SELDOM]
    while len(chosen) < SAMPLE:
        best = max(left, key=lambda each: len(set(each.path) - reached))
        chosen.append(best)
        reached |= set(best.path)
    return chosen


async def play(replay: Replay, transcript: Transcript) -> list[dict[str, Any]]:
    """Plays a transcript without looking at the answers; the events that were recorded, but for times."""
    conversations = {replay.conversation: None}
    for turn in transcript.turns:
        await replay.play(turn)
        conversations[replay.conversation] = None
    events = [event for conversation in conversations for event in await replay.assistant.events(conversation)]
    timeless = json.dumps([{**event, "timestamp": 0} for event in events])
    recorded: list[dict[str, Any]] = json.loads(_REFERENCE.sub("REFERENCE", timeless))
    return recorded


@pytest.mark.long
def test_every_conversation_is_recorded_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the replacements and live trackers, and with stock Rasa that reads all for each turn; on every action."""
    monkeypatch.setenv("BUYER_PROTECTION_ENV", "development")
    monkeypatch.setenv("BUYER_PROTECTION_DATABASE_URL", "")
    agent = assistant().agent
    memory = agent.tracker_store

    async def both_ways(transcript: Transcript, folder: Path) -> list[list[dict[str, Any]]]:
        recorded = []
        for is_fast in (True, False):
            own = folder / str(is_fast)
            own.mkdir(parents=True)
            url = fresh_database(own)
            store = Conversations(agent.domain, url=url)
            store.live = LiveTrackers(conversations=2_000 if is_fast else 0)
            agent.tracker_store = agent.processor.tracker_store = store
            fast.make_fast() if is_fast else fast.make_stock()
            ids = itertools.count()
            monkeypatch.setattr(uuid, "uuid4", lambda ids=ids: uuid.UUID(int=next(ids)))
            monkeypatch.setattr(secrets, "token_urlsafe", lambda _, ids=ids: f"file-{next(ids)}")
            replay = Replay(Assistant(agent), url, own, transcript.on, transcript.zone)
            recorded.append(await play(replay, transcript))
        return recorded

    called = set[str]()
    run_action = agent.action_endpoint.executor.run

    async def noting(call: dict[str, Any]) -> Any:
        called.add(call["next_action"])
        return await run_action(call)

    monkeypatch.setattr(agent.action_endpoint.executor, "run", noting)
    loop = asyncio.new_event_loop()
    try:
        for number, transcript in enumerate(sample()):
            with_it, without = loop.run_until_complete(both_ways(transcript, tmp_path / str(number)))
            assert with_it == without, transcript.title
            assert with_it
    finally:
        agent.tracker_store = agent.processor.tracker_store = memory
        loop.close()
    assert set(yaml.safe_load((home() / "domain.yml").read_text(encoding="utf-8"))["actions"]) - called == set()


FORMS = ["box_form", "bag_form"]
SLOTS = [TextSlot("colour", [{}]), AnySlot("size", [{}])]


def any_events(dice: random.Random, count: int) -> list[Event]:
    """Events of every kind in no sensible order: sense is not what the replacements may rely on."""
    makers: list[Any] = [
        lambda: UserUttered("red", {"name": dice.choice("ab")}, message_id=str(dice.random())),
        lambda: ActionExecuted(dice.choice([*FORMS, "action_listen", "action_listen", "action_x"])),
        lambda: ActiveLoop(dice.choice([*FORMS, None])),
        lambda: SlotSet(dice.choice(["colour", "size"]), dice.choice(["red", None, "blue"])),
        lambda: ActionExecutionRejected(dice.choice(FORMS)),
        lambda: BotUttered("hello"),
        lambda: DefinePrevUserUtteredFeaturization(dice.random() < 0.5),
        lambda: LoopInterrupted(dice.random() < 0.5),
    ]
    rare: list[Any] = [Restarted, SessionStarted, UserUtteranceReverted, ActionReverted, AllSlotsReset]
    return [dice.choice(rare if dice.random() < 0.02 else makers)() for _ in range(count)]


def state(tracker: DialogueStateTracker) -> dict[str, Any]:
    """All that a conversation knows but the names of model and assistant."""
    kept = {name: value for name, value in vars(tracker).items() if not name.startswith(("model_", "assistant_", "_a"))}
    slots = {name: (slot.value, slot.has_been_set) for name, slot in tracker.slots.items()}
    return {**kept, "slots": slots, "events": list(tracker.events)}


@pytest.mark.parametrize("seed", range(40))
def test_what_counts_and_copies_are_as_stock_works_them_out(seed: int) -> None:
    """After any events, asked at any moment, also of a conversation that goes on after it was copied."""
    fast.make_stock()
    stock_applied, stock_copy = DialogueStateTracker.applied_events, DialogueStateTracker.copy
    fast.make_fast()
    dice = random.Random(seed)
    tracker = DialogueStateTracker("c", SLOTS)
    for event in any_events(dice, 120):
        tracker.update(event)
        if dice.random() < 0.3:
            assert tracker.applied_events() == stock_applied(tracker)
        if dice.random() < 0.1:
            twin = copied(tracker)
            before = state(tracker)
            assert state(twin) == state(stock_copy(tracker))
            twin.update(SlotSet("colour", "green"))
            twin.update(ActiveLoop("box_form"))
            twin.update(LoopInterrupted(True))
            assert twin.applied_events() == stock_applied(twin)
            assert state(tracker) == before


def test_an_answer_of_an_action_is_refused_as_by_stock() -> None:
    """What is right stays right, what is wrong stays wrong, and with the same words."""
    action = RemoteAction("action_x", None)
    answers: list[Any] = [
        {"events": [], "responses": []},
        {"events": [{"event": "slot", "name": "a", "value": {"b": [1]}}], "responses": [{}]},
        {"events": [{"event": "slot", "name": "a", "value": None, "timestamp": 1.5}]},
        {"events": [{"event": "slot", "name": 1, "value": 1}]},
        {"events": [{"event": "slot"}]},
        {"events": [{"event": "action", "name": "a", "policy": None}]},
        {"events": [{"event": "no such kind"}]},
        {"events": [{"event": 1}]},
        {"events": [{}]},
        {"events": "none"},
        {"responses": [1]},
        {"responses": {}},
        [],
        "all is well",
    ]

    def refusals() -> list[str]:
        found = []
        for each in answers:
            try:
                found.append(str(action._validate_action_result(each)))
            except Exception as error:
                found.append(f"{type(error).__name__}: {getattr(error, 'message', error)}".partition(". Failed")[0])
        return found

    fast.make_stock()
    stock = refusals()
    fast.make_fast()

    assert refusals() == stock
    assert {"True"} < set(stock)


def test_one_setting_takes_all_of_it_out() -> None:
    """And puts it in again: afterwards nothing of ours is left in Rasa's classes."""
    fast.make_fast()
    replaced = [(owner, name) for owner, name, _ in fast._replaced]
    ours = [getattr(owner, name) for owner, name in replaced]
    assert len(ours) > 10

    fast.make_stock()

    assert not fast.is_fast()
    assert not any(getattr(owner, name) is mine for (owner, name), mine in zip(replaced, ours, strict=True))
    assert fast.make_fast()
    assert fast.is_fast()


def test_another_version_of_rasa_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The replacements know the code that they replace."""
    fast.make_stock()
    monkeypatch.setattr(fast, "version", lambda _: "3.7.0")

    assert not fast.make_fast()
    assert not fast.is_fast()


def test_rules_are_found_as_stock_finds_them() -> None:
    """Whatever the conversation stands at: each rule's own end, and ends that no rule has."""
    policy = next(
        node._component
        for node in assistant().agent.processor.graph_runner._instantiated_nodes.values()
        if isinstance(node._component, RulePolicy)
    )
    dice = random.Random(5)
    lookups = [policy.lookup[name] for name in (RULES, RULES_FOR_LOOP_UNHAPPY_PATH)]
    every = [json.loads(key) for lookup in lookups for key in lookup]

    def varied(states: list[Any]) -> list[Any]:
        return [
            {part: values for part, values in state.items() if dice.random() < 0.95}
            for state in (dice.choice(every)[-1:] if dice.random() < 0.3 else []) + states
        ]

    cases = [varied(states) for states in every * 3] + [[{}], [{"user": {"text": "a"}}]]

    def found() -> list[set[str]]:
        return [policy._get_possible_keys(lookup, states) for states in cases for lookup in lookups]

    fast.make_stock()
    stock = found()
    fast.make_fast()

    assert found() == stock
    assert sum(map(bool, stock)) > 100
