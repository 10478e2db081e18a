"""What must hold of disputes and of what is told of the policy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from actions import words
from actions.claim_slots import LONGEST_STATEMENT_TOLD
from buyer_protection.disputes import find_claim
from buyer_protection.policy import Facts, assess, edition_on
from tests.conversations.walk.moment import Moment, Walk
from tests.conversations.walk.sentences import table

#: As the published text has it (WAIT-1), not as the code has it.
WAITING_DAYS: Final = timedelta(days=10)
_CONSENT_HOLDS: Final = timedelta(minutes=30)
_FIELDS: Final = ("order_id", "item", "statement", "wish")
_TELLS_AN_OUTCOME: Final = re.compile(r"utter_(?:assessment|greet|draft_status|next)_(?P<outcome>[a-z_]+)")
_OUTCOMES: Final = (
    "not_eligible",
    "more_information_needed",
    "refund_request_needed",
    "wait",
    "evidence_needed",
    "eligible",
)
_REFERENCE: Final = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\b")


def no_dispute_is_opened_before_day_ten(moment: Moment, walk: Walk) -> Iterator[str]:
    """The tenth day after the first refund request that the buyer told, or the shop's record shows."""
    for row in moment.new_disputes():
        asked = date.fromisoformat(row["refund_requested_on"])
        if moment.now.date() < asked + WAITING_DAYS:
            yield f"opened on {moment.now.date()}, asked on {asked}"
        told = walk.told.get((row["buyer_id"], row["claim_id"]), {}).get("refund_requested_on", set())
        waiting = walk.told.get((row["buyer_id"], None), {}).get("refund_requested_on", set())
        if asked.isoformat() not in told | waiting:
            yield f"opened for a refund request on {asked}, which nobody told"


def no_dispute_is_opened_without_consent(moment: Moment, walk: Walk) -> Iterator[str]:
    """Only the button or a plain yes, as the very next message to the summary, opens one."""
    for row in moment.new_disputes():
        shown = moment.earlier is not None and "utter_ask_consent" in moment.earlier.responses
        soon = moment.earlier is not None and moment.now - moment.earlier.now <= _CONSENT_HOLDS
        yes = moment.payload == "/affirm" if moment.payload else moment.step.turn.get("buyer") in table()["yes"]
        if not (shown and soon and yes):
            yield f"{row['reference']} was opened by {dict(moment.step.turn)}"


def no_dispute_is_opened_twice(moment: Moment, walk: Walk) -> Iterator[str]:
    """One open dispute for the same thing, one event that opens it, and none ever goes."""
    running = [row for row in moment.rows["disputes"] if row["status"] not in ("decided", "withdrawn")]
    for key, times in Counter(_same(row) for row in running).items():
        if times > 1:
            yield f"{times} open disputes for {key}"
    opened = Counter(row["reference"] for row in moment.rows["dispute_events"] if row["kind"] == "opened")
    for row in moment.rows["disputes"]:
        if opened[row["reference"]] != 1:
            yield f"{row['reference']} was opened {opened[row['reference']]} times"
    gone = {row["reference"] for row in moment.before["disputes"]} - {
        row["reference"] for row in moment.rows["disputes"]
    }
    if gone:
        yield f"disputes are gone: {sorted(gone)}"


def a_dispute_says_what_the_summary_showed(moment: Moment, walk: Walk) -> Iterator[str]:
    """Line by line: nothing in the record that the buyer did not read, and nothing read that is not in the record."""
    for row in moment.new_disputes():
        shown = [line for line in _summary(moment.earlier).splitlines() if line.startswith("- ")]
        recorded = _lines(row)
        for line in recorded:
            if not any(_is_shown_as(line, each) for each in shown):
                yield f"the record says {line!r}, which the summary did not show"
        for line in shown:
            if not any(_is_shown_as(each, line) for each in recorded):
                yield f"the summary showed {line!r}, which the record does not say"


def a_dispute_stays_as_it_was_opened(moment: Moment, walk: Walk) -> Iterator[str]:
    """Its facts and words are those of the moment of consent."""
    now = {row["reference"]: row for row in moment.rows["disputes"]}
    for row in moment.before["disputes"]:
        after = now.get(row["reference"], row)
        for name in ("facts", "refund_requested_on", "claim_type", "opened_on", *_FIELDS):
            if row[name] != after[name]:
                yield f"{name} of {row['reference']} changed from {row[name]!r} to {after[name]!r}"


def what_is_told_of_the_policy_is_what_it_says(moment: Moment, walk: Walk) -> Iterator[str]:
    """Outcome, clauses and days in every message are those of the facts in the database on this day."""
    for reply in moment.replies:
        custom = reply["custom"] or {}
        if custom.get("kind") == "assessment":
            expected = _assessed(moment, walk, custom["reference"])
            for name, value in expected.items():
                if custom.get(name) != value:
                    yield f"{reply['response']} says {name} = {custom.get(name)!r}, the facts say {value!r}"
        named = _TELLS_AN_OUTCOME.fullmatch(reply["response"])
        reference = custom.get("reference") or next(iter(_REFERENCE.findall(reply["text"])), None)
        if named and named["outcome"] in _OUTCOMES and reference:
            expected = _assessed(moment, walk, reference)
            if expected and expected["outcome"] != named["outcome"]:
                yield f"{reply['response']} is said of {reference}, the facts say {expected['outcome']}"
            earliest = expected.get("earliest_dispute_on")
            if earliest and named["outcome"] == "wait" and words.day(earliest) not in reply["text"]:
                yield f"{reply['response']} does not name {words.day(earliest)}"


def _assessed(moment: Moment, walk: Walk, reference: str) -> dict[str, Any]:
    """The policy's answer to the facts of a claim as they stand in the database now; empty where there is no claim."""
    claim = find_claim(walk.engine, reference=reference, buyer_id=moment.buyer, now=moment.now)
    if claim is None:
        return {}
    facts = Facts.from_dict(claim.facts.to_dict())
    edition = edition_on(facts.refund_requested_on or moment.now.date())
    return assess(facts, edition.day_of(moment.now)).to_dict()


def _same(row: dict[str, Any]) -> tuple[str, ...]:
    return (row["buyer_id"], row["order_id"], row["item"].casefold(), row["claim_type"])


def _summary(moment: Moment | None) -> str:
    replies = moment.replies if moment else []
    return next((reply["text"] for reply in replies if reply["response"] == "utter_ask_consent"), "")


def _is_shown_as(recorded: str, shown: str) -> bool:
    """Whether a line stands in the summary as in the record: of a statement too long to show, its beginning."""
    beginning, more, _ = shown.partition("…")
    return recorded == shown or (
        bool(more) and len(recorded) > LONGEST_STATEMENT_TOLD and recorded.startswith(beginning)
    )


def _lines(row: dict[str, Any]) -> list[str]:
    facts = {name: value for name, value in row["facts"].items() if name not in ("cannot_tell", "verified")}
    lines = [words.told(name, words.value_of(name, value)) for name, value in facts.items()]
    fields = {name: row[name] for name in _FIELDS if row[name]}
    fields.setdefault("item", words.text("utter_value_whole_order"))
    return lines + [words.told(name, value) for name, value in fields.items()]
