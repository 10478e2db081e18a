"""A claim begins: the kind is taken from the first message, with all the facts that it tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.claim_slots import CLAIM_SLOTS, told
from actions.naming import named, named_claim
from actions.reading import Reading
from actions.reading_answers import CLAIM_INTENTS
from actions.reading_records import LONGEST, clean
from actions.reading_volunteered import read_volunteered
from actions.settling import is_possible, settled
from actions.turn import Turn
from actions.wiring import engine
from buyer_protection.disputes import KeptClaim, keep_claim, unfinished_claims
from buyer_protection.policy.vocabulary import MISSING_PARTS, NOT_RECEIVED
from language.answers import answer
from language.facts import facts_in
from language.kinds import kind_instead
from language.troubles import Trouble, troubles_in

#: A first message this long tells the story, and is kept as the buyer's own words.
_A_STORY: Final = 5
#: What the carrier says of a parcel that cannot have come.
_NEVER_CAME: Final = ("lost", "returned", "confiscated", "delivered_elsewhere")
_INTENTS: Final = {kind: intent for intent, kind in CLAIM_INTENTS.items()}


def begun(turn: Turn, dispatcher: CollectingDispatcher) -> dict[str, Any]:
    """The slots of a claim that begins with this message; what any claim before it told is in none of them.

    Of several troubles in one message the first begins; the others are kept as claims of their own, and said.
    """
    slots: dict[str, Any] = {**turn.slots, **dict.fromkeys(CLAIM_SLOTS), "requested_slot": None}
    slots["claim_id"] = turn.new_claim_id()
    first, *others = troubles_in(turn.text, turn.today) or (None,)
    kept = [_kept(turn, trouble, number) for number, trouble in enumerate(others, start=1) if trouble]
    if first is None:
        return _told_of(turn, slots, dispatcher, statement=turn.text)
    slots["set_aside"] = [*(turn.slot("set_aside") or []), *(claim.reference for claim in kept)]
    dispatcher.utter_message(
        response="utter_several_troubles",
        first=named(first.kind, first.order_id),
        others="\n".join(
            words.text("utter_trouble_kept", reference=claim.reference, what=named_claim(claim)) for claim in kept
        ),
    )
    told_first = replace(turn, text=first.text, intent=_INTENTS[first.kind])
    if is_possible(slots, {"order_id": first.order_id}):
        slots["order_id"] = first.order_id or None
    return _told_of(told_first, slots, dispatcher, statement=turn.text)


def as_report(turn: Turn) -> Turn | None:
    """A message that was read as a question, as the report of what went wrong; None where it tells nothing of that.

    An order number alone tells nothing. What it asks beside is left to whoever calls.
    """
    if turn.payload is not None:
        return None
    kind = answer("claim_type", turn.text)
    facts = facts_in(turn.text, turn.today).keys() - {"order_id", "tracking_number"}
    if not kind and not facts:
        return None
    return replace(turn, intent=_INTENTS[kind.value] if kind else "inform", asides=())


def _told_of(turn: Turn, slots: dict[str, Any], dispatcher: CollectingDispatcher, statement: str) -> dict[str, Any]:
    # "Not fake, just broken" is no fake, whatever it resembles.
    claim_type = kind_instead(turn.text) or CLAIM_INTENTS.get(turn.intent)
    if claim_type == "counterfeit" and _was_taken_by_customs(turn):
        claim_type = NOT_RECEIVED  # FULL-3: what customs took as a fake did not come
    if claim_type == "unwanted":
        # Not wanting a thing ends a claim, so it is asked once more in plain words.
        slots["suspected"] = "claim_type_unwanted"
    elif claim_type:
        slots["claim_type"] = claim_type
        dispatcher.utter_message(response=f"utter_sorry_{claim_type}")
    if claim_type and len(statement.split()) >= _A_STORY:
        slots["statement"] = clean(statement)[: LONGEST["statement"]]
    reading = read_volunteered(turn.telling, slots) if turn.text else Reading()
    if slots.get("suspected"):
        _drop_suspicion(reading)
    slots = settled(slots, reading.changes)
    implied = _implied_by(slots) if claim_type is None else None
    if implied:
        slots = settled(slots, {"claim_type": implied})
        dispatcher.utter_message(response=f"utter_sorry_{implied}")
    reading.tell(dispatcher)
    return slots


def _was_taken_by_customs(turn: Turn) -> bool:
    return bool(facts_in(turn.text, turn.today).get("carrier_status") == "confiscated")


def _drop_suspicion(reading: Reading) -> None:
    """Nothing that the reading suspects is asked about, and its question is not asked first either."""
    for name in ("suspected", "correcting"):
        reading.changes.pop(name, None)


def _implied_by(slots: Mapping[str, Any]) -> str | None:
    """What went wrong where no word says it: fewer pieces came than were ordered (MISS-1), or it cannot have come.

    A kind that is already suspected is asked about instead.
    """
    if slots.get("suspected"):
        return None
    if 0 < (slots.get("quantity_received") or 0) < (slots.get("quantity_ordered") or 0):
        return MISSING_PARTS
    return NOT_RECEIVED if slots.get("carrier_status") in _NEVER_CAME else None


def _kept(turn: Turn, trouble: Trouble, number: int) -> KeptClaim:
    """Another trouble of the message as a claim that waits, with what its own words tell."""
    slots: dict[str, Any] = {"claim_type": trouble.kind}
    reading = read_volunteered(replace(turn, text=trouble.text), slots)
    _drop_suspicion(reading)
    slots = settled(slots, reading.changes)
    order_id = slots.get("order_id") or trouble.order_id
    order_id = order_id if is_possible({}, {"order_id": order_id}) else ""
    statement = clean(turn.text)[: LONGEST["statement"]]
    said_before = [
        claim
        for claim in unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now)
        if (claim.facts.claim_type, claim.order_id, claim.statement) == (trouble.kind, order_id, statement)
    ]
    if said_before:
        return said_before[0]
    return keep_claim(
        engine(),
        claim_id=turn.new_claim_id(number),
        buyer_id=turn.buyer_id,
        turn_id=turn.id,
        now=turn.now,
        facts=told(slots),
        order_id=order_id,
        statement=statement,
    )
