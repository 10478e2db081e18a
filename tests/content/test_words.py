"""Words to buyers live in data/responses, and nowhere else; every name used exists, every name that exists is used."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.answer_other_language import SPOKEN
from actions.evidence_words import HELPS
from actions.explain_meaning import WORD_OF
from actions.explain_question import WITHOUT_A_CLAUSE
from actions.misunderstood import LOOKS_LIKE
from actions.not_typed import NOT_TYPED
from actions.reading_yes_or_no import PLAIN_YES_ONLY
from actions.silence import INSTEAD_OF_A_CLAIM
from buyer_protection.disputes import DECISIONS, FINAL, STATUSES, refusal
from buyer_protection.disputes.reminders import OPEN_AFTER_THE_WAIT
from buyer_protection.policy import CLAUSES, ELIGIBLE, OUTCOMES, SILENCES, payment_methods
from buyer_protection.policy.exclusions import EXCLUSIONS
from buyer_protection.policy.grounds import GROUNDS
from buyer_protection.policy.remedies import REMEDIES
from buyer_protection.policy.vocabulary import CHOICES, LISTING_STATEMENTS, MAY_BE_UNTOLD, RECEIVED
from buyer_protection.policy.warnings import WARNINGS
from language.moves import intents as moves
from language.moves import terms, topics_of
from language.topics import uncovered

ROOT = Path(__file__).parent.parent.parent
ACTIONS = sorted((ROOT / "actions").glob("*.py"))


def responses() -> dict[str, list[dict[str, Any]]]:
    """All responses, by name."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted((ROOT / "data" / "responses").glob("*.yml")):
        found |= yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
    return found


def test_every_response_is_defined_once() -> None:
    """A second definition of a name would silently win or lose."""
    names = [
        match
        for path in (ROOT / "data" / "responses").glob("*.yml")
        for match in re.findall(r"^  (utter_\S+):$", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]

    assert sorted(names) == sorted(set(names))


def test_the_domain_holds_no_words() -> None:
    """domain.yml is the contract; words are not part of it."""
    assert "responses" not in yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))


def named_in_full() -> set[str]:
    """Response names that stand in actions, turns, gateway, what is kept, and rules in full."""
    code = [path for room in ("turns", "gateway", "buyer_protection") for path in (ROOT / room).rglob("*.py")]
    places = [*ACTIONS, *code, *(ROOT / "data" / "rules").glob("*.yml")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in places)
    return set(re.findall(r"\butter_[A-Za-z0-9_]+(?:-[A-Z0-9]+)?\b", text))


def built_from_data() -> set[str]:
    """Response names that actions build from ids, enumerated from the data that the ids come from."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    asked = {"claim_type", "paid_through_escrow", "carrier_status", "confiscation_cause", "complaint", "listing_said"}
    asked |= {"fault_was_listed", "refund_requested", "refund_requested_on", "supplier_response", "delivery_due_on"}
    asked |= {"receipt_slip_signed", "quantity_ordered", "quantity_received", "order_id", "item", "statement", "wish"}
    asked |= {"resume_draft", "use_held_evidence", "consent", "start_over", "way_on"}
    needed = {*asked, "evidence"} - {*MAY_BE_UNTOLD, "item", "wish", "way_on", *PLAIN_YES_ONLY}
    assert asked <= set(domain["slots"])
    names = {f"utter_ask_{slot}" for slot in asked} | {f"utter_cannot_do_without_{slot}" for slot in needed}
    names |= {f"utter_why_{slot}" for slot in WITHOUT_A_CLAUSE}
    names |= {f"utter_answer_looks_like_{kind}" for kind in {*LOOKS_LIKE.values(), "choice"}}
    names |= {f"utter_choice_{intent}" for intent in choosable()}
    names |= {f"utter_clause_{clause}" for clause in CLAUSES}
    names |= {f"utter_because_{clause}" for clause in EXCLUSIONS}
    names |= {f"utter_ground_{clause}" for clause in GROUNDS}
    names |= {f"utter_remedy_{clause}" for clause in REMEDIES}
    names |= {f"utter_warning_{clause}" for clause in WARNINGS}
    names |= {"utter_warning_BRK-W1_untold", "utter_warning_COV-2_untold"}
    names |= {f"utter_note_{silence}" for silence in SILENCES}
    names |= {f"utter_uncovered_{topic}" for topic in uncovered()}
    names |= {f"utter_assessment_{outcome}" for outcome in OUTCOMES if outcome != "more_information_needed"}
    names |= {f"utter_next_{outcome}" for outcome in OUTCOMES} - {
        "utter_next_more_information_needed",
        "utter_next_evidence_needed",
    }
    names |= {f"utter_greet_{state}" for state in (*OUTCOMES, "dispute", "decided", "withdrawn")}
    names |= {f"utter_reminder_{outcome}" for outcome in OPEN_AFTER_THE_WAIT}
    names |= {f"utter_draft_status_{outcome}" for outcome in OUTCOMES}
    names |= {f"utter_dispute_status_{status}" for status in STATUSES}
    names |= {f"utter_withdraw_already_{status}" for status in FINAL}
    names |= {f"utter_decision_{decision}" for decision in DECISIONS}
    names |= {f"utter_sorry_{claim_type}" for claim_type in ("not_received", *RECEIVED)}
    names |= {f"utter_evidence_guide_{claim_type}" for claim_type in RECEIVED}
    names |= {f"utter_evidence_{kind}{plural}" for kind in ("photo", "video", "document") for plural in ("", "s")}
    names |= {f"utter_evidence_help_{code}" for codes in HELPS.values() for code in codes}
    names |= {f"utter_send_evidence_{channel}" for channel in ("widget", "shell")}
    names |= {f"utter_noted_{slot}" for slot in ("refund_requested_on", "delivery_due_on")}
    names |= {f"utter_value_{fact}_{value}" for fact, values in CHOICES.items() for value in values}
    names |= {f"utter_value_payment_method_{method}" for method in payment_methods()}
    names |= {f"utter_value_listing_said_{statement}" for statement in LISTING_STATEMENTS}
    names |= {f"utter_only_english_{language}" for language in SPOKEN}
    names |= {f"utter_label_{fact}" for fact in labelled()}
    names |= {f"utter_meaning_{word}" for word in {*terms(), *WORD_OF.values(), "which"}}
    names |= {f"utter_{intent}_{about}" for intent in ("small_talk",) for about in topics_of(intent)}
    names |= {f"utter_subject_{about}" for about in topics_of("name_a_subject")}
    return names | {f"utter_dispute_refused_{code}" for code in refusals()}


def choosable() -> set[str]:
    """Intents that a buyer may be offered where it is not clear which one is meant."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    intents = {str(intent) for intent in domain["intents"]}
    not_offered = {"inform", "say_unknown", "affirm", "deny", "ask_why", "stop", "greet", "goodbye", "thank"}
    not_offered |= {
        "out_of_scope",
        "other_language",
        "change_answer",
        "say_helped",
        "say_not_helped",
        *NOT_TYPED,
        *set(moves()) - {"ask_policy"},
    }
    return intents - not_offered


