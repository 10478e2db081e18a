"""What was said last, again: a buyer who missed it hears the same words, and the form asks its question again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from actions.dispute_question import renewed
from actions.keeping import assessed
from actions.standing import tell_where_we_are
from actions.turn import Turn
from actions.turn_action import Events, TurnAction

#: A message of these makes no replies that are worth hearing again.
_SKIPPED: Final = frozenset({"hold_on"})

_Said = Mapping[str, Any]


class SayAgain(TurnAction):
    """Repeats the replies to the buyer's message before."""

    def name(self) -> str:
        """Named in data/rules/moves.yml."""
        return "action_say_again"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """The open question is left out, because the form asks it itself; where nothing was said yet, say so.

        An answer that the days have changed since is not said again: how it stands now is.
        """
        # The button of a question that was asked too often wants that question and nothing else.
        said = [] if turn.payload is not None else _said_before(turn.tracker.events)
        is_asked = bool(turn.open_slot)
        if not is_asked and any(_is_outdated(event, turn) for event in said):
            tell_where_we_are(turn, dispatcher)
            return renewed(turn)
        for event in said:
            data = event.get("data") or {}
            custom = data.get("custom")
            if is_asked and _is_question(event):
                continue
            dispatcher.utter_message(
                response="utter_said_before",
                said=event.get("text") or "",
                buttons=data.get("buttons"),
                json_message=custom,
            )
        if is_asked and all(_is_question(event) for event in said):
            dispatcher.utter_message(response="utter_asked_before")
        elif not said:
            dispatcher.utter_message(response="utter_nothing_said_yet")
        return renewed(turn)


def _is_question(event: _Said) -> bool:
    custom = (event.get("data") or {}).get("custom") or {}
    return isinstance(custom, Mapping) and custom.get("kind") == "question"


def _is_outdated(event: _Said, turn: Turn) -> bool:
    custom = (event.get("data") or {}).get("custom") or {}
    outcome = custom.get("outcome") if isinstance(custom, Mapping) else None
    return outcome is not None and turn.slot("claim_id") is not None and outcome != assessed(turn, turn.slots).outcome


def _said_before(events: list[dict[str, Any]]) -> list[_Said]:
    """What was said to the last message before this one, moments that were asked for left out."""
    replies: list[_Said] = []
    is_past = False
    for event in reversed(events):
        if event["event"] == "user":
            if is_past and replies and _intent(event) not in _SKIPPED:
                break
            is_past, replies = True, []
        elif event["event"] == "bot" and is_past and event.get("text"):
            replies.insert(0, event)
    return replies


def _intent(event: _Said) -> str:
    return str(((event.get("parse_data") or {}).get("intent") or {}).get("name") or "")
