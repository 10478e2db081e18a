"""After something else the buyer hears in one line what is known, and then the open question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.claim_slots import TOLD_FACTS
from actions.reading_yes_or_no import PLAIN_YES_ONLY
from actions.turn import Turn

#: The assistant has the conversation again.
BACK_FROM_PERSON: Final = "action_go_on_after_person"
#: What led away from the claim; after thanks, a joke or a receipt a recap would be noise.
_AFTER: Final = frozenset(
    {
        "action_answer_policy",
        "action_explain_question",
        "action_explain_meaning",
        "action_tell_status",
        "action_answer_withdrawal",
        "action_answer_tracking",
        "action_call_person",
        "action_answer_out_of_scope",
        BACK_FROM_PERSON,
    }
)


def tell_recap(turn: Turn, slots: dict[str, Any], question: str | None, dispatcher: CollectingDispatcher) -> None:
    """Say what is known, once: again when something was told since, or a person had the conversation meanwhile.

    A summary says it all by itself, and a claim that only begins has just been read back.
    """
    if question is None or not turn.open_slot or question in PLAIN_YES_ONLY or not _AFTER & set(turn.actions):
        return
    known = _known(slots)
    if known and (known != slots.get("recapped") or BACK_FROM_PERSON in turn.actions):
        slots["recapped"] = known
        dispatcher.utter_message(response="utter_recap", known=known)


def _known(slots: Mapping[str, Any]) -> str:
    """The kind of claim, the order, and the fact that was told last; empty where there is none."""
    kind = slots.get("claim_type")
    said = [words.value_of("claim_type", kind)] if kind else []
    last = next((name for name in reversed(TOLD_FACTS) if name != "claim_type" and slots.get(name) is not None), None)
    for name in ("order_id", last):
        if name and slots.get(name) not in (None, ""):
            label = words.text(f"utter_label_{name}")
            said.append(words.text("utter_recap_fact", label=label, value=words.value_of(name, slots[name])))
    return "; ".join(said)
