"""The moves of a claim: begun, answered, put right. Each gives a step, or None where it does not fit."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from tests.conversations.walk.sentences import table
from tests.conversations.walk.step import Step
from tests.conversations.walk.values import Told
from tests.conversations.walk.view import View

_AS_BOOL: Final = {"true": True, "false": False}
#: What leads on to a dispute, so that some walks get there.
_LEADS_ON: Final = {
    "paid_through_escrow": "true",
    "refund_requested": "true",
    "carrier_status": "in_transit",
    "supplier_response": "refused",
    "complaint": "different",
}
_COUNTED: Final = {"quantity_ordered": "ordered", "quantity_received": "received"}
_PLACES: Final = {
    "refund_requested_on": "$asked",
    "delivery_due_on": "$due",
    "quantity_ordered": "$ordered",
    "quantity_received": "$received",
    "order_id": "$order",
}


def begin(view: View) -> Step:
    """A claim is begun: its kind, or only that something is wrong."""
    kind = view.rng.choice(list(table()["openings"]))
    tells = {} if kind in ("any", "unwanted") else {"claim_type": kind}
    return view.say("begin", "openings", kind, **tells)


def tell_story(view: View) -> Step:
    """A first message that holds much; now and then with a question beside it."""
    step = view.say("begin", "stories")
    if view.rng.random() < 0.3:
        return Step(
            {"buyer": f"{step.turn['buyer']} {view.rng.choice(table()['beside'])}"}, "begin", step.tells, step.may
        )
    return step


def press(view: View) -> Step | None:
    """One of the buttons that are shown."""
    return Step({"press": view.rng.choice(view.buttons)}, "press") if view.buttons else None


def press_on(view: View) -> Step | None:
    """The button that leads on: most often the first one."""
    return Step({"press": view.buttons[0]}, "press") if view.buttons else None


def answer(view: View) -> Step | None:
    """The open question is answered in words."""
    slot, known = view.question, table()
    if slot in known["texts"]:
        tells = {slot: _PLACES[slot]} if slot in _PLACES else {}
        return view.say("answer", "texts", slot, answers=slot, **tells)
    if slot == "listing_said":
        return view.say("answer", "answers", slot, "[]", answers=slot, listing_said=())
    if slot not in known["answers"]:
        return None
    values = known["answers"][slot]
    leads_on = _LEADS_ON.get(slot) if view.rng.random() < 0.6 else None
    value = leads_on or view.rng.choice(list(values))
    step = view.say("answer", "answers", slot, value, answers=slot, **{slot: _AS_BOOL.get(value, value)})
    if step.turn["buyer"] in ("yes", "no"):  # what it tells hangs on the question as it was put
        return Step(step.turn, step.turn["buyer"], answers=slot)
    return step


def answer_and_ask(view: View) -> Step | None:
    """An answer with a question beside it."""
    step = answer(view)
    if step is None or view.question in ("statement", "wish", "item"):
        return None
    text = f"{step.turn['buyer'].rstrip('.!')}. {view.rng.choice(table()['beside'])}"
    return Step({"buyer": text}, step.move, step.tells, step.may, step.answers)


def correct(view: View) -> Step | None:
    """Something that was told is put right by its value."""
    known = [name for name in table()["corrections"] if name in view.facts or (name == "order_id" and view.order_id)]
    if not known:
        return None
    name = view.rng.choice(known)
    wordings: Any = table()["corrections"][name]
    old = view.order_id if name == "order_id" else view.facts[name]
    filled = {"old": _written(view, name, old)}
    if name == "order_id":
        filled["order"] = Told(*_another(view, old))
    if isinstance(wordings, list):
        said = view.drawn(wordings, filled=filled, **{name: _PLACES[name]})
    else:
        value = view.rng.choice(list(wordings))
        said = view.drawn(wordings[value], **{name: _AS_BOOL.get(value, value)})
    return Step({"buyer": said.text}, "correct", {}, {**said.may, **said.tells})


def correct_by_name(view: View) -> Step:
    """Only what is wrong is said, or that nothing is wrong after all."""
    if view.rng.random() < 0.3:
        return view.say("never mind", "corrections", "never_mind")
    return view.say("correct by name", "corrections", "by_name")


def correct_in_vain(view: View) -> Step:
    """A correction with a value that cannot be."""
    return view.say("correct", "corrections", "in_vain")


def say_yes(view: View) -> Step:
    """A plain yes, whatever the question is."""
    return view.say("yes", "yes")


def say_no(view: View) -> Step:
    """A plain no."""
    return view.say("no", "no")


def nearly_yes(view: View) -> Step:
    """What sounds like a yes and is none."""
    return view.say("almost yes", "almost_yes")


def refuse(view: View) -> Step:
    """The buyer does not know, or would rather not say."""
    return view.say("unknown", "unknown")


def _written(view: View, name: str, old: Any) -> Told:
    if name in ("refund_requested_on", "delivery_due_on"):
        return view.values.day(date.fromisoformat(old), None)
    return Told(str(old), (old,))


def _another(view: View, old: str) -> tuple[str, tuple[str, ...]]:
    number = next((each for each in view.values.orders if each != old), old)
    return number, (number,)
