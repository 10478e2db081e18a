"""Facts as entities of a message: put there by the writer's day, and without any power."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa_sdk import Tracker

from actions.turn import Turn
from language.entities import ROLES
from language.fact_extractor import EXTRACTOR, FactExtractor, day_of, made_of

ROOT = Path(__file__).resolve().parents[2]


def entities_of(text: str, metadata: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    message = Message({"text": text, **({"metadata": metadata} if metadata else {})})
    FactExtractor(FactExtractor.get_default_config()).process([message])
    return message.get("entities") or []


def test_a_message_carries_its_facts_with_role_value_place_and_denial() -> None:
    text = "it arrived on 3 March and is not broken"
    day, problem = entities_of(text, {"at": "2024-03-12T10:00:00+00:00"})

    assert (day["entity"], day["role"]) == ("date", "delivered")
    assert (day["value"], day["denied"], day["extractor"]) == (["2024-03-03"], False, EXTRACTOR)
    assert (problem["entity"], problem["value"], problem["denied"]) == ("problem", "broken", True)
    assert text[problem["start"] : problem["end"]] == "not broken"
    assert json.loads(json.dumps([day, problem])) == [day, problem]


def test_yesterday_is_the_day_before_the_one_in_the_writers_zone() -> None:
    metadata = {"at": "2024-03-12T23:30:00+00:00", "time_zone": "Asia/Tokyo"}

    assert entities_of("I asked for a refund yesterday", metadata)[0]["value"] == ["2024-03-12"]


@pytest.mark.parametrize(
    "metadata", [None, {}, {"at": "soon"}, {"at": 5}, {"time_zone": "Mars/Base"}, "x", {"at": "9"}]
)
def test_without_a_day_that_is_vouched_for_the_real_clock_counts(metadata: Any) -> None:
    assert abs((day_of(metadata) - datetime.now(timezone.utc).date()).days) <= 1


def test_the_day_is_that_of_the_instant() -> None:
    assert day_of({"at": "2024-03-12T10:00:00Z"}) == date(2024, 3, 12)


@pytest.mark.parametrize(
    "text", ['/inform{"payment_method": "paypal"}', "  /affirm paid $5 by paypal", "", " ", "\x00"]
)
def test_nothing_is_read_in_an_order_or_in_nothing(text: str) -> None:
    assert entities_of(text) == []


def test_typed_facts_are_no_values_of_a_button() -> None:
    """However much a typed text says, an action sees no payload."""
    text = "Paid with paypal. The seller refused. Tracking says lost. I never asked for a refund."
    found = entities_of(text)
    latest = {
        "text": text,
        "intent": {"name": "inform", "confidence": 1.0},
        "entities": found,
        "metadata": {"buyer_id": "b", "at": "2024-03-12T10:00:00+00:00"},
    }
    turn = Turn.of(Tracker("b", {}, latest, [], False, None, {}, None))

    assert {entity["entity"] for entity in found} >= {"payment_method", "supplier_response", "carrier_status"}
    assert turn.payload is None


def test_no_slot_is_filled_from_an_entity_by_itself() -> None:
    """Every slot is set by actions alone, so that no entity reaches one."""
    slots = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["slots"]

    assert {mapping["type"] for slot in slots.values() for mapping in slot["mappings"]} == {"custom"}


def test_the_domain_knows_every_entity_so_that_rasa_does_not_warn() -> None:
    known = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["entities"]

    assert set(ROLES) <= set(known)


def test_a_rule_fits_a_message_with_facts_as_it_fits_one_without() -> None:
    domain = Domain.load(str(ROOT / "domain.yml"))
    text = "Paid $20 with paypal on 3 May, order 8031456720, tracking says lost, it is not broken"
    found = entities_of(text)
    assert len({entity["entity"] for entity in found}) >= 5

    def state(entities: list[dict[str, Any]]) -> Any:
        events = [ActionExecuted("action_listen"), UserUttered(text, {"name": "inform", "confidence": 1.0}, entities)]
        return domain.get_active_state(DialogueStateTracker.from_events("b", events, domain=domain))

    plain, told = state([]), state(found)
    rule = {"user": {"intent": "inform"}, "prev_action": {"action_name": "action_listen"}}
    other = {**rule, "user": {"intent": "greet"}}

    assert told["user"]["entities"]
    for state_of in (plain, told):
        assert RulePolicy._does_rule_match_state(rule, state_of)
        assert not RulePolicy._does_rule_match_state(other, state_of)


def test_no_rule_or_story_names_an_entity() -> None:
    for path in sorted((ROOT / "data" / "rules").glob("*.yml")):
        rules = yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
        assert not [step for rule in rules for step in rule["steps"] if "entities" in step], path


def test_a_changed_table_or_module_means_another_training(tmp_path: Path) -> None:
    """Every table and module that facts are read by counts."""
    copy = tmp_path / "language"
    shutil.copytree(ROOT / "language", copy, ignore=shutil.ignore_patterns("__pycache__"))
    before = made_of(copy)

    assert before == FactExtractor.fingerprint_addon({})
    for name in ("entities/denial.yml", "entities/cues.py", "dates/roles.py", "carriers.yml", "phrases.py"):
        path = copy / name
        path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
        assert made_of(copy) != before
        before = made_of(copy)
