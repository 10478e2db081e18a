"""A file that a buyer sent is deleted at their word, until the dispute is opened, and counts no more."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn
from actions.wiring import engine, store
from buyer_protection.evidence import Receipt, evidence_of_buyer, remove
from buyer_protection.evidence.adopting import DISPUTE_OPENED
from language.taking_back import asks_to_delete_a_file


def take_back(turn: Turn, dispatcher: CollectingDispatcher) -> bool:
    """Whether the message asks for it; then the last file of the claim of now, else of this buyer, is gone, and told.

    One that went to a dispute stays, which is said.
    """
    if turn.payload is not None or not asks_to_delete_a_file(turn.text):
        return False
    file = _meant(turn, evidence_of_buyer(engine(), buyer_id=turn.buyer_id))
    if file is None:
        dispatcher.utter_message(response="utter_evidence_nothing_to_remove")
        return True
    refused = remove(engine(), store(), buyer_id=turn.buyer_id, evidence_id=file.evidence_id, now=turn.now)
    response = {None: "utter_evidence_removed", DISPUTE_OPENED: "utter_evidence_stays"}
    code = refused.code if refused else None
    dispatcher.utter_message(response=response.get(code, "utter_evidence_nothing_to_remove"), name=file.original_name)
    return True


def _meant(turn: Turn, files: list[Receipt]) -> Receipt | None:
    """The last file of the claim that is open here, else the last that is held, else the last one."""
    here = [file for file in files if turn.slot("reference") and file.reference == turn.slot("reference")]
    held = [file for file in files if not file.reference]
    return next(reversed(here or held or files), None)
