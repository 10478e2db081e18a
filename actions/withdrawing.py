"""A dispute is withdrawn: asked once with what follows from it, and done only by a plain yes to that very question."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.consent import says_no, says_yes
from actions.dispute_question import WHICH, WITHDRAW, answered, asked, open_question
from actions.reading_withdrawals import DISPUTE, ORDER, confirms_withdrawal, is_to_be_withdrawn, keeps_dispute
from actions.telling import dispute_as_custom
from actions.turn import Turn
from actions.wiring import engine
from buyer_protection.disputes import (
    Dispute,
    Refused,
    disputes_of,
    is_open,
    read_reference,
    unfinished_claims,
    withdraw,
)

Events = list[dict[str, Any]]

#: As many disputes as there are buttons for; another one is named by its reference.
_AT_MOST: Final = 5
#: A yes to the summary of a claim, which says nothing of a withdrawal.
_OPENS: Final = re.compile(r"\b(?:open|submit|send|file)\b", re.I)


def running(turn: Turn) -> list[Dispute]:
    """The buyer's own disputes that are open, the newest first."""
    return [dispute for dispute in disputes_of(engine(), buyer_id=turn.buyer_id) if is_open(dispute.status)]


def ask_to_withdraw(turn: Turn, dispute: Dispute, dispatcher: CollectingDispatcher) -> Events:
    """Say what follows, and ask; a claim that was being made is kept and left, so that there is one question."""
    dispatcher.utter_message(
        response="utter_withdraw_dispute_sure",
        json_message={"kind": "question", "slot": "withdraw", "input": "yes_no", "reference": dispute.reference},
        reference=dispute.reference,
    )
    return [_claim_left(turn), asked(turn, WITHDRAW, dispute.reference)]


def ask_which(turn: Turn, disputes: Sequence[Dispute], dispatcher: CollectingDispatcher, *, or_order: bool) -> Events:
    """Ask which dispute is meant, or whether it is an order: nothing is withdrawn because somebody cancels an order."""
    buttons = [
        {"title": _title(dispute), "payload": "/withdraw_dispute" + json.dumps({"dispute": dispute.reference})}
        for dispute in disputes[:_AT_MOST]
    ]
    if or_order:
        order = {"title": words.text("utter_choice_order"), "payload": '/withdraw_dispute{"dispute": "order"}'}
        buttons = [order, *buttons]
    dispatcher.utter_message(
        response="utter_withdraw_order_or_dispute" if or_order else "utter_withdraw_which",
        buttons=buttons,
        json_message={"kind": "question", "slot": "withdraw", "input": "choice"},
    )
    return [_claim_left(turn), asked(turn, WHICH)]


def tell_of_order(turn: Turn, dispatcher: CollectingDispatcher) -> Events:
    """How an order is cancelled, and that no dispute was touched."""
    dispatcher.utter_message(response="utter_cancel_order_only" if running(turn) else "utter_cancel_order_how")
    return [*_offer_what_was_left(turn, dispatcher), answered()]


def answer_question(turn: Turn, dispatcher: CollectingDispatcher) -> Events | None:
    """The events of a message that answers an open question about withdrawing; None where it does not, or none is."""
    question = open_question(turn, WITHDRAW, WHICH)
    if question is None:
        return None
    if question["kind"] == WHICH:
        return _chosen(turn, dispatcher)
    if _says_yes(turn):
        return _withdraw(turn, question["reference"], dispatcher)
    if says_no(turn) or keeps_dispute(turn.text):
        dispatcher.utter_message(response="utter_dispute_kept", reference=question["reference"])
        return [*_offer_what_was_left(turn, dispatcher), answered()]
    return None


def ask_again(turn: Turn, dispatcher: CollectingDispatcher) -> Events | None:
    """A message that was not understood, or is no plain yes, right after the question: ask once more, do nothing."""
    question = open_question(turn, WITHDRAW, WHICH)
    if question is None:
        return None
    disputes = running(turn)
    if question["kind"] == WHICH:
        dispatcher.utter_message(response="utter_withdraw_not_chosen")
        return ask_which(turn, disputes, dispatcher, or_order=True)
    mine = [dispute for dispute in disputes if dispute.reference == question["reference"]]
    if not mine:
        return None
    dispatcher.utter_message(response="utter_withdraw_not_sure")
    return ask_to_withdraw(turn, mine[0], dispatcher)


def _claim_left(turn: Turn) -> dict[str, Any]:
    """Whether a claim that is being made has to be left for the question (data/rules/dispute.yml): one at a time."""
    event: dict[str, Any] = SlotSet("claim_left", bool(turn.slot("requested_slot") and turn.slot("claim_id")))
    return event


def _says_yes(turn: Turn) -> bool:
    if turn.payload is None and (confirms_withdrawal(turn.text) or _OPENS.search(turn.text)):
        return confirms_withdrawal(turn.text)
    return says_yes(turn)


def _chosen(turn: Turn, dispatcher: CollectingDispatcher) -> Events | None:
    disputes = running(turn)
    named = read_reference(turn.text)
    mine = [dispute for dispute in disputes if dispute.reference == named]
    if mine:
        return ask_to_withdraw(turn, mine[0], dispatcher)
    meant = is_to_be_withdrawn(turn.text)
    if meant == ORDER:
        return tell_of_order(turn, dispatcher)
    if meant == DISPUTE and len(disputes) == 1:
        return ask_to_withdraw(turn, disputes[0], dispatcher)
    return None


def _withdraw(turn: Turn, reference: str, dispatcher: CollectingDispatcher) -> Events:
    done = withdraw(engine(), reference=reference, buyer_id=turn.buyer_id, turn_id=turn.id, now=turn.now)
    if isinstance(done, Refused):
        dispatcher.utter_message(response="utter_withdraw_too_late", reference=reference)
        return [answered()]
    dispatcher.utter_message(
        response="utter_dispute_withdrawn", json_message=dispute_as_custom(done), reference=done.reference
    )
    return [*_offer_what_was_left(turn, dispatcher), answered()]


def _offer_what_was_left(turn: Turn, dispatcher: CollectingDispatcher) -> Events:
    """A claim that was left for the question is offered again."""
    drafts = unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now)
    if turn.slot("claim_left") and drafts:
        dispatcher.utter_message(response="utter_offer_going_on", reference=drafts[0].reference)
    return [SlotSet("claim_left", False)]


def _title(dispute: Dispute) -> str:
    kind = words.value_of("claim_type", dispute.claim_type)
    return words.text("utter_choice_dispute", reference=dispute.reference, kind=kind)
