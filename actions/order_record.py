"""What the shop's record says of a claim's order: looked up for this buyer, written down as verified, and said.

The number comes from what the gateway vouches for, or from the buyer; what the record says comes from the shop alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.claim_slots import is_untold
from actions.keeping import keep
from actions.telling_order import tell_contradictions, tell_found, tell_not_found
from actions.turn import Turn
from actions.wiring import engine, orders
from buyer_protection.disputes import KeptClaim, unfinished_claims, vouch
from buyer_protection.orders import NothingKnown, Order, vouched_for


@dataclass(frozen=True)
class _LookedUp:
    """That the shop's record was asked in this turn, and the buyer's own order, if they have it.

    `is_answered` is false where the record cannot be asked now, while another order's was asked before.
    """

    order: Order | None
    is_answered: bool = True


def with_order_known(turn: Turn, slots: dict[str, Any]) -> dict[str, Any]:
    """The slots with the order that the gateway vouches for, where the claim has none yet.

    Without one, and where the buyer has orders to choose from, it is to be asked first: its record spares questions.
    """
    if slots.get("order_id") is not None or not turn.is_linked:
        return slots
    if turn.order_id and not _is_of_one_set_aside(turn, slots):
        return {**slots, "order_id": turn.order_id}
    if slots.get("claim_type") and slots.get("order_first") is None:
        return {**slots, "order_first": bool(own_orders(turn))}
    return slots


def _is_of_one_set_aside(turn: Turn, slots: dict[str, Any]) -> bool:
    """Whether the order of the page is that of a claim set aside: one begun beside it is about another order."""
    if not slots.get("set_aside"):
        return False
    drafts = unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now)
    return turn.order_id in {draft.order_id for draft in drafts if draft.reference in slots["set_aside"]}


def own_orders(turn: Turn) -> list[Order]:
    """The orders of the buyer that the gateway vouches for, the newest first; none where nothing is known."""
    if not turn.is_linked:
        return []
    try:
        return orders().of_buyer(turn.buyer_id)
    except NothingKnown:
        return []


def keep_with_order(turn: Turn, slots: dict[str, Any], dispatcher: CollectingDispatcher) -> KeptClaim:
    """The claim, kept together with what the shop's record says of its order; updates `slots`, and says what is new.

    Looked up once for each number. A record that cannot be asked now is asked again in the next turn, without a word:
    nothing is known, and the questions go on.
    """
    looked_up = _look_up(turn, slots)
    claim = keep(turn, slots)
    if looked_up is not None:
        facts = vouched_for(looked_up.order, slots.get("claim_type")) if looked_up.order else {}
        claim = vouch(
            engine(), claim_id=claim.claim_id, buyer_id=turn.buyer_id, facts=facts, now=turn.now, turn_id=turn.id
        )
        if not looked_up.is_answered:
            pass  # nothing of the order before is verified any more, and of this one nothing is known yet
        elif looked_up.order is None:
            tell_not_found(slots["order_id"], dispatcher)
        else:
            tell_found(looked_up.order, facts, dispatcher)
    tell_contradictions(turn, slots, claim, dispatcher, is_new=looked_up is not None)
    return claim


def _look_up(turn: Turn, slots: dict[str, Any]) -> _LookedUp | None:
    """The look-up of this turn; None where there is nothing to look up, or nobody to ask.

    Somebody whom nobody has linked to an account has no orders that could be known.
    """
    number = slots.get("order_id")
    before = slots.get("order_looked_up") or {}
    if not number or not turn.is_linked or before.get("order_id") == number:
        return None
    if before.get("item") and slots.get("item") == before["item"]:
        slots["item"] = None  # it was the other order's
    try:
        order = orders().find(turn.buyer_id, number)
    except NothingKnown:
        slots["order_looked_up"] = None
        return _LookedUp(None, is_answered=False) if before else None
    if order is not None:
        slots["order_id"] = order.order_id
    delivered_on = order.delivered_on if order else None
    only_item = order.items[0].name if order is not None and len(order.items) == 1 else None
    if only_item and is_untold(slots, "item"):
        slots["item"] = only_item
    slots["order_looked_up"] = {
        "order_id": slots["order_id"],
        "item": only_item,
        "delivered_on": delivered_on.isoformat() if delivered_on else None,
    }
    return _LookedUp(order)
