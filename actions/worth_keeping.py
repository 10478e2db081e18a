"""When a claim is written down: as soon as something would be lost otherwise."""

from __future__ import annotations

from typing import Any


def worth_keeping(slots: dict[str, Any], question: str | None) -> bool:
    """A claim is written once it has an answer or its second message, never while a kept draft is being offered.

    One about a known order is written at once, with what the shop's record says of it.
    One whose kind is not told yet waits for the second: said again under a new id, the first could not be known again.
    """
    if question == "resume_draft":
        return False
    if question == "start_over":
        # What is put right instead of an answer stands in the record at once, where there is one.
        return bool(slots.get("reference"))
    return (
        (slots["outcome"] != "more_information_needed" and bool(slots.get("claim_type")))
        or bool(slots.get("reference"))
        or bool(slots.get("requested_slot"))
        or bool(slots.get("order_id") and slots.get("claim_type"))
    )
