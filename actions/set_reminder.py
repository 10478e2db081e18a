"""The buyer wants to be reminded of the day from which a dispute can be opened, or does not; what holds is said."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.standing import tell_where_we_are
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import DECLINED, find_claim, read_reference, want_reminders

WANTED = "want_reminder"
_AT_MOST = 5


class SetReminder(TurnAction):
    """Answers "remind me" and "don't remind me"."""

    def name(self) -> str:
        """Named in data/rules/reminders.yml."""
        return "action_set_reminder"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """About the claim that is named by its reference, else about all that wait."""
        is_wanted = turn.intent == WANTED
        named = _named(turn)
        about = want_reminders(engine(), buyer_id=turn.buyer_id, wanted=is_wanted, now=turn.now, claim_id=named)
        for reminder in about[:_AT_MOST]:
            dispatcher.utter_message(
                response="utter_reminder_declined" if reminder.state == DECLINED else "utter_reminder_set",
                reference=reminder.reference,
                due_on=words.day(reminder.due_on),
            )
        if not about:
            dispatcher.utter_message(
                response="utter_nothing_to_remind_of" if is_wanted else "utter_nothing_is_remembered"
            )
            tell_where_we_are(turn, dispatcher)
        return []


def _named(turn: Turn) -> str | None:
    """The id of the buyer's claim whose reference the message names."""
    reference = read_reference(turn.text)
    if reference is None:
        return None
    claim = find_claim(engine(), reference=reference, buyer_id=turn.buyer_id, now=turn.now)
    return claim.claim_id if claim else None
