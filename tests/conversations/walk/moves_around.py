"""The moves around a claim: another subject, rubbish, files, going and coming back, another person."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from tests.conversations.walk.moves import say_yes
from tests.conversations.walk.sentences import table
from tests.conversations.walk.step import Step
from tests.conversations.walk.view import View

_FILES: Final = (("a.png",), ("b.png",), ("a.png", "c.png"), ("paper.pdf",), ("d.jpg",))
_TIMES: Final = (timedelta(days=1), timedelta(days=3), timedelta(days=10), timedelta(days=12))

_ACTS_OF_STAFF: Final = ({"ask": "buyer"}, {"ask": "supplier"}, {"decide": "favour_of_buyer"})


def ask_aside(view: View) -> Step:
    """Something else is asked or said, whatever is open."""
    kind = view.rng.choice(list(table()["asides"]))
    return view.say("aside", "asides", kind)


def ask_again(view: View) -> Step:
    """The buyer wants to hear it again."""
    return view.say("again", "asides", "again")


def be_angry(view: View) -> Step:
    """Anger, capitals, sarcasm."""
    return view.say("anger", "anger")


def write_rubbish(view: View) -> Step:
    """What tells nothing: signs, another language, code, control characters."""
    return view.say("garbage", "garbage")


def write_much(view: View) -> Step:
    """More than is read, kept by the gateway; or as much as is just read."""
    if view.rng.random() < 0.5:
        return Step({"long": view.values.story().text}, "long text")
    return Step({"buyer": "blah blah " * 150}, "garbage")


def say_hello(view: View) -> Step:
    """A greeting."""
    return view.say("hello", "asides", "hello")


def go_on(view: View) -> Step:
    """The buyer wants to go on with what is kept."""
    return view.say("going on", "going_on")


def stop(view: View) -> Step:
    """The buyer stops."""
    return view.say("stop", "stop")


def start_over(view: View) -> Step:
    """The buyer wants to begin again."""
    return view.say("start over", "start_over")


def come_back(view: View) -> Step:
    """Another day, an hour later, or soon after; with a greeting, to go on, or with the answer itself."""
    later = view.rng.choice(_TIMES)
    said = view.rng.choice((say_hello, go_on, say_yes, ask_aside))(view)
    move = said.move if said.move == "yes" else "come back"
    return Step({"on": (view.today + later).isoformat(), **said.turn}, move, said.tells, said.may)


def come_from_elsewhere(view: View) -> Step:
    """The same buyer on another channel, in a conversation of its own."""
    said = view.rng.choice((say_hello, go_on))(view)
    channel = "web" if view.channel == "test" else "test"
    return Step({"elsewhere": channel, **said.turn}, "come back", said.tells, said.may)


def hand_in(view: View) -> Step:
    """Real files, looked at and kept by the evidence core."""
    return Step({"files": [f"{view.values.buyer}-{name}" for name in view.rng.choice(_FILES)]}, "upload")


def press_old(view: View) -> Step | None:
    """A button of an earlier question: the gateway says so to the assistant."""
    return Step({"sent": "/repeat_question"}, "old button") if view.has_begun else None


def edit(view: View) -> Step | None:
    """An earlier message was changed."""
    return Step({"sent": "/edit_message"}, "edit") if view.has_begun else None


def staff_acts(view: View) -> Step | None:
    """Staff ask, look or decide, and the buyer asks how it stands."""
    running = [row for row in view.disputes if row["status"] not in ("decided", "withdrawn")]
    newest = max((row["changed_at"] for row in (*view.drafts, *view.disputes)), default="")
    if not running or running[-1]["changed_at"] != newest:
        return None  # staff act on the newest claim of the buyer
    act = view.rng.choice(_ACTS_OF_STAFF)
    if "decide" in act and running[-1]["status"] != "under_review":
        act = {"review": "seen"}
    said = view.say("aside", "asides", "status")
    return Step({"staff": act, **said.turn}, "aside")
