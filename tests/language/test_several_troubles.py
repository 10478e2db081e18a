"""Of a message that tells of several troubles, what was read of one speaks for the others too."""

from __future__ import annotations

from typing import Any

from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from language.several_troubles import SeveralTroubles

TWO_ORDERS = "Order 8012345678 arrived broken and order 8012345679 never came"


def _looked_at(text: str, **chances: float) -> list[dict[str, Any]]:
    ranking = [{"name": name, "confidence": chance} for name, chance in chances.items()]
    message = Message({TEXT: text, INTENT: ranking[0], "intent_ranking": ranking})
    SeveralTroubles({"unless_sure": 0.7}).process([message])
    assert message.get(INTENT) == message.get("intent_ranking")[0]
    found: list[dict[str, Any]] = message.get("intent_ranking")
    return found


def test_two_troubles_that_share_the_confidence_are_believed_together() -> None:
    found = _looked_at(TWO_ORDERS, report_broken=0.45, report_not_received=0.41, out_of_scope=0.06)
    assert [each["name"] for each in found] == ["report_broken", "out_of_scope"]
    assert abs(found[0]["confidence"] - 0.86) < 1e-9


def test_one_trouble_that_is_doubtful_stays_doubtful() -> None:
    found = _looked_at("it arrived, or what is left of it", report_broken=0.45, report_missing_parts=0.41)
    assert [each["confidence"] for each in found] == [0.45, 0.41]


def test_troubles_do_not_overrule_what_the_message_rather_means() -> None:
    found = _looked_at(TWO_ORDERS, request_human=0.5, report_broken=0.25, report_not_received=0.2)
    assert found[0] == {"name": "request_human", "confidence": 0.5}


def test_a_message_that_is_read_for_sure_is_left_as_it_is() -> None:
    found = _looked_at(TWO_ORDERS, report_broken=0.71, report_not_received=0.2)
    assert [each["confidence"] for each in found] == [0.71, 0.2]
