"""What buyers bring that the text does not cover: answered as such, and kept for staff as a note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions.keeping import note
from actions.reading import is_question
from actions.turn import Turn
from buyer_protection.policy import CLAUSES
from language.topics import topics_in
from language.troubles import troubles_in

#: With these there is nothing (yet) that a claim could be opened for.
INSTEAD_OF_A_CLAIM: Final = frozenset(
    {"order_cancelled", "unwanted_before_delivery", "arrived_late", "refused_at_door", "pickup_expired"}
)

#: Only ever asked about, never part of what happened: told, but no note for staff.
ONLY_ASKED: Final = frozenset({"how_much", "how_long", "other_rights"})

#: Said where several troubles cannot be taken apart; where they can, each is a claim (language/troubles.py).
_SEVERAL: Final = "several_faults"


@dataclass(frozen=True)
class Silences:
    """The uncovered topics of a message, and whether they stand in place of a claim."""

    topics: tuple[str, ...]

    @property
    def instead_of_a_claim(self) -> bool:
        """Whether the message tells something that no claim can be opened for."""
        return bool(INSTEAD_OF_A_CLAIM & set(self.topics))


def uncovered(text: str) -> tuple[str, ...]:
    """The topics of a text on which the policy is silent."""
    return tuple(topic for topic in topics_in(text) if topic not in CLAUSES)


def tell_silences(turn: Turn, claim_id: str | None, dispatcher: CollectingDispatcher) -> Silences:
    """Say for each uncovered topic of a story that the text does not say, and keep a note of it."""
    found = uncovered(turn.text)
    topics = tuple(topic for topic in found if topic not in ONLY_ASKED or is_question(turn.text))
    if troubles_in(turn.text, turn.today):
        topics = tuple(topic for topic in topics if topic != _SEVERAL)
    for topic in topics:
        dispatcher.utter_message(response=f"utter_uncovered_{topic}")
        if topic in ONLY_ASKED:
            continue
        note(turn, topic, claim_id)
    return Silences(topics)
