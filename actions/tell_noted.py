"""Everything that was noted of the buyer's claim, on demand: nobody has to wait for the summary to find a mistake."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.keeping import kept_here
from actions.noted import noted, noted_in
from actions.standing import tell_where_we_are
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import unfinished_claims


class TellNoted(TurnAction):
    """Answers "what have you noted so far?"."""

    answers = "ask_noted"

    def name(self) -> str:
        """Named in data/rules/moves.yml."""
        return "action_tell_noted"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """The open claim as it stands, else the newest that is kept; where none is, how the buyer's matters stand."""
        told = _of_the_open_claim(turn) if turn.open_slot else _of_the_newest(turn)
        if told:
            dispatcher.utter_message(response="utter_noted_so_far", summary=told)
        elif turn.open_slot:
            dispatcher.utter_message(response="utter_nothing_noted_yet")
        tell_where_we_are(turn, dispatcher, otherwise="utter_nothing_to_resume")
        return []


def _of_the_open_claim(turn: Turn) -> str:
    statement = str(turn.slot("statement") or "")
    if turn.slot("has_long_statement"):
        kept = kept_here(turn)
        statement = kept.statement if kept else ""
    return noted_in(turn.slots, statement)


def _of_the_newest(turn: Turn) -> str:
    kept = unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now)
    return noted(kept[0]) if kept else ""
