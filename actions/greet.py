"""A greeting by state: a kept claim is offered again, a dispute is named, several matters are listed."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.set_aside import go_on_button
from actions.standing import tell_standing
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import Dispute, KeptClaim, disputes_of, heard, is_open, unfinished_claims
from buyer_protection.policy import Assessment


class Greet(TurnAction):
    """Greets, and says where the buyer's own matters stand."""

    def name(self) -> str:
        """Named in data/rules/smalltalk.yml."""
        return "action_greet"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """One line of greeting with the way on."""
        if turn.slot("requested_slot"):
            dispatcher.utter_message(response="utter_greet_inside")
            return []
        drafts = unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now)
        disputes = disputes_of(engine(), buyer_id=turn.buyer_id)
        running = [dispute for dispute in disputes if is_open(dispute.status)]
        if len(drafts) + len(running) > 1:
            _greet_several(running, drafts, dispatcher)
            heard(engine(), kept=drafts, now=turn.now)
        elif drafts:
            dispatcher.utter_message(
                response=f"utter_greet_{drafts[0].assessment.outcome}",
                reference=drafts[0].reference,
                earliest_dispute_on=words.day_if_known(drafts[0].assessment.earliest_dispute_on),
                days_left=days_left(drafts[0].assessment),
            )
            heard(engine(), kept=drafts[:1], now=turn.now)
        elif disputes:
            state = "dispute" if running else disputes[0].status
            dispatcher.utter_message(response=f"utter_greet_{state}", reference=(running or disputes)[0].reference)
        else:
            dispatcher.utter_message(response="utter_greet")
        return []


def days_left(assessment: Assessment) -> str:
    """How many days it is until a dispute can be opened, in words; nothing where that is unknown or over."""
    earliest = assessment.earliest_dispute_on
    left = 0 if earliest is None else (earliest - assessment.case.on).days
    if left < 1:
        return ""
    return words.text("utter_one_day_left" if left == 1 else "utter_days_left", days=str(left))


def _greet_several(disputes: Sequence[Dispute], drafts: Sequence[KeptClaim], dispatcher: CollectingDispatcher) -> None:
    """Where each matter stands, and a button for each claim that can be gone on with."""
    dispatcher.utter_message(response="utter_greet_several")
    tell_standing(disputes, drafts, dispatcher)
    if drafts:
        buttons = [go_on_button(draft, "utter_go_on_with") for draft in drafts[:4]]
        dispatcher.utter_message(response="utter_what_now", buttons=buttons)
