"""What must hold of every turn's words, whatever the claim is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from tests.conversations.walk.moment import Moment, Walk

MOST_ACTIONS: Final = 6
MOST_TIMES_IN_A_ROW: Final = 3

_PLACEHOLDER: Final = re.compile(r"\{[a-z_]+\}|\bNone\b|\bnull\b")
_QUOTED: Final = re.compile(r"\"[^\"\n]*\"")
#: What a buyer can do next, as it is told to them.
_WAY_ON: Final = re.compile(
    r"\b(write|type|tell me|ask me|ask about|choose|press|send|open the order|come back|show me|go on here"
    r"|need not do anything)\b",
    re.IGNORECASE,
)
_FAILED: Final = ("utter_turn_failed", "utter_conversation_unreadable", "")


def the_buyer_heard_something(moment: Moment, walk: Walk) -> Iterator[str]:
    """Every turn is answered, and every answer has words."""
    if not moment.replies:
        yield "nothing was said"
    for reply in moment.replies:
        if not reply["text"].strip():
            yield f"{reply['response']} has no words"


def no_turn_fails(moment: Moment, walk: Walk) -> Iterator[str]:
    """No action raises."""
    for response in moment.responses:
        if response in _FAILED:
            yield f"the turn failed: {response or 'words without a name'}"


def no_turn_takes_more_actions_than_allowed(moment: Moment, walk: Walk) -> Iterator[str]:
    """The circuit breaker of the rules is far away."""
    if moment.actions > MOST_ACTIONS:
        yield f"{moment.actions} actions"


def no_placeholder_is_left(moment: Moment, walk: Walk) -> Iterator[str]:
    """Every place of a response is filled, unless the buyer wrote it so."""
    typed = "\n".join(walk.typed.get(moment.buyer, ()))
    for text in _texts(moment):
        for found in _PLACEHOLDER.findall(text):
            if found not in typed:
                yield f"{found} is left in {text!r}"


def one_question_a_turn_at_most(moment: Moment, walk: Walk) -> Iterator[str]:
    """A buyer is never asked two things at once."""
    asked = _questions(moment)
    if len(asked) > 1:
        yield f"{len(asked)} questions: {[reply['response'] for reply in asked]}"
    marks = {reply["response"]: _marks(reply["text"], walk.typed.get(moment.buyer, ())) for reply in moment.replies}
    if sum(marks.values()) > 1:
        yield f"several question marks: { {name: count for name, count in marks.items() if count} }"


def an_open_question_is_asked(moment: Moment, walk: Walk) -> Iterator[str]:
    """While a claim is open its question is the last thing said, unless the buyer asked for a moment."""
    if not moment.question or not moment.replies or "utter_take_your_time" in moment.responses:
        return
    custom = moment.replies[-1]["custom"] or {}
    if custom.get("kind") != "question" or custom.get("slot") != moment.question:
        yield f"{moment.question} is open, and the last thing said is {moment.replies[-1]['response']}"


def there_is_a_way_on(moment: Moment, walk: Walk) -> Iterator[str]:
    """An open question, buttons, or words of what can be written next."""
    if not moment.replies or _questions(moment) or any(reply["buttons"] for reply in moment.replies):
        return
    if not any(_WAY_ON.search(reply["text"]) for reply in moment.replies):
        yield f"no way on in {moment.responses}"


def no_question_comes_four_times_in_a_row(moment: Moment, walk: Walk) -> Iterator[str]:
    """The same words are asked three times at most, unless the buyer asked for something else or to hear them again."""
    words = _asked_in(moment)
    times, at = 0, moment
    while words and _asked_in(at) == words:
        times += 1
        if at.step.comes_back or at.earlier is None:
            break
        at = at.earlier
    if times > MOST_TIMES_IN_A_ROW:
        yield f"asked {times} times in a row: {words!r}"


def an_offered_button_is_not_refused(moment: Moment, walk: Walk) -> Iterator[str]:
    """What is offered can be taken."""
    if moment.step.move == "press" and "utter_not_an_answer" in moment.responses:
        yield f"the button {moment.step.turn['press']!r} was offered and is no answer"


def nothing_of_another_buyer_is_shown(moment: Moment, walk: Walk) -> Iterator[str]:
    """Neither numbers nor things nor words nor references of somebody else, and nothing of theirs is changed."""
    for buyer, values in walk.buyers.items():
        if buyer == moment.buyer:
            continue
        theirs = [row["reference"] for row in moment.rows["claims"] if row["buyer_id"] == buyer]
        for text in _texts(moment):
            for own in (*values.own_words(), *theirs):
                if own in text:
                    yield f"{moment.responses} shows {own!r} of {buyer}"
        for table in ("claims", "disputes", "handoffs"):
            if _rows_of(moment.before[table], buyer) != _rows_of(moment.rows[table], buyer):
                yield f"{table} of {buyer} changed in a turn of {moment.buyer}"


def _texts(moment: Moment) -> list[str]:
    titles = [button["title"] for reply in moment.replies for button in reply["buttons"]]
    return [*(reply["text"] for reply in moment.replies), *titles]


def _questions(moment: Moment) -> list[dict[str, Any]]:
    return [reply for reply in moment.replies if (reply["custom"] or {}).get("kind") == "question"]


def _asked_in(moment: Moment) -> str:
    return "\n".join(reply["text"] for reply in _questions(moment))


def _marks(text: str, typed: tuple[str, ...] | list[str]) -> int:
    for own in sorted(typed, key=len, reverse=True):
        text = text.replace(own.strip(), "")
    return _QUOTED.sub("", text).count("?")


def _rows_of(rows: list[dict[str, Any]], buyer: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["buyer_id"] == buyer]
