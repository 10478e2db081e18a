"""What a claim is called where there are several: what went wrong, and the order."""

from __future__ import annotations

from actions import words
from buyer_protection.disputes import KeptClaim


def named_claim(claim: KeptClaim) -> str:
    """What a kept claim is about, in a few words."""
    return named(claim.facts.claim_type or "", claim.order_id)


def named(claim_type: str, order_id: str) -> str:
    """What went wrong, and with which order where that is known."""
    what = words.value_of("claim_type", claim_type) if claim_type else words.text("utter_kind_not_told")
    return words.text("utter_claim_of_order", what=what, order_id=order_id) if order_id else what
