"""Files that came before there was a claim: offered to one that can use them, given to it only after a plain yes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.handed_in import tell_with_claim
from actions.keeping import keep
from actions.turn import Turn
from actions.wiring import current_settings, engine
from buyer_protection.evidence import Limits, adopt, held


def offered_first(question: str | None, turn: Turn, slots: Mapping[str, Any]) -> str | None:
    """The question, or `use_held_evidence` where files are held that it should be about.

    Asked once: where evidence is needed and one of them would count, else before the summary, so that nothing is lost.
    """
    if question not in ("evidence", "consent") or slots.get("use_held_evidence") is not None:
        return question
    files = held(engine(), buyer_id=turn.buyer_id)
    useful = [file for file in files if file.counts] if question == "evidence" else files
    return "use_held_evidence" if useful else question


def adopt_if_wanted(turn: Turn, slots: Mapping[str, Any], dispatcher: CollectingDispatcher) -> None:
    """Give the held files to the claim in the turn of the yes, and say what counts now."""
    if slots.get("use_held_evidence") is not True or turn.slot("use_held_evidence") is True:
        return
    files = held(engine(), buyer_id=turn.buyer_id)
    claim_id = keep(turn, slots).claim_id
    limits = Limits.of(current_settings())
    adopt(engine(), buyer_id=turn.buyer_id, claim_id=claim_id, now=turn.now, turn_id=turn.id, limits=limits)
    rest = {file.evidence_id for file in held(engine(), buyer_id=turn.buyer_id)}
    taken = [file for file in files if file.evidence_id not in rest]
    if taken:
        tell_with_claim(taken, keep(turn, slots), dispatcher)
    else:
        dispatcher.utter_message(response="utter_evidence_not_here_yet")