def labelled() -> set[str]:
    """Facts and fields that a summary or a read-back names."""
    from actions.claim_slots import RECORD_FIELDS, TOLD_FACTS
    from actions.story import DAYS_TOLD

    return {
        *TOLD_FACTS,
        *RECORD_FIELDS,
        *DAYS_TOLD,
        "evidence",
        "supplier_proved_delivery",
        "supplier_proved_description",
    }


def refusals() -> set[str]:
    """The codes with which opening can refuse: an outcome that is not eligible, or one that opening names."""
    opening = (ROOT / "buyer_protection" / "disputes" / "opening.py").read_text(encoding="utf-8")
    named = {getattr(refusal, name) for name in re.findall(r"refusal\.([A-Z_]+)", opening)}
    return {*OUTCOMES, *named} - {ELIGIBLE}


def test_every_response_that_is_used_exists() -> None:
    """A missing response is silence in the chat."""
    exact = {name for name in named_in_full() if not name.endswith("_")} - {"utter_message", "utter_action"}

    missing = (exact | built_from_data()) - set(responses())

    assert {name for name in missing if not any(other.startswith(f"{name}_") for other in responses())} == set()


def test_every_response_that_exists_is_used() -> None:
    """Words that nobody can hear mislead whoever edits them."""
    assert set(responses()) - named_in_full() - built_from_data() == set()


@pytest.mark.parametrize("path", ACTIONS, ids=lambda path: path.stem)
def test_actions_say_nothing_of_their_own(path: Path) -> None:
    """`utter_message` takes a response, values, a payload and custom data; never a text, never a spelled-out title."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "utter_message":
            assert not node.args
            assert {keyword.arg for keyword in node.keywords} & {"text", "template", "image", "attachment"} == set()
            assert "response" in {keyword.arg for keyword in node.keywords}
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value in ("title", "text"):
                    assert not isinstance(value, ast.Constant), f"{path.name}:{node.lineno} spells out words"


def test_every_question_says_what_it_asks_for() -> None:
    """A question carries its slot and the kind of input beside its words, so that a widget can draw it."""
    inputs = {"yes_no", "choice", "date", "text", "number", "evidence"}
    for name, variants in responses().items():
        if name.startswith("utter_ask_") and name != "utter_ask_which_day":
            for variant in variants:
                custom = variant["custom"]
                assert custom["kind"] == "question", name
                assert custom["slot"] == name.removeprefix("utter_ask_"), name
                assert custom["input"] in inputs, name


def test_a_message_asks_one_question_at_most() -> None:
    """Two questions in one message get one answer."""
    for name, variants in responses().items():
        for variant in variants:
            assert variant["text"].count("?") <= 1, name


def test_every_button_sets_something_that_a_buyer_may_set() -> None:
    """No button sets evidence or what staff verify."""
    from actions.claim_slots import RECORD_FIELDS, TOLD_FACTS

    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    for name, variants in responses().items():
        for button in (button for variant in variants for button in variant.get("buttons", ())):
            intent, _, values = button["payload"].removeprefix("/").partition("{")
            assert intent in domain["intents"], name
            named = re.findall(r'"([a-z_]+)":', values)
            # Which claim is gone on with is no fact of it.
            assert set(named) <= {*TOLD_FACTS, *RECORD_FIELDS, *(("reference",) if intent == "resume_claim" else ())}, (
                name
            )


def test_an_excluded_topic_has_words() -> None:
    """Topics that stand in place of a claim are topics that are known."""
    assert set(uncovered()) >= INSTEAD_OF_A_CLAIM


def test_no_address_is_invented() -> None:
    """The text links to pages that are not part of it: no message holds an address (HOW-1)."""
    for name, variants in responses().items():
        for variant in variants:
            assert not re.search(r"https?:|www\.|\.com\b", variant["text"]), name
