"""The state of a buyer's own disputes and kept claims; another buyer's is as if it did not exist."""

from __future__ import annotations

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.asides import answered_by
from actions.beginning import as_report
from actions.correcting_kept import correct_kept
from actions.helping import ask_whether_it_helped
from actions.news_of_dispute import put_with_dispute
from actions.set_aside import ask_which
from actions.standing import tell_standing
from actions.start_claim import StartClaim
from actions.timeline import tell_decision, tell_timeline
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import disputes_of, heard, read_reference, unfinished_claims
from buyer_protection.disputes.status import DECIDED


class TellStatus(TurnAction):
    """Answers "what about my dispute?"."""

    answers = "check_dispute_status"

    def name(self) -> str:
        """Named in data/rules/dispute.yml."""
        return "action_tell_status"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """The dispute or claim named by its reference, or all of the buyer's own; where there is none, one may begin.

        "It came broken and they ignore me" asks how it stands, and tells a claim.
        """
        is_open = bool(turn.open_slot)
        put_right = None if is_open else correct_kept(turn, dispatcher, reports=True)
        if put_right is not None:
            return put_right
        reported = as_report(turn) if turn.intent == self.answers and not is_open else None
        if reported is not None and not turn.asides and put_with_dispute(turn, dispatcher):
            return [SlotSet("claim_open", False)]
        # The database is asked only where something was told: most messages with this intent only ask.
        if reported is not None and not _has_any(turn):
            return StartClaim().act(reported, dispatcher)
        return [*self.tell(turn, dispatcher), SlotSet("claim_open", is_open)]

    def tell(self, turn: Turn, dispatcher: CollectingDispatcher, none: str = "utter_no_dispute") -> Events:
        """What there is, and nothing begins; `none` is said where there is nothing."""
        disputes = disputes_of(engine(), buyer_id=turn.buyer_id)
        drafts = unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now)
        named = read_reference(turn.text)
        if named:
            disputes = [dispute for dispute in disputes if dispute.reference == named]
            drafts = [draft for draft in drafts if draft.reference == named]
        tell_standing(disputes, drafts, dispatcher)
        heard(engine(), kept=drafts, now=turn.now)
        if len(disputes) == 1:
            tell_timeline(disputes[0], dispatcher)
            if disputes[0].status == DECIDED:
                tell_decision(disputes[0], dispatcher)
                return ask_whether_it_helped(turn, disputes[0].reference, dispatcher)
        elif disputes:
            dispatcher.utter_message(response="utter_status_of_one")
        others = [draft for draft in drafts if draft.claim_id != turn.slot("claim_id")]
        if others and (len(drafts) > 1 or turn.slot("requested_slot")):
            ask_which(others, dispatcher)
        if not disputes and not drafts:
            dispatcher.utter_message(response="utter_no_such_dispute" if named else none)
        return []


def _has_any(turn: Turn) -> bool:
    buyer, now = turn.buyer_id, turn.now
    return bool(disputes_of(engine(), buyer_id=buyer) or unfinished_claims(engine(), buyer_id=buyer, now=now))


for intent in (TellStatus.answers, "list_claims"):
    answered_by(intent, lambda turn, dispatcher: TellStatus().tell(turn, dispatcher, "utter_no_dispute_yet"))
