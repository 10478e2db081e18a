"""Laws that hold whatever the facts are."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from buyer_protection.policy import OUTCOMES, FactError, Facts, assess, what_would_change, why
from tests.policy.made_up import UNTOLD, VALUES, any_day, days_later, laws, near, nearly_settled, told
from tests.policy.specification import specified

#: Nearer to a dispute, further to the right.
NEARNESS = {outcome: place for place, outcome in enumerate(OUTCOMES)}
SAID = ("outcome", "clauses", "earliest_dispute_on", "remedies", "warnings", "notes")

some_facts = told() | nearly_settled()


@laws
@given(some_facts, near, st.integers(min_value=0, max_value=4000))
def test_waiting_longer_never_closes_a_door(values: dict[str, Any], on: date, days: int) -> None:
    """A later day leaves the answer as it is or turns `wait` into what comes after it; and it adds no warning."""
    facts = Facts.from_dict(values)
    today = assess(facts, on)
    later = assess(facts, days_later(on, days))

    assert NEARNESS[later.outcome] >= NEARNESS[today.outcome]
    assert later.outcome == today.outcome or today.outcome == "wait"
    assert set(later.warnings) <= set(today.warnings)
    assert (later.remedies, later.notes, later.optional) == (today.remedies, today.notes, today.optional)


@laws
@given(some_facts, near, st.integers(min_value=0, max_value=5), st.integers(min_value=0, max_value=5))
def test_more_evidence_never_hurts(values: dict[str, Any], on: date, some: int, more: int) -> None:
    """More photos leave the answer as it is or turn `evidence_needed` into `eligible`."""
    fewer = assess(Facts.from_dict({**values, "evidence": some}), on)
    richer = assess(Facts.from_dict({**values, "evidence": some + more}), on)

    assert NEARNESS[richer.outcome] >= NEARNESS[fewer.outcome]
    assert (fewer.outcome, richer.outcome) == ("evidence_needed", "eligible") or richer.outcome == fewer.outcome
    assert (richer.warnings, richer.notes, richer.remedies) == (fewer.warnings, fewer.notes, fewer.remedies)


@laws
@given(some_facts, near, st.sampled_from(UNTOLD))
def test_turning_an_unknown_fact_into_one_that_cannot_be_told_never_excludes(
    values: dict[str, Any], on: date, name: str
) -> None:
    """Not knowing excludes nothing, and takes a claim no step back."""
    values = {fact: value for fact, value in values.items() if fact != name}
    values["verified"] = [fact for fact in values.get("verified", ()) if fact != name]
    untold = [fact for fact in values.pop("cannot_tell", ()) if fact != name]
    unknown = assess(Facts.from_dict({**values, "cannot_tell": untold}), on)
    answered = assess(Facts.from_dict({**values, "cannot_tell": [*untold, name]}), on)

    assert (answered.outcome == "not_eligible") == (unknown.outcome == "not_eligible")
    assert NEARNESS[answered.outcome] >= NEARNESS[unknown.outcome]
    assert name not in answered.missing + answered.optional


@laws
@given(some_facts, near)
def test_nothing_opens_before_day_ten(values: dict[str, Any], on: date) -> None:
    """Whatever is eligible, or lacks only evidence, was requested ten days ago or longer."""
    facts = Facts.from_dict(values)
    answer = assess(facts, on)

    if answer.outcome in ("eligible", "evidence_needed"):
        assert facts.refund_requested_on is not None
        assert (on - facts.refund_requested_on).days >= 10
    if answer.outcome == "wait":
        assert answer.earliest_dispute_on is not None
        assert answer.earliest_dispute_on > on


#: For each fact, the values to try when looking for one that matters.
TRIED: dict[str, list[Any]] = {
    "claim_type": ["not_received", "unwanted"],
    "paid_through_escrow": [True, False],
    "carrier_status": ["in_transit", "delivered"],
    "confiscation_cause": ["supplier", "other"],
    "complaint": ["different", "below_expectations"],
    "listing_said": [[], ["used", "defective", "imitation"]],
    "fault_was_listed": [True, False],
    "refund_requested": [True, False],
    "refund_requested_on": ["2024-01-01", "2024-01-02"],
    "supplier_response": ["none", "refunded"],
    "evidence": [0, 1],
}


@laws
@given(some_facts, near)
def test_each_missing_fact_can_change_what_is_said(values: dict[str, Any], on: date) -> None:
    """Nothing is asked for that could not change a field other than `missing` and `optional`.

    Possible answers are compared with each other, so that a fact's mere presence in `rests_on` does not count.
    """
    facts = Facts.from_dict(values)
    for name in assess(facts, on).missing:
        possible = [facts.with_(**Facts.from_dict({name: value}).to_dict()) for value in TRIED[name]]
        if name in UNTOLD:
            possible.append(facts.with_(cannot_tell=facts.cannot_tell | {name}))
        answers = [assess(answered, on).to_dict() for answered in possible]

        assert any(answers[0][field] != answer[field] for answer in answers for field in SAID), name


@laws
@given(some_facts, near, st.data())
def test_the_order_in_which_facts_are_told_never_matters(values: dict[str, Any], on: date, data: st.DataObject) -> None:
    """Neither in one message nor one after the other."""
    shuffled = dict(data.draw(st.permutations(list(values.items()))))
    facts = Facts.from_dict(values)
    one_by_one = Facts()
    for name in shuffled:
        if name not in ("cannot_tell", "verified"):
            one_by_one = one_by_one.with_(**{name: getattr(facts, name)})
    one_by_one = one_by_one.with_(cannot_tell=facts.cannot_tell, verified=facts.verified)

    assert Facts.from_dict(shuffled) == one_by_one == facts
    assert assess(one_by_one, on).to_dict() == assess(facts, on).to_dict()


@laws
@given(some_facts, near)
def test_any_facts_have_the_answer_of_the_specification(values: dict[str, Any], on: date) -> None:
    """Also those that no walk over combinations meets."""
    answer = assess(Facts.from_dict(values), on).to_dict()
    answer["warnings"].sort()

    assert answer == specified(_without_quiet_falses(values), on)


def _without_quiet_falses(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if not (name.startswith("supplier_") and value is False)}


@laws
@given(some_facts, any_day)
def test_every_case_has_an_answer_on_every_day_of_the_calendar(values: dict[str, Any], on: date) -> None:
    """Total: nothing raises, from the first day there is to the last."""
    facts = Facts.from_dict(values)
    answer = assess(facts, on)

    assert answer.outcome in OUTCOMES
    assert answer.clauses
    assert why(answer)
    what_would_change(facts, on)


@laws
@given(some_facts)
def test_facts_survive_the_way_to_json_and_back(values: dict[str, Any]) -> None:
    """Written and read again, they are the same facts."""
    facts = Facts.from_dict(values)

    assert Facts.from_dict(facts.to_dict()) == facts
    assert Facts.from_dict(facts.to_dict()).to_dict() == facts.to_dict()


#: Any text that JSON can carry, NUL and lone surrogates included.
texts = st.text(st.characters(), max_size=12)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)
any_name = st.sampled_from([*VALUES, "cannot_tell", "verified"]) | texts
plausible = st.one_of(*VALUES.values()) | st.lists(any_name, max_size=4)


@laws
@given(json_values | st.dictionaries(any_name, json_values | plausible, max_size=6))
def test_any_json_gives_facts_or_an_error_that_names_a_field(values: Any) -> None:
    """Never another exception, whatever a program or a person sends."""
    fields = {*VALUES, "cannot_tell", "verified", *values} if isinstance(values, dict) else {"facts"}
    refused: FactError | None = None
    try:
        facts = Facts.from_dict(values)
    except FactError as error:
        refused = error

    if refused:
        assert refused.field in fields
        assert str(refused) == f"{refused.field}: {refused.expected}"
    else:
        assert set(facts.given()) <= fields | {"refund_requested"}
