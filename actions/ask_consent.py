"""The summary before a dispute is opened: everything that will stand in the record, and the question."""

from __future__ import annotations

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.claim_slots import LONGEST_STATEMENT_TOLD, RECORD_FIELDS, TOLD_FACTS
from actions.consent import asked
from actions.keeping import keep
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from buyer_protection.disputes import KeptClaim

SHOWN: tuple[str, ...] = (*TOLD_FACTS, "evidence")

#: As much of a long statement as a summary shows; it is kept in full.
_BEGINNING = 600


class AskConsent(TurnAction):
    """Shows the whole record and asks for a plain yes."""

    def name(self) -> str:
        """Called by the form."""
        return "action_ask_consent"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Remember which summary was shown, and when: only a yes to this one counts."""
        claim = keep(turn, turn.slots)
        dispatcher.utter_message(response="utter_ask_consent", summary=summary(claim))
        return [SlotSet("consent_asked", asked(turn, claim))]


def summary(claim: KeptClaim) -> str:
    """Every fact and field of a claim, one a line, in words."""
    facts = claim.facts.to_dict()
    shown: dict[str, str] = {name: words.value_of(name, facts[name]) for name in SHOWN if name in facts}
    shown |= {name: getattr(claim, name) for name in RECORD_FIELDS if getattr(claim, name)}
    if len(claim.statement) > LONGEST_STATEMENT_TOLD:
        beginning = claim.statement[:_BEGINNING].rstrip()
        shown["statement"] = words.text(
            "utter_value_beginning", beginning=beginning, length=f"{len(claim.statement):,}"
        )
    shown.setdefault("item", words.text("utter_value_whole_order"))
    return "\n".join(words.told(name, value) for name, value in shown.items())
