"""A claim gone on with in another conversation: what was told there is not overwritten by what this one knew."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from actions.claim_slots import LONGEST_STATEMENT_TOLD, RECORD_FIELDS, TOLD_FACTS, loaded, record, told
from actions.turn import Turn
from actions.wiring import engine
from buyer_protection.disputes import DRAFT, KeptClaim, find_claim
from buyer_protection.disputes.known import declared_facts

_TOLD: Final = (*TOLD_FACTS, "cannot_tell", *RECORD_FIELDS, "has_long_statement")


def up_to_date(turn: Turn) -> tuple[Turn, dict[str, Any]]:
    """The turn with what the record says was told of its open claim, and the slots that this changes.

    After each turn both say the same, so where they differ at the next, another conversation of the buyer was later.
    """
    if not turn.slot("claim_id") or not turn.slot("reference"):
        return turn, {}
    kept = find_claim(engine(), claim_id=turn.slot("claim_id"), buyer_id=turn.buyer_id, now=turn.now)
    if kept is None or kept.state != DRAFT or _says_the_same(turn, kept):
        return turn, {}
    as_kept = loaded(kept)
    brought = {name: as_kept[name] for name in _TOLD}
    for name in RECORD_FIELDS:
        if not getattr(kept, name):
            # Whether an empty field was left empty or not asked yet, only this conversation knows.
            brought[name] = "" if turn.slot(name) == "" else None
    return replace(turn, slots={**turn.slots, **brought}), brought


def _says_the_same(turn: Turn, kept: KeptClaim) -> bool:
    fields = record(turn.slots)
    if fields["statement"] is None or len(kept.statement) > LONGEST_STATEMENT_TOLD:
        fields["statement"] = kept.statement
    same_record = all(fields[name] == getattr(kept, name) for name in RECORD_FIELDS)
    return same_record and kept.declared == declared_facts(told(turn.slots))
