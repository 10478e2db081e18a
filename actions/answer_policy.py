"""A question about the policy, answered from its clauses; where the text is silent, that is said."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.keeping import note, policy_day
from actions.own_day import tell_own_day, tell_own_dispute
from actions.silence import ONLY_ASKED
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from buyer_protection.policy import CLAUSES, edition_on
from language.moves import move_in
from language.topics import topics_in

#: More than this many clauses at once is a wall of text.
_AT_MOST = 3
#: Who has a claim asks this of their own days.
_WAITING = "WAIT-1"


class AnswerPolicy(TurnAction):
    """Answers from the clauses that a question is about, or says what can be asked."""

    answers = "ask_policy"
    says_what_next = True

    def name(self) -> str:
        """Named in data/rules/policy.yml."""
        return "action_answer_policy"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """One message for each clause or uncovered topic, the strongest first."""
        topics = _asked_about(turn.text)
        for topic in topics:
            if topic == _WAITING and (tell_own_day(turn, dispatcher) or tell_own_dispute(turn, dispatcher)):
                continue
            if topic in CLAUSES:
                dispatcher.utter_message(response=f"utter_clause_{topic}", **edition_words(turn))
            else:
                dispatcher.utter_message(response=f"utter_uncovered_{topic}")
        for topic in set(topics) - set(CLAUSES) - ONLY_ASKED:
            note(turn, topic)
        if not topics:
            dispatcher.utter_message(response="utter_policy_overview", **edition_words(turn))
        return []


def _asked_about(text: str) -> tuple[str, ...]:
    """What a question is about; where a clause answers it, what the text does not say adds nothing."""
    follow_up = move_in(text)
    if follow_up and follow_up.intent == "ask_policy":
        return (follow_up.about,)
    topics = topics_in(text)
    clauses = tuple(topic for topic in topics if topic in CLAUSES)
    return (clauses or topics)[:_AT_MOST]


def edition_words(turn: Turn) -> dict[str, str]:
    """The numbers and lists of the edition that applies, in words."""
    edition = edition_on(policy_day(turn, turn.slots))
    return {
        "waiting_days": str(edition.waiting_days),
        "payment_methods": ", ".join(words.value_of("payment_method", method) for method in edition.payment_methods),
    }
