"""What is known of a claim: what the buyer declared, what a record vouches for, and the evidence that was accepted.

A verified value replaces a declared one. Where the two cannot stand together (a verified day of a refund request, and
a buyer who says that there was none), the declared one gives way; of two verified ones, the earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timezone
from typing import Any, Final

from buyer_protection.disputes.fields import LARGEST_COUNT, FieldError
from buyer_protection.policy import Facts, edition_on

#: Facts that only staff, records and accepted files set.
NOT_DECLARED: Final = ("evidence", "verified", "supplier_proved_delivery", "supplier_proved_description")


def declared_facts(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a buyer declared, checked, by its JSON names.

    Raises `FactError` for a fact or value that cannot be, `FieldError` for a fact that is not the buyer's to set.
    """
    for name in NOT_DECLARED:
        if values.get(name) is not None:
            raise FieldError(name, "is not for the buyer to say")
    declared = Facts.from_dict(values).to_dict()
    for name, value in declared.items():
        if isinstance(value, int) and value > LARGEST_COUNT:
            raise FieldError(name, f"at most {LARGEST_COUNT} is expected")
    return declared


def known_facts(declared: Mapping[str, Any], verified: Iterable[tuple[str, Any]], evidence: int) -> Facts:
    """The facts to assess.

    `declared`: as `declared_facts` gives them.
    `verified`: facts and values, oldest first; a null takes back what was verified before.
    `evidence`: how many files were accepted.
    """
    values = dict(declared)
    untold = set(values.pop("cannot_tell", ()))
    vouched: set[str] = set()
    for fact, value in _latest(verified).items():
        for other in _contradicted(fact, value, values):
            values.pop(other)
            vouched.discard(other)
        values[fact] = value
        # False of a fact that is only ever shown ("no proof seen") is the same as unknown: nothing to vouch for.
        if Facts(**{fact: value}).knows(fact):
            vouched.add(fact)
            untold.discard(fact)
    return Facts(**values, evidence=evidence or None, cannot_tell=frozenset(untold), verified=frozenset(vouched))


def day_of(facts: Facts, now: datetime) -> date:
    """The day on the policy's own calendar: that of the edition which applies to these facts."""
    first = facts.refund_requested_on or now.astimezone(timezone.utc).date()
    return edition_on(first).day_of(now)


def _latest(verified: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The last word on each fact, in the order in which the last words were said."""
    latest: dict[str, Any] = {}
    for fact, value in verified:
        latest.pop(fact, None)
        if value is not None:
            latest[fact] = value
    return latest


def _contradicted(fact: str, value: Any, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Facts that cannot stand beside a verified one."""
    if fact == "refund_requested" and value is False and "refund_requested_on" in values:
        return ("refund_requested_on",)
    if fact == "refund_requested_on" and values.get("refund_requested") is False:
        return ("refund_requested",)
    return ()
