"""What the shop's record gave, told in words: which facts are verified now, and where they are not what was told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.turn import Turn
from buyer_protection.disputes import KeptClaim
from buyer_protection.orders import Order
from buyer_protection.policy.vocabulary import FACT_NAMES, NOT_RECEIVED, RECEIVED

#: Items that are named in words; the whole list stands in the machine-readable part.
_AT_MOST: Final = 3

#: What a carrier says of goods that the buyer does not have.
_NOT_THERE: Final = ("not_shipped", "no_valid_tracking", "in_transit", "returned", "lost", "confiscated")


def tell_found(order: Order, facts: Mapping[str, Any], dispatcher: CollectingDispatcher) -> None:
    """One line: which order it is, and what its record gave."""
    told = [
        words.text("utter_order_fact", label=words.text(f"utter_label_{fact}"), value=words.value_of(fact, facts[fact]))
        for fact in FACT_NAMES
        if fact in facts
    ]
    dispatcher.utter_message(
        response="utter_order_found" if facts else "utter_order_found_bare",
        json_message={**order_as_custom(order), "verified": dict(facts)},
        order=named(order),
        facts="; ".join(told),
    )


def tell_not_found(number: str, dispatcher: CollectingDispatcher) -> None:
    """The same words for an order of somebody else and for one that does not exist (P-14)."""
    dispatcher.utter_message(response="utter_order_not_found", order_id=number)


def tell_contradictions(
    turn: Turn, slots: Mapping[str, Any], claim: KeptClaim, dispatcher: CollectingDispatcher, *, is_new: bool
) -> None:
    """Say where a verified fact is not what the buyer told, once: when one of the two is new."""
    verified, known = claim.facts.verified, claim.facts.to_dict()
    for fact in (fact for fact in FACT_NAMES if fact in verified):
        told = claim.declared.get(fact)
        if told not in (None, known[fact]) and (is_new or turn.slot(fact) != slots.get(fact)):
            dispatcher.utter_message(
                response="utter_order_says_otherwise",
                label=words.text(f"utter_label_{fact}"),
                told=words.value_of(fact, told),
                known=words.value_of(fact, known[fact]),
            )
    if "carrier_status" in verified and (is_new or turn.slot("claim_type") != slots.get("claim_type")):
        for response, values in _of_the_parcel(known.get("claim_type"), known["carrier_status"], slots):
            dispatcher.utter_message(response=response, **values)


def _of_the_parcel(
    claim_type: str | None, carrier_status: str, slots: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, str]]]:
    """What the carrier's record says against the kind of claim itself: it came, or it did not (EXC-1)."""
    if claim_type == NOT_RECEIVED and carrier_status == "delivered":
        day = (slots.get("order_looked_up") or {}).get("delivered_on")
        yield ("utter_order_came_on", {"day": words.day(day)}) if day else ("utter_order_came", {})
    if claim_type in RECEIVED and carrier_status in _NOT_THERE:
        yield "utter_order_did_not_come", {"known": words.value_of("carrier_status", carrier_status)}


def named(order: Order) -> str:
    """An order for people: its number, and the first of its items."""
    if not order.items:
        return order.order_id
    shown = [
        item.name if item.quantity == 1 else words.text("utter_order_item", quantity=str(item.quantity), name=item.name)
        for item in order.items[:_AT_MOST]
    ]
    more = ["…"] if len(order.items) > _AT_MOST else []
    return words.text("utter_order_named", order_id=order.order_id, items=", ".join([*shown, *more]))


def order_as_custom(order: Order) -> dict[str, Any]:
    """The machine-readable side of a message about an order; whose it is goes without saying."""
    return {"kind": "order", **{name: value for name, value in order.to_dict().items() if name != "buyer_id"}}
